import { isToken } from '../api/values.js'
import type { Problems } from './values.js'

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
 * Ordinary names can also start with `mat_`, `mar_` and `ghs_`, so such a token must be long or have digits or
 * capitals.
 */
const SHAPES: readonly (readonly [pattern: RegExp, issuer: TokenShape['issuer'], kind: string])[] = [
  [/(?<![A-Za-z0-9])(sy[trl]_)\S*/, 'matrix', 'an access token'],
  [/(?<![A-Za-z0-9])(m(?:ct|cr|pt)_)[A-Za-z0-9_]{8,}/, 'matrix', 'an access token'],
  [/(?<![A-Za-z0-9])(ma[tr]_)(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{12,}[A-Za-z0-9_]*/, 'matrix', 'an access token'],
  [/(?<![A-Za-z0-9])(gh[opsur]_)[A-Za-z0-9_]{8,}/, 'forge', 'a GitHub token'],
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

/** Reports a token that cannot be sent in a header, for example one with a line break. */
export function checkToken(
  input: string,
  token: string,
  problems: Problems,
  code: 'token-invalid' | 'invalid-input' = 'token-invalid',
): void {
  if (token === '' || isToken(token)) return
  if (/^bearer\s/i.test(token)) {
    problems.refuse(input, token, 'begins with `Bearer`, which is not part of the token; it was not sent', code)
  }
  problems.refuse(input, token, 'holds white space or characters that no token has; it was not sent', code)
}
