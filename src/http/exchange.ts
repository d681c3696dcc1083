import { decideRetry, type TryOutcome } from './retry.js'
import { parseRetryAfter } from './retry-after.js'
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from './transport.js'

/** Time, as far as requests need it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves to `true` after the pause, or at once to `false` when the run is being cancelled. */
  sleep(ms: number): Promise<boolean>
}

/** How much of a step may be spent in pauses, over all its requests. */
export class WaitBudget {
  #remainingMs: number
  readonly #timeLeft: () => number

  /** @param timeLeft what is left for pauses and requests together, in milliseconds, where that is bounded */
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
}

/** Everything an exchange needs from outside. */
export interface ExchangePorts {
  readonly transport: Transport
  readonly clock: Clock
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly budget: WaitBudget
  /** Told about each retry before its pause: why, and how long, in milliseconds. */
  readonly onRetry: (reason: string, waitMs: number) => void
}

/** What only the protocol above HTTP can read out of an answer. */
export interface ResponseHints {
  /** A delay that stands in the body, in milliseconds (Matrix: `retry_after_ms`). */
  readonly retryAfterMs?: number
  /** Set where the server limits requests with another status than 429 (GitHub: 403). */
  readonly rateLimited?: true
  /** Set where this refusal is known to pass at once: why. */
  readonly repeatOnce?: string
}

/**
 * When a request may be tried again: `always` – it can be repeated without harm; `unless-lost` – not once it may have
 * had its effect, which a second try would have again; a number – only within so many milliseconds of the first try.
 */
export type Repeatable = 'always' | 'unless-lost' | number

/** The last answer, and whether an earlier try may have had its effect without our seeing the answer. */
export interface Exchanged {
  readonly response: HttpResponse
  readonly answerLost: boolean
  /** The delay that the server asked for in its last answer, in milliseconds. */
  readonly retryAfterMs: number | undefined
}

/** No complete answer came to any try. */
export class NoAnswerError extends Error {
  override readonly cause: TransportError
  /** Whether any of the tries may have reached the server. */
  readonly answerLost: boolean
  readonly tries: number

  constructor(cause: TransportError, answerLost: boolean, tries: number) {
    super(cause.message, { cause })
    this.name = 'NoAnswerError'
    this.cause = cause
    this.answerLost = answerLost
    this.tries = tries
  }
}

type Try = { readonly response: HttpResponse } | { readonly error: TransportError }

/** Sends a request, again where that can help, until there is an answer to keep or no more to be had. */
export async function exchange(
  request: HttpRequest,
  ports: ExchangePorts,
  read: (response: HttpResponse) => ResponseHints = () => ({}),
  repeatable: Repeatable = 'always',
): Promise<Exchanged> {
  const earlier = new Map<TryOutcome['kind'], number>()
  const firstTryAt = ports.clock.now()
  let answerLost = false
  for (let tries = 1; ; tries += 1) {
    const result = await attempt(request, ports.transport)
    const outcome = classify(result, read, ports.clock.now())
    const lostNow = 'error' in result && result.error.mayHaveArrived
    answerLost ||= lostNow
    const budgetMs = Math.min(ports.budget.remainingMs, longestPause(repeatable, answerLost, firstTryAt, ports.clock))
    const decision = decideRetry(outcome, { earlier, budgetMs, random: ports.random() })
    if (!decision.retry || !(await waitFor(decision.waitMs, decision.reason, ports))) {
      if ('error' in result) throw new NoAnswerError(result.error, answerLost, tries)
      const retryAfterMs = outcome.kind === 'rate-limited' ? outcome.retryAfterMs : undefined
      return { response: result.response, answerLost, retryAfterMs }
    }
    earlier.set(outcome.kind, (earlier.get(outcome.kind) ?? 0) + 1)
  }
}

/** What the nature of the request leaves for a pause, in milliseconds; 0 forbids another try. */
function longestPause(repeatable: Repeatable, answerLost: boolean, firstTryAt: number, clock: Clock): number {
  if (repeatable === 'always') return Number.POSITIVE_INFINITY
  if (repeatable === 'unless-lost') return answerLost ? 0 : Number.POSITIVE_INFINITY
  return repeatable - (clock.now() - firstTryAt)
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

function classify(result: Try, read: (response: HttpResponse) => ResponseHints, now: number): TryOutcome {
  if ('error' in result) {
    return result.error.isTransient ? { kind: 'no-answer', reason: result.error.message } : { kind: 'final' }
  }
  const { status, headers } = result.response
  const hints = read(result.response)
  if (status === 429 || hints.rateLimited === true) {
    const delays = [parseRetryAfter(headers['retry-after'], now), hints.retryAfterMs].filter((ms) => ms !== undefined)
    const retryAfterMs = delays.length > 0 ? Math.max(...delays) : undefined
    return { kind: 'rate-limited', reason: `the server limits how often one may ask (${status})`, retryAfterMs }
  }
  if (hints.repeatOnce !== undefined) return { kind: 'repeat-once', reason: hints.repeatOnce }
  if (status === 500) return { kind: 'internal-error', reason: 'the server failed (500)' }
  if (status >= 502 && status <= 504) return { kind: 'unavailable', reason: `the server is not available (${status})` }
  return { kind: 'final' }
}
