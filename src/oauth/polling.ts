/** The outcome of one request for the tokens, as far as it decides whether to ask again. */
export type PollOutcome =
  /** The `error` of OAuth. Its status says nothing: RFC 8628 has 400, Matrix Authentication Service answers 403. */
  | { readonly kind: 'error'; readonly error: string | undefined }
  /** 429. In milliseconds, where the server says how long to wait. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | undefined }
  /** No complete answer, or 5xx. */
  | { readonly kind: 'no-answer' }

/** What is known when a decision is due, in milliseconds. */
export interface PollState {
  readonly intervalMs: number
  /** Until the code ends. */
  readonly remainingMs: number
}

/** Ask again after a pause, from now on at this interval; or stop: the code ended, or the server's refusal stands. */
export type PollDecision =
  | { readonly next: 'ask-again'; readonly waitMs: number; readonly intervalMs: number }
  | { readonly next: 'stop'; readonly why: 'expired' | 'refused' }

/** What `slow_down` adds to the interval, for good. */
const SLOWER_MS = 5_000

/**
 * RFC 8628 §3.5: `authorization_pending` asks again, `slow_down` too but five seconds slower from then on, a lost
 * connection doubles the interval, every other error is the end.
 */
export function decidePoll(outcome: PollOutcome, state: PollState): PollDecision {
  const pause = pauseAfter(outcome, state.intervalMs)
  if (pause === undefined) return { next: 'stop', why: 'refused' }
  if (pause.waitMs >= state.remainingMs) return { next: 'stop', why: 'expired' }
  return { next: 'ask-again', ...pause }
}

function pauseAfter(outcome: PollOutcome, intervalMs: number): { waitMs: number; intervalMs: number } | undefined {
  const slower = intervalMs + SLOWER_MS
  switch (outcome.kind) {
    case 'no-answer':
      return { waitMs: 2 * intervalMs, intervalMs: 2 * intervalMs }
    case 'rate-limited':
      return { waitMs: Math.max(slower, outcome.retryAfterMs ?? 0), intervalMs: slower }
    case 'error':
      if (outcome.error === 'authorization_pending') return { waitMs: intervalMs, intervalMs }
      return outcome.error === 'slow_down' ? { waitMs: slower, intervalMs: slower } : undefined
  }
}
