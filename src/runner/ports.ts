/** Where inputs come from. */
export interface InputSource {
  /** An input exactly as the runner passed it, untrimmed; empty where it is not set. */
  input(name: string): string
  /** Names of the inputs that the step was given, in lower case, declared by the action or not. */
  inputNames(): readonly string[]
  /** A variable the runner describes the run with, such as `GITHUB_REPOSITORY`. */
  environment(name: string): string | undefined
}

/** Where secrets are registered. */
export interface Masks {
  /** Registers a secret, in every form in which a later step may print it. */
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

/** What main keeps for the post step of this very step. */
export interface StateStore {
  /** On disk before the call returns. */
  saveState(name: string, value: string): void
  /** What was saved; empty where nothing was. */
  state(name: string): string
}

/** What later steps get. */
export interface Outputs {
  setOutput(name: string, value: string): void
  /** For later steps of the job. */
  exportVariable(name: string, value: string): void
  /** Adds Markdown to the job summary. */
  summary(markdown: string): void
}

/** The Actions runner, whole. A use case takes the few of these ports that it needs. Tests record the calls in order. */
export interface Runner extends InputSource, Masks, Log, StateStore, Outputs {
  /** Fails the step, with the one error annotation it has. */
  fail(message: string): void
  /** The webhook payload that started the run; an empty object where there is none. */
  event(): Readonly<Record<string, unknown>>
}

/** Randomness. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number
  bytes(count: number): Uint8Array
}
