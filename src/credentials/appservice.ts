import { type ApiError, isRefusedWith } from '../api/error.js'
import type { Failure } from '../failures.js'
import type { MatrixClient } from '../matrix/client.js'
import { loginIdentifier } from '../matrix/identifiers.js'
import { accountFailure, refusal, refusedToken } from '../matrix/refusals.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, LoginContext, TokenRequest } from './kind.js'
import { loginCredential, loginTokenRequest } from './login-flow.js'
import { explainLoginRefusal, notOffered } from './refusals.js'

const FLOW = 'm.login.application_service'

/**
 * The token of an application service, for a user in its namespace: `m.login.application_service`.
 * @see https://spec.matrix.org/latest/application-service-api/#server-admin-style-permissions
 */
export const appserviceToken: CredentialKind = {
  input: 'appservice-token',
  form: 'token',
  needsUser: () => 'name',
  logoutAllowed: true,
  rotates: true,
  read: ({ secret }) => appserviceCredential(new Secret(secret)),
}

function appserviceCredential(token: Secret): Credential {
  return loginCredential({
    description: 'an application service token',
    // Dendrite also issues a token for a user that was never registered; every request with it is answered with 500.
    needsWhoami: true,
    accessTokens: [token],
    requestTokens: (context) => Promise.resolve(appserviceRequest(token, context)),
    explain: async (error, context) =>
      (await explainAppservice(error, context.client)) ??
      explainLoginRefusal(error, FLOW, context, () => refusedToken(error, 'appservice-token', HINT)),
  })
}

function appserviceRequest(token: Secret, context: LoginContext): TokenRequest {
  if (context.user === undefined) throw new Error('an application service without a user')
  const credential = { type: FLOW, identifier: loginIdentifier(context.user) }
  return loginTokenRequest(credential, context, { accessToken: token })
}

const HINT =
  'Is it the as_token (not the hs_token) of the registration file that the server has loaded, and is `user` in its ' +
  'namespace of users?'

async function explainAppservice(error: ApiError, client: MatrixClient): Promise<Failure | undefined> {
  const { problem } = error
  if (problem.kind !== 'refused' || accountFailure(error) !== undefined) return undefined
  const { errcode = '' } = problem
  if (errcode.endsWith('M_APPSERVICE_LOGIN_UNSUPPORTED')) return notOffered(error, client, MASQUERADE)
  if (errcode === 'M_EXCLUSIVE') return refusal(error, 'token-invalid', HINT)
  // Synapse: "No row found (users)".
  return isRefusedWith(error, 404, 'M_UNKNOWN') ? refusal(error, 'wrong-credentials', UNREGISTERED) : undefined
}

/** MSC4190, and Matrix 1.17: `M_APPSERVICE_LOGIN_UNSUPPORTED`. */
const MASQUERADE =
  'Users of this application service do not log in: it acts for them with its own token and ?user_id=@name:example.org ' +
  'on each request.'

const UNREGISTERED =
  'The user is in the namespace but was never registered: let the application service register it first ' +
  '(POST /register with type m.login.application_service).'
