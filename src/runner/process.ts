import { writeSync } from 'node:fs'
import { Writable } from 'node:stream'
import { type Explanation, Failure } from '../failures.js'
import { HELP_URL } from '../version.js'
import type { Runner } from './ports.js'

/** An action to run with {@link guard}, and how its errors are explained and reported. */
export interface GuardedAction {
  readonly run: () => Promise<void>
  readonly explain: (error: unknown) => Promise<Explanation>
  readonly runner: Runner
  /** Called after the error annotation of a failed step; sets the output `failure` to the code. */
  readonly onFailure: (explanation: Explanation) => void
  /** `fail` fails the step; `warn`, for a post step, writes a warning. */
  readonly onError: 'fail' | 'warn'
}

const ENDED_EARLY: Explanation = {
  code: 'internal',
  message: 'The process ended before its work was done.',
  hint: 'Run the job again; if it happens twice, please report it, without any token or password.',
}

/**
 * Runs an action so that it cannot fail silently. The first error is explained in one annotation. An event loop that
 * runs empty while work is pending (a promise that never settles) is a failure, not exit status 0.
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

/** Explains an error, even if its own members throw. */
async function explainSafely({ explain }: GuardedAction, error: unknown): Promise<Explanation> {
  try {
    return await explain(error)
  } catch {
    return ENDED_EARLY
  }
}

/**
 * Discards stderr. Node prints warnings and uncaught errors there, which can hold secrets, and the runner reads stderr
 * before the pending masks on stdout (src/Runner.Sdk/ProcessInvoker.cs).
 */
function silenceStderr(exitCode: number, onUncaught: (error: unknown) => Promise<void>): void {
  process.removeAllListeners('warning')
  process.on('warning', () => {})
  process.on('uncaughtException', (error) => {
    // The remaining work is in an unknown state; all output is written already.
    void onUncaught(error).finally(() => process.exit(exitCode))
  })
}

const STDOUT = 1

/** Blocks briefly: the pipe is full until the runner reads from it. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
}

/**
 * Writes the whole text before it returns. Node's own stream is asynchronous for a POSIX pipe: a mask in its buffer is
 * lost when the process exits. Repeats after partial writes and after EAGAIN, which a full non-blocking pipe returns.
 *
 * @throws the system error, except EPIPE
 */
function writeAll(text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      // The runner has closed the pipe, so there is no log.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      waitForReader()
    }
  }
}

/** The text collected during {@link inOneWrite}. */
let collected: string[] | undefined

function write(chunk: string | Uint8Array): boolean {
  const text = String(chunk)
  if (collected !== undefined) return collected.push(text) > 0
  try {
    writeAll(text)
  } catch {
    // A lost line of the log must not stop the action: a session may have to be ended.
  }
  return true
}

/**
 * Collects the output of a synchronous function, and writes it with one system call.
 *
 * @throws Failure `internal` if it cannot be written: a mask that the runner does not receive has no effect
 */
export function inOneWrite(print: () => void): void {
  const parts: string[] = []
  collected = parts
  try {
    print()
  } finally {
    collected = undefined
  }
  try {
    writeAll(parts.join(''))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
    const message = `Secrets cannot be masked: standard output cannot be written${code}.`
    throw new Failure('internal', message, 'Check the disk space of the runner.', { cause: error })
  }
}

/** Returns a complete stream, because `console.error` uses more than `write`. */
function sink(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/**
 * Redirects all output of this process to the synchronous writer, especially the toolkit's `setSecret`. Replacing the
 * property prevents Node from opening its own stream, which would make the descriptor non-blocking.
 */
export function makeStdoutSynchronous(): void {
  Object.defineProperty(process, 'stdout', { value: { write }, configurable: true })
  // With NODE_DEBUG Node prints whole requests to stderr, and the runner reads stderr before the masks.
  let stderr: Writable | undefined
  const get = () => {
    stderr ??= sink()
    return stderr
  }
  Object.defineProperty(process, 'stderr', { get, configurable: true })
}
