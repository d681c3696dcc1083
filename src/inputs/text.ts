import { isPlain, lazyPattern } from '../redaction.js'

/**
 * Invisible characters that come from copying: soft hyphen, zero-width and bidi characters, byte order mark. Tag
 * characters are excluded, because flag emoji end with one.
 */
const INVISIBLE = '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff'

const INVISIBLE_CHARACTER = new RegExp(`[${INVISIBLE}]`)
const BLANK = new RegExp(`[\\s${INVISIBLE}]`)
const LINE_BREAK = /[\r\n\u0085\u2028\u2029]/
/** Characters that look like a space but are not U+0020. */
const SPECIAL_BLANK = lazyPattern('[^\\P{Zs} ]', 'u')
const OPENING_QUOTES = '"\'`“”„‟‘’‚‛«»‹›'
const QUOTED = new RegExp(`^[${OPENING_QUOTES}][^]*[${OPENING_QUOTES}]$`)

/** Removes white space and invisible characters from both ends. */
export function trimInvisible(text: string): string {
  if (isPlain(text)) return text.trim()
  const [start, end] = boundsOf(text)
  return text.slice(start, end)
}

/** Returns whether there are invisible characters at the ends, which {@link trimInvisible} removes. */
export function isInvisiblyWrapped(text: string): boolean {
  if (isPlain(text)) return false
  const [start, end] = boundsOf(text)
  return INVISIBLE_CHARACTER.test(text.slice(0, start) + text.slice(end))
}

/** Removes line breaks of any kind from the end. */
export function trimLineBreaks(text: string): string {
  return text.slice(0, endWithout(text, LINE_BREAK))
}

/** Returns the bounds of the text without white space and invisible characters at its ends. */
function boundsOf(text: string): readonly [start: number, end: number] {
  const end = endWithout(text, BLANK)
  let start = 0
  while (start < end && BLANK.test(text.charAt(start))) start += 1
  return [start, end]
}

/**
 * Returns the end of the text without trailing characters of this kind. Uses a loop, because a pattern anchored at the
 * end takes quadratic time for long runs in the middle.
 * @param character matches one character, and never the empty text
 */
function endWithout(text: string, character: RegExp): number {
  let end = text.length
  while (character.test(text.charAt(end - 1))) end -= 1
  return end
}

/** Returns whether there are quotation marks of any kind at both ends. */
function isQuoted(text: string): boolean {
  return QUOTED.test(text)
}

/**
 * Names unusual characters in a text, without showing any of it.
 * @returns phrases that complete "it has …"
 */
export function unusualCharacters(text: string): readonly string[] {
  if (isPlain(text)) return isQuoted(text) ? [QUOTATION_MARKS] : []
  const found: string[] = []
  const invisible = INVISIBLE_CHARACTER.exec(text)?.[0]
  if (invisible !== undefined) found.push(`an invisible character (${codePoint(invisible)}) in it`)
  const blank = SPECIAL_BLANK().exec(text)?.[0]
  if (blank !== undefined) found.push(`a special blank (${codePoint(blank)}) in it`)
  if (isQuoted(text)) found.push(QUOTATION_MARKS)
  return found
}

const QUOTATION_MARKS = 'quotation marks around it'

/** Formats a character as Unicode names it, such as `U+200B`. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Text in the form of a token. */
export interface TokenShape {
  readonly issuer: 'matrix' | 'forge' | 'any'
  /** For a message; holds only the public prefix of the token. */
  readonly description: string
  /** The part of the text that looks like the token. */
  readonly match: string
}

/**
 * Prefixes that identify tokens.
 * - Synapse: `syt_`, `syr_`, `syl_` (synapse/handlers/auth.py).
 * - Matrix Authentication Service: `mat_`, `mar_`, `mct_`, `mcr_`, `mpt_` (crates/data-model/src/tokens.rs).
 * - GitHub: @see
 *   https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 *
 * An installation token is `ghs_<app>_<JWT>` since 2026, so it has dots and hyphens.
 *
 * Ordinary names can also start with `mat_`, `mar_` and `ghs_`, so such a token must be long or have digits or
 * capitals.
 */
const SHAPES: readonly (readonly [pattern: RegExp, issuer: TokenShape['issuer'], kind: string])[] = [
  [/(?<![A-Za-z0-9])(sy[trl]_)\S*/, 'matrix', 'an access token'],
  [/(?<![A-Za-z0-9])(m(?:ct|cr|pt)_)[A-Za-z0-9_]{8,}/, 'matrix', 'an access token'],
  [/(?<![A-Za-z0-9])(ma[tr]_)(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{12,}[A-Za-z0-9_]*/, 'matrix', 'an access token'],
  [/(?<![A-Za-z0-9])(gh[opsur]_)\w{8,}(?:[.-]+\w+)*/, 'forge', 'a GitHub token'],
  [/(?<![A-Za-z0-9])(github_pat_)\w+/, 'forge', 'a GitHub token'],
]

/** @see https://www.rfc-editor.org/rfc/rfc7515#section-3.1: three parts of base64url, the first a JSON object */
const JSON_WEB_TOKEN = /(?<![A-Za-z0-9])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/

/** Finds text in the form of a token. @returns `undefined` if there is none */
export function findToken(text: string): TokenShape | undefined {
  for (const [pattern, issuer, kind] of SHAPES) {
    const [match, prefix] = pattern.exec(text) ?? []
    if (match !== undefined) return { issuer, description: `${kind} (${prefix}…)`, match }
  }
  const [match] = JSON_WEB_TOKEN.exec(text) ?? []
  return match === undefined ? undefined : { issuer: 'any', description: 'a JSON Web Token (eyJ…)', match }
}
