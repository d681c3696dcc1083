import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  type CallbackRequest,
  isPageRequest,
  judgeCallback,
  makeRendezvous,
  pagePath,
  type Rendezvous,
} from './rendezvous.js'

/** A local server that accepts one login token. */
export interface Listener {
  readonly rendezvous: Rendezvous
  /** Resolves to the login token when the browser delivers it. */
  readonly loginToken: Promise<string>
  /** Resolves when the browser has received the page that says to close it. */
  readonly pageShown: Promise<void>
  close(): Promise<void>
}

/** Maximum length of request line and headers, in bytes; Node answers 431 beyond it. */
const MAX_HEADER_BYTES = 8 * 1024
const SLOWEST_REQUEST_MS = 10_000

/**
 * Listens on 127.0.0.1, at an unguessable port and path. Accepts one login token; every other request, before or after
 * it, is refused without effect. Does not read bodies.
 */
export async function listen(bytes: (count: number) => Uint8Array): Promise<Listener> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: SLOWEST_REQUEST_MS,
    requestTimeout: SLOWEST_REQUEST_MS,
    connectionsCheckingInterval: SLOWEST_REQUEST_MS,
  })
  const rendezvous = makeRendezvous(`http://127.0.0.1:${await bind(server)}`, bytes)
  const token = deferred<string>()
  const page = deferred<void>()
  let received = false
  server.on('request', (incoming, response) => {
    const request = read(incoming)
    if (received && isPageRequest(request, rendezvous)) {
      return answer(response, 200, { 'content-type': 'text/html; charset=utf-8' }, PAGE, page.resolve)
    }
    const verdict = judgeCallback(request, rendezvous)
    if (verdict.kind === 'refused') return refuse(response, verdict.status)
    if (received) return refuse(response, 404)
    received = true
    token.resolve(verdict.token)
    answer(response, 303, { location: pagePath(rendezvous) }, '')
  })
  return { rendezvous, loginToken: token.promise, pageShown: page.promise, close: () => close(server) }
}

function read({ method = '', url = '', headers }: IncomingMessage): CallbackRequest {
  const single = (name: string) => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method,
    target: url,
    host: headers.host,
    origin: headers.origin,
    fetchMode: single('sec-fetch-mode'),
    fetchDestination: single('sec-fetch-dest'),
  }
}

function refuse(response: ServerResponse, status: 404 | 405): void {
  answer(response, status, status === 405 ? { allow: 'GET' } : {}, '')
}

function answer(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  done: () => void = () => {},
): void {
  response.writeHead(status, { ...PAGE_HEADERS, ...headers })
  response.end(body, done)
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('no port'))
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function deferred<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => {}
  const promise = new Promise<Value>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** The last page that the browser shows. It loads no resources. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>matrix-access-token</title>
</head>
<body>
<h1>You can close this window.</h1>
<p>The terminal says how the login went on.</p>
</body>
</html>
`

/** Headers of every response: no caching, no resources, no framing, no referrer. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}
