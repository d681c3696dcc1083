import type { ApiError } from '../api/error.js'
import type { Failure } from '../failures.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind } from './kind.js'

/** Prefixes that identify the issuer of an access token. Tokens are opaque, so this is used for hints only. */
const PREFIXES = {
  syt: 'of Synapse',
  mct: 'of Matrix Authentication Service, lasting',
  mat: 'of Matrix Authentication Service, OAuth, short-lived',
  mpt: 'of Matrix Authentication Service, personal',
} as const

type AccessTokenPrefix = keyof typeof PREFIXES

/** Returns the prefix that identifies the kind of an access token; `undefined` for any other text. */
export function accessTokenPrefix(secret: Secret): AccessTokenPrefix | undefined {
  const text = secret.reveal()
  return (['syt', 'mct', 'mat', 'mpt'] as const).find((prefix) => text.startsWith(`${prefix}_`))
}

/** An existing access token: verified with `whoami`, masked, delivered. */
export const accessToken: CredentialKind = {
  input: 'access-token',
  form: 'token',
  needsUser: () => 'none',
  logoutAllowed: false,
  rotates: false,
  read: ({ secret }) => accessTokenCredential(new Secret(secret)),
}

function accessTokenCredential(secret: Secret): Credential {
  const prefix = accessTokenPrefix(secret)
  const kind = prefix === undefined ? 'of a kind that its form does not tell' : PREFIXES[prefix]
  return {
    description: `a given access token (${kind})`,
    device: 'existing',
    opensSession: false,
    singleUse: false,
    needsWhoami: true,
    requestTokens: ({ warning }) => {
      if (prefix === 'mat') warning(SHORT_LIVED)
      return Promise.resolve({ given: secret })
    },
    explain: (error) => explainRefusal(error, prefix),
  }
}

const SHORT_LIVED =
  'This access token (mat_…) belongs to an OAuth session, such as that of Element Web. It is valid for minutes to hours ' +
  'and ends with that session. Let the action log in with a password instead, or store a token of a session of its own.'

const INVALID =
  'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.'

async function explainRefusal(error: ApiError, prefix: AccessTokenPrefix | undefined): Promise<Failure | undefined> {
  const { refusedToken } = await import('../matrix/refusals.js')
  return refusedToken(error, 'access-token', prefix === 'mat' ? SHORT_LIVED : INVALID)
}
