import { createServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { isSuccess } from '../../src/http/retry.js'
import { toolkitTransport } from '../../src/http/toolkit-transport.js'
import { type HttpResponse, MAX_BYTES, TransportError } from '../../src/http/transport.js'

const servers: { close(callback: () => void): unknown; closeAllConnections?: () => void }[] = []

afterEach(async () => {
  delete process.env.ACTIONS_ORCHESTRATION_ID
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.()
    await new Promise<void>((resolve) => server.close(resolve))
  }
})

interface Served {
  readonly port: number
  readonly seen: { method: string; url: string; agent: string; body: string }[]
}

async function serve(respond: (response: ServerResponse) => void, host = '127.0.0.1'): Promise<Served> {
  const seen: Served['seen'] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        agent: request.headers['user-agent'] ?? '',
        body,
      })
      respond(response)
    })
  })
  return { port: await listen(server, host), seen }
}

async function listen(server: Server | ReturnType<typeof createTcpServer>, host = '127.0.0.1'): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

function send(port: number, deadlineMs = 5_000, host = '127.0.0.1', limits = {}): Promise<HttpResponse> {
  return toolkitTransport(
    'test/1',
    () => undefined,
  )({
    method: 'POST',
    url: `http://${host}:${port}/login`,
    headers: { 'content-type': 'application/json' },
    body: '{"password":"secret"}',
    deadlineMs,
    ...limits,
  })
}

async function problemOf(sent: Promise<unknown>): Promise<string> {
  const error = await sent.then(
    () => 'an answer',
    (reason: unknown) => reason,
  )
  return error instanceof TransportError ? error.problem : String(error)
}

