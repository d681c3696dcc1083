import { Failure, type FailureWord } from '../failures.js'
import { describeRefused } from './refused.js'

/** One thing that is wrong with the inputs. */
interface Problem {
  readonly word: FailureWord
  readonly text: string
  readonly hint: string | undefined
}

/** Collects everything that is wrong, so that a person corrects it in one go and not one run at a time. */
export class Problems {
  readonly #found: Problem[] = []
  readonly #inputs = new Set<string>()

  /** @param hint what to do about it, where the general advice of the word does not fit */
  add(text: string, word: FailureWord = 'invalid-input', hint?: string): void {
    this.#found.push({ word, text, hint })
  }

  /**
   * Refuses the value of an input. The text has the value's length and nothing else of it. Only the first problem of an
   * input is kept: the next ones follow from it.
   * @param what completes the sentence "`input` …"; must not hold any part of the value
   */
  refuse(input: string, raw: string, what: string, word: FailureWord = 'invalid-input', hint?: string): void {
    if (this.#inputs.has(input)) return
    this.#inputs.add(input)
    this.add(describeRefused(input, raw, what), word, hint)
  }

  /** Reports an input that is not set but needed, unless its value was refused. */
  miss(input: string, text: string, word: FailureWord = 'invalid-input', hint?: string): void {
    if (!this.#inputs.has(input)) this.add(text, word, hint)
  }

  /** Whether the value of an input was refused. */
  hasRefused(input: string): boolean {
    return this.#inputs.has(input)
  }

  get isEmpty(): boolean {
    return this.#found.length === 0
  }

  /** @throws Failure that names all problems; its word is that of the only one, else `invalid-input`. */
  throwIfAny(): void {
    const [first, ...others] = this.#found
    if (first === undefined) return
    if (others.length === 0) throw new Failure(first.word, first.text, first.hint)
    const list = this.#found.map(({ text, hint = '' }) => `- ${text} ${hint}`.trimEnd()).join('\n')
    throw new Failure('invalid-input', `The inputs have ${this.#found.length} problems:\n${list}`)
  }
}
