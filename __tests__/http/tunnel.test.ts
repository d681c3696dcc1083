import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createTcpServer, type Server, Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals'
import { Failure } from '../../src/failures.js'
import { toolkitTransport } from '../../src/http/toolkit-transport.js'
import { type HttpResponse, TransportError } from '../../src/http/transport.js'
import { makeCertificate } from '../support/certificate.js'
import { type ProxyOptions, startProxy } from '../support/proxy.js'
import { trustInProcess } from '../support/trust.js'

const certificate = makeCertificate('matrix.example.org', '2001:db8::1', '::1', '127.0.0.1', 'localhost')
const cleanUp: (() => unknown)[] = []

afterAll(() => certificate.stop())

afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

/** A server with TLS (or without) behind a proxy. */
async function setUp(options: ProxyOptions = {}, scheme: 'http' | 'https' = 'https') {
  const requests: IncomingMessage[] = []
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request)
    response.end('ok')
  }
  const server = scheme === 'https' ? createHttpsServer(certificate, answer) : createHttpServer(answer)
  const port = await listen(server)
  cleanUp.push(() => server.closeAllConnections())
  const proxy = await startProxy(port, options)
  cleanUp.push(() => proxy.stop(), trustInProcess(certificate.cert))
  return { requests, proxy }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => server.close())
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

function send(proxy: string, url = 'https://matrix.example.org/login', deadlineMs = 5_000): Promise<HttpResponse> {
  const environment = (name: string) => (['HTTPS_PROXY', 'HTTP_PROXY'].includes(name) ? proxy : undefined)
  return toolkitTransport('test/1', environment)({ method: 'GET', url, headers: {}, deadlineMs })
}

async function errorOf(sent: Promise<unknown>): Promise<unknown> {
  return await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  )
}

