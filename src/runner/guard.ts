import type { Explanation } from '../failures.js'
import { HELP_URL } from '../version.js'
import type { Runner } from './ports.js'

/** An action, how its errors are explained, and what a failure of it means for the step. */
export interface GuardedAction {
  readonly run: () => Promise<void>
  readonly explain: (error: unknown) => Promise<Explanation>
  readonly runner: Runner
  /** Sets the output `failure`, after the annotation. */
  readonly onFailure: (explanation: Explanation) => void
  /** A post step warns instead of failing the job. */
  readonly onError: 'fail' | 'warn'
}

const ENDED_EARLY: Explanation = {
  code: 'internal',
  message: 'The process ended before its work was done.',
  hint: 'Run the job again; if it happens twice, please report it, without any token or password.',
}

/**
 * Runs an action so that it cannot end silently: the first thing that is thrown is explained in one annotation, and an
 * event loop that runs dry while work is pending (a promise that is never settled) is a failure, not exit status 0.
 */
export async function guard(action: GuardedAction): Promise<void> {
  const report = onlyOnce((explanation) => announce(action, explanation))
  const explained = async (error: unknown) => report(await explainSafely(action, error))
  silenceStderr(action.onError === 'warn' ? 0 : 1, explained)
  const endedEarly = () => report(ENDED_EARLY)
  process.once('beforeExit', endedEarly)
  try {
    await action.run()
  } catch (error) {
    await explained(error)
  } finally {
    process.off('beforeExit', endedEarly)
  }
}

function onlyOnce(report: (explanation: Explanation) => void): (explanation: Explanation) => void {
  let isReported = false
  return (explanation) => {
    if (!isReported) report(explanation)
    isReported = true
  }
}

function announce({ runner, onError, onFailure }: GuardedAction, explanation: Explanation): void {
  const { code, message, hint } = explanation
  const text = [message, hint, `Help: ${HELP_URL}#${code}`].filter((line) => line !== '').join('\n')
  if (onError === 'warn') {
    runner.warning(text)
    return
  }
  runner.fail(text, `Matrix Access Token: ${code}`)
  try {
    onFailure(explanation)
  } catch {
    // The step has failed already. An output that cannot be written does not change that.
    runner.debug('The output `failure` cannot be written.')
  }
}

/** An error whose own members throw is explained as well. */
async function explainSafely({ explain }: GuardedAction, error: unknown): Promise<Explanation> {
  try {
    return await explain(error)
  } catch {
    return ENDED_EARLY
  }
}

/**
 * Node prints warnings and uncaught errors to stderr with whatever text is in them, and the runner handles stderr before
 * the masks that are waiting on stdout (src/Runner.Sdk/ProcessInvoker.cs). So nothing of ours goes there.
 */
function silenceStderr(exitCode: number, onUncaught: (error: unknown) => Promise<void>): void {
  process.removeAllListeners('warning')
  process.on('warning', () => {})
  process.on('uncaughtException', (error) => {
    // What is left of the work is in an unknown state; all output is written already.
    void onUncaught(error).finally(() => process.exit(exitCode))
  })
}
