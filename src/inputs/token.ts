import { isToken } from '../api/values.js'
import type { Problems } from './problems.js'

/** Notes a token that cannot stand in a header, and so is none: a line break in the middle of it, say. */
export function checkToken(
  input: string,
  token: string,
  problems: Problems,
  word: 'token-invalid' | 'invalid-input' = 'token-invalid',
): void {
  if (token === '' || isToken(token)) return
  problems.add(`${input} holds white space or characters that no token has; it was not sent.`, word)
}
