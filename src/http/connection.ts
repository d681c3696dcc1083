import * as http from 'node:http'
import * as https from 'node:https'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { HttpProxy } from './proxy.js'

/** The proxy did not connect. Its own address and its text are not in it. */
export class ProxyError extends Error {
  /** What it answered to `CONNECT`, if it answered. */
  readonly status: number | undefined
  /** Node's error code, if it did not. */
  readonly code: string | undefined

  constructor(status: number | undefined, code?: string, options?: ErrorOptions) {
    super('the proxy did not connect', options)
    this.name = 'ProxyError'
    this.status = status
    this.code = code
  }
}

/**
 * How long one address of a host is tried before the next one, in milliseconds. Node's default of 250 gives up every server
 * that is further away: it tries addresses one after the other and goes back to none. A lost first packet is repeated
 * after one second.
 * @see https://github.com/nodejs/node/issues/54359
 * @see RFC 6298 §2
 */
const ADDRESS_TIMEOUT = { autoSelectFamilyAttemptTimeout: 3_000 }

/** One connection for one request, with what is known about it. */
export class Connection {
  readonly #url: URL
  readonly #proxy: HttpProxy | undefined
  readonly #opened: { destroy(): unknown }[] = []
  #isOpen = false
  #isNegotiated = false

  constructor(url: URL, proxy: HttpProxy | undefined) {
    this.#url = url
    this.#proxy = proxy
  }

  /** Whether the connection was open once (with TLS: `secureConnect`); before that nothing can have arrived. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether TLS version and cipher were agreed upon. */
  get isNegotiated(): boolean {
    return this.#isNegotiated
  }

  /**
   * Starts to connect. @returns the socket, which may still be connecting
   * @throws ProxyError
   */
  async start(): Promise<Socket> {
    const tunnel = this.#proxy === undefined ? undefined : await this.#openTunnel(this.#proxy)
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

  /** Ends what is there of the connection, also a `CONNECT` to a proxy that never answers. */
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
    const carrier = tunnel === undefined ? { port: this.#port, ...ADDRESS_TIMEOUT } : { socket: tunnel }
    const socket = this.#keep(connectTls({ ...carrier, ...tlsOptions(this.#host), ALPNProtocols: ['http/1.1'] }))
    // The first keys exist once both sides agreed; a server that then ends TLS 1.2 wants a client certificate.
    socket.once('keylog', () => {
      this.#isNegotiated = true
    })
    return socket.once('secureConnect', () => {
      this.#isOpen = true
    })
  }

  /** @see RFC 9110 §9.3.6 */
  #openTunnel(proxy: HttpProxy): Promise<Socket> {
    const { host, port, authorization } = proxy
    const target = `${this.#url.hostname}:${this.#port}`
    const headers = { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) }
    const options = { method: 'CONNECT', port, path: target, headers, agent: false, ...ADDRESS_TIMEOUT }
    const request = this.#keep(
      proxy.secure ? https.request({ ...options, ...tlsOptions(host) }) : http.request({ ...options, host }),
    )
    return new Promise((resolve, reject) => {
      request.once('connect', ({ statusCode = 0 }, socket, head) => {
        this.#keep(socket)
        if (statusCode < 200 || statusCode > 299) return reject(new ProxyError(statusCode))
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
      })
      request.on('error', (cause: NodeJS.ErrnoException) => reject(new ProxyError(undefined, cause.code, { cause })))
      request.end()
    })
  }

  #keep<Opened extends { destroy(): unknown }>(opened: Opened): Opened {
    this.#opened.push(opened)
    return opened
  }
}

/** Certificates are checked whatever `NODE_TLS_REJECT_UNAUTHORIZED` says. An address must not be sent as server name. */
function tlsOptions(host: string): { host: string; servername?: string; rejectUnauthorized: true } {
  const servername = isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {}
  return { host, ...servername, rejectUnauthorized: true }
}
