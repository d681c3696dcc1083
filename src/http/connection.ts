import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'

/** The proxy did not establish the connection. The error does not hold the proxy's address or text. */
export class ProxyError extends Error {
  /** The status of the response to `CONNECT`, if there was one. */
  readonly status: number | undefined
  /** Node's error code, if there was no response. */
  readonly code: string | undefined

  constructor(status: number | undefined, code?: string, options?: ErrorOptions) {
    super('the proxy did not connect', options)
    this.name = 'ProxyError'
    this.status = status
    this.code = code
  }
}

/**
 * Time limit for one address of a host before the next one is tried, in milliseconds. Node tries addresses one after
 * the other and does not return to an earlier one, so its default of 250 ms fails for every distant server. A lost
 * first packet is retransmitted after one second.
 * @see https://github.com/nodejs/node/issues/54359
 * @see RFC 6298 §2
 */
export const ADDRESS_TIMEOUT = { autoSelectFamilyAttemptTimeout: 3_000 }

/** Something that ends when it is destroyed. */
interface Destroyable {
  destroy(): unknown
}

/**
 * Opens a connection through a proxy.
 * @param target host and port
 * @param keep called with everything that is opened, so that it can be closed
 * @throws ProxyError
 */
export type Tunnel = (target: string, keep: <Opened extends Destroyable>(opened: Opened) => Opened) => Promise<Socket>

/** One connection for one request, and its state. */
export class Connection {
  readonly #url: URL
  readonly #tunnel: Tunnel | undefined
  readonly #opened: Destroyable[] = []
  #isOpen = false
  #isNegotiated = false

  /** @param tunnel opens a connection to the host through a proxy; absent: the connection is direct */
  constructor(url: URL, tunnel?: Tunnel) {
    this.#url = url
    this.#tunnel = tunnel
  }

  /** Whether the connection was open (with TLS: `secureConnect`); before that the request cannot have arrived. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether TLS version and cipher were negotiated. */
  get isNegotiated(): boolean {
    return this.#isNegotiated
  }

  /**
   * Starts to connect. @returns the socket, which may still be connecting
   * @throws ProxyError
   */
  async start(): Promise<Socket> {
    const tunnel = await this.#tunnel?.(`${this.#url.hostname}:${this.#port}`, (opened) => this.#keep(opened))
    if (this.#url.protocol === 'https:') return this.#startTls(tunnel)
    if (tunnel !== undefined) {
      this.#isOpen = true
      return tunnel
    }
    const socket = this.#keep(connectTcp({ host: this.#host, port: this.#port, ...ADDRESS_TIMEOUT }))
    return socket.once('connect', () => {
      this.#isOpen = true
    })
  }

  /** Closes the connection, including a `CONNECT` to a proxy that does not respond. */
  close(): void {
    for (const opened of this.#opened) opened.destroy()
  }

  get #host(): string {
    return this.#url.hostname.replace(/^\[(.*)\]$/, '$1')
  }

  get #port(): number {
    const { port, protocol } = this.#url
    return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
  }

  #startTls(tunnel: Socket | undefined): TLSSocket {
    const socket = this.#keep(openTls(this.#host, tunnel === undefined ? { port: this.#port } : { socket: tunnel }))
    // The first keys exist once version and cipher are negotiated; a server that then ends TLS 1.2 requires a
    // certificate.
    socket.once('keylog', () => {
      this.#isNegotiated = true
    })
    return socket.once('secureConnect', () => {
      this.#isOpen = true
    })
  }

  #keep<Opened extends Destroyable>(opened: Opened): Opened {
    this.#opened.push(opened)
    return opened
  }
}

/**
 * Opens a TLS connection that always verifies the certificate, regardless of `NODE_TLS_REJECT_UNAUTHORIZED`. An IP address
 * must not be sent as server name.
 */
export function openTls(host: string, carrier: { readonly port: number } | { readonly socket: Socket }): TLSSocket {
  const options = { ...carrier, ...ADDRESS_TIMEOUT, host, rejectUnauthorized: true, ALPNProtocols: ['http/1.1'] }
  if (isIP(host) === 0) return connectTls({ ...options, servername: host.replace(/\.$/, '') })
  if (isIP(host) === 4) return connectTls(options)
  // Node 24.19 finds no IPv6 address in any certificate: its checkServerIdentity calls domainToASCII, which rejects them.
  const checkServerIdentity = () => {
    const isNamed = socket.getPeerX509Certificate()?.checkIP(host) !== undefined
    return isNamed ? undefined : Object.assign(new Error('wrong address'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  }
  const socket: TLSSocket = connectTls({ ...options, checkServerIdentity })
  return socket
}
