import { isPlain, lazyPattern, printable } from '../redaction.js'
import { Secret } from '../secret.js'

let isHidden = false

/**
 * Hides or shows server text for the rest of the step. A post step hides it first: main may have derived and sent
 * secrets that the post step does not know, so a server could echo them without a mask.
 */
export function hideServerText(hide: boolean): void {
  isHidden = hide
}

/**
 * Text chosen by a server: messages, names, addresses. Every conversion to a string (template literals, `String()`,
 * JSON) redacts, sanitizes and truncates it. Only {@link raw} returns the unchanged text.
 */
export class ServerText {
  /** The unchanged text, for outputs, comparisons and requests; never for messages. */
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

/** Joins several server texts in one line, such as a list of login types. */
export function joinServerTexts(texts: readonly string[]): ServerText {
  return new ServerText(texts.join(', '))
}

/**
 * A JSON object with unchecked members. In API responses each token is already a {@link Secret} (see `takeTokens` in
 * call.ts), so no member holds a token as plain text.
 */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret)
}

/** Parses bytes as a JSON object; `undefined` for anything else, including invalid UTF-8. */
export function parseJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Returns a string member, or `undefined`. */
export function stringMember(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  return typeof value === 'string' ? value : undefined
}

/** Returns a string member as text that can be printed. */
export function textMember(object: JsonObject, name: string): ServerText | undefined {
  const value = stringMember(object, name)
  return value === undefined ? undefined : new ServerText(value)
}

/** Returns a token of a response; `undefined` if it is missing or does not have the form of a token. */
export function secretMember(object: JsonObject, name: string): Secret | undefined {
  const value = object[name]
  return value instanceof Secret ? value : undefined
}

/** Returns an object member, or an empty object. */
export function objectMember(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

/** Pure checks of values from a server or a user, before they are used. */

/** Returns whether a text can be a token: tokens are opaque, but each fits into a header and has no white space. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

/** Returns whether a text has the form of a token that a server may issue: printable ASCII, 4 to 32,000 characters. */
export function isTokenForm(text: string): boolean {
  return text.length <= 32_000 && /^[\x21-\x7e]{4,}$/.test(text)
}

/** Maximum length of a name from a server, in characters; the specification limits user IDs to 255 bytes. */
const MAX_NAME_LENGTH = 1_024

/**
 * Returns whether a name can be used in an output and in a path. It is not empty, valid Unicode without control
 * characters, and at most 1,024 characters long.
 */
export function isPrintable(text: string): boolean {
  return text !== '' && text.length <= MAX_NAME_LENGTH && isNameText(text)
}

const UNPRINTABLE = lazyPattern('[\\p{Cc}\\p{Zl}\\p{Zp}]', 'u')

function isNameText(text: string): boolean {
  return isPlain(text) || (text.isWellFormed() && !UNPRINTABLE().test(text))
}

/** Returns whether an ID can be used in a request path and in the saved state. */
export function isPlainId(text: string): boolean {
  return /^[A-Za-z0-9_.~-]{1,255}$/.test(text) && !/^\.+$/.test(text)
}

/** Maximum lifetime that results in a valid date, in milliseconds: 100 years. */
const MAX_LIFETIME_MS = 3.2e12

/**
 * Reads a lifetime.
 * @param unitMs the unit of the value in milliseconds: 1 for `expires_in_ms`, 1000 for `expires_in` of OAuth
 * @returns milliseconds; `undefined` if the server named no expiry; `'malformed'` for anything else
 */
export function lifetimeOf(value: unknown, unitMs = 1): number | undefined | 'malformed' {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return 'malformed'
  return value * unitMs > MAX_LIFETIME_MS ? 'malformed' : value * unitMs
}

/**
 * Reads an own member. Device IDs and key IDs are untrusted and can be `constructor` or `__proto__`, which an index
 * expression would find on the prototype.
 */
function ownMember(object: JsonObject | undefined, name: string): unknown {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined
}

/** Reads an own member that is an object. */
export function optionalObject(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = ownMember(object, name)
  return isJsonObject(value) ? value : undefined
}

/** Reads an own member that is a string. */
export function optionalText(object: JsonObject | undefined, name: string): string | undefined {
  const value = ownMember(object, name)
  return typeof value === 'string' ? value : undefined
}

/** Reads an own member that is an array. */
export function listMember(object: JsonObject | undefined, name: string): readonly unknown[] | undefined {
  const value = ownMember(object, name)
  return Array.isArray(value) ? value : undefined
}
