import { createServer, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface ProxyOptions {
  /** What it answers instead of connecting: a status, or nothing at all. */
  readonly refuseWith?: number | 'silence'
}

/** A forward proxy on loopback that connects every host there is to one port of this machine. */
export interface Proxy {
  readonly port: number
  /** What it was asked to connect to, and the credentials that came with it. */
  readonly connects: readonly { readonly target: string; readonly authorization: string | undefined }[]
  stop(): Promise<void>
}

export async function startProxy(targetPort: number, { refuseWith }: ProxyOptions = {}): Promise<Proxy> {
  const connects: { target: string; authorization: string | undefined }[] = []
  const sockets = new Set<Duplex>()
  const server = createServer()
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    sockets.add(client)
    connects.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] })
    client.on('error', () => client.destroy())
    if (refuseWith === 'silence') return
    if (refuseWith !== undefined) return void client.end(`HTTP/1.1 ${refuseWith} No\r\nConnection: close\r\n\r\n`)
    const upstream = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    sockets.add(upstream)
    upstream.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
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
