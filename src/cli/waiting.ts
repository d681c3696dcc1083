import { sleepUnless } from '../runner/live.js'
import type { Waited } from './terminal.js'

/** Waits for something, but not for ever, and not beyond an interruption. Leaves no timer behind. */
export async function waitFor<Value>(
  promise: Promise<Value>,
  ms: number,
  interrupted: AbortSignal,
): Promise<Waited<Value>> {
  const over = new AbortController()
  const end = () => over.abort()
  interrupted.addEventListener('abort', end, { once: true })
  if (interrupted.aborted) end()
  try {
    return await Promise.race([
      promise.then((value) => ({ came: true, value }) as const),
      sleepUnless(over.signal, ms).then(
        () => ({ came: false, why: interrupted.aborted ? 'interrupted' : 'too-late' }) as const,
      ),
    ])
  } finally {
    interrupted.removeEventListener('abort', end)
    end()
  }
}
