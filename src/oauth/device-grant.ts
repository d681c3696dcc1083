import type { ApiPorts } from '../api/call.js'
import { ApiError, malformed, type Operation } from '../api/error.js'
import { isPrintable, type JsonObject, lifetimeOf, ServerText, secretMember, stringMember } from '../api/values.js'
import { NetworkError, WaitBudget } from '../http/exchange.js'
import { isInsecure } from '../matrix/homeserver-address.js'
import type { Secret } from '../secret.js'
import { decidePoll, type PollOutcome } from './polling.js'
import { DEVICE_CODE_GRANT, OAUTH, requestToken } from './token.js'

export const GET_CODE: Operation = { phrase: 'give a code for a login in the browser' }
export const REDEEM_CODE: Operation = { phrase: 'say whether the code was entered' }

/** Default interval of RFC 8628 §3.2, if the server names none. */
const INTERVAL_MS = 5_000
/** Minimum interval, for a server that sends 0. */
const MIN_INTERVAL_MS = 1_000
/** Maximum interval, so that a user who entered the code does not wait long. */
const MAX_INTERVAL_MS = 60_000

/** The code for the user, and the device code that identifies the request afterwards. */
export interface DeviceCode {
  readonly deviceCode: Secret
  readonly userCode: ServerText
  /** https, or a loopback address. */
  readonly verificationUri: ServerText
  /** The same with the code in it; usually absent. */
  readonly verificationUriComplete?: ServerText
  readonly lifetimeMs: number
  readonly intervalMs: number
}

/** The code expired before the user entered it. */
export class CodeExpiredError extends Error {
  readonly answerLost = false

  constructor() {
    super('the code was not entered in time')
    this.name = 'CodeExpiredError'
  }
}

/** The run is being cancelled. */
class PollingCancelledError extends Error {
  readonly answerLost = false

  constructor() {
    super('cancelled while waiting')
    this.name = 'PollingCancelledError'
  }
}

/**
 * Requests a code, RFC 8628 §3.1 (Matrix 1.18, MSC4341).
 * @throws ApiError with `invalid_scope` if the server uses other names for the requested scopes
 */
export async function requestDeviceCode(
  endpoint: string,
  clientId: string,
  scope: string,
  ports: ApiPorts,
  allowHttp: boolean,
): Promise<DeviceCode> {
  const answer = await requestToken(endpoint, GET_CODE, { client_id: clientId, scope }, ports)
  const request = { server: new URL(endpoint).origin, operation: GET_CODE, dialect: OAUTH }
  const deviceCode = secretMember(answer, 'device_code')
  const userCode = stringMember(answer, 'user_code')
  if (deviceCode === undefined) throw malformed('it has no usable device_code', request)
  if (userCode === undefined || !isPrintable(userCode)) throw malformed('it has no usable user_code', request)
  const verificationUri = webAddress(answer, 'verification_uri', allowHttp)
  if (verificationUri === undefined) throw malformed('it has no usable verification_uri', request)
  const complete = webAddress(answer, 'verification_uri_complete', allowHttp)
  const lifetimeMs = lifetimeOf(answer['expires_in'], 1000)
  if (typeof lifetimeMs !== 'number') throw malformed('its expires_in is not a length of time', request)
  return {
    deviceCode,
    userCode: new ServerText(userCode),
    verificationUri,
    ...(complete === undefined ? {} : { verificationUriComplete: complete }),
    lifetimeMs,
    intervalMs: intervalOf(answer, lifetimeMs),
  }
}

/**
 * Returns the interval in milliseconds. It is shorter than the lifetime, so that the server is polled at least once.
 */
function intervalOf(answer: JsonObject, lifetimeMs: number): number {
  const asked = lifetimeOf(answer['interval'], 1000)
  const interval = Math.min(typeof asked === 'number' ? asked : INTERVAL_MS, MAX_INTERVAL_MS)
  return Math.max(MIN_INTERVAL_MS, interval < lifetimeMs ? interval : lifetimeMs / 2)
}

/** Reads an address for the user's browser: a web page only, and not over plain HTTP. */
function webAddress(answer: JsonObject, member: string, allowHttp: boolean): ServerText | undefined {
  const text = stringMember(answer, member)
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  return isWeb && !isInsecure(url, allowHttp) ? new ServerText(url.href) : undefined
}

/**
 * Requests the tokens until they are issued, at the interval of the server, until the code expires.
 * @throws CodeExpiredError, PollingCancelledError; ApiError for a final refusal (`access_denied`, `expired_token`)
 */
export async function pollForTokens(
  tokenEndpoint: string,
  clientId: string,
  { deviceCode, lifetimeMs, intervalMs }: DeviceCode,
  ports: ApiPorts,
): Promise<JsonObject> {
  const { clock } = ports
  const form = { grant_type: DEVICE_CODE_GRANT, device_code: deviceCode.reveal(), client_id: clientId }
  const end = clock.now() + lifetimeMs
  for (let pause = { waitMs: intervalMs, intervalMs }; ; ) {
    if (!(await clock.sleep(pause.waitMs))) throw new PollingCancelledError()
    // One attempt each, with its full time limit: the next request is scheduled here.
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

/**
 * Returns `undefined` for a problem that is not transient: a certificate, a redirect, a web page, a malformed response.
 */
function outcomeOf(error: unknown): PollOutcome | undefined {
  if (error instanceof NetworkError) return error.cause.isTransient ? { kind: 'no-answer' } : undefined
  if (!(error instanceof ApiError)) return undefined
  const { problem } = error
  if (problem.kind === 'refused') return { kind: 'error', error: problem.errcode }
  if (problem.kind === 'rate-limited') return { kind: 'rate-limited', retryAfterMs: problem.retryAfterMs }
  return problem.kind === 'server-error' ? { kind: 'no-answer' } : undefined
}
