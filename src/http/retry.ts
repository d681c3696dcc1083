/** Whether a status means success: 2xx and nothing else. @see RFC 9110 §15 (below 100 and above 599 is invalid) */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}

/** Statuses of a server or gateway that may answer a moment later; 52x and 530 are Cloudflare's. */
const UNAVAILABLE = [408, 502, 503, 504, 520, 521, 522, 523, 524, 530]

/** Whether a status says that the server is not available at the moment. @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/ */
export function isUnavailable(status: number): boolean {
  return UNAVAILABLE.includes(status)
}

/** Whether the effect of a request is unknown after this status: a gateway or a bug can hide what was done (5xx). */
export function isEffectUnknown(status: number): boolean {
  return status >= 500
}

/**
 * The delay a `Retry-After` header asks for, in milliseconds.
 * Both forms of RFC 9110 §10.2.3: whole seconds, or an HTTP date. Anything else is no delay that was asked for.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1000
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** The outcome of one attempt, as far as it decides whether there is another. */
export type AttemptOutcome =
  /** No complete answer, of a kind that can pass. */
  | { readonly kind: 'no-answer'; readonly reason: string }
  /** 408, 502, 503, 504, 520–524, 530. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** 500: a bug more often than a mood, so tried once more only. */
  | { readonly kind: 'internal-error'; readonly reason: string }
  /** 429. */
  | { readonly kind: 'rate-limited'; readonly reason: string; readonly retryAfterMs: number | undefined }
  /** A refusal that the caller knows to pass at once. */
  | { readonly kind: 'repeat-once'; readonly reason: string }
  /** Anything else: success, or a refusal that stands. */
  | { readonly kind: 'final' }

/** What is known when a decision is due. */
export interface RetryState {
  /** How many tries ended in each kind before this one. */
  readonly earlier: ReadonlyMap<AttemptOutcome['kind'], number>
  /** How much may still be spent in pauses, in milliseconds. */
  readonly budgetMs: number
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: number
}

/** Try again after a pause, or stop. */
export type RetryDecision =
  | { readonly retry: true; readonly waitMs: number; readonly reason: string }
  | { readonly retry: false }

const BASE_MS = 1_000
const CEILING_MS = 16_000
/** Doubles from here where a 429 names no delay (MAS refills one login every 20 s). */
const UNHINTED_LIMIT_MS = 5_000

/** How often each kind is tried again. A bound on every kind keeps a server that answers `Retry-After: 0` from looping. */
const MAX_RETRIES: Readonly<Record<AttemptOutcome['kind'], number>> = {
  'no-answer': 7,
  unavailable: 7,
  'internal-error': 1,
  'rate-limited': 9,
  'repeat-once': 1,
  final: 0,
}

/**
 * Whether to try again, and after how long. Exponential backoff with full jitter; a 429 waits exactly as long as the
 * server says. A pause that does not fit the budget is not begun, and no budget at all means no retries of any kind.
 */
export function decideRetry(outcome: AttemptOutcome, state: RetryState): RetryDecision {
  const before = state.earlier.get(outcome.kind) ?? 0
  if (outcome.kind === 'final') return { retry: false }
  const waitMs = pause(outcome, before, state.random)
  if (before >= MAX_RETRIES[outcome.kind] && !isPatient(outcome, waitMs)) return { retry: false }
  if (state.budgetMs <= 0 || waitMs > state.budgetMs) return { retry: false }
  return { retry: true, waitMs, reason: outcome.reason }
}

/** A limit that lets a second pass each time cannot become a loop: there the budget is the only bound. */
function isPatient({ kind }: AttemptOutcome, waitMs: number): boolean {
  return kind === 'rate-limited' && waitMs >= BASE_MS
}

function pause(outcome: AttemptOutcome, before: number, random: number): number {
  if (outcome.kind !== 'rate-limited') return Math.round(random * Math.min(CEILING_MS, BASE_MS * 2 ** before))
  if (outcome.retryAfterMs !== undefined) return outcome.retryAfterMs
  const longest = UNHINTED_LIMIT_MS * 2 ** before
  return Math.round(longest / 2 + (random * longest) / 2)
}
