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

/** Sends one request once; no redirects, no retries. Rejects with {@link TransportError} only. */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>

/** Why there is no complete answer. */
export type TransportProblem =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'truncated'
  | 'too-large'
  | 'certificate'
  | 'not-tls'
  | 'proxy'
  | 'other'

/** No complete answer came. */
export class TransportError extends Error {
  readonly problem: TransportProblem
  /** Host and port that were asked; nothing else of the URL. */
  readonly host: string
  /** Node's error code, such as `ECONNREFUSED`, where there is one. */
  readonly code: string | undefined

  constructor(problem: TransportProblem, host: string, message: string, code?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TransportError'
    this.problem = problem
    this.host = host
    this.code = code
  }

  /** Whether the request may have reached the server, so that it may have had its effect. */
  get mayHaveArrived(): boolean {
    return ['reset', 'timeout', 'truncated', 'too-large', 'other'].includes(this.problem)
  }

  /** Whether the same request may succeed a moment later. A certificate does not get better by waiting. */
  get isTransient(): boolean {
    return !['certificate', 'not-tls', 'too-large'].includes(this.problem)
  }
}
