/** The outcome of one request for the tokens, as far as it decides whether to poll again. */
export type PollOutcome =
  /** The `error` of OAuth. The status is not used: RFC 8628 specifies 400, Matrix Authentication Service sends 403. */
  | { readonly kind: 'error'; readonly error: string | undefined }
  /** 429. The delay in milliseconds, if the server names one. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | undefined }
  /** No complete response, or 5xx. */
  | { readonly kind: 'no-answer' }

/** The state for a polling decision, in milliseconds. */
export interface PollState {
  readonly intervalMs: number
  /** Time until the code expires. */
  readonly remainingMs: number
}

/**
 * Poll again after a pause, with this interval from now on; or stop, because the code expired or the refusal is final.
 */
export type PollDecision =
  | { readonly next: 'ask-again'; readonly waitMs: number; readonly intervalMs: number }
  | { readonly next: 'stop'; readonly why: 'expired' | 'refused' }

/** Permanent increase of the interval after `slow_down`, in milliseconds. */
const SLOWER_MS = 5_000

/**
 * Decides whether to poll again, RFC 8628 §3.5. `authorization_pending` polls again; `slow_down` does too, with an
 * interval that is five seconds longer. A lost connection doubles the interval. Every other error is final.
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
