import type { ApiError } from '../api/error.js'
import type { Failure } from '../failures.js'
import { loginIdentifier } from '../matrix/identifiers.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, LoginContext, TokenRequest } from './kind.js'
import { loginCredential, loginTokenRequest } from './login-flow.js'

const FLOW = 'm.login.password'

/**
 * A user and a password: `m.login.password`, one request.
 * @see https://spec.matrix.org/latest/client-server-api/#password-based
 */
export const password: CredentialKind = {
  input: 'password',
  form: 'password',
  needsUser: () => 'any',
  logoutAllowed: true,
  rotates: true,
  read: ({ secret }) => passwordCredential(new Secret(secret)),
}

function passwordCredential(secret: Secret): Credential {
  return loginCredential({
    description: 'a password',
    requestTokens: (context) => Promise.resolve(passwordRequest(secret, context)),
    explain: explainRefusal,
  })
}

function passwordRequest(secret: Secret, context: LoginContext): TokenRequest {
  const { user } = context
  if (user === undefined) throw new Error('a password without a user')
  // The password is sent unchanged: Synapse normalizes Unicode itself, other servers do not normalize it.
  return loginTokenRequest({ type: FLOW, identifier: loginIdentifier(user), password: secret.reveal() }, context)
}

async function explainRefusal(error: ApiError, context: LoginContext): Promise<Failure | undefined> {
  const { explainLoginRefusal, isAboutTheAccount } = await import('./refusals.js')
  const { refusal } = await import('../matrix/refusals.js')
  return explainLoginRefusal(error, FLOW, context, (flows) =>
    isAboutTheAccount(error) ? refusal(error, 'wrong-credentials', wrongPassword(flows)) : undefined,
  )
}

function wrongPassword(flows: readonly string[] = []): string {
  const passwordless = flows.includes('m.login.sso')
    ? ' An account that was made through single sign-on (Google, GitHub, …) has no password until one is set on its account page.'
    : ''
  return WRONG_PASSWORD + passwordless
}

const WRONG_PASSWORD =
  'Does the account exist on this server, and does the secret hold its current password, without quotes and without ' +
  'anything before or behind it? A deactivated account is answered in the same way.'
