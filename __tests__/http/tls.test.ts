import { createServer, type ServerOptions } from 'node:https'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { toolkitTransport } from '../../src/http/toolkit-transport.js'
import { type HttpResponse, TransportError } from '../../src/http/transport.js'
import { makeCertificate, makeExpiredCertificate } from '../support/certificate.js'
import { trustInProcess } from '../support/trust.js'

const certificate = makeCertificate('localhost', '127.0.0.1', '::1')
const cleanUp: (() => unknown)[] = []

afterAll(() => certificate.stop())

afterEach(async () => {
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})))
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

interface Served {
  readonly port: number
  /** How many requests came whole. */
  readonly arrived: () => number
}

async function serve(options: ServerOptions = {}, host?: string, answers = true): Promise<Served> {
  let arrived = 0
  const server = createServer({ key: certificate.key, cert: certificate.cert, ...options }, (_request, response) => {
    arrived += 1
    if (answers) response.end('ok')
    else response.destroy()
  })
  return { port: await listen(server, host), arrived: () => arrived }
}

function trust(cert = certificate.cert): void {
  cleanUp.push(trustInProcess(cert))
}

function send(port: number, host = '127.0.0.1', deadlineMs = 5_000): Promise<HttpResponse> {
  const body = '{"password":"secret"}'
  const request = { method: 'POST', url: `https://${host}:${port}/login`, headers: {}, body, deadlineMs } as const
  return toolkitTransport('test/1', () => undefined)(request)
}

async function errorOf(sent: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof TransportError) return error
  throw new Error(`no TransportError: ${error}`)
}

test.each(['127.0.0.1', 'localhost', '[::1]'])('a certificate that is known for %s: an answer', async (host) => {
  trust()
  const { port } = await serve({}, host === '[::1]' ? '::1' : '127.0.0.1')
  expect((await send(port, host)).status).toBe(200)
})

describe('a certificate that is not accepted: nothing is sent', () => {
  test('unknown authority', async () => {
    const { port, arrived } = await serve()
    const error = await errorOf(send(port))
    expect(error).toMatchObject({ problem: 'certificate', detail: 'unknown-authority', requestSent: false })
    expect(arrived()).toBe(0)
  })

  test('…whatever NODE_TLS_REJECT_UNAUTHORIZED says, also when it is set after the start', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const { port, arrived } = await serve()
    expect((await errorOf(send(port))).problem).toBe('certificate')
    expect(arrived()).toBe(0)
  })

  test('expired', async () => {
    const expired = makeExpiredCertificate('127.0.0.1')
    cleanUp.push(() => expired.stop())
    trust(expired.cert)
    const { port, arrived } = await serve({ key: expired.key, cert: expired.cert })
    const error = await errorOf(send(port))
    expect(error).toMatchObject({ problem: 'certificate', detail: 'expired', requestSent: false })
    expect(arrived()).toBe(0)
  })

  test.each([
    ['127.0.0.1', ['elsewhere.test']],
    ['127.0.0.1', ['127.0.0.2', '::1']],
    ['localhost', ['127.0.0.1']],
    ['[::1]', ['elsewhere.test', 'localhost', '127.0.0.1', '::2']],
    ['[::1]', ['elsewhere.test']],
  ])('another name: %s is not among %j', async (host, names) => {
    const other = makeCertificate(...names)
    cleanUp.push(() => other.stop())
    trust(other.cert)
    const { port, arrived } = await serve({ key: other.key, cert: other.cert }, host === '[::1]' ? '::1' : '127.0.0.1')
    const error = await errorOf(send(port, host))
    expect(error).toMatchObject({ problem: 'certificate', detail: 'wrong-name', requestSent: false })
    expect(arrived()).toBe(0)
  })
})

describe('a handshake that the server refuses is not "no TLS": nothing is sent', () => {
  test.each<[string, ServerOptions, string]>([
    ['client certificate, TLS 1.3', { minVersion: 'TLSv1.3', requestCert: true }, 'client-certificate'],
    ['client certificate, TLS 1.2', { maxVersion: 'TLSv1.2', requestCert: true }, 'client-certificate'],
    ['old version', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, 'protocol-version'],
    ['no common cipher', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }, 'no-common-cipher'],
  ])('%s', async (_name, options, detail) => {
    trust()
    const { port, arrived } = await serve({ ca: certificate.cert, ...options })
    const error = await errorOf(send(port))
    expect(error).toMatchObject({ problem: 'tls-refused', detail, requestSent: false, isTransient: false })
    expect(arrived()).toBe(0)
  })

  test('an alert without a detail that is known (80, internal error)', async () => {
    const port = await listen(createTcpServer((socket) => socket.once('data', () => socket.end(alert(80)))))
    expect(await errorOf(send(port))).toMatchObject({ problem: 'tls-refused', detail: undefined, requestSent: false })
  })
})

/** A fatal alert as it goes over the wire. @see RFC 8446 §5.1, §6 */
function alert(number: number): Uint8Array {
  return Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, number)
}

describe('a connection that ends before TLS is up: nothing was sent', () => {
  test.each<[string, (socket: Socket) => void, string]>([
    ['at once', (socket) => void socket.end(), 'reset'],
    ['after our first message', (socket) => void socket.once('data', () => socket.destroy()), 'reset'],
    ['by a reset', (socket) => void socket.once('data', () => socket.resetAndDestroy()), 'reset'],
    ['never', () => {}, 'timeout'],
    ['with an answer in plain HTTP', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'not-tls'],
  ])('%s', async (_name, onConnection, problem) => {
    const port = await listen(createTcpServer(onConnection))
    expect(await errorOf(send(port, '127.0.0.1', 300))).toMatchObject({ problem, requestSent: false })
  })
})

test('a connection that is cut after TLS is up: the request may have arrived', async () => {
  trust()
  const { port, arrived } = await serve({}, '127.0.0.1', false)
  expect(await errorOf(send(port))).toMatchObject({ problem: 'reset', requestSent: true })
  expect(arrived()).toBe(1)
})
