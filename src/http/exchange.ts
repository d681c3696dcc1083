import { type AttemptOutcome, decideRetry, isEffectUnknown, isUnavailable, parseRetryAfter } from './retry.js'
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from './transport.js'

/** The clock of the exchanges. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Sleeps. Resolves to `true` after the pause, or at once to `false` when the run is being cancelled. */
  sleep(ms: number): Promise<boolean>
}

/** Time limit of one request, in milliseconds. */
export const REQUEST_DEADLINE_MS = 30_000
/** Minimum time limit of a request when the time of the step is used up, in milliseconds: enough to end a session. */
const MIN_DEADLINE_MS = 2_000

/**
 * The time that a step may spend waiting, over all its requests: pauses, and attempts without a usable response. A
 * retry starts only if time is left, so the step waits at most this time plus the time limit of one request.
 */
export class WaitBudget {
  #remainingMs: number
  readonly #timeLeft: () => number

  /**
   * @param ms `max-wait` in milliseconds; 0 allows no retries
   * @param timeLeft returns the remaining time for pauses and requests together, in milliseconds, if it is limited
   */
  constructor(ms: number, timeLeft: () => number = () => Number.POSITIVE_INFINITY) {
    this.#remainingMs = ms
    this.#timeLeft = timeLeft
  }

