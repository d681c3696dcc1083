import type { Explanation } from '../explain.js'
import type { Runner } from './ports.js'

/** What a guarded action is called in its last words, and what a failure of it means for the step. */
export interface GuardedAction {
  readonly run: () => Promise<void>
  readonly explain: (error: unknown) => Explanation
  readonly runner: Runner
  /** Called with the word before the annotation; sets the output `failure`. */
  readonly onFailure: (explanation: Explanation) => void
  /** A post step warns instead of failing the job. */
  readonly never: 'succeeds-silently' | 'fails'
}

const ENDED_EARLY: Explanation = {
  word: 'internal',
  message: 'The process ended before its work was done.',
  hint: 'Run the job again; if it happens twice, please report it, without any token or password.',
}

/**
 * Runs an action so that it cannot end silently: whatever is thrown is explained once, and an event loop that runs dry
 * while work is pending (a promise that nobody settles) is a failure, not exit status 0.
 */
export async function guard(action: GuardedAction): Promise<void> {
  const report = (explanation: Explanation) => {
    const { message, hint } = explanation
    const text = hint === '' ? message : `${message}\n${hint}`
    if (action.never === 'fails') return action.runner.warning(text)
    action.runner.fail(text)
    action.onFailure(explanation)
  }
  silenceStderr((error) => report(action.explain(error)))
  const endedEarly = () => report(ENDED_EARLY)
  process.once('beforeExit', endedEarly)
  try {
    await action.run()
  } catch (error) {
    report(action.explain(error))
  } finally {
    process.off('beforeExit', endedEarly)
  }
}

/**
 * Node prints warnings and uncaught errors to stderr with whatever text is in them, and the runner handles stderr before
 * the masks that are waiting on stdout (src/Runner.Sdk/ProcessInvoker.cs). So nothing of ours goes there.
 */
function silenceStderr(onUncaught: (error: unknown) => void): void {
  process.removeAllListeners('warning')
  process.on('warning', () => {})
  process.once('uncaughtException', (error) => {
    onUncaught(error)
    // What is left of the work is in an unknown state; all output is on its way already.
    process.exit(1)
  })
}
