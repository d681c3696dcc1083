/** One request as it goes over the wire. Secrets stand in headers and body only, never in the URL. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** How long the whole exchange may take, connecting and reading included, in milliseconds. */
  readonly deadlineMs: number
}

/** A complete answer. Header names are lower case. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Sends one request once; no redirects, no retries. Rejects with {@link TransportError}, or with a `Failure` that says
 * why nothing can be sent at all (a proxy variable that cannot be read).
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>

/** Why there is no complete answer. */
export type TransportProblem =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'truncated'
  | 'too-large'
  /** The server's certificate is not accepted. */
  | 'certificate'
  /** There is TLS, but the handshake failed. */
  | 'tls-refused'
  /** What is at the port does not speak TLS. */
  | 'not-tls'
  /** The proxy could not be reached, or cannot reach the host at the moment. */
  | 'proxy'
  /** The proxy refuses: credentials, policy, certificate. */
  | 'proxy-refused'
  | 'other'

/** What exactly is wrong with a certificate or a handshake, where it is known. */
export type TlsDetail =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'unknown-authority'
  | 'client-certificate'
  | 'protocol-version'
  | 'no-common-cipher'
  | 'unknown-name'

/** What the transport knows about an exchange that failed. */
export interface TransportFacts {
  /** Whether the connection (with TLS: after `secureConnect`) was open, so that the request can have left. */
  readonly requestSent: boolean
  /** Node's error code, such as `ECONNREFUSED`, where there is one. */
  readonly code?: string | undefined
  readonly detail?: TlsDetail | undefined
  readonly cause?: unknown
}

const FINAL: readonly TransportProblem[] = ['certificate', 'tls-refused', 'not-tls', 'proxy-refused', 'too-large']

/** No complete answer came. */
export class TransportError extends Error {
  readonly problem: TransportProblem
  /** Host and port that were asked; nothing else of the URL. */
  readonly host: string
  readonly code: string | undefined
  readonly detail: TlsDetail | undefined
  /** Whether the request may have reached the server, so that it may have had its effect. */
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

  /** Whether the same request may succeed a moment later. A certificate does not get better by waiting. */
  get isTransient(): boolean {
    return !FINAL.includes(this.problem)
  }
}

/** In characters: a server names some of the URLs, and what a server says is cut. */
const MAX_URL_LENGTH = 300

const KNOWN_TYPE = /^(application\/json|text\/html|text\/plain)\b/

/** Tells what each exchange came to, for debug logging: method, URL (which never holds a secret), status, time. */
export function loggedTransport(transport: Transport, now: () => number, debug: (message: string) => void): Transport {
  return async (request) => {
    const start = now()
    const tell = (result: string) =>
      debug(`${request.method} ${request.url.slice(0, MAX_URL_LENGTH)}: ${result}, ${now() - start} ms`)
    try {
      const response = await transport(request)
      // A header can hold what was not masked yet, so only what is known is shown of it.
      const type = KNOWN_TYPE.exec(response.headers['content-type'] ?? '')?.[0] ?? 'another content type'
      tell(`${response.status}, ${type}, ${response.body.length} bytes`)
      return response
    } catch (error) {
      tell(error instanceof Error ? error.message : 'failed')
      throw error
    }
  }
}

/** The longest delay of a Node timer, in milliseconds; a longer one fires after 1 ms. @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Starts a timer: the only place that does, so that no delay from a server can overflow.
 *
 * @param ms the delay in milliseconds; more than {@link MAX_TIMER_MS} (24.8 days) counts as that
 * @returns a function that stops the timer
 */
export function startTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, Math.min(ms, MAX_TIMER_MS))
  return () => clearTimeout(timer)
}
