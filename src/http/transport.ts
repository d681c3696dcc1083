/** One HTTP request. Secrets are in headers and body only, never in the URL. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Time limit for the whole exchange, including connecting and reading, in milliseconds. */
  readonly deadlineMs: number
  /** Maximum size of the response, in bytes; absent: {@link MAX_BYTES}. */
  readonly maxBytes?: number
}

/** Maximum size of a response, in bytes; almost every response that this action requests is much smaller. */
export const MAX_BYTES = 1024 * 1024

/** A complete response. Header names are lower case. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Sends one request once, without redirects and retries. Rejects with {@link TransportError}, or with a `Failure` if
 * the request cannot be sent (malformed proxy variable).
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>

/** Why there is no complete response. */
export type TransportProblem =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'truncated'
  | 'too-large'
  /** The answer breaks the rules of HTTP, or is something else. */
  | 'not-http'
  /** The server's certificate is not accepted. */
  | 'certificate'
  /** TLS is supported, but the handshake failed. */
  | 'tls-refused'
  /** The port does not speak TLS. */
  | 'not-tls'
  /** The proxy is not reachable, or temporarily cannot reach the host. */
  | 'proxy'
  /** The proxy refuses: credentials, policy, certificate. */
  | 'proxy-refused'
  | 'other'

/** The detail of a certificate or handshake error, if it is known. */
export type TlsDetail =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'unknown-authority'
  | 'client-certificate'
  | 'protocol-version'
  | 'no-common-cipher'
  | 'unknown-name'

/** The state of a failed exchange. */
export interface TransportFacts {
  /** Whether the connection was open (with TLS: after `secureConnect`), so that the request may have been sent. */
  readonly requestSent: boolean
  /** Node's error code, such as `ECONNREFUSED`, if there is one. */
  readonly code?: string | undefined
  readonly detail?: TlsDetail | undefined
  readonly cause?: unknown
}

/** The same request gets the same answer: https://github.com/nodejs/node/issues/27711 for one that is not HTTP. */
const FINAL = new Set<TransportProblem>([
  'certificate',
  'tls-refused',
  'not-tls',
  'proxy-refused',
  'too-large',
  'not-http',
])

/** There is no complete response. */
export class TransportError extends Error {
  readonly problem: TransportProblem
  /** Host and port of the request; no other part of the URL. */
  readonly host: string
  readonly code: string | undefined
  readonly detail: TlsDetail | undefined
  /** Whether the request may have reached the server and taken effect. */
  readonly requestSent: boolean

  constructor(problem: TransportProblem, host: string, message: string, facts: TransportFacts) {
    super(message, { cause: facts.cause })
    this.name = 'TransportError'
    this.problem = problem
    this.host = host
    this.code = facts.code
    this.detail = facts.detail
    this.requestSent = facts.requestSent
  }

  /** Whether a retry of the same request may succeed. A certificate error does not go away by waiting. */
  get isTransient(): boolean {
    return !FINAL.has(this.problem)
  }
}

/** Maximum length of a logged URL, in characters: a server names some of the URLs, and server text is truncated. */
const MAX_URL_LENGTH = 300

const KNOWN_TYPE = /^(application\/json|text\/html|text\/plain)\b/

/** Logs the result of each exchange for debugging: method, URL without user and query, status, time. */
export function loggedTransport(transport: Transport, now: () => number, debug: (message: string) => void): Transport {
  return async (request) => {
    const start = now()
    // An address from the environment can hold a user and a password, or a key in its query.
    const { origin, pathname } = new URL(request.url)
    const url = `${origin}${pathname}`.slice(0, MAX_URL_LENGTH)
    const tell = (result: string) => debug(`${request.method} ${url}: ${result}, ${now() - start} ms`)
    try {
      const response = await transport(request)
      // A header can hold an unmasked secret, so only known content types are shown.
      const type = KNOWN_TYPE.exec(response.headers['content-type'] ?? '')?.[0] ?? 'another content type'
      tell(`${response.status}, ${type}, ${response.body.length} bytes`)
      return response
    } catch (error) {
      tell(error instanceof Error ? error.message : 'failed')
      throw error
    }
  }
}

/**
 * Maximum delay of a Node timer, in milliseconds; a longer one fires after 1 ms.
 * @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
 */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Starts a timer. No other function does, so that a delay from a server cannot overflow.
 *
 * @param ms the delay in milliseconds; limited to {@link MAX_TIMER_MS} (24.8 days)
 * @returns a function that stops the timer
 */
export function startTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, Number.isNaN(ms) ? MAX_TIMER_MS : Math.min(ms, MAX_TIMER_MS))
  return () => clearTimeout(timer)
}
