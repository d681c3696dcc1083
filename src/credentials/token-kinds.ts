import type { Secret } from '../secret.js'

/** Beginnings of access tokens that tell who made them. Tokens are opaque, so this is for hints only. */
const KINDS = {
  syt: 'of Synapse',
  mct: 'of Matrix Authentication Service, lasting',
  mat: 'of Matrix Authentication Service, OAuth, short-lived',
  mpt: 'of Matrix Authentication Service, personal',
} as const

type AccessTokenPrefix = keyof typeof KINDS

/** The beginning of an access token that tells its kind; `undefined` for any other text. */
export function accessTokenPrefix(secret: Secret): AccessTokenPrefix | undefined {
  const text = secret.reveal()
  return (['syt', 'mct', 'mat', 'mpt'] as const).find((prefix) => text.startsWith(`${prefix}_`))
}

/** The kind of an access token, as in "a given access token (…)". */
export function describeTokenKind(secret: Secret): string {
  const prefix = accessTokenPrefix(secret)
  return prefix === undefined ? 'of a kind that its form does not tell' : KINDS[prefix]
}
