import { isToken } from '../api/values.js'
import type { Problems } from './problems.js'

/** Reports a token that cannot stand in a header, for example one with a line break in it. */
export function checkToken(
  input: string,
  token: string,
  problems: Problems,
  word: 'token-invalid' | 'invalid-input' = 'token-invalid',
): void {
  if (token === '' || isToken(token)) return
  problems.refuse(input, token, 'holds white space or characters that no token has; it was not sent', word)
}
