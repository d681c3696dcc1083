import type { Problems } from './problems.js'

/** How an input's text is taken: passwords as given but for one trailing line break, tokens and other text trimmed. */
export type SecretForm = 'password' | 'token' | 'text'

/** A secret as it will be used, and whether something was taken off. */
export interface SecretText {
  readonly value: string
  readonly dropped: 'line-break' | 'white-space' | undefined
}

/**
 * A secret, or `undefined` where it is blank. A trailing line break comes from `echo … | gh secret set`, never from a
 * login form; blanks at the ends of a password can be part of it.
 */
export function secretText(raw: string, form: SecretForm): SecretText | undefined {
  if (raw.trim() === '') return undefined
  const value = form === 'password' ? raw.replace(/(\r\n|\n|\r)$/, '') : raw.trim()
  if (value === raw || form === 'text') return { value, dropped: undefined }
  return { value, dropped: form === 'token' ? 'white-space' : 'line-break' }
}

/** `true` or `false` in any letter case; empty is the default; any other word is a problem. */
export function booleanValue(name: string, raw: string, byDefault: boolean, problems: Problems): boolean {
  const text = raw.trim().toLowerCase()
  if (text === '') return byDefault
  if (text !== 'true' && text !== 'false') problems.add(`${name} must be true or false, not “${shown(raw)}”.`)
  return text === 'true'
}

/** One of a few words; empty is the first of them. */
export function choiceValue<Choice extends string>(
  name: string,
  raw: string,
  choices: readonly [Choice, ...Choice[]],
  problems: Problems,
): Choice {
  const text = raw.trim()
  const found = choices.find((choice) => choice === text)
  if (found === undefined && text !== '') {
    problems.add(`${name} must be one of ${choices.join(', ')}, not “${shown(raw)}”.`)
  }
  return found ?? choices[0]
}

/** Whole seconds, returned as milliseconds. */
export function secondsValue(name: string, raw: string, byDefault: number, problems: Problems): number {
  const text = raw.trim()
  if (text === '') return byDefault * 1000
  if (/^\d{1,5}$/.test(text)) return Number(text) * 1000
  problems.add(`${name} must be a whole number of seconds from 0 to 99999, not “${shown(raw)}”.`)
  return byDefault * 1000
}

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
/** 100 years: what is longer means "never", and servers count in 32 bits. */
const LONGEST_LIFETIME_MS = 36_525 * UNITS_MS.d

/** A length of time such as `90s`, `15m`, `12h`, `30d`, returned as milliseconds; `undefined` where it is not set. */
export function lifetimeValue(name: string, raw: string, problems: Problems): number | undefined {
  const text = raw.trim()
  if (text === '') return undefined
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const ms = Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : 0)
  if (ms > 0 && ms <= LONGEST_LIFETIME_MS) return ms
  problems.add(`${name} must be a length of time such as 90s, 15m, 12h or 30d, and not 0, not “${shown(raw)}”.`)
  return undefined
}

/** What somebody typed, short enough for a message. */
export function shown(raw: string): string {
  const text = raw.trim().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text
}
