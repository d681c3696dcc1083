import { isToken } from '../../api/values.js'
import type { Rendezvous } from './rendezvous.js'

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
 * Another `Host` is a name that somebody made point here (DNS rebinding). A page on another origin that calls here sends
 * `Origin` with anything but a navigation, and a browser says of what it loads for a page that it is no document. `null`
 * is what a navigation can carry that came through a form and a redirect: https://fetch.spec.whatwg.org/#origin-header
 */
function isNavigationToUs(request: CallbackRequest, { origin }: Rendezvous): boolean {
  const { host, origin: from, fetchMode = 'navigate', fetchDestination = 'document' } = request
  if (host === undefined || host !== new URL(origin).host) return false
  return (from === undefined || from === 'null') && fetchMode === 'navigate' && fetchDestination === 'document'
}
