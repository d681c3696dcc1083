import { Failure } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import { isToken } from '../matrix/login.js'
import type { Session } from '../matrix/session.js'
import { whoami } from '../matrix/whoami.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, OpeningContext } from './credential.js'
import { accountFailure, describeRefusal } from './refusals.js'

/** A token that exists already: checked with `whoami`, masked, passed on. */
export const accessToken: CredentialKind = {
  input: 'access-token',
  form: 'token',
  needsUser: false,
  logoutAllowed: false,
  rotates: false,
  read: (text) => accessTokenCredential(new Secret(text)),
}

function accessTokenCredential(secret: Secret): Credential {
  return {
    description: `a given access token (${tokenKind(secret)})`,
    opensSession: false,
    open: (context) => useToken(secret, context),
    explain: (error) => Promise.resolve(explainRefusal(error, secret)),
  }
}

async function useToken(secret: Secret, { client, warning }: OpeningContext): Promise<Session> {
  if (!isToken(secret.reveal())) {
    throw new Failure(
      'token-invalid',
      'access-token holds white space or characters that no token has; it was not sent.',
    )
  }
  const owner = await whoami(client, secret)
  if (isShortLived(secret)) warning(SHORT_LIVED)
  return { homeserverUrl: client.baseUrl, accessToken: secret, ...owner }
}

const SHORT_LIVED =
  'This access token (mat_…) belongs to an OAuth session, such as that of Element Web: it lives for minutes and dies ' +
  'with that session. Let the action log in with a password instead, or store a token of a session of its own.'

function isShortLived(secret: Secret): boolean {
  return secret.reveal().startsWith('mat_')
}

/** What the prefix says. Tokens are opaque, so this is for hints only. */
function tokenKind(secret: Secret): string {
  const prefix = /^(syt|mct|mat|mpt)_/.exec(secret.reveal())?.[1]
  switch (prefix) {
    case 'syt':
      return 'of Synapse'
    case 'mct':
      return 'of Matrix Authentication Service, lasting'
    case 'mat':
      return 'of Matrix Authentication Service, OAuth, short-lived'
    case 'mpt':
      return 'of Matrix Authentication Service, personal'
    default:
      return 'of a kind that its form does not tell'
  }
}

function explainRefusal(error: AnswerError, secret: Secret): Failure | undefined {
  const { problem } = error
  if (problem.kind !== 'refused' || (problem.status !== 401 && problem.status !== 403)) return undefined
  const known = accountFailure(error)
  if (known !== undefined) return known
  const hint = isShortLived(secret)
    ? SHORT_LIVED
    : 'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.'
  return new Failure('token-invalid', describeRefusal(error), hint, { cause: error })
}
