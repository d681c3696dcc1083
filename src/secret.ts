import { inspect } from 'node:util'

/**
 * A value that must not be printed. It shows as `***` wherever text is made of it (template strings, JSON,
 * `console.log`, error messages), so a slip in a log line does not become a leak. `reveal()` is the only way
 * to the value and easy to search for.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself, for requests, masks and outputs. */
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

/** How a credential's input is read: passwords almost as given, tokens and public text trimmed. */
export type SecretForm = 'password' | 'token' | 'text'
