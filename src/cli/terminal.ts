import { sleepUnless } from '../runner/live.js'
import type { InputSource } from '../runner/ports.js'
import type { NetworkPorts } from '../session/connect.js'

/** The terminal and machine functions that a command may use. */
export interface Terminal {
  /** Whether a user can be asked. */
  readonly isInteractive: boolean
  /** Whether standard output is a terminal and not a pipe. */
  readonly showsOutput: boolean
  /** Name of the machine. */
  readonly hostName: string
  /** Returns an environment variable. */
  environment(name: string): string | undefined
  /** Prints lines on standard error. Server text must already be sanitized. */
  say(text: string): void
  /** Prints one complete line on standard output. @throws ClosedOutputError */
  print(line: string): Promise<void>
  /**
   * Asks a yes-or-no question. The typed text is not shown, because it can be a password that was typed too early; the
   * recognized answer is shown. @throws InterruptedError
   */
  confirm(question: string): Promise<boolean>
  /** Asks without echo. Without a terminal, reads the next line of standard input. @throws InterruptedError */
  askSecret(question: string): Promise<string>
  /** Starts the user's browser. @returns whether a browser could be started */
  openBrowser(url: string): Promise<boolean>
}

/** The outcome of waiting. */
export type Waited<Value> =
  | { readonly came: true; readonly value: Value }
  | { readonly came: false; readonly why: 'too-late' | 'interrupted' }

/** The external dependencies of a command. */
export interface CommandPorts extends NetworkPorts {
  readonly terminal: Terminal
  /** The options, by the names of the corresponding inputs. */
  readonly inputs: InputSource
  /** The options by long name. Those that the actions have too are the inputs of the runner. */
  readonly options: ReadonlyMap<string, string>
  /** Waits for a promise, for a limited time and until an interruption. */
  waitFor<Value>(promise: Promise<Value>, ms: number): Promise<Waited<Value>>
  /** Returns whether the user interrupted the command (Ctrl-C). */
  isInterrupted(): boolean
}

/** The other end of the pipe is closed, so the output is lost. */
export class ClosedOutputError extends Error {
  constructor(options?: ErrorOptions) {
    super('standard output is closed', options)
    this.name = 'ClosedOutputError'
  }
}

/** The user interrupted the command. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted')
    this.name = 'InterruptedError'
  }
}

/** Waits for a promise, for a limited time and until an interruption. Leaves no timer running. */
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
