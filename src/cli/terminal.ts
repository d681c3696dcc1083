import { sleepUnless } from '../runner/live.js'
import type { InputSource } from '../runner/ports.js'
import type { NetworkPorts } from '../session/connect.js'

/** What a command may do with the terminal, and with the machine that it runs on. */
export interface Terminal {
  /** Whether a user can be asked. */
  readonly isInteractive: boolean
  /** Whether standard output is a terminal, and not piped on. */
  readonly showsOutput: boolean
  /** Name of the machine. */
  readonly hostName: string
  /** A variable of the environment. */
  environment(name: string): string | undefined
  /** Lines on standard error. Text from a server was cleaned before. */
  say(text: string): void
  /** A line on standard output, all of it. @throws ClosedOutputError */
  print(line: string): Promise<void>
  /**
   * Asks a yes-or-no question. What is typed is not shown, because it can be a password that was typed too early; the answer
   * that was understood is. @throws InterruptedError
   */
  confirm(question: string): Promise<boolean>
  /** Asks, and shows nothing of what is typed. Without a terminal, the next line of standard input. @throws InterruptedError */
  askSecret(question: string): Promise<string>
  /** Starts the browser of the person. @returns whether there is one to start */
  openBrowser(url: string): Promise<boolean>
}

/** The outcome of waiting. */
export type Waited<Value> =
  | { readonly came: true; readonly value: Value }
  | { readonly came: false; readonly why: 'too-late' | 'interrupted' }

/** Everything outside that a command touches. */
export interface CommandPorts extends NetworkPorts {
  readonly terminal: Terminal
  /** The options, as the inputs that they stand for. */
  readonly inputs: InputSource
  /** By their long names. Those that the actions have too are the inputs of the runner. */
  readonly options: ReadonlyMap<string, string>
  /** Waits for something, but not for ever, and not beyond an interruption. */
  waitFor<Value>(promise: Promise<Value>, ms: number): Promise<Waited<Value>>
  /** Whether the person wants it to end (Ctrl-C). */
  isInterrupted(): boolean
}

/** The other end of the pipe is closed, so what was printed is lost. */
export class ClosedOutputError extends Error {
  constructor(options?: ErrorOptions) {
    super('standard output is closed', options)
    this.name = 'ClosedOutputError'
  }
}

/** The person wants it to end. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted')
    this.name = 'InterruptedError'
  }
}

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
