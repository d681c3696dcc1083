import { isPlainAscii, printable } from '../redaction.js'
import { Secret } from '../secret.js'

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

/**
 * A JSON object whose members have not been checked. In answers of an API each token is a {@link Secret} already (see
 * `takeTokens` in call.ts), so no member of it is a token as plain text.
 */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret)
}

/** The object that stands in these bytes; `undefined` for anything else, invalid UTF-8 too. */
export function parseJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A member that is a string, or nothing. */
export function stringMember(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  return typeof value === 'string' ? value : undefined
}

/** A member that is a string, as text that can be shown. */
export function textMember(object: JsonObject, name: string): ServerText | undefined {
  const value = stringMember(object, name)
  return value === undefined ? undefined : new ServerText(value)
}

/** A token of an answer; `undefined` where it is missing or is not a token in form. */
export function secretMember(object: JsonObject, name: string): Secret | undefined {
  const value = object[name]
  return value instanceof Secret ? value : undefined
}

/** A member that is an object, or an empty object. */
export function objectMember(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

/** Checks of values that a server or a person gives, before they are used. Pure. */

/** Whether a text can be a token: tokens are opaque, but each fits into a header and has no white space. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

/** Whether a text has the form of a token that a server may issue: printable ASCII, 4 to 32,000 characters. */
export function isTokenForm(text: string): boolean {
  return text.length <= 32_000 && /^[\x21-\x7e]{4,}$/.test(text)
}

/** Longest name that is taken from a server, in characters; the specification ends user IDs at 255 bytes. */
const MAX_NAME_LENGTH = 1_024

/** Whether a name can stand in an output and in a path: not empty, Unicode, no control characters, at most 1,024 characters. */
export function isPrintable(text: string): boolean {
  return text !== '' && text.length <= MAX_NAME_LENGTH && (isPlainAscii(text) || isNameText(text))
}

function isNameText(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)
}

/** Whether an ID can stand in the path of a request and in the state. */
export function isPlainId(text: string): boolean {
  return /^[A-Za-z0-9_.~-]{1,255}$/.test(text) && !/^\.+$/.test(text)
}

/** Longest lifetime that stays a date, in milliseconds: 100 years. */
const MAX_LIFETIME_MS = 3.2e12

/**
 * Reads a lifetime.
 * @param unitMs what the value is counted in: 1 for `expires_in_ms`, 1000 for the `expires_in` of OAuth
 * @returns milliseconds; `undefined` where the server names no end; `'malformed'` for anything else
 */
export function lifetimeOf(value: unknown, unitMs = 1): number | undefined | 'malformed' {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return 'malformed'
  return value * unitMs > MAX_LIFETIME_MS ? 'malformed' : value * unitMs
}
