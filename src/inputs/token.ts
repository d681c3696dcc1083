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
  if (/^bearer\s/i.test(token)) {
    problems.refuse(input, token, 'begins with `Bearer`, which is not part of the token; it was not sent', word)
  }
  problems.refuse(input, token, 'holds white space or characters that no token has; it was not sent', word)
}
