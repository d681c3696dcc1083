import { Failure, type FailureCode } from '../failures.js'
import { unusualCharacters } from './characters.js'

/**
 * Describes a refused value by its length only. Any value can be a misplaced secret, and a mask does not match derived
 * text (truncated, lower-cased, escaped), so no part of it is shown.
 */
export function describeValue(raw: string): string {
  const { length } = [...raw.trim()]
  return `(${length} ${length === 1 ? 'character' : 'characters'})`
}

/**
 * Returns the sentences about a refused value.
 * @param what completes the sentence "`input` …"
 */
export function describeRefused(input: string, raw: string, what: string): string {
  const unusual = unusualCharacters(raw.trim())
  const more = unusual.length === 0 ? '' : ` It has ${unusual.join(', and ')}.`
  return `\`${input}\` ${describeValue(raw)} ${what}.${more}`
}

/** One problem with the inputs. */
interface Problem {
  readonly code: FailureCode
  readonly text: string
  readonly hint: string | undefined
}

/** Collects all problems, so that a user can correct them in one run. */
export class Problems {
  readonly #found: Problem[] = []
  readonly #inputs = new Set<string>()

  /** Adds a problem. @param hint what to do, if the general advice of the code does not apply */
  add(text: string, code: FailureCode = 'invalid-input', hint?: string): void {
    this.#found.push({ code, text, hint })
  }

  /**
   * Refuses the value of an input. The text contains the length of the value and no part of it. Only the first problem
   * of an input is kept, because the next ones follow from it.
   * @param what completes the sentence "`input` …"; must not hold any part of the value
   */
  refuse(input: string, raw: string, what: string, code: FailureCode = 'invalid-input', hint?: string): void {
    if (this.#inputs.has(input)) return
    this.#inputs.add(input)
    this.add(describeRefused(input, raw, what), code, hint)
  }

  /** Reports a required input that is not set, unless its value was refused. */
  miss(input: string, text: string, code: FailureCode = 'invalid-input', hint?: string): void {
    if (!this.#inputs.has(input)) this.add(text, code, hint)
  }

  /** Returns whether the value of an input was refused. */
  hasRefused(input: string): boolean {
    return this.#inputs.has(input)
  }

  get isEmpty(): boolean {
    return this.#found.length === 0
  }

  /**
   * Throws if there is a problem.
   * @throws Failure that names all problems; its code is that of a single problem, otherwise `invalid-input`
   */
  throwIfAny(): void {
    const [first, ...others] = this.#found
    if (first === undefined) return
    if (others.length === 0) throw new Failure(first.code, first.text, first.hint)
    const list = this.#found.map(({ text, hint = '' }) => `- ${text} ${hint}`.trimEnd()).join('\n')
    throw new Failure('invalid-input', `The inputs have ${this.#found.length} problems:\n${list}`)
  }
}
