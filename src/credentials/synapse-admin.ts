import { Failure, type FailureWord } from '../failures.js'
import { AnswerError } from '../matrix/answers.js'
import { isUnrecognized, type MatrixClient } from '../matrix/client.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import { isIssuedToken, issuedTokens } from '../matrix/login.js'
import { whoami } from '../matrix/whoami.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, Opened, OpeningContext } from './credential.js'
import { LOGOUT } from './ending.js'
import { accountFailure, describeRefusal, notOffered, refusedToken } from './refusals.js'

const LOG_IN_AS = 'log in as the user'

/**
 * The token of a server administrator, who may log in as a user: `POST /_synapse/admin/v1/users/{user}/login`.
 * https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#login-as-a-user
 */
export const synapseAdminToken: CredentialKind = {
  input: 'synapse-admin-token',
  form: 'token',
  options: ['valid-for'],
  needsUser: () => 'name',
  logoutAllowed: true,
  rotates: true,
  endsByItself: true,
  read: ({ secret, validForMs }) => synapseAdminCredential(new Secret(secret), validForMs),
}

function synapseAdminCredential(admin: Secret, validForMs: number | undefined): Credential {
  return {
    description: 'the token of a Synapse administrator',
    // Synapse makes none; Tuwunel makes one that it names itself.
    device: 'existing',
    opensSession: true,
    isReplaced: false,
    // A locked user's token is dead on arrival.
    mustBeProven: true,
    afterLostAnswer: `A token may exist which nobody holds${validForMs === undefined ? '' : '; it ends by itself'}.`,
    open: (context) => logInAs(admin, validForMs, context),
    explain: (error, { client }) => explainAdminRefusal(error, client),
  }
}

/** The token belongs to no device, and each try makes one more: it is not repeated once an answer was lost. */
async function logInAs(admin: Secret, validForMs: number | undefined, context: OpeningContext): Promise<Opened> {
  const { client, now, sending, issued } = context
  const userId = await fullUserId(admin, context)
  const expiresAt = validForMs === undefined ? undefined : now() + validForMs
  sending()
  const answer = await client.send({
    operation: LOG_IN_AS,
    method: 'POST',
    path: `/_synapse/admin/v1/users/${encodeURIComponent(userId)}/login`,
    body: expiresAt === undefined ? {} : { valid_until_ms: expiresAt },
    accessToken: admin,
    repeatable: 'unless-lost',
  })
  const tokens = issuedTokens(answer)
  issued(tokens, LOGOUT)
  if (tokens.accessToken === undefined || !isIssuedToken(tokens.accessToken)) {
    const what = 'it has no usable access_token'
    throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, LOG_IN_AS, true)
  }
  const accessToken = new Secret(tokens.accessToken)
  return { accessToken, ending: LOGOUT, ...(expiresAt === undefined ? {} : { expiresAt }) }
}

/** The API takes nothing but a full user ID. Who is given by name only is on the administrator's own server. */
async function fullUserId(admin: Secret, { user, client }: OpeningContext): Promise<string> {
  if (user === undefined) throw new Error('an administrator without a user')
  if (user.kind === 'user-id') return user.userId
  const { userId } = await whoami(client, admin)
  return `@${localpartOf(user)}${userId.slice(userId.indexOf(':'))}`
}

function localpartOf(user: UserIdentifier): string {
  if (!('localpart' in user)) throw new Error('a user without a name')
  return user.localpart
}

async function explainAdminRefusal(error: AnswerError, client: MatrixClient): Promise<Failure | undefined> {
  const { problem } = error
  const fail = (word: FailureWord, hint: string) => new Failure(word, describeRefusal(error), hint, { cause: error })
  if (error.operation !== LOG_IN_AS)
    return accountFailure(error) ?? refusedToken(error, 'synapse-admin-token', NOT_ADMIN)
  if (problem.kind === 'not-matrix' || isUnrecognized(error)) return notOffered(error, client, HIDDEN)
  if (problem.kind !== 'refused') return undefined
  if (problem.status === 404) return fail('wrong-credentials', UNKNOWN_USER)
  if (problem.status === 400) return fail('denied', NOT_THIS_USER)
  return refusedToken(error, 'synapse-admin-token', NOT_ADMIN)
}

const HIDDEN =
  'The admin API is not to be reached there: most proxies do not forward /_synapse/admin (use a self-hosted runner inside ' +
  'the network), other homeservers than Synapse and Tuwunel have none, and behind Matrix Authentication Service it is ' +
  'switched off (set mas-client-id and mas-client-secret instead).'

const UNKNOWN_USER = 'Does the account exist? The user ID must be exactly as the server has it, capitals too.'

const NOT_THIS_USER =
  'An administrator can log in as another user of the same server only: not as itself (give its token as access-token), ' +
  'and not as somebody on another server.'

const NOT_ADMIN = 'Is it the access token of an account with administrator rights on this server, and still alive?'
