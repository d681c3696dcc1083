import { parseServerName, type ServerName } from './server-name.js'

/** Where the homeserver is: a name to look up, or a base URL to use as it is. */
export type HomeserverAddress =
  | { readonly kind: 'server-name'; readonly serverName: ServerName }
  | { readonly kind: 'base-url'; readonly url: string }

/** What is wrong with an address; `insecure` tells plain HTTP from nonsense. */
export interface AddressProblem {
  readonly problem: string
  readonly insecure?: true
}

/** Accepts `example.org`, `example.org:8448` and `https://matrix.example.org/path`. */
export function parseHomeserver(text: string, allowHttp: boolean): HomeserverAddress | AddressProblem {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) {
    const parsed = parseBaseUrl(text)
    if ('problem' in parsed) return parsed
    const { url } = parsed
    if (isInsecure(url, allowHttp)) return { problem: `sends credentials in clear: ${url.origin}`, insecure: true }
    return { kind: 'base-url', url: baseUrlText(url) }
  }
  if (text.startsWith('@')) return { problem: 'is a user ID: give the part behind the colon, or leave it out' }
  const serverName = parseServerName(text.replace(/\/+$/, ''))
  if (serverName === undefined) return { problem: 'is neither a server name (example.org) nor an https:// URL' }
  return { kind: 'server-name', serverName }
}

/** In characters. */
const LONGEST_URL = 2_048

/** A URL that can be the base of the client API, whoever named it (a person, or `.well-known`). */
export function parseBaseUrl(text: string): { url: URL } | AddressProblem {
  if (text.length > LONGEST_URL || !URL.canParse(text)) return { problem: 'is not a URL' }
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'is no https:// URL' }
  if (url.username !== '' || url.password !== '') return { problem: 'has a user or password in it' }
  if (url.search !== '' || url.hash !== '') return { problem: 'has a query or a fragment' }
  return { url }
}

/** Without trailing slashes and without a pasted `/_matrix/…`; a path is kept. */
export function baseUrlText(url: URL): string {
  const path = url.pathname.replace(/\/_matrix(\/.*)?$/, '').replace(/\/+$/, '')
  return url.origin + path
}

/** No TLS, to another machine: whatever is not `https:` goes out as plain HTTP. Loopback never leaves this one. */
export function isInsecure(url: URL, allowHttp: boolean): boolean {
  return url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || isLoopback(url.hostname)))
}

/** `localhost`, 127.0.0.0/8 and ::1. The URL parser has already normalised forms such as `127.1`. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
