import { loginIdentifier } from '../matrix/identifiers.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, Opened, OpeningContext } from './credential.js'
import { loginCredential, openByLogin } from './login-flow.js'
import { explainLoginRefusal, isAboutTheAccount, wrongPassword } from './login-refusals.js'

const FLOW = 'm.login.password'

/**
 * A user and a password: `m.login.password`, one request.
 * https://spec.matrix.org/latest/client-server-api/#password-based
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
  const open = (context: OpeningContext) => openWithPassword(secret, context)
  return loginCredential({
    description: 'a password',
    open,
    explain: (error, context) =>
      explainLoginRefusal(error, FLOW, context, (flows) =>
        isAboutTheAccount(error) ? wrongPassword(error, flows) : undefined,
      ),
  })
}

function openWithPassword(secret: Secret, context: OpeningContext): Promise<Opened> {
  const { user } = context
  if (user === undefined) throw new Error('a password without a user')
  // The password goes as it was given: Synapse normalises Unicode itself, other servers do not at all.
  return openByLogin({ type: FLOW, identifier: loginIdentifier(user), password: secret.reveal() }, context)
}
