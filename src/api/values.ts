import { isPlainAscii } from '../escapes.js'

/** Checks of values that a server or a person gives, before they are used. Pure. */

/** Whether a text can be a token: tokens are opaque, but each fits into a header and has no white space. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

/** Longest name that is taken from a server, in characters; the specification ends user IDs at 255 bytes. */
const MAX_NAME_LENGTH = 1_024

/** Whether a name can stand in an output: not empty, no control characters, at most 1,024 characters. */
export function isPrintable(text: string): boolean {
  return text !== '' && text.length <= MAX_NAME_LENGTH && (isPlainAscii(text) || !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text))
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
