import type { ExchangePorts, Repeatable } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'
import { AnswerError, judge } from './answers.js'
import { type Call, call, httpRequest } from './call.js'
import { type JsonObject, parseJsonObject, stringMember } from './json.js'

/** A request of the Client-Server API, or of a homeserver's admin API. */
export interface ApiRequest {
  /** What it is about, as in "refused to …". */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Behind `/_matrix/client/{version}`; the whole path where it begins with `/_`. */
  readonly path: string
  readonly body?: JsonObject
  readonly accessToken?: Secret
  readonly repeatable?: Repeatable
  /** A refusal that is known to pass at once. */
  readonly passing?: (response: HttpResponse) => string | undefined
}

/** How long a question that only explains a failure may take, in milliseconds. */
const QUESTION_DEADLINE_MS = 10_000

/** Talks to one homeserver. Knows requests and answers, nothing of where they are used. */
export class MatrixClient {
  readonly baseUrl: string
  readonly ports: ExchangePorts

  constructor(baseUrl: string, ports: ExchangePorts) {
    this.baseUrl = baseUrl
    this.ports = ports
  }

  /**
   * Sends a request and returns the object that was answered.
   * @throws {@link AnswerError} for any other answer, `NoAnswerError` where there is none.
   */
  async send(request: ApiRequest): Promise<JsonObject> {
    try {
      return await call(this.#callTo('v3', request), this.ports)
    } catch (error) {
      if (!isUnrecognized(error) || request.path.startsWith('/_') || !(await this.#isBeforeV1())) throw error
      return call(this.#callTo('r0', request), this.ports)
    }
  }

  #callTo(version: 'v3' | 'r0', { path, body, accessToken, ...request }: ApiRequest): Call {
    return {
      ...request,
      server: this.baseUrl,
      url: this.baseUrl + (path.startsWith('/_') ? path : `/_matrix/client/${version}${path}`),
      ...(body === undefined ? {} : { body: { json: body } }),
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken.reveal()}` }),
    }
  }

  /**
   * Whether the server is from before Matrix 1.1 and knows `r0` only. Servers advertise less than they serve, so this is
   * asked only after `v3` was not recognised.
   */
  async #isBeforeV1(): Promise<boolean> {
    const versions = await this.versions()
    return versions !== undefined && !versions.some((version) => /^v\d/.test(version))
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
      const request = this.#callTo('v3', { operation: 'ask', method: 'GET', path })
      const judged = judge(await this.ports.transport(httpRequest(request, QUESTION_DEADLINE_MS)))
      return 'ok' in judged ? judged.ok : undefined
    } catch {
      return undefined
    }
  }
}

/** 404 `M_UNRECOGNIZED`: the server does not know the endpoint. */
export function isUnrecognized(error: unknown): boolean {
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
