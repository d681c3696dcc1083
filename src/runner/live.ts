import { randomBytes } from 'node:crypto'
import type { Clock } from '../http/exchange.js'
import { startTimer } from '../http/transport.js'
import type { Random } from './ports.js'

/**
 * Creates the real clock. The runner announces a cancellation with SIGINT, 7.5 s before SIGTERM
 * (src/Runner.Sdk/ProcessInvoker.cs). A pause then ends at once. A request in progress may complete, so that the post
 * step knows its session.
 */
export function liveClock(): Clock {
  const cancelled = new AbortController()
  process.on('SIGINT', () => cancelled.abort())
  return clockUntil(cancelled.signal)
}

/** Creates the real clock. Its pauses end at once when the signal is aborted. */
export function clockUntil(signal: AbortSignal): Clock {
  return { now: () => Date.now(), sleep: (ms) => sleepUnless(signal, ms) }
}

/** Sleeps. @returns whether the time has passed; `false` at once when the signal is aborted */
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
