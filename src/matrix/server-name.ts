/** A server name: host and optional port, as it stands behind the first colon of a user ID. */
export interface ServerName {
  /** The whole name, `example.org:8448`. */
  readonly text: string
  /** Without the port; an IPv6 address keeps its brackets. */
  readonly hostname: string
}

const SERVER_NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?$/

/** Grammar: https://spec.matrix.org/latest/appendices/#server-name */
export function parseServerName(text: string): ServerName | undefined {
  const hostname = SERVER_NAME.exec(text)?.[1]
  // The grammar lets by what is no address: 999.999.999.999, or port 99999.
  return hostname === undefined || !URL.canParse(`https://${text}`) ? undefined : { text, hostname }
}
