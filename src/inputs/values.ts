import type { SecretForm } from '../secret.js'
import { trimInvisible, trimLineBreaks } from './characters.js'
import type { Problems } from './problems.js'

/** A secret, ready for use. */
export interface SecretText {
  readonly value: string
  /** The characters that were removed, completing "it has …"; empty if none were removed. */
  readonly dropped: readonly string[]
}

/**
 * Reads a secret. A leading byte order mark and trailing line breaks come from files and from `echo … | gh secret set`,
 * never from a login form. Spaces at the ends of a password can be part of it.
 * @returns `undefined` if it is blank
 */
export function secretText(raw: string, form: SecretForm): SecretText | undefined {
  if (raw.trim() === '') return undefined
  if (form === 'text') return { value: trimInvisible(raw), dropped: [] }
  const withoutMark = raw.replace(/^\ufeff+/, '')
  const withoutBreaks = trimLineBreaks(withoutMark)
  const value = form === 'password' ? withoutBreaks : withoutBreaks.trim()
  const dropped = [
    ...(withoutMark === raw ? [] : ['a byte order mark (U+FEFF) at its start']),
    ...(withoutBreaks === withoutMark ? [] : ['a line break at its end']),
    ...(value === withoutBreaks ? [] : ['white space around it']),
  ]
  return { value, dropped }
}

/** Reads `true` or `false` in any letter case. Empty is the default; any other value is a problem. */
export function booleanValue(name: string, raw: string, byDefault: boolean, problems: Problems): boolean {
  const text = raw.trim().toLowerCase()
  if (text === '') return byDefault
  if (text !== 'true' && text !== 'false') problems.refuse(name, raw, `must be true or false${notWord(raw)}`)
  return text === 'true'
}

/** Reads one of several allowed values; empty selects the first. */
export function choiceValue<Choice extends string>(
  name: string,
  raw: string,
  choices: readonly [Choice, ...Choice[]],
  problems: Problems,
): Choice {
  const text = raw.trim()
  const found = choices.find((choice) => choice === text)
  if (found === undefined && text !== '') {
    problems.refuse(name, raw, `must be one of ${choices.join(', ')}${notWord(raw)}`)
  }
  return found ?? choices[0]
}

/** Reads whole seconds. @returns milliseconds */
export function secondsValue(name: string, raw: string, byDefault: number, problems: Problems): number {
  const text = raw.trim()
  if (text === '') return byDefault * 1000
  if (/^\d{1,5}$/.test(text)) return Number(text) * 1000
  problems.refuse(name, raw, 'must be a whole number of seconds from 0 to 99999, without a unit')
  return byDefault * 1000
}

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
/** Maximum lifetime, in milliseconds: 100 years. A longer one means "never", and servers use 32-bit counters. */
const MAX_LIFETIME_MS = 36_525 * UNITS_MS.d

/** Reads a duration such as `90s`, `15m`, `12h`, `30d`. @returns milliseconds; `undefined` if it is not set */
export function lifetimeValue(name: string, raw: string, problems: Problems): number | undefined {
  const text = raw.trim()
  if (text === '') return undefined
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const ms = Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : 0)
  if (ms > 0 && ms <= MAX_LIFETIME_MS) return ms
  problems.refuse(name, raw, 'must be a length of time such as 90s, 15m, 12h or 30d, and not 0')
  return undefined
}

/**
 * Quotes the given value if it is not one of the allowed values. Only a short lower-case word is shown: no token has
 * that form. A value that holds a secret input is refused before.
 */
function notWord(raw: string): string {
  const text = raw.trim()
  return /^[a-z]{1,10}$/.test(text) ? `, not “${text}”` : ''
}
