import { Failure } from '../failures.js'
import { refusedToken } from '../matrix/refusals.js'
import { Secret } from '../secret.js'
import { accessTokenPrefix } from './access-token.js'
import type { Credential, CredentialKind, LoginContext, TokenRequest } from './kind.js'
import { loginCredential, loginTokenRequest } from './login-flow.js'
import { explainLoginRefusal } from './refusals.js'

const FLOW = 'm.login.token'

/**
 * A login token, valid for one login within a short time: `m.login.token`.
 * @see https://spec.matrix.org/latest/client-server-api/#token-based-user-login
 */
export const loginToken: CredentialKind = {
  input: 'login-token',
  form: 'token',
  needsUser: () => 'none',
  logoutAllowed: true,
  // It is single-use.
  rotates: false,
  read: ({ secret }) => loginTokenCredential(new Secret(secret)),
}

function loginTokenCredential(secret: Secret): Credential {
  return loginCredential({
    description: 'a login token',
    afterLostAnswer: 'The login token counts as used: get a new one before the next try.',
    requestTokens: (context) => Promise.resolve(loginTokenLogin(secret, context)),
    explain: (error, context) =>
      explainLoginRefusal(error, FLOW, context, () => refusedToken(error, 'login-token', HINT)),
  })
}

const HINT =
  'A login token works once, and for seconds to minutes only: 30 s on Matrix Authentication Service, two minutes on ' +
  'Synapse. It must be made in this very run; what can be stored is an `access-token`.'

function loginTokenLogin(secret: Secret, context: LoginContext): TokenRequest {
  const prefix = accessTokenPrefix(secret)
  if (prefix !== undefined) {
    const message = `\`login-token\` holds an access token (${prefix}_…); it was not sent.`
    throw new Failure('token-invalid', message, 'Give it as `access-token` instead.')
  }
  return loginTokenRequest({ type: FLOW, token: secret.reveal() }, context, { retryPolicy: 'unless-lost' })
}
