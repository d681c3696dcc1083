import { parseJsonObject, stringMember } from '../api/json.js'
import { ServerText } from '../api/server-text.js'
import { Failure } from '../failures.js'
import { NoAnswerError, type ResponseHints } from '../http/exchange.js'
import { parseRetryAfter } from '../http/retry-after.js'
import type { HttpResponse } from '../http/transport.js'
import type { ForgeAnswer } from './api.js'
import type { WriteResult } from './store.js'
import type { Target } from './targets.js'

/** GitHub says to wait at least a minute where it names no delay. */
const UNNAMED_DELAY_MS = 60_000
/** GitHub's secondary limits have the status of a missing permission, and often no header that tells them apart. */
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i

/**
 * GitHub limits with 403 as well as 429. The delay is in `retry-after`, else in `x-ratelimit-reset` (seconds since 1970),
 * else at least a minute.
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

/** Another write to the same secret was under way, which is over a moment later. */
export function conflict({ status }: HttpResponse): ResponseHints {
  return status === 409 ? { repeatOnce: 'another write is in progress there (409)' } : {}
}

/** The sentence of the forge, as it was sent; empty where there is none. Not fit for a log. */
export function messageOf({ body }: HttpResponse): string {
  return stringMember(parseJsonObject(body) ?? {}, 'message') ?? ''
}

/** Says what to do about a refusal; empty where the forge's own sentence says all that is known. */
export type Advise = (response: HttpResponse, said: string) => string

const TOO_MANY = 'Too many requests with `store-token`, and `max-wait` is over: run it again later.'

/** What the answer to a refused request says, always with the forge's own sentence, and what to do about it. */
export function describeRefusal(response: HttpResponse, advise: Advise): string {
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

/** A repository, as it stands in the path of an API. */
const REPOSITORY = /\/repos\/([\w.-]{1,100})\/([\w.-]{1,100})(?:\/|$)/

/** Gitea answers 301 and Forgejo 307 for a renamed repository, with the new name; GitHub 301, with its number. */
function describeRedirect({ headers }: HttpResponse): string {
  const [, owner, name] = REPOSITORY.exec((headers['location'] ?? '').split(/[?#]/)[0] ?? '') ?? []
  const found = owner === undefined || name === undefined ? '' : ` It is now repos/${owner}/${name}.`
  return `It was renamed or moved, and a redirect is not followed.${found} Write the new name into \`store-in\`.`
}

/** No complete answer, as a part of a sentence. */
function describeNoAnswer(error: NoAnswerError): string {
  return `no complete answer from ${error.cause.host}: ${error.message}`
}

/** A 4xx settles a write only if no earlier attempt is in doubt. */
function kindOfRefusal({ status, inDoubt }: ForgeAnswer): 'refused' | 'unknown' {
  return inDoubt || status >= 500 || status < 300 ? 'unknown' : 'refused'
}

/** Sends one write and says what the outcome is. */
export async function outcomeOfWrite(send: () => Promise<ForgeAnswer>, advise: Advise): Promise<WriteResult> {
  try {
    const answer = await send()
    if (answer.status === 201 || answer.status === 204) return { kind: 'stored' }
    return { kind: kindOfRefusal(answer), why: describeRefusal(answer, advise) }
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error
    return { kind: error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) }
  }
}

/** Sends one deletion. @returns why the secret may still be there; `undefined` where it is gone */
export async function outcomeOfRemoval(send: () => Promise<ForgeAnswer>, advise: Advise): Promise<string | undefined> {
  try {
    const answer = await send()
    const isGone = (answer.status >= 200 && answer.status < 300) || answer.status === 404
    return isGone ? undefined : describeRefusal(answer, advise)
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error
    return describeNoAnswer(error)
  }
}

/** A target that was found unfit before anything was changed. */
export function unfitTarget(target: Target, problem: string): Failure {
  return new Failure('store-refused', `${target.text} ${problem}`, NOTHING_CHANGED)
}

const NOTHING_CHANGED = 'Nothing was changed: no login was made, and every stored secret is as it was.'
