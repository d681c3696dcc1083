import { type ApiPorts, type Call, call, httpRequest } from '../api/call.js'
import { classifyResponse, isUnrecognized, malformed, type Operation } from '../api/error.js'
import { isJsonObject, type JsonObject, stringMember } from '../api/values.js'
import type { RetryPolicy } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'

export const LOG_IN: Operation = { phrase: 'log in' }

/** A request of the Client-Server API, or of a homeserver's admin API. */
export interface ClientRequest {
  readonly operation: Operation
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Relative to `/_matrix/client/{version}`; a full path if it starts with `/_`. */
  readonly path: string
  readonly body?: JsonObject
  readonly accessToken?: Secret
  readonly retryPolicy?: RetryPolicy
  readonly isTransientRefusal?: (response: HttpResponse) => string | undefined
}

/** Time limit of a request that only helps to explain another failure, in milliseconds. */
const QUESTION_DEADLINE_MS = 10_000
const LIST_FLOWS: Operation = { phrase: 'say which logins it offers' }
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
      if (!isUnrecognized(error) || request.path.startsWith('/_') || !(await this.#isBeforeV1())) throw error
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
   * Returns whether the server is older than Matrix 1.1 and supports `r0` only. Servers list fewer versions than they
   * support, so this is requested only after `v3` was not recognized.
   */
  async #isBeforeV1(): Promise<boolean> {
    const versions = await this.versions()
    return versions !== undefined && !versions.some((version) => /^v\d/.test(version))
  }

  /**
   * Requests the versions in `/versions`; `undefined` if the response is not usable. Used only to explain a failure.
   */
  async versions(): Promise<readonly string[] | undefined> {
    const answer = await this.askOnce('/_matrix/client/versions')
    const versions: unknown = answer?.versions
    return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined
  }

  /**
   * Requests the login types of `GET /login`; `undefined` if the server does not have this API (404 `M_UNRECOGNIZED`):
   * it offers OAuth only, or a proxy does not forward the path.
   * @throws ApiError, NetworkError
   * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3login
   */
  async fetchLoginFlows(): Promise<readonly string[] | undefined> {
    try {
      const flows = flowTypes(await this.send({ operation: LIST_FLOWS, method: 'GET', path: '/login' }))
      if (flows !== undefined) return flows
      throw malformed('it has no flows', { server: this.baseUrl, operation: LIST_FLOWS })
    } catch (error) {
      if (isUnrecognized(error)) return undefined
      throw error
    }
  }

  /** Requests the login types only to explain a failure; `undefined` if the response is not usable. */
  async loginFlows(): Promise<readonly string[] | undefined> {
    const current = await this.askOnce('/_matrix/client/v3/login')
    if (current !== undefined) return flowTypes(current)
    const old = (await this.#isBeforeV1()) ? await this.askOnce('/_matrix/client/r0/login') : undefined
    return old === undefined ? undefined : flowTypes(old)
  }

  /** Returns whether the server has an OAuth 2.0 API (Matrix 1.15, MSC2965). Used only to explain a failure. */
  async hasOAuth(): Promise<boolean> {
    const answer = await this.askOnce('/_matrix/client/v1/auth_metadata')
    return answer !== undefined && stringMember(answer, 'issuer') !== undefined
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

function flowTypes({ flows }: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(flows)) return undefined
  return flows
    .map((flow: unknown) => (isJsonObject(flow) ? stringMember(flow, 'type') : undefined))
    .filter((type) => type !== undefined)
}
