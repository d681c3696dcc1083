import type { Failure } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, Opened, OpeningContext } from './credential.js'
import { LOGOUT } from './ending.js'
import { refusedToken } from './refusals.js'
import { accessTokenPrefix, describeTokenKind } from './token-kinds.js'

/** A token that exists already: checked with `whoami`, masked, passed on. */
export const accessToken: CredentialKind = {
  input: 'access-token',
  form: 'token',
  needsUser: () => 'none',
  logoutAllowed: false,
  rotates: false,
  read: ({ secret }) => accessTokenCredential(new Secret(secret)),
}

function accessTokenCredential(secret: Secret): Credential {
  return {
    description: `a given access token (${describeTokenKind(secret)})`,
    device: 'existing',
    opensSession: false,
    isReplaced: false,
    mustBeProven: true,
    open: (context) => Promise.resolve(takeToken(secret, context)),
    explain: (error) => Promise.resolve(explainRefusal(error, secret)),
  }
}

function takeToken(secret: Secret, { warning }: OpeningContext): Opened {
  if (isShortLived(secret)) warning(SHORT_LIVED)
  return { accessToken: secret, ending: LOGOUT }
}

const SHORT_LIVED =
  'This access token (mat_…) belongs to an OAuth session, such as that of Element Web: it lives for minutes and dies ' +
  'with that session. Let the action log in with a password instead, or store a token of a session of its own.'

function isShortLived(secret: Secret): boolean {
  return accessTokenPrefix(secret) === 'mat'
}

function explainRefusal(error: AnswerError, secret: Secret): Failure | undefined {
  const hint = isShortLived(secret)
    ? SHORT_LIVED
    : 'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.'
  return refusedToken(error, 'access-token', hint)
}
