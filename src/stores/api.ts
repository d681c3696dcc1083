import { type ExchangePorts, exchange, NoAnswerError, type ResponseHints } from '../http/exchange.js'
import { parseRetryAfter } from '../http/retry-after.js'
import type { HttpResponse } from '../http/transport.js'
import { parseJsonObject, stringMember } from '../api/json.js'
import { ServerText } from '../api/server-text.js'
import type { Secret } from '../secret.js'

const DEADLINE_MS = 30_000
/** https://docs.github.com/en/rest/about-the-rest-api/api-versions: GitHub Enterprise Server knows no newer one before 3.21. */
const API_VERSION = '2022-11-28'

/** An answer to the last try. */
export interface ForgeAnswer extends HttpResponse {
  /** Whether an earlier try, which was not answered or with 5xx, may have been carried out. */
  readonly inDoubt: boolean
}

/** The REST API of a forge, with the token that may write secrets. */
export class ForgeApi {
  readonly url: string
  readonly #token: Secret
  readonly #ports: ExchangePorts

  constructor(url: string, token: Secret, ports: ExchangePorts) {
    this.url = url
    this.#token = token
    this.#ports = ports
  }

  /** @throws NoAnswerError where nothing complete is answered; `answerLost` after 5xx as well */
  async send(method: 'GET' | 'PUT', path: string, body?: object): Promise<ForgeAnswer> {
    const answer = await this.#try(method, path, body, { 'x-github-api-version': API_VERSION })
    if (answer.status !== 410) return answer
    // A version whose time has passed is 410; without one the oldest that is left answers.
    const second = await this.#try(method, path, body, {})
    return { ...second, inDoubt: second.inDoubt || answer.inDoubt }
  }

  async #try(
    method: 'GET' | 'PUT',
    path: string,
    body: object | undefined,
    version: Readonly<Record<string, string>>,
  ): Promise<ForgeAnswer> {
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${this.#token.reveal()}`,
      ...version,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const request = { method, url: this.url + path, headers, deadlineMs: DEADLINE_MS }
    const now = this.#ports.clock.now()
    let failed = false
    const read = (response: HttpResponse) => {
      failed ||= response.status >= 500
      return rateLimit(response, now)
    }
    try {
      const sent = body === undefined ? request : { ...request, body: JSON.stringify(body) }
      const { response, answerLost } = await exchange(sent, this.#ports, read)
      return { ...response, inDoubt: answerLost || failed }
    } catch (error) {
      throw error instanceof NoAnswerError && failed ? new NoAnswerError(error.cause, true, error.tries) : error
    }
  }
}

/**
 * GitHub says 403 as well as 429 to too many requests, and when to come back in `retry-after`, else in
 * `x-ratelimit-reset` (seconds since 1970), else not before a minute:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function rateLimit({ status, headers }: HttpResponse, now: number): ResponseHints {
  const exhausted = headers['x-ratelimit-remaining'] === '0'
  const asked = parseRetryAfter(headers['retry-after'], now)
  if (status !== 429 && !(status === 403 && (exhausted || asked !== undefined))) return {}
  if (asked !== undefined) return { rateLimited: true, retryAfterMs: asked }
  const reset = Number(headers['x-ratelimit-reset'])
  if (exhausted && Number.isFinite(reset)) return { rateLimited: true, retryAfterMs: Math.max(0, reset * 1000 - now) }
  return { rateLimited: true, retryAfterMs: 60_000 }
}

/** What becomes of a write that was not taken: 4xx settles it only if no earlier try is in doubt. */
export function kindOfRefusal({ status, inDoubt }: ForgeAnswer): 'refused' | 'unknown' {
  return inDoubt || status >= 500 || status < 300 ? 'unknown' : 'refused'
}

const TOO_MANY = 'Too many requests with store-token, and max-wait is over: run it again later.'

/** What the answer to a refused request says, and what to do about it. */
export function describeForgeRefusal(response: HttpResponse, permission: string): string {
  const { status, headers } = response
  const said = stringMember(parseJsonObject(response.body) ?? {}, 'message')
  const text = said === undefined ? '' : `, “${new ServerText(said)}”`
  const limited = rateLimit(response, 0).rateLimited === true
  return `${status}${text}. ${limited ? TOO_MANY : adviceFor(status, said ?? '', headers, permission)}`
}

function adviceFor(status: number, said: string, headers: HttpResponse['headers'], permission: string): string {
  switch (status) {
    case 401:
      return 'store-token is wrong, expired or revoked.'
    case 403:
      if (headers['x-github-sso'] !== undefined)
        return 'Authorise store-token for the single sign-on of the organization.'
      return said.includes('integration')
        ? `The GITHUB_TOKEN of a workflow can never write secrets. Give the token of a GitHub App that has the permission ${permission}.`
        : `store-token lacks the permission ${permission}.`
    case 404:
      return `It does not exist, or store-token has no access to it (permission ${permission}).`
    case 410:
      return 'The API that this action uses is gone there: update the action.'
    case 422:
      return 'Is the name of the secret one that is allowed there?'
    default:
      return status >= 300 && status < 400 ? 'A redirect, which is not followed: has it been renamed?' : ''
  }
}

/** No answer, in words for the result of a write. */
export function describeNoAnswer(error: NoAnswerError): string {
  return `no complete answer from ${error.cause.host}: ${error.message}`
}
