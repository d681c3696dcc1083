/** What a use case may do with the Actions runner. Tests record these calls in order. */
export interface Runner {
  /** An input exactly as the runner passed it, untrimmed; empty where it is not set. */
  input(name: string): string
  /** A variable the runner describes the run with, such as `GITHUB_REPOSITORY`. */
  environment(name: string): string | undefined
  /** Registers a secret, in every form in which a later step may print it. */
  mask(secret: string): void
  /** Kept for the post step of this very step; on disk before the call returns. */
  saveState(name: string, value: string): void
  /** What was saved; empty where nothing was. */
  state(name: string): string
  setOutput(name: string, value: string): void
  /** For later steps of the job. */
  exportVariable(name: string, value: string): void
  debug(message: string): void
  info(message: string): void
  notice(message: string): void
  warning(message: string): void
  /** Fails the step, with the one error annotation it has. */
  fail(message: string): void
  /** Lines that a person unfolds in the log. */
  group(title: string, lines: readonly string[]): void
  /** Adds Markdown to the job summary. */
  summary(markdown: string): void
  /** The webhook payload that started the run; an empty object where there is none. */
  event(): Readonly<Record<string, unknown>>
}

/** Randomness. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number
  bytes(count: number): Uint8Array
}
