import { type ApiError, isUnrecognized, type Operation } from '../api/error.js'
import type { Failure } from '../failures.js'
import { whoami } from '../matrix/account.js'
import type { MatrixClient } from '../matrix/client.js'
import { accountFailure, refusal, refusedToken } from '../matrix/refusals.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, LoginContext, TokenRequest } from './kind.js'
import { LOGOUT } from './login-flow.js'
import { notOffered } from './refusals.js'

const LOG_IN_AS: Operation = { phrase: 'log in as the user' }

/**
 * The token of a server administrator, who may log in as a user: `POST /_synapse/admin/v1/users/{user}/login`.
 * @see https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#login-as-a-user
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
    // Synapse creates no device; Tuwunel creates one and chooses its ID.
    device: 'existing',
    opensSession: true,
    singleUse: false,
    // The token of a locked user is invalid when it is issued.
    needsWhoami: true,
    accessTokens: [admin],
    afterLostAnswer: `A token may exist whose value was lost${validForMs === undefined ? '' : '; it expires by itself'}.`,
    requestTokens: (context) => logInAs(admin, validForMs, context),
    explain: (error, { client }) => explainAdminRefusal(error, client),
  }
}

/**
 * Logs in as the user. The token has no device, and each attempt issues another one: no retry after a lost response.
 */
async function logInAs(admin: Secret, validForMs: number | undefined, context: LoginContext): Promise<TokenRequest> {
  const { client, now } = context
  const userId = await fullUserId(admin, context)
  const expiresAt = validForMs === undefined ? undefined : now() + validForMs
  return {
    send: () =>
      client.send({
        operation: LOG_IN_AS,
        method: 'POST',
        path: `/_synapse/admin/v1/users/${encodeURIComponent(userId)}/login`,
        body: expiresAt === undefined ? {} : { valid_until_ms: expiresAt },
        accessToken: admin,
        retryPolicy: 'unless-lost',
      }),
    teardown: () => LOGOUT,
    read: () => (expiresAt === undefined ? {} : { expiresAt }),
  }
}

/**
 * Returns the full user ID, which the API requires. A user without a server name is on the administrator's own server.
 */
async function fullUserId(admin: Secret, { user, client }: LoginContext): Promise<string> {
  if (user === undefined || !('localpart' in user)) throw new Error('an administrator without a user')
  if (user.kind === 'user-id') return user.userId
  const own = (await whoami(client, admin)).userId.raw
  return `@${user.localpart}${own.slice(own.indexOf(':'))}`
}

async function explainAdminRefusal(error: ApiError, client: MatrixClient): Promise<Failure | undefined> {
  const { problem } = error
  if (error.operation !== LOG_IN_AS)
    return accountFailure(error) ?? refusedToken(error, 'synapse-admin-token', NOT_ADMIN)
  if (problem.kind === 'foreign' || isUnrecognized(error)) return notOffered(error, client, HIDDEN)
  if (problem.kind !== 'refused') return undefined
  if (problem.status === 404) return refusal(error, 'wrong-credentials', UNKNOWN_USER)
  if (problem.status === 400) return refusal(error, 'denied', NOT_THIS_USER)
  return refusedToken(error, 'synapse-admin-token', NOT_ADMIN)
}

const HIDDEN =
  'The admin API is not reachable at this address: most proxies do not forward /_synapse/admin (use a self-hosted runner ' +
  'inside the network), other homeservers than Synapse and Tuwunel have none, and behind Matrix Authentication Service it ' +
  'is switched off (set `mas-client-id` and `mas-client-secret` instead).'

const UNKNOWN_USER = 'Does the account exist? The user ID must be exactly as the server has it, capitals too.'

const NOT_THIS_USER =
  'An administrator can log in as another user of the same server only: not as itself (give its token as `access-token`), ' +
  'and not as a user of another server.'

const NOT_ADMIN =
  'Is it the access token of an account with administrator rights on this server, and is it still valid?'
