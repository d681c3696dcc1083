import http from 'node:http'
import { connect as connectTcp } from 'node:net'
import { ADDRESS_TIMEOUT, openTls, ProxyError, type Tunnel } from './connection.js'
import type { HttpProxy } from './proxy.js'

/** Opens tunnels through a proxy. @see RFC 9110 §9.3.6 */
export function tunnelThrough({ host, port, secure, authorization }: HttpProxy): Tunnel {
  return (target, keep) => {
    const headers = { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) }
    const socket = keep(secure ? openTls(host, { port }) : connectTcp({ host, port, ...ADDRESS_TIMEOUT }))
    const options = { method: 'CONNECT', path: target, headers, createConnection: () => socket }
    const request = keep(http.request(options))
    return new Promise((resolve, reject) => {
      request.once('connect', ({ statusCode = 0 }, _socket, head) => {
        if (statusCode < 200 || statusCode > 299) return reject(new ProxyError(statusCode))
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
      })
      request.on('error', (cause: NodeJS.ErrnoException) => reject(new ProxyError(undefined, cause.code, { cause })))
      request.end()
    })
  }
}
