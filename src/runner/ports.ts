import { Failure } from '../failures.js'

/** Where inputs come from. */
export interface InputSource {
  /** An input exactly as the runner passed it, untrimmed; empty where it is not set. */
  input(name: string): string
  /** Names of the inputs that the step was given, in lower case, declared by the action or not. */
  inputNames(): readonly string[]
  /** A variable the runner describes the run with, such as `GITHUB_REPOSITORY`. */
  environment(name: string): string | undefined
}

/** Registers secrets in every form in which a later step may print them, and for the redaction of this process. */
export interface Masks {
  /** Masks a secret input of the user, what this action derived from one, or a token of an answer, which `call` checked. */
  mask(secret: string): void
}

/** What a person reads while the work goes on. */
export interface Log {
  debug(message: string): void
  info(message: string): void
  notice(message: string): void
  warning(message: string): void
  /** Lines that a person unfolds in the log. */
  group(title: string, lines: readonly string[]): void
}

/**
 * A file through which a step talks to the runner cannot be written: a full disk, a job container without access, a
 * folder that was removed. What was to be written is lost: a session that was opened for it must be ended, or named.
 */
export class CommandFileError extends Failure {
  /**
   * @param variable names the file, for example `GITHUB_OUTPUT`
   * @param problem what the system says, for example `ENOSPC: no space left on device`
   */
  constructor(variable: string, problem: string, options?: ErrorOptions) {
    super('internal', `The file that ${variable} names cannot be written: ${problem}.`, COMMAND_FILE_HINT, options)
    this.name = 'CommandFileError'
  }
}

const COMMAND_FILE_HINT =
  'Check the disk space of the runner, and whether the user of the job (in a container: `options: --user`) may write ' +
  'to the folder `_runner_file_commands` in RUNNER_TEMP.'

/** What main keeps for the post step of this very step. */
export interface StateStore {
  /** On disk before the call returns. @throws CommandFileError */
  saveState(name: string, value: string): void
  /** What was saved; empty where nothing was. */
  state(name: string): string
}

/** What later steps get. */
export interface Outputs {
  /** @throws CommandFileError */
  setOutput(name: string, value: string): void
  /** For later steps of the job. @throws CommandFileError */
  exportVariable(name: string, value: string): void
  /** Adds Markdown to the job summary, where there is one. */
  summary(markdown: string): void
}

/** The Actions runner, whole. A use case takes the few of these ports that it needs. Tests record the calls in order. */
export interface Runner extends InputSource, Masks, Log, StateStore, Outputs {
  /** Fails the step, with the one error annotation it has. @param title its heading */
  fail(message: string, title: string): void
  /** The webhook payload that started the run; an empty object where there is none. */
  event(): Readonly<Record<string, unknown>>
}

/** Randomness. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number
  bytes(count: number): Uint8Array
}
