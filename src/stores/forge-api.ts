import { parseJsonObject, ServerText, stringMember } from '../api/values.js'
import { Failure } from '../failures.js'
import {
  type ExchangePorts,
  exchange,
  NetworkError,
  REQUEST_DEADLINE_MS,
  type ResponseHints,
} from '../http/exchange.js'
import { parseRetryAfter } from '../http/retry.js'
import type { HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'
import type { Target, WriteResult } from './store.js'

/**
 * GitHub Enterprise Server supports no newer version before 3.21.
 * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
const API_VERSION = '2022-11-28'

/** The response to the last attempt. */
export interface ForgeAnswer extends HttpResponse {
  /** Whether an earlier attempt, without a response or with 5xx, may have taken effect. */
  readonly inDoubt: boolean
}

/** Reads from a refusal whether it is transient. @param now milliseconds since 1970 */
export type ReadHints = (response: HttpResponse, now: number) => ResponseHints

type Method = 'GET' | 'PUT' | 'DELETE'

/** The REST API of a forge, with the token that may write secrets. */
export class ForgeApi {
  readonly url: string
  readonly #token: Secret
  readonly #ports: ExchangePorts
  readonly #readHints: ReadHints

  constructor(url: string, token: Secret, ports: ExchangePorts, readHints: ReadHints) {
    this.url = url
    this.#token = token
    this.#ports = ports
    this.#readHints = readHints
  }

  /** Sends a request. @throws NetworkError if there is no complete response */
  async send(method: Method, path: string, body?: object): Promise<ForgeAnswer> {
    const answer = await this.#try(method, path, body, { 'x-github-api-version': API_VERSION })
    if (answer.status !== 410) return answer
    // A retired version is answered with 410; without a version the oldest supported one is used.
    const second = await this.#try(method, path, body, {})
    return { ...second, inDoubt: second.inDoubt || answer.inDoubt }
  }

  async #try(
    method: Method,
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
    const request = { method, url: this.url + path, headers, deadlineMs: REQUEST_DEADLINE_MS }
    const sent = body === undefined ? request : { ...request, body: JSON.stringify(body) }
    const read = (response: HttpResponse) => this.#readHints(response, this.#ports.clock.now())
    const { response, answerLost } = await exchange(sent, this.#ports, read)
    return { ...response, inDoubt: answerLost }
  }
}

/** In milliseconds. GitHub requires at least a minute if it names no delay. */
const UNNAMED_DELAY_MS = 60_000
/** GitHub's secondary rate limits use the status of a missing permission, and often no header that identifies them. */
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i

/**
 * Reads a rate limit. GitHub uses 403 as well as 429. The delay is in `retry-after`, otherwise in `x-ratelimit-reset`
 * (seconds since 1970), otherwise at least a minute.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function rateLimit(response: HttpResponse, now: number): ResponseHints {
  const { status, headers } = response
  if (status !== 429 && status !== 403) return {}
  const exhausted = headers['x-ratelimit-remaining'] === '0'
  const asked = parseRetryAfter(headers['retry-after'], now)
  const isLimit = status === 429 || exhausted || asked !== undefined || SECONDARY_LIMIT.test(messageOf(response))
  if (!isLimit) return {}
  if (asked !== undefined) return { rateLimited: true, retryAfterMs: asked }
  const reset = Number(headers['x-ratelimit-reset'])
  if (exhausted && reset > 0) return { rateLimited: true, retryAfterMs: Math.max(0, reset * 1000 - now) }
  return { rateLimited: true, retryAfterMs: UNNAMED_DELAY_MS }
}

/** Recognizes a concurrent write to the same secret, which is transient. */
export function conflict({ status }: HttpResponse): ResponseHints {
  return status === 409 ? { repeatOnce: 'another write is in progress there (409)' } : {}
}

/** Returns the message of the forge unchanged; empty if there is none. Not sanitized for a log. */
export function messageOf({ body }: HttpResponse): string {
  return stringMember(parseJsonObject(body) ?? {}, 'message') ?? ''
}

/** Gives advice for a refusal; empty if the message of the forge is sufficient. */
export type Advise = (response: HttpResponse, said: string) => string

const TOO_MANY = 'Too many requests with `store-token`, and `max-wait` is over: run it again later.'

/** Describes a refusal, always with the message of the forge, and gives advice. */
export function describeForgeRefusal(response: HttpResponse, advise: Advise): string {
  const said = messageOf(response)
  const text = said === '' ? '' : `, “${new ServerText(said)}”`
  const advice = rateLimit(response, 0).rateLimited === true ? TOO_MANY : commonAdvice(response, said, advise)
  return `${response.status}${text}. ${advice}`.trimEnd()
}

function commonAdvice(response: HttpResponse, said: string, advise: Advise): string {
  if (response.status >= 300 && response.status < 400) return describeRedirect(response)
  if (response.status === 409) return 'Another write to this secret did not end: run it again later.'
  if (response.status === 401) return '`store-token` is wrong, expired or revoked.'
  return advise(response, said)
}

/** A repository in an API path. */
const REPOSITORY = /\/repos\/([\w.-]{1,100})\/([\w.-]{1,100})(?:\/|$)/

/**
 * Describes a renamed repository: Gitea answers 301 and Forgejo 307, with the new name; GitHub 301, with its number.
 */
function describeRedirect({ headers }: HttpResponse): string {
  const [, owner, name] = REPOSITORY.exec((headers['location'] ?? '').split(/[?#]/)[0] ?? '') ?? []
  const found = owner === undefined || name === undefined ? '' : ` It is now repos/${owner}/${name}.`
  return `It was renamed or moved, and a redirect is not followed.${found} Write the new name into \`store-in\`.`
}

/** Describes a missing response, as a part of a sentence. */
function describeNoAnswer(error: NetworkError): string {
  return `no complete answer from ${error.cause.host}: ${error.message}`
}

/** A 4xx refuses a write only if no earlier attempt may have taken effect. */
function kindOfRefusal({ status, inDoubt }: ForgeAnswer): 'refused' | 'unknown' {
  return inDoubt || status >= 500 || status < 300 ? 'unknown' : 'refused'
}

/** Sends one write and returns its outcome. */
export async function outcomeOfWrite(send: () => Promise<ForgeAnswer>, advise: Advise): Promise<WriteResult> {
  try {
    const answer = await send()
    const isPage = /\bhtml\b/i.test(answer.headers['content-type'] ?? '')
    if ((answer.status === 201 || answer.status === 204) && !isPage) return { kind: 'stored' }
    return { kind: kindOfRefusal(answer), why: describeForgeRefusal(answer, advise) }
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    return { kind: error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) }
  }
}

/** Sends one deletion. @returns why the secret may still exist; `undefined` if it is deleted */
export async function outcomeOfRemoval(send: () => Promise<ForgeAnswer>, advise: Advise): Promise<string | undefined> {
  try {
    const answer = await send()
    const isGone = (answer.status >= 200 && answer.status < 300) || answer.status === 404
    return isGone ? undefined : describeForgeRefusal(answer, advise)
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    return describeNoAnswer(error)
  }
}

/** Creates the failure for a target that cannot be used, before any change. */
export function unfitTarget(target: Target, problem: string): Failure {
  return new Failure('store-refused', `${target.text} ${problem}`, NOTHING_CHANGED)
}

const NOTHING_CHANGED = 'Nothing was changed: no login was made, and every stored secret is as it was.'
