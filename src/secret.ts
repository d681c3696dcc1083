import { inspect } from 'node:util'

/**
 * A value that must not be printed. It converts to `***` in all text (template strings, JSON, `console.log`, error
 * messages), so a mistake in a log line does not leak it. Only `reveal()` returns the value; its calls are easy to
 * find.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** Returns the value, for requests, masks and outputs. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '***'
  }

  toJSON(): string {
    return '***'
  }

  [inspect.custom](): string {
    return '***'
  }
}

/** How the input of a credential is read: passwords almost unchanged; tokens and public text trimmed. */
export type SecretForm = 'password' | 'token' | 'text'