  get remainingMs(): number {
    return Math.min(this.#remainingMs, this.#timeLeft())
  }

  spend(ms: number): void {
    this.#remainingMs -= ms
  }

  /** Returns the time limit of the next request, in milliseconds. Earlier requests may have shortened it. */
  deadlineFor(wantedMs: number): number {
    const leftMs = Math.min(wantedMs + Math.min(0, this.#remainingMs), this.#timeLeft())
    return Math.min(wantedMs, Math.max(MIN_DEADLINE_MS, leftMs))
  }
}

/** The external dependencies of an exchange. */
export interface ExchangePorts {
  readonly transport: Transport
  readonly clock: Clock
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly budget: WaitBudget
  /** Called for each retry before its pause, with the reason and the pause in milliseconds. */
  readonly onRetry: (reason: string, waitMs: number) => void
}

/** Hints that only the API above HTTP can read from a response. */
export interface ResponseHints {
  /** A delay in the body, in milliseconds (Matrix: `retry_after_ms`). */
  readonly retryAfterMs?: number
  /** Set if the server limits requests with another status than 429 (GitHub: 403). */
  readonly rateLimited?: true
  /** Set if this refusal is known to be transient and one retry is useful: the reason. */
  readonly repeatOnce?: string
  /** Set if this refusal means that the server is not ready yet: the reason. */
  readonly notReady?: string
}

/**
 * When a request may be retried. `always`: a retry has no side effect. `unless-lost`: not after an attempt that was
 * sent and not answered, because a retry would repeat its effect. A number: only within this time after the first
 * attempt, in milliseconds.
 */
export type RetryPolicy = 'always' | 'unless-lost' | number

/** The last response. */
export interface Exchanged {
  readonly response: HttpResponse
  /** Whether any attempt may have taken effect without a success response: sent and not answered, or 5xx. */
  readonly answerLost: boolean
  /** The delay that the server requested in its last response, in milliseconds. */
  readonly retryAfterMs: number | undefined
}

/** No attempt got a complete response. */
export class NetworkError extends Error {
  override readonly cause: TransportError
  /** Whether any attempt may have taken effect: sent and not answered, or answered with 5xx. */
  readonly answerLost: boolean
  readonly tries: number

  constructor(cause: TransportError, answerLost: boolean, tries: number) {
    super(cause.message, { cause })
    this.name = 'NetworkError'
    this.cause = cause
    this.answerLost = answerLost
    this.tries = tries
  }
}

type Try = { readonly response: HttpResponse } | { readonly error: TransportError }

/** Sends a request, with retries, until there is a final response or no retry is allowed. */
export async function exchange(
  request: HttpRequest,
  ports: ExchangePorts,
  read: (response: HttpResponse) => ResponseHints = () => ({}),
  retryPolicy: RetryPolicy = 'always',
): Promise<Exchanged> {
  const { budget, clock } = ports
  const earlier = new Map<AttemptOutcome['kind'], number>()
  const firstTryAt = clock.now()
  let [unanswered, answerLost] = [false, false]
  for (let tries = 1; ; tries += 1) {
    const startedAt = clock.now()
    const result = await attempt({ ...request, deadlineMs: budget.deadlineFor(request.deadlineMs) }, ports.transport)
    const outcome = classify(result, read, clock.now())
    budget.spend(lostTime(result, outcome, clock.now() - startedAt))
    unanswered ||= 'error' in result && result.error.requestSent
    answerLost ||= unanswered || ('response' in result && isEffectUnknown(result.response.status))
    const budgetMs = Math.min(budget.remainingMs, longestPause(retryPolicy, unanswered, firstTryAt, clock))
    const decision = decideRetry(outcome, { earlier, budgetMs, random: ports.random() })
    if (!decision.retry || !(await waitFor(decision.waitMs, decision.reason, ports))) {
      if ('error' in result) throw new NetworkError(result.error, answerLost, tries)
      const retryAfterMs = outcome.kind === 'rate-limited' ? outcome.retryAfterMs : undefined
      return { response: result.response, answerLost, retryAfterMs }
    }
    earlier.set(outcome.kind, (earlier.get(outcome.kind) ?? 0) + 1)
  }
}

/** A response within this time is not counted, in milliseconds, so that a pause of exactly `max-wait` still fits. */
const PROMPT_MS = 1_000

/** Returns the time that a failed attempt counts for, in milliseconds. */
function lostTime(result: Try, outcome: AttemptOutcome, elapsedMs: number): number {
  if ('error' in result) return elapsedMs
  return outcome.kind === 'final' ? 0 : Math.max(0, elapsedMs - PROMPT_MS)
}

/** Returns the longest pause that the retry policy allows, in milliseconds; 0 forbids a retry. */
function longestPause(retryPolicy: RetryPolicy, unanswered: boolean, firstTryAt: number, clock: Clock): number {
  if (retryPolicy === 'always') return Number.POSITIVE_INFINITY
  if (retryPolicy === 'unless-lost') return unanswered ? 0 : Number.POSITIVE_INFINITY
  return retryPolicy - (clock.now() - firstTryAt)
}

/** A negative delay would add to the budget, and one that is not a number would pass every comparison. */
function isDelay(ms: number | undefined): ms is number {
  return ms !== undefined && ms >= 0
}

async function waitFor(waitMs: number, reason: string, ports: ExchangePorts): Promise<boolean> {
  ports.onRetry(reason, waitMs)
  ports.budget.spend(waitMs)
  return ports.clock.sleep(waitMs)
}

async function attempt(request: HttpRequest, transport: Transport): Promise<Try> {
  try {
    return { response: await transport(request) }
  } catch (error) {
    if (error instanceof TransportError) return { error }
    throw error
  }
}

function classify(result: Try, read: (response: HttpResponse) => ResponseHints, now: number): AttemptOutcome {
  if ('error' in result) {
    return result.error.isTransient ? { kind: 'no-answer', reason: result.error.message } : { kind: 'final' }
  }
  const { status, headers } = result.response
  const hints = read(result.response)
  if (status === 429 || hints.rateLimited === true) {
    const delays = [parseRetryAfter(headers['retry-after'], now), hints.retryAfterMs].filter(isDelay)
    const retryAfterMs = delays.length > 0 ? Math.max(...delays) : undefined
    return { kind: 'rate-limited', reason: `the server limits how often one may ask (${status})`, retryAfterMs }
  }
  if (hints.repeatOnce !== undefined) return { kind: 'repeat-once', reason: hints.repeatOnce }
  if (hints.notReady !== undefined) return { kind: 'unavailable', reason: hints.notReady }
  if (status === 500) return { kind: 'internal-error', reason: 'the server failed (500)' }
  if (isUnavailable(status)) return { kind: 'unavailable', reason: `the server is not available (${status})` }
  return { kind: 'final' }
}
