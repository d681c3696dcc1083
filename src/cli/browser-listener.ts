import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isToken } from '../api/values.js'

/**
 * The address that the browser returns to. The protocol does not have a `state` (`m.login.sso` returns only
 * `loginToken`), so both unguessable parts are in the redirect address. An attacker who sends the browser to another
 * address, or to this one with the login token of another account, does not know them.
 */
export interface Rendezvous {
  /** `http://127.0.0.1:PORT`, or an unreachable address for `--paste`. */
  readonly origin: string
  readonly path: string
  readonly state: string
}

/** 128 bits each. */
const BYTES = 16

export function makeRendezvous(origin: string, bytes: (count: number) => Uint8Array): Rendezvous {
  const unguessable = () => Buffer.from(bytes(BYTES)).toString('base64url')
  return { origin, path: `/${unguessable()}`, state: unguessable() }
}

/** Returns the address that the server redirects the browser to, with `loginToken` added to its query. */
function redirectUrl({ origin, path, state }: Rendezvous): string {
  return `${origin}${path}?state=${state}`
}

/**
 * Returns the address at which the login in the browser starts. `action=login` requests the login page and not the
 * registration page from an OAuth-aware server (Matrix 1.18, MSC3824).
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3loginssoredirect
 */
export function loginUrl(baseUrl: string, rendezvous: Rendezvous): string {
  const query = `redirectUrl=${encodeURIComponent(redirectUrl(rendezvous))}&action=login`
  return `${baseUrl}/_matrix/client/v3/login/sso/redirect?${query}`
}

/**
 * The redirect address for a browser on another machine. The browser cannot open it, shows an error, and keeps the
 * address in its address bar. No server can respond: the name does not resolve, and no public certificate authority
 * issues a certificate for `.invalid`. A resolver that answers anyway receives only the name. An address on loopback
 * would be less safe: every user of the machine can listen on it, on macOS below port 1024 too.
 *
 * Synapse and Matrix Authentication Service accept every `https` address with a host as `redirectUrl`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.4 `.invalid` never resolves
 * @see
 * https://github.com/element-hq/matrix-authentication-service/blob/main/crates/handlers/src/compat/login_sso_redirect.rs
 */
const UNREACHABLE_ORIGIN = 'https://matrix-access-token.invalid'

export function makeRemoteRendezvous(bytes: (count: number) => Uint8Array): Rendezvous {
  return makeRendezvous(UNREACHABLE_ORIGIN, bytes)
}

/**
 * Reads the login token from a pasted address.
 * @returns the login token; `undefined` if it is not the address of this login
 */
export function readPasted(text: string, rendezvous: Rendezvous): string | undefined {
  const pasted = text.trim()
  if (!URL.canParse(pasted)) return undefined
  const { origin, host, pathname, search } = new URL(pasted)
  if (origin !== rendezvous.origin) return undefined
  const request = { method: 'GET', target: pathname + search, host, origin: undefined } as const
  const verdict = judgeCallback({ ...request, fetchMode: undefined, fetchDestination: undefined }, rendezvous)
  return verdict.kind === 'login-token' ? verdict.token : undefined
}

/** The parts of an incoming request that are checked. */
export interface CallbackRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly target: string
  readonly host: string | undefined
  readonly origin: string | undefined
  /** `Sec-Fetch-Mode` and `Sec-Fetch-Dest`: https://www.w3.org/TR/fetch-metadata/ */
  readonly fetchMode: string | undefined
  readonly fetchDestination: string | undefined
}

/** The classification of a request: the callback with the login token, or a request to refuse. */
export type CallbackVerdict =
  | { readonly kind: 'login-token'; readonly token: string }
  | { readonly kind: 'refused'; readonly status: 404 | 405 }

const NOT_FOUND: CallbackVerdict = { kind: 'refused', status: 404 }

/** Classifies a request as the callback of the browser or not. Every other request gets 404 or 405 only. */
export function judgeCallback(request: CallbackRequest, rendezvous: Rendezvous): CallbackVerdict {
  if (request.method !== 'GET') return { kind: 'refused', status: 405 }
  if (!isNavigationToUs(request, rendezvous)) return NOT_FOUND
  const start = `${rendezvous.path}?`
  if (!request.target.startsWith(start)) return NOT_FOUND
  const query = new URLSearchParams(request.target.slice(start.length))
  const [state, ...otherStates] = query.getAll('state')
  if (state !== rendezvous.state || otherStates.length > 0) return NOT_FOUND
  const [token = '', ...otherTokens] = query.getAll('loginToken')
  return isToken(token) && otherTokens.length === 0 ? { kind: 'login-token', token } : NOT_FOUND
}

/** Returns whether this is the browser's request for the page that the callback redirects to. */
export function isPageRequest(request: CallbackRequest, rendezvous: Rendezvous): boolean {
  return request.method === 'GET' && isNavigationToUs(request, rendezvous) && request.target === pagePath(rendezvous)
}

/** Returns the path of the last page, without the login token, so that address bar and history do not hold it. */
export function pagePath({ path }: Rendezvous): string {
  return `${path}/done`
}

/**
 * Returns whether a request is a top-level navigation to this server. Another `Host` means that an attacker's name
 * resolves to this machine (DNS rebinding). A page on another origin sends `Origin` with every request except a
 * navigation, and a browser marks subresources as not a document. A navigation through a form and a redirect can send
 * `null`.
 * @see https://fetch.spec.whatwg.org/#origin-header
 */
function isNavigationToUs(request: CallbackRequest, { origin }: Rendezvous): boolean {
  const { host, origin: from, fetchMode = 'navigate', fetchDestination = 'document' } = request
  if (host === undefined || host !== new URL(origin).host) return false
  return (from === undefined || from === 'null') && fetchMode === 'navigate' && fetchDestination === 'document'
}

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
