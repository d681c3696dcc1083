import { type ExchangePorts, exchange, type ResponseHints } from '../http/exchange.js'
import type { HttpRequest, HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'
import { AnswerError, bodyRetryAfter, judge } from './answers.js'
import { type JsonObject, parseJsonObject, stringMember } from './json.js'

/** A request of the Client-Server API. */
export interface ApiRequest {
  /** What it is about, as in "refused to …". */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  /** Behind `/_matrix/client/{version}`; the whole path where it begins with `/_matrix`. */
  readonly path: string
  readonly body?: JsonObject
  readonly accessToken?: Secret
  /** A refusal that is known to pass at once. */
  readonly passing?: (response: HttpResponse) => string | undefined
}

/** How long one request may take, in milliseconds. */
export const REQUEST_DEADLINE_MS = 30_000

/** Talks to one homeserver. Knows requests and answers, nothing of where they are used. */
export class MatrixClient {
  readonly baseUrl: string
  readonly #ports: ExchangePorts

  constructor(baseUrl: string, ports: ExchangePorts) {
    this.baseUrl = baseUrl
    this.#ports = ports
  }

  /** A client for the same server with other ports (less patience, say). */
  withPorts(ports: Partial<ExchangePorts>): MatrixClient {
    return new MatrixClient(this.baseUrl, { ...this.#ports, ...ports })
  }

  /**
   * Sends a request and returns the object that was answered.
   * @throws {@link AnswerError} for any other answer, `NoAnswerError` where there is none.
   */
  async send(request: ApiRequest): Promise<JsonObject> {
    try {
      return await this.#sendTo('v3', request)
    } catch (error) {
      if (!isUnrecognized(error) || request.path.startsWith('/_matrix') || !(await this.#isBeforeV1())) throw error
      return this.#sendTo('r0', request)
    }
  }

  async #sendTo(version: 'v3' | 'r0', request: ApiRequest): Promise<JsonObject> {
    const path = request.path.startsWith('/_matrix') ? request.path : `/_matrix/client/${version}${request.path}`
    const { response, answerLost, retryAfterMs } = await exchange(
      httpRequest(this.baseUrl + path, request),
      this.#ports,
      (answer) => hints(answer, request),
    )
    const judged = judge(response, retryAfterMs)
    if ('ok' in judged) return judged.ok
    const lost = answerLost || judged.kind === 'malformed' || response.status >= 500
    throw new AnswerError(judged, this.baseUrl, request.operation, lost)
  }

  /**
   * Whether the server is from before Matrix 1.1 and knows `r0` only. Servers advertise less than they serve, so this is
   * asked only after `v3` was not recognised.
   */
  async #isBeforeV1(): Promise<boolean> {
    const versions = await this.versions()
    return versions !== undefined && versions.length > 0 && !versions.some((version) => /^v\d/.test(version))
  }

  /** What `/versions` lists; `undefined` where nothing usable is answered. Asked only to explain a failure. */
  async versions(): Promise<readonly string[] | undefined> {
    const answer = await this.#ask('/_matrix/client/versions')
    const versions: unknown = answer?.versions
    return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined
  }

  /** The login types that the server offers; `undefined` where it says nothing. Asked only to explain a failure. */
  async loginFlows(): Promise<readonly string[] | undefined> {
    const answer = (await this.#ask('/_matrix/client/v3/login')) ?? (await this.#ask('/_matrix/client/r0/login'))
    const flows: unknown = answer?.flows
    if (!Array.isArray(flows)) return undefined
    return flows.map((flow: unknown) => flowType(flow)).filter((type) => type !== undefined)
  }

  /** Whether the server has an OAuth 2.0 API (Matrix 1.15, MSC2965). Asked only to explain a failure. */
  async hasOAuth(): Promise<boolean> {
    const answer = await this.#ask('/_matrix/client/v1/auth_metadata')
    return answer !== undefined && stringMember(answer, 'issuer') !== undefined
  }

  /** One try, and no failure of its own: the failure to explain is another. */
  async #ask(path: string): Promise<JsonObject | undefined> {
    try {
      const request = { operation: 'ask', method: 'GET', path } as const
      const response = await this.#ports.transport(httpRequest(this.baseUrl + path, request, 10_000))
      const judged = judge(response)
      return 'ok' in judged ? judged.ok : undefined
    } catch {
      return undefined
    }
  }
}

function httpRequest(url: string, request: ApiRequest, deadlineMs: number = REQUEST_DEADLINE_MS): HttpRequest {
  const authorization =
    request.accessToken === undefined ? {} : { authorization: `Bearer ${request.accessToken.reveal()}` }
  if (request.method === 'GET') return { method: 'GET', url, headers: authorization, deadlineMs }
  const body = JSON.stringify(request.body ?? {})
  return { method: 'POST', url, headers: { 'content-type': 'application/json', ...authorization }, body, deadlineMs }
}

function hints(response: HttpResponse, request: ApiRequest): ResponseHints {
  const retryAfterMs = response.status === 429 ? bodyRetryAfter(response) : undefined
  const repeatOnce = request.passing?.(response)
  return {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(repeatOnce === undefined ? {} : { repeatOnce }),
  }
}

function isUnrecognized(error: unknown): boolean {
  if (!(error instanceof AnswerError) || error.problem.kind !== 'refused') return false
  return error.problem.status === 404 && error.problem.errcode === 'M_UNRECOGNIZED'
}

function flowType(flow: unknown): string | undefined {
  return typeof flow === 'object' && flow !== null && 'type' in flow && typeof flow.type === 'string'
    ? flow.type
    : undefined
}

/** A refusal with this status and `errcode`, for requests that know which refusals pass. */
export function isRefusal(response: HttpResponse, status: number, errcode: string): boolean {
  return response.status === status && stringMember(parseJsonObject(response.body) ?? {}, 'errcode') === errcode
}
