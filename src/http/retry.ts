/** Returns whether a status means success: 2xx only. @see RFC 9110 §15 (below 100 and above 599 is invalid) */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}

/** Statuses of a server or gateway that may be transient; 52x and 530 are Cloudflare's. */
const UNAVAILABLE = [408, 502, 503, 504, 520, 521, 522, 523, 524, 530]

/**
 * Returns whether a status means that the server is temporarily unavailable.
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
export function isUnavailable(status: number): boolean {
  return UNAVAILABLE.includes(status)
}

/**
 * Returns whether a request may have taken effect despite this status (5xx): a gateway or a bug can hide the result.
 */
export function isEffectUnknown(status: number): boolean {
  return status >= 500
}

/**
 * Parses the delay of a `Retry-After` header, in milliseconds. Accepts both forms of RFC 9110 §10.2.3: whole seconds,
 * or an HTTP date in any form of §5.6.7. The one that ends with the year names no time zone; it is always GMT.
 * @returns `undefined` for anything else
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined
  const date = Date.parse(/ \d{4}$/.test(text) ? `${text} GMT` : text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** The outcome of one attempt, as far as it decides about a retry. */
export type AttemptOutcome =
  /** No complete response, for a transient reason. */
  | { readonly kind: 'no-answer'; readonly reason: string }
  /** 408, 502, 503, 504, 520–524, 530. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** 500: usually a bug and not transient, so it is retried only once. */
  | { readonly kind: 'internal-error'; readonly reason: string }
  /** 429. */
  | { readonly kind: 'rate-limited'; readonly reason: string; readonly retryAfterMs: number | undefined }
  /** A refusal that the caller knows to be transient. */
  | { readonly kind: 'repeat-once'; readonly reason: string }
  /** Success, or a final refusal. */
  | { readonly kind: 'final' }

/** The state for a retry decision. */
export interface RetryState {
  /** How many earlier attempts had each kind of outcome. */
  readonly earlier: ReadonlyMap<AttemptOutcome['kind'], number>
  /** The remaining time for pauses, in milliseconds. */
  readonly budgetMs: number
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: number
}

/** Retry after a pause, or stop. */
export type RetryDecision =
  | { readonly retry: true; readonly waitMs: number; readonly reason: string }
  | { readonly retry: false }

const BASE_MS = 1_000
const CEILING_MS = 16_000
/**
 * Longest first pause after a 429 without a delay, in milliseconds; it doubles each time (MAS permits one more login
 * every 20 s).
 */
const UNHINTED_LIMIT_MS = 5_000

/** Maximum retries for each kind. They prevent a loop with a server that sends `Retry-After: 0`. */
const MAX_RETRIES: Readonly<Record<AttemptOutcome['kind'], number>> = {
  'no-answer': 7,
  unavailable: 7,
  'internal-error': 1,
  'rate-limited': 9,
  'repeat-once': 1,
  final: 0,
}

/**
 * Decides whether to retry, and after which pause. Uses exponential backoff with full jitter; after a 429 the pause is
 * exactly the delay of the server. A pause that exceeds the budget is not started; a budget of 0 forbids all retries.
 */
export function decideRetry(outcome: AttemptOutcome, state: RetryState): RetryDecision {
  const before = state.earlier.get(outcome.kind) ?? 0
  if (outcome.kind === 'final') return { retry: false }
  const waitMs = pause(outcome, before, state.random)
  if (before >= MAX_RETRIES[outcome.kind] && !isPatient(outcome, waitMs)) return { retry: false }
  if (state.budgetMs <= 0 || waitMs > state.budgetMs) return { retry: false }
  return { retry: true, waitMs, reason: outcome.reason }
}

/** Returns whether only the budget limits the retries: pauses of at least a second cannot become a busy loop. */
function isPatient({ kind }: AttemptOutcome, waitMs: number): boolean {
  return kind === 'rate-limited' && waitMs >= BASE_MS
}

function pause(outcome: AttemptOutcome, before: number, random: number): number {
  if (outcome.kind !== 'rate-limited') return Math.round(random * Math.min(CEILING_MS, BASE_MS * 2 ** before))
  if (outcome.retryAfterMs !== undefined) return outcome.retryAfterMs
  const longest = UNHINTED_LIMIT_MS * 2 ** before
  return Math.round(longest / 2 + (random * longest) / 2)
}
