import { type ApiPorts, type Call, call, httpRequest } from '../api/call.js'
import { classifyResponse, isUnrecognized, type Operation } from '../api/error.js'
import type { JsonObject } from '../api/values.js'
import type { RetryPolicy } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'

export const LOG_IN: Operation = { phrase: 'log in' }
export const WHOAMI: Operation = { phrase: 'say whose token it is' }

/** A request of the Client-Server API, or of a homeserver's admin API. */
export interface ClientRequest {
  readonly operation: Operation
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Relative to `/_matrix/client/{version}`; a full path if it starts with `/_`. */
  readonly path: string
  readonly body?: JsonObject
  readonly accessToken?: Secret
  readonly retryPolicy?: RetryPolicy
  /** Maximum size of the response to a `GET`, in bytes; absent: 1 MiB. */
  readonly maxBytes?: number
  readonly isTransientRefusal?: (response: HttpResponse) => string | undefined
}

/** Time limit of a request that only helps to explain another failure, in milliseconds. */
const QUESTION_DEADLINE_MS = 10_000
const EXPLAIN: Operation = { phrase: 'explain itself' }

/** The Client-Server API of one homeserver. */
export class MatrixClient {
  /** No trailing slash. */
  readonly baseUrl: string
  readonly ports: ApiPorts

  constructor(baseUrl: string, ports: ApiPorts) {
    this.baseUrl = baseUrl
    this.ports = ports
  }

  /** Returns a client for the same homeserver with other time limits. */
  withPorts(ports: ApiPorts): MatrixClient {
    return new MatrixClient(this.baseUrl, ports)
  }

  /**
   * Sends a request to `v3`, and again to `r0` if the server is older than Matrix 1.1.
   * @throws ApiError for any response other than success; NetworkError if there is none
   */
  async send(request: ClientRequest): Promise<JsonObject> {
    try {
      return await call(this.#callTo('v3', request), this.ports)
    } catch (error) {
      if (!isUnrecognized(error) || request.path.startsWith('/_')) throw error
      const { isBeforeV1 } = await import('./refusals.js')
      if (!(await isBeforeV1(this))) throw error
      return call(this.#callTo('r0', request), this.ports)
    }
  }

  #callTo(version: 'v3' | 'r0', { path, body, accessToken, ...request }: ClientRequest): Call {
    return {
      ...request,
      server: this.baseUrl,
      url: this.baseUrl + (path.startsWith('/_') ? path : `/_matrix/client/${version}${path}`),
      ...(body === undefined ? {} : { body: { json: body } }),
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken.reveal()}` }),
    }
  }

  /**
   * Sends a request that only helps to explain a failure: one attempt, within the remaining time of the step.
   * @returns `undefined` if the response is not usable; never throws
   */
  async askOnce(path: string): Promise<JsonObject | undefined> {
    try {
      const request = this.#callTo('v3', { operation: EXPLAIN, method: 'GET', path })
      const deadlineMs = this.ports.budget.deadlineFor(QUESTION_DEADLINE_MS)
      const result = classifyResponse(await this.ports.transport(httpRequest(request, deadlineMs)))
      return 'ok' in result ? result.ok : undefined
    } catch {
      return undefined
    }
  }
}
