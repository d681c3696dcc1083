import { printable } from '../redaction.js'

let isHidden = false

/**
 * Hides the text of servers for the rest of the step, or shows it. A post step hides it first: main may have derived and sent
 * secrets that the post step does not know, so a server could echo them there without a mask.
 */
export function hideServerText(hide: boolean): void {
  isHidden = hide
}

/**
 * Text that a server chose: messages, names, addresses. Wherever a string is made of it (template literals, `String()`,
 * JSON) it is redacted, cleaned and cut, so no place can forget to do so. Only {@link raw} gives the text itself.
 */
export class ServerText {
  /** The text as it came: for outputs, comparisons and requests, never for messages. */
  readonly raw: string

  constructor(raw: string) {
    this.raw = raw
    Object.defineProperty(this, 'raw', { value: raw, enumerable: false })
  }

  toString(): string {
    return isHidden ? '' : printable(this.raw)
  }

  toJSON(): string {
    return this.toString()
  }
}

/** Several texts of a server in one line, such as a list of login types. */
export function joinServerTexts(texts: readonly string[]): ServerText {
  return new ServerText(texts.join(', '))
}