describe('a request goes through the proxy', () => {
  test.each([
    ['https://matrix.example.org/', 'matrix.example.org:443'],
    ['https://matrix.example.org:8448/', 'matrix.example.org:8448'],
    ['https://[2001:db8::1]/', '[2001:db8::1]:443'],
    ['https://[2001:DB8:0::1]:8448/', '[2001:db8::1]:8448'],
  ])('%s as %s', async (url, target) => {
    const { proxy, requests } = await setUp()
    expect((await send(`127.0.0.1:${proxy.port}`, url)).status).toBe(200)
    expect(proxy.connects).toStrictEqual([{ target, authorization: undefined }])
    expect(requests[0]?.headers.host).toBe(new URL(url).host)
  })

  test('in clear as well, also then by CONNECT', async () => {
    const { proxy } = await setUp({}, 'http')
    expect((await send(`127.0.0.1:${proxy.port}`, 'http://plain.example.org/')).status).toBe(200)
    expect(proxy.connects[0]?.target).toBe('plain.example.org:80')
  })

  test('that has an IPv6 address', async () => {
    const { proxy } = await setUp({ address: '::1' })
    expect((await send(`http://[::1]:${proxy.port}`)).status).toBe(200)
  })

  test.each(['127.0.0.1', 'localhost', '[::1]'])('that speaks TLS itself, %s', async (host) => {
    const { proxy } = await setUp({ tls: certificate, address: host === '[::1]' ? '::1' : '127.0.0.1' })
    expect((await send(`https://${host}:${proxy.port}`)).status).toBe(200)
    expect(proxy.connects).toHaveLength(1)
  })

  test('that says another 2xx than 200: RFC 9110 §9.3.6', async () => {
    const { proxy } = await setUp({ connectWith: 204 })
    expect((await send(`127.0.0.1:${proxy.port}`)).status).toBe(200)
  })

  test('that sends what follows along with its answer: nothing is lost', async () => {
    const answers = ['HTTP/1.1 200 OK\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly']
    const port = await listen(
      createTcpServer((socket) => void socket.once('data', () => socket.write(answers.join('')))),
    )
    const { body } = await send(`127.0.0.1:${port}`, 'http://plain.example.org/')
    expect(new TextDecoder().decode(body)).toBe('early')
  })

  test('whose user and password it gets, and the server does not', async () => {
    const { proxy, requests } = await setUp()
    await send(`user:100%@127.0.0.1:${proxy.port}`)
    expect(proxy.connects[0]?.authorization).toBe(`Basic ${Buffer.from('user:100%').toString('base64')}`)
    expect(requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })
})

describe('a proxy that does not connect: nothing was sent', () => {
  test.each<[string, ProxyOptions, string, boolean]>([
    ['407', { refuseWith: 407 }, 'proxy-refused', false],
    ['403', { refuseWith: 403 }, 'proxy-refused', false],
    ['502', { refuseWith: 502 }, 'proxy', true],
    ['hangs up', { refuseWith: 'hang-up' }, 'proxy', true],
    ['is silent', { refuseWith: 'silence' }, 'timeout', true],
    ['is silent after CONNECT, before TLS is up', { tunnel: 'silence' }, 'timeout', true],
    ['cuts after CONNECT, before TLS is up', { tunnel: 'cut' }, 'reset', true],
  ])('%s', async (_name, options, problem, isTransient) => {
    const { proxy, requests } = await setUp(options)
    const error = await errorOf(send(`user:hunter2@127.0.0.1:${proxy.port}`, 'https://matrix.example.org/', 300))
    expect(error).toMatchObject({ problem, isTransient, requestSent: false, host: 'matrix.example.org' })
    expect(String(error)).not.toMatch(/hunter2|127\.0\.0\.1/)
    expect(requests).toStrictEqual([])
  })

  test('is not there', async () => {
    const { proxy } = await setUp()
    await proxy.stop()
    const error = await errorOf(send(`127.0.0.1:${proxy.port}`))
    expect(error).toMatchObject({ problem: 'proxy', isTransient: true, requestSent: false })
    expect(String(error)).not.toContain('127.0.0.1')
  })

  test('has a certificate that is not accepted: it gets neither the target nor the password', async () => {
    const other = makeCertificate('127.0.0.1')
    cleanUp.push(() => other.stop())
    const { proxy } = await setUp({ tls: other })
    expect(await errorOf(send(`https://user:hunter2@127.0.0.1:${proxy.port}`))).toMatchObject({
      problem: 'proxy-refused',
      requestSent: false,
    })
    expect(proxy.connects).toStrictEqual([])
  })
})

test('a server whose certificate is not accepted gets nothing through a proxy either', async () => {
  const { proxy, requests } = await setUp()
  const error = await errorOf(send(`127.0.0.1:${proxy.port}`, 'https://other.example.org/'))
  expect(error).toBeInstanceOf(TransportError)
  expect(error).toMatchObject({ problem: 'certificate', detail: 'wrong-name', requestSent: false })
  expect(requests).toStrictEqual([])
})

// An open connection would keep the process, and so the step, alive.
describe('when the deadline has passed, no connection is left', () => {
  test.each([
    ['to a server', 'http://127.0.0.1', () => ''],
    ['to a server with TLS', 'https://127.0.0.1', () => ''],
    ['to a proxy', 'https://matrix.example.org', (port: number) => `127.0.0.1:${port}`],
    ['to a proxy with TLS', 'https://matrix.example.org', (port: number) => `https://127.0.0.1:${port}`],
  ])('%s', async (_name, origin, proxy) => {
    const server = createTcpServer()
    const closed = new Promise<void>((resolve) => {
      server.on(
        'connection',
        (socket) =>
          void socket
            .on('error', () => {})
            .on('close', () => resolve())
            .resume(),
      )
    })
    const port = await listen(server)
    expect(await errorOf(send(proxy(port), `${origin}:${port}/`, 150))).toMatchObject({ problem: 'timeout' })
    await closed
  })
})

test('a variable that cannot be read: no request, neither there nor directly', async () => {
  const { proxy, requests } = await setUp()
  const error = await errorOf(send(`socks5://user:hunter2@127.0.0.1:${proxy.port}`))
  expect(error).toBeInstanceOf(Failure)
  expect(error).toMatchObject({ code: 'invalid-input', message: 'HTTPS_PROXY is not the address of an HTTP proxy.' })
  expect([proxy.connects, requests]).toStrictEqual([[], []])
})

describe('a host with several addresses', () => {
  /** The timeouts that a request sets for one address, in milliseconds. */
  async function timeoutsOf(proxy: string, url: string): Promise<readonly unknown[]> {
    const connect = jest.spyOn(Socket.prototype, 'connect')
    try {
      await send(proxy, url).catch(() => undefined)
      return connect.mock.calls.flat(2).flatMap(addressTimeout)
    } finally {
      connect.mockRestore()
    }
  }

  function addressTimeout(option: unknown): readonly unknown[] {
    if (typeof option !== 'object' || option === null || !('port' in option)) return []
    return ['autoSelectFamilyAttemptTimeout' in option ? option.autoSelectFamilyAttemptTimeout : undefined]
  }

  // A connection that takes longer than Node's 250 ms is given up for the next address, which may not be reachable at all.
  test.each([
    ['directly, with TLS', '', 'https://localhost:1/'],
    ['directly, without TLS', '', 'http://localhost:1/'],
    ['through a proxy', 'http://localhost:1', 'https://matrix.example.org/'],
    ['through a proxy with TLS', 'https://localhost:1', 'https://matrix.example.org/'],
  ])('%s: no address is given up before its first packet was repeated', async (_name, proxy, url) => {
    expect(await timeoutsOf(proxy, url)).toStrictEqual([3_000])
  })
})
