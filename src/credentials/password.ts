import { loginIdentifier } from '../matrix/identifiers.js'
import { loginRequest, sessionFromLogin } from '../matrix/login.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, OpeningContext } from './credential.js'
import { explainLoginRefusal } from './login-refusals.js'

const FLOW = 'm.login.password'

/**
 * A user and a password: `m.login.password`, one request.
 * https://spec.matrix.org/latest/client-server-api/#password-based
 */
export const password: CredentialKind = {
  input: 'password',
  form: 'password',
  needsUser: true,
  logoutAllowed: true,
  rotates: true,
  read: (text) => passwordCredential(new Secret(text)),
}

function passwordCredential(secret: Secret): Credential {
  return {
    description: 'a password',
    opensSession: true,
    open: (context) => openWithPassword(secret, context),
    explain: (error, context) => explainLoginRefusal(error, FLOW, context),
  }
}

async function openWithPassword(secret: Secret, { client, user, device, now, issued }: OpeningContext) {
  if (user === undefined) throw new Error('a password without a user')
  // The password goes as it was given: Synapse normalises Unicode itself, other servers do not at all.
  const credential = { type: FLOW, identifier: loginIdentifier(user), password: secret.reveal() }
  const answer = await client.send(loginRequest(credential, device))
  issued(answer)
  return sessionFromLogin(client, answer, now())
}
