/** The longest delay of a Node timer, in milliseconds; a longer one fires after 1 ms. @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Starts a timer: the only place that does, so that no delay from a server can overflow.
 *
 * @param ms the delay in milliseconds; more than {@link MAX_TIMER_MS} (24.8 days) counts as that
 * @returns a function that stops the timer
 */
export function startTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, Math.min(ms, MAX_TIMER_MS))
  return () => clearTimeout(timer)
}
