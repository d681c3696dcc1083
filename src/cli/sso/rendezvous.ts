import { isToken } from '../../api/values.js'

/**
 * Where the browser comes back to. The protocol has no `state` of its own (`m.login.sso` sends back `loginToken` and
 * nothing else), so both parts that cannot be guessed stand in the address that the server is given. An attacker who sends the
 * browser elsewhere, or here with a login token of another account, knows neither.
 */
export interface Rendezvous {
  /** `http://127.0.0.1:PORT`, or an address that cannot be reached, for `--paste`. */
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

/** The address that the server sends the browser to, with `loginToken` added to its query. */
function redirectUrl({ origin, path, state }: Rendezvous): string {
  return `${origin}${path}?state=${state}`
}

/**
 * The address at which the login in the browser begins. `action=login` tells an OAuth-aware server to show its login page, not
 * its registration (Matrix 1.18, MSC3824).
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3loginssoredirect
 */
export function loginUrl(baseUrl: string, rendezvous: Rendezvous): string {
  const query = `redirectUrl=${encodeURIComponent(redirectUrl(rendezvous))}&action=login`
  return `${baseUrl}/_matrix/client/v3/login/sso/redirect?${query}`
}

/**
 * The address that the browser is sent to when it runs on another machine. The browser cannot open it, shows an error, and
 * keeps the address in its address bar. No server can answer: the name does not resolve, and no public certificate
 * authority issues a certificate for `.invalid`, so a resolver that answers all the same receives the name and nothing else.
 * An address on loopback can be listened to by every user of the machine, on macOS below port 1024 too.
 *
 * Synapse and Matrix Authentication Service accept every `https` address with a host as `redirectUrl`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.4 `.invalid` never resolves
 * @see https://github.com/element-hq/matrix-authentication-service/blob/main/crates/handlers/src/compat/login_sso_redirect.rs
 */
const UNREACHABLE_ORIGIN = 'https://matrix-access-token.invalid'

export function makeRemoteRendezvous(bytes: (count: number) => Uint8Array): Rendezvous {
  return makeRendezvous(UNREACHABLE_ORIGIN, bytes)
}

/** @returns the login token in the pasted address, or undefined where that is not the address of this login */
export function readPasted(text: string, rendezvous: Rendezvous): string | undefined {
  const pasted = text.trim()
  if (!URL.canParse(pasted)) return undefined
  const { origin, host, pathname, search } = new URL(pasted)
  if (origin !== rendezvous.origin) return undefined
  const request = { method: 'GET', target: pathname + search, host, origin: undefined } as const
  const verdict = judgeCallback({ ...request, fetchMode: undefined, fetchDestination: undefined }, rendezvous)
  return verdict.kind === 'login-token' ? verdict.token : undefined
}

/** A request that came in, as far as it is looked at. */
export interface CallbackRequest {
  readonly method: string
  /** Path and query, as they were sent. */
  readonly target: string
  readonly host: string | undefined
  readonly origin: string | undefined
  /** `Sec-Fetch-Mode` and `Sec-Fetch-Dest`: https://www.w3.org/TR/fetch-metadata/ */
  readonly fetchMode: string | undefined
  readonly fetchDestination: string | undefined
}

/** What a request is: the browser that brings the login token, or one to refuse. */
export type CallbackVerdict =
  | { readonly kind: 'login-token'; readonly token: string }
  | { readonly kind: 'refused'; readonly status: 404 | 405 }

const NOT_FOUND: CallbackVerdict = { kind: 'refused', status: 404 }

/** Whether this is the browser coming back. Everything else is told nothing but 404 and 405. */
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

/** Whether this is the browser going on to the page that the callback sent it to. */
export function isPageRequest(request: CallbackRequest, rendezvous: Rendezvous): boolean {
  return request.method === 'GET' && isNavigationToUs(request, rendezvous) && request.target === pagePath(rendezvous)
}

/** Without the login token in it, so that the address bar and the history hold none. */
export function pagePath({ path }: Rendezvous): string {
  return `${path}/done`
}

/**
 * Another `Host` is a name that an attacker pointed here (DNS rebinding). A page on another origin sends `Origin` with
 * every request but a navigation, and a browser marks what it loads for a page as not a document. A navigation through a
 * form and a redirect can carry `null`: https://fetch.spec.whatwg.org/#origin-header
 */
function isNavigationToUs(request: CallbackRequest, { origin }: Rendezvous): boolean {
  const { host, origin: from, fetchMode = 'navigate', fetchDestination = 'document' } = request
  if (host === undefined || host !== new URL(origin).host) return false
  return (from === undefined || from === 'null') && fetchMode === 'navigate' && fetchDestination === 'document'
}
