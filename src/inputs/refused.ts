import { unusualCharacters } from './characters.js'

/**
 * Describes a value that was refused. Any value can be a secret in the wrong place, and what is derived from it (cut,
 * lower-cased, escaped) no mask recognises: so nothing of it is shown, only its length.
 */
export function describeValue(raw: string): string {
  const { length } = [...raw.trim()]
  return `(${length} ${length === 1 ? 'character' : 'characters'})`
}

/**
 * The sentences about a refused value.
 * @param what completes the sentence "`input` …"
 */
export function describeRefused(input: string, raw: string, what: string): string {
  const unusual = unusualCharacters(raw.trim())
  const more = unusual.length === 0 ? '' : ` It has ${unusual.join(', and ')}.`
  return `\`${input}\` ${describeValue(raw)} ${what}.${more}`
}
