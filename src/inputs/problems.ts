import { Failure, type FailureWord } from '../failures.js'

/** One thing that is wrong with the inputs. */
interface Problem {
  readonly word: FailureWord
  readonly text: string
  readonly hint: string | undefined
}

/** Collects everything that is wrong, so that a person corrects it in one go and not one run at a time. */
export class Problems {
  readonly #found: Problem[] = []

  /** @param hint what to do about it, where the general advice of the word does not fit */
  add(text: string, word: FailureWord = 'invalid-input', hint?: string): void {
    this.#found.push({ word, text, hint })
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