describe('an answer', () => {
  test('arrives whole, with its status and headers, whatever the status', async () => {
    const { port } = await serve((response) =>
      response.writeHead(404, { 'x-test': 'yes' }).end('{"errcode":"M_NOT_FOUND"}'),
    )
    const response = await send(port)
    expect(response.status).toBe(404)
    expect(response.headers['x-test']).toBe('yes')
    // @actions/http-client's own postJson() would have turned it into null.
    expect(new TextDecoder().decode(response.body)).toBe('{"errcode":"M_NOT_FOUND"}')
  })

  test('has its headers in UTF-8, in which a secret would be recognized, or as they are', async () => {
    const { port } = await serve((response) => {
      response.setHeader('x-utf8', Buffer.from('pässwört').toString('latin1'))
      response.setHeader('x-latin1', 'pässwört').end()
    })
    const { headers } = await send(port)
    expect([headers['x-utf8'], headers['x-latin1']]).toStrictEqual(['pässwört', 'pässwört'])
  })

  test.each([
    ['a control character in a header', 'X-Foo: a\x01b\r\nContent-Length: 2\r\n\r\n{}', 'HPE_INVALID_HEADER_TOKEN'],
    [
      'more than 16 KiB of headers',
      `Set-Cookie: ${'a'.repeat(20_000)}\r\nContent-Length: 2\r\n\r\n{}`,
      'HPE_HEADER_OVERFLOW',
    ],
  ])('with %s is none, and is not asked for again', async (_name, rest, code) => {
    const server = createTcpServer((socket: Socket) => {
      socket.on('error', () => {}).once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${rest}`))
    })
    const sent = send(await listen(server))
    await expect(sent).rejects.toMatchObject({ problem: 'not-http', isTransient: false, requestSent: true, code })
  })

  test('may be empty', async () => {
    const { port } = await serve((response) => response.writeHead(204).end())
    expect((await send(port)).body).toHaveLength(0)
  })

  test('of exactly 1 MiB is read, one byte more is not', async () => {
    const { port } = await serve((response) => response.end('x'.repeat(MAX_BYTES)))
    expect((await send(port)).body).toHaveLength(MAX_BYTES)
    const larger = await serve((response) => response.end('x'.repeat(MAX_BYTES + 1)))
    expect(await problemOf(send(larger.port))).toBe('too-large')
  })

  test('may have a limit of its own, which the message names', async () => {
    const limits = { maxBytes: 2 * MAX_BYTES }
    const { port } = await serve((response) => response.end('x'.repeat(2 * MAX_BYTES)))
    expect((await send(port, 5_000, '127.0.0.1', limits)).body).toHaveLength(2 * MAX_BYTES)
    const larger = await serve((response) => response.end('x'.repeat(2 * MAX_BYTES + 1)))
    await expect(send(larger.port, 5_000, '127.0.0.1', limits)).rejects.toThrow('the answer is larger than 2 MiB')
  })

  test('comes from an IPv6 address as well: the client passes its brackets to the resolver', async () => {
    const { port } = await serve((response) => response.end('ok'), '::1')
    expect((await send(port, 5_000, '[::1]')).status).toBe(200)
  })
})

test.each([301, 302, 303, 307, 308])('a %i comes back as it is; nothing reaches the target', async (status) => {
  const target = await serve((response) => response.end())
  for (const location of [`http://127.0.0.1:${target.port}/`, '/elsewhere']) {
    const { port, seen } = await serve((response) => response.writeHead(status, { location }).end())
    expect((await send(port)).status).toBe(status)
    expect(seen).toHaveLength(1)
  }
  expect(target.seen).toStrictEqual([])
})

test('the user agent is the given one and nothing else, although the toolkit would add the orchestration ID', async () => {
  process.env.ACTIONS_ORCHESTRATION_ID = 'run-of-somebody'
  const { port, seen } = await serve((response) => response.end())
  await send(port)
  expect(seen[0]?.agent).toBe('test/1')
})

// Node's parser takes any three digits; what such an answer means is decided above.
test.each([99, 600, 999])('status %i comes back as it is', async (status) => {
  const server = createTcpServer((socket: Socket) => {
    socket.on('error', () => {})
    socket.once('data', () =>
      socket.end(`HTTP/1.1 ${String(status).padStart(3, '0')} Odd\r\nContent-Length: 0\r\n\r\n`),
    )
  })
  const response = await send(await listen(server))
  expect(response.status).toBe(status)
  expect(isSuccess(response.status)).toBe(false)
})

test.each([
  [199, false],
  [200, true],
  [204, true],
  [299, true],
  [300, false],
  [99, false],
  [0, false],
])('%i is success: %s', (status, expected) => {
  expect(isSuccess(status)).toBe(expected)
})

describe('no complete answer', () => {
  const half = (response: ServerResponse) => response.writeHead(200, { 'content-length': '100' }).write('{"half":')

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['cut before the headers', (response) => response.destroy(), 'reset'],
    [
      'cut in the middle of the body',
      (response) => {
        half(response)
        response.socket?.end()
      },
      'truncated',
    ],
    ['cut in a chunked body', (response) => void response.write('x', () => response.destroy()), 'truncated'],
  ])('%s', async (_name, respond, problem) => {
    const { port } = await serve(respond)
    await expect(send(port)).rejects.toMatchObject({ problem, requestSent: true })
  })

  // socketTimeout of the toolkit covers none of these: it is an idle timer, and does not count while connecting.
  test.each<[string, (response: ServerResponse) => void]>([
    ['never a header', () => {}],
    ['headers, and then nothing', (response) => void half(response)],
    [
      'a byte now and then',
      (response) => {
        response.writeHead(200)
        const timer = setInterval(() => response.write('x'), 20)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ])('the deadline ends an exchange with %s', async (_name, respond) => {
    const { port } = await serve(respond)
    await expect(send(port, 150)).rejects.toMatchObject({ problem: 'timeout', requestSent: true })
  })

  test('a server that accepts and never speaks', async () => {
    const sockets: Socket[] = []
    const server = createTcpServer((socket) => void sockets.push(socket))
    const port = await listen(server)
    await expect(send(port, 150)).rejects.toMatchObject({ problem: 'timeout', requestSent: true })
    for (const socket of sockets) socket.destroy()
  })

  test('a port where nobody listens', async () => {
    const server = createTcpServer()
    const port = await listen(server)
    servers.pop()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    await expect(send(port)).rejects.toMatchObject({ problem: 'refused', requestSent: false })
  })

  test('a name that does not exist', async () => {
    await expect(send(1, 5_000, 'no-such-host.invalid')).rejects.toMatchObject({ problem: 'dns', requestSent: false })
  })
})

// Node destroys the socket and tells nobody, so the request would stay open for ever and the process end in silence.
test('an answer that switches protocols is no answer: the deadline ends it', async () => {
  const server = createTcpServer((socket: Socket) => {
    socket.on('error', () => {}).resume()
    socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
  })
  await expect(send(await listen(server), 300)).rejects.toMatchObject({ problem: 'timeout' })
})
