import { Failure } from '../failures.js'

/** The source of the inputs. */
export interface InputSource {
  /** Returns an input exactly as the runner passed it, untrimmed; empty if it is not set. */
  input(name: string): string
  /** Returns the names of all inputs of the step, in lower case, declared by the action or not. */
  inputNames(): readonly string[]
  /** Returns an environment variable of the runner, such as `GITHUB_REPOSITORY`. */
  environment(name: string): string | undefined
}

/** Registers secrets in every form in which a later step may print them, and for the redaction in this process. */
export interface Masks {
  /** Masks a secret input, a secret that this action derived from one, or a token of a response that `call` checked. */
  mask(secret: string): void
}

/** The log of the step. */
export interface Log {
  debug(message: string): void
  info(message: string): void
  notice(message: string): void
  warning(message: string): void
  /** Prints lines in a collapsed group of the log. */
  group(title: string, lines: readonly string[]): void
}

/**
 * A command file of the runner cannot be written: a full disk, a job container without access, a deleted folder. The
 * data is lost, so a session that was opened for it must be ended or named.
 */
export class CommandFileError extends Failure {
  /**
   * @param variable the variable with the path of the file, for example `GITHUB_OUTPUT`
   * @param problem the system error, for example `ENOSPC: no space left on device`
   */
  constructor(variable: string, problem: string, options?: ErrorOptions) {
    super('internal', `The file that ${variable} names cannot be written: ${problem}.`, COMMAND_FILE_HINT, options)
    this.name = 'CommandFileError'
  }
}

const COMMAND_FILE_HINT =
  'Check the disk space of the runner, and whether the user of the job (in a container: `options: --user`) may write ' +
  'to the folder `_runner_file_commands` in RUNNER_TEMP.'

/** The state that main saves for the post step of the same step. */
export interface StateStore {
  /** Saves a value; it is on disk when the call returns. @throws CommandFileError */
  saveState(name: string, value: string): void
  /** Returns a saved value; empty if none was saved. */
  state(name: string): string
}

/** The outputs for later steps. */
export interface Outputs {
  /** @throws CommandFileError */
  setOutput(name: string, value: string): void
  /** Exports a variable to later steps of the job. @throws CommandFileError */
  exportVariable(name: string, value: string): void
  /** Adds Markdown to the job summary, if the runner supports one. */
  summary(markdown: string): void
}

/** The complete Actions runner. A use case depends on a few of these ports. Tests record the calls in order. */
export interface Runner extends InputSource, Masks, Log, StateStore, Outputs {
  /** Fails the step with its only error annotation. @param title heading of the annotation */
  fail(message: string, title: string): void
  /** Returns the webhook payload that started the run; an empty object if there is none. */
  event(): Readonly<Record<string, unknown>>
}

/** A source of random values. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number
  bytes(count: number): Uint8Array
}
