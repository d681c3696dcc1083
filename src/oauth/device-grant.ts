import { type ExchangePorts, NoAnswerError, WaitBudget } from '../http/exchange.js'
import { AnswerError } from '../matrix/answers.js'
import { isInsecure } from '../matrix/homeserver-address.js'
import { type JsonObject, stringMember } from '../matrix/json.js'
import { isPrintable, isToken, lifetimeOf } from '../matrix/login.js'
import { Secret } from '../secret.js'
import { decidePoll, type PollOutcome } from './polling.js'
import { requestToken } from './token.js'

/** RFC 8628 §3.4. */
export const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** As in "refused to …". */
export const GET_CODE = 'give a code for a login in the browser'
export const REDEEM_CODE = 'say whether the code was entered'

/** RFC 8628 §3.2, where the server names no interval. */
const INTERVAL_MS = 5_000
/** A server that says 0 is not asked without a pause. */
const SHORTEST_INTERVAL_MS = 1_000
/** A server that names more is asked as often as this, so that a person who entered the code is not left waiting. */
const MAX_INTERVAL_MS = 60_000

/** What a person has to do, and what proves afterwards that they did. Text in it is the server's: clean it before showing. */
export interface DeviceCode {
  readonly deviceCode: Secret
  readonly userCode: string
  /** https, or this machine. */
  readonly verificationUri: string
  /** The same with the code in it; mostly absent. */
  readonly verificationUriComplete?: string
  readonly lifetimeMs: number
  readonly intervalMs: number
}

/** Nobody entered the code while it was good. */
export class CodeExpiredError extends Error {
  constructor() {
    super('the code was not entered in time')
    this.name = 'CodeExpiredError'
  }
}

/** The run is being cancelled. */
class PollingCancelledError extends Error {
  constructor() {
    super('cancelled while waiting')
    this.name = 'PollingCancelledError'
  }
}

/**
 * Asks for a code, RFC 8628 §3.1 (Matrix 1.18, MSC4341).
 * @throws AnswerError with `invalid_scope` where the server knows other names for what is asked for
 */
export async function requestDeviceCode(
  endpoint: string,
  clientId: string,
  scope: string,
  ports: ExchangePorts,
  allowHttp: boolean,
): Promise<DeviceCode> {
  const answer = await requestToken(endpoint, GET_CODE, { client_id: clientId, scope }, ports)
  const server = new URL(endpoint).origin
  const malformed = (what: string) => new AnswerError({ kind: 'malformed', status: 200, what }, server, GET_CODE, false)
  const deviceCode = stringMember(answer, 'device_code')
  const userCode = stringMember(answer, 'user_code')
  if (deviceCode === undefined || !isToken(deviceCode)) throw malformed('it has no usable device_code')
  if (userCode === undefined || !isPrintable(userCode)) throw malformed('it has no usable user_code')
  const verificationUri = webAddress(answer, 'verification_uri', allowHttp)
  if (verificationUri === undefined) throw malformed('it has no usable verification_uri')
  const complete = webAddress(answer, 'verification_uri_complete', allowHttp)
  const lifetimeMs = lifetimeOf(answer['expires_in'], 1000)
  if (typeof lifetimeMs !== 'number') throw malformed('its expires_in is no length of time')
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri,
    ...(complete === undefined ? {} : { verificationUriComplete: complete }),
    lifetimeMs,
    intervalMs: intervalOf(answer, lifetimeMs),
  }
}

/** In milliseconds; below the lifetime, so that the server is asked at least once before the code expires. */
function intervalOf(answer: JsonObject, lifetimeMs: number): number {
  const asked = lifetimeOf(answer['interval'], 1000)
  const interval = Math.min(typeof asked === 'number' ? asked : INTERVAL_MS, MAX_INTERVAL_MS)
  return Math.max(SHORTEST_INTERVAL_MS, interval < lifetimeMs ? interval : lifetimeMs / 2)
}

/** Somebody will open it in a browser: nothing but a web page, and not in clear. */
function webAddress(answer: JsonObject, member: string, allowHttp: boolean): string | undefined {
  const text = stringMember(answer, member)
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  return isWeb && !isInsecure(url, allowHttp) ? url.href : undefined
}

/**
 * Asks for the tokens until there are some, at the pace that the server sets and not beyond the end of the code.
 * @throws CodeExpiredError, PollingCancelledError; AnswerError for a refusal that stands (`access_denied`, `expired_token`)
 */
export async function pollForTokens(
  tokenEndpoint: string,
  clientId: string,
  { deviceCode, lifetimeMs, intervalMs }: DeviceCode,
  ports: ExchangePorts,
): Promise<JsonObject> {
  const { clock } = ports
  const form = { grant_type: DEVICE_CODE_GRANT, device_code: deviceCode.reveal(), client_id: clientId }
  const end = clock.now() + lifetimeMs
  for (let pause = { waitMs: intervalMs, intervalMs }; ; ) {
    if (!(await clock.sleep(pause.waitMs))) throw new PollingCancelledError()
    // One attempt each, with its whole deadline: when to ask again is decided here.
    const once = { ...ports, budget: new WaitBudget(0) }
    const result = await ask(() => requestToken(tokenEndpoint, REDEEM_CODE, form, once))
    if ('answer' in result) return result.answer
    const decision = decidePoll(result.outcome, { intervalMs: pause.intervalMs, remainingMs: end - clock.now() })
    if (decision.next === 'ask-again') pause = decision
    else if (decision.why === 'expired') throw new CodeExpiredError()
    else throw result.error
  }
}

type Asked = { readonly answer: JsonObject } | { readonly outcome: PollOutcome; readonly error: unknown }

async function ask(request: () => Promise<JsonObject>): Promise<Asked> {
  try {
    return { answer: await request() }
  } catch (error) {
    const outcome = outcomeOf(error)
    if (outcome === undefined) throw error
    return { outcome, error }
  }
}

/** `undefined` for what no waiting changes: a certificate, a redirect, a web page, an answer that makes no sense. */
function outcomeOf(error: unknown): PollOutcome | undefined {
  if (error instanceof NoAnswerError) return error.cause.isTransient ? { kind: 'no-answer' } : undefined
  if (!(error instanceof AnswerError)) return undefined
  const { problem } = error
  if (problem.kind === 'refused') return { kind: 'error', error: problem.errcode }
  if (problem.kind === 'rate-limited') return { kind: 'rate-limited', retryAfterMs: problem.retryAfterMs }
  return problem.kind === 'server-error' ? { kind: 'no-answer' } : undefined
}
