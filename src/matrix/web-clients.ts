/** Hosts of public web clients and of the link service matrix.to. No homeserver's client API is there. */
const WEB_CLIENTS: readonly string[] = [
  'matrix.to',
  'app.element.io',
  'develop.element.io',
  'staging.element.io',
  'mobile.element.io',
  'hydrogen.element.io',
  'riot.im',
  'view.matrix.org',
  'app.cinny.in',
  'app.schildi.chat',
  'fluffychat.im',
  'web.fluffychat.im',
  'nheko.im',
]

/** Tests whether a host is a web client that people know by its address. */
export function isWebClient(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^www\./, '')
  return WEB_CLIENTS.includes(host)
}
