import { randomBytes } from 'node:crypto'
import type { Clock } from '../http/exchange.js'
import { startTimer } from '../http/transport.js'
import type { Random } from './ports.js'

/**
 * The real clock. SIGINT is how the runner announces a cancellation, 7.5 s before SIGTERM
 * (src/Runner.Sdk/ProcessInvoker.cs): a pause ends at once then, while a request that is under way may finish, so that
 * the post step learns of its session.
 */
export function liveClock(): Clock {
  const cancelled = new AbortController()
  process.on('SIGINT', () => cancelled.abort())
  return clockUntil(cancelled.signal)
}

/** The real clock, whose pauses end at once when the signal is given. */
export function clockUntil(signal: AbortSignal): Clock {
  return { now: () => Date.now(), sleep: (ms) => sleepUnless(signal, ms) }
}

/** @returns whether the time has passed; `false` at once when the signal is given */
export function sleepUnless(signal: AbortSignal, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const onAbort = () => {
      stop()
      resolve(false)
    }
    const stop = startTimer(ms, () => {
      signal.removeEventListener('abort', onAbort)
      resolve(true)
    })
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

export const liveRandom: Random = {
  fraction: () => Math.random(),
  bytes: (count) => randomBytes(count),
}
