import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface ProxyOptions {
  /** What it answers instead of connecting: a status, nothing at all, or an end of the connection. */
  readonly refuseWith?: number | 'silence' | 'hang-up'
  /** The status with which it connects; 200 by default, any 2xx will do. */
  readonly connectWith?: number
  /** Speaks TLS itself, with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** The address on which it listens: 127.0.0.1 by default. */
  readonly address?: string
  /** What the connection does once it is there: passes on, or ends before a byte of the target came through. */
  readonly tunnel?: 'pass' | 'cut' | 'silence'
}

/** A forward proxy on loopback that connects every host there is to one port of this machine. */
export interface Proxy {
  readonly port: number
  /** What it was asked to connect to, and the credentials that came with it. */
  readonly connects: readonly { readonly target: string; readonly authorization: string | undefined }[]
  stop(): Promise<void>
}

export async function startProxy(targetPort: number, options: ProxyOptions = {}): Promise<Proxy> {
  const { refuseWith, connectWith = 200, tls, address: host = '127.0.0.1', tunnel = 'pass' } = options
  const connects: { target: string; authorization: string | undefined }[] = []
  const sockets = new Set<Duplex>()
  const server = tls === undefined ? createServer() : createTlsServer(tls)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    connects.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] })
    client.on('error', () => client.destroy())
    if (refuseWith === 'silence') return
    if (refuseWith === 'hang-up') return void client.destroy()
    if (refuseWith !== undefined) return void client.end(`HTTP/1.1 ${refuseWith} No\r\nConnection: close\r\n\r\n`)
    const upstream = connect(targetPort, '127.0.0.1', () => {
      client.write(`HTTP/1.1 ${connectWith} Connection established\r\n\r\n`)
      if (tunnel === 'pass') upstream.pipe(client).pipe(upstream)
      if (tunnel === 'cut') client.end()
    })
    sockets.add(upstream)
    upstream.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    port: address.port,
    connects,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
