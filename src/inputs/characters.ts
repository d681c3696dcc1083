/**
 * Characters that cannot be seen and that come from copying: soft hyphen, zero-width and bidi characters, byte order mark.
 * Tag characters are not among them: flags end in one.
 */
const INVISIBLE = '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff'

const INVISIBLE_CHARACTER = new RegExp(`[${INVISIBLE}]`, 'u')
const AROUND = new RegExp(`^[\\s${INVISIBLE}]+|[\\s${INVISIBLE}]+$`, 'gu')
/** Unlike U+0020 they look like a blank and are another character. */
const SPECIAL_BLANK = /[^\P{Zs} ]/u
const OPENING_QUOTES = '"\'`“”„‟‘’‚‛«»‹›'
const QUOTED = new RegExp(`^[${OPENING_QUOTES}][^]*[${OPENING_QUOTES}]$`, 'u')

/** Removes white space and invisible characters from both ends. */
export function trimInvisible(text: string): string {
  return text.replace(AROUND, '')
}

/** Tests for invisible characters at the ends, which {@link trimInvisible} removes. */
export function isInvisiblyWrapped(text: string): boolean {
  return [...text.matchAll(AROUND)].some(([part]) => INVISIBLE_CHARACTER.test(part))
}

/** Tests for quotation marks of any kind at both ends. */
function isQuoted(text: string): boolean {
  return QUOTED.test(text)
}

/**
 * Names what is unusual in a text, without showing any of it.
 * @returns phrases that complete "it has …"
 */
export function unusualCharacters(text: string): readonly string[] {
  const found: string[] = []
  const invisible = INVISIBLE_CHARACTER.exec(text)?.[0]
  if (invisible !== undefined) found.push(`an invisible character (${codePoint(invisible)}) in it`)
  const blank = SPECIAL_BLANK.exec(text)?.[0]
  if (blank !== undefined) found.push(`a special blank (${codePoint(blank)}) in it`)
  if (isQuoted(text)) found.push('quotation marks around it')
  return found
}

/** `U+200B`, as Unicode names a character. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
