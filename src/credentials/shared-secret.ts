import { createHmac } from 'node:crypto'
import { Failure } from '../failures.js'
import { AnswerError } from '../matrix/answers.js'
import { cleanServerText } from '../matrix/server-text.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, Opened, OpeningContext } from './credential.js'
import { loginCredential, openByLogin } from './login-flow.js'
import { explainLoginRefusal, isAboutTheAccount } from './login-refusals.js'
import { accountFailure, describeRefusal } from './refusals.js'

const FLOW = 'com.devture.shared_secret_auth'
const PASSWORD_FLOW = 'm.login.password'

/**
 * The secret of *matrix-synapse-shared-secret-auth*, which opens every account of a server: its login type, or the same
 * proof as a password where the module offers only that.
 * https://github.com/devture/matrix-synapse-shared-secret-auth
 */
export const sharedSecret: CredentialKind = {
  input: 'shared-secret',
  form: 'password',
  needsUser: () => 'user-id',
  logoutAllowed: true,
  rotates: true,
  read: ({ secret }) => sharedSecretCredential(new Secret(secret)),
}

function sharedSecretCredential(secret: Secret): Credential {
  const open = (context: OpeningContext) => openWithSharedSecret(secret, context)
  return loginCredential({
    description: 'the shared secret',
    open,
    explain: (error, context) =>
      explainLoginRefusal(error, FLOW, context, () => (isAboutTheAccount(error) ? refusedProof(error) : undefined)),
  })
}

async function openWithSharedSecret(secret: Secret, context: OpeningContext): Promise<Opened> {
  const { user, client, mask } = context
  if (user?.kind !== 'user-id') throw new Error('a shared secret without a user ID')
  const proof = createHmac('sha512', secret.reveal()).update(user.userId).digest('hex')
  // As good as a password of that account.
  mask(proof)
  const identifier = { type: 'm.id.user', user: user.userId }
  try {
    return await openByLogin({ type: FLOW, identifier, token: proof }, context)
  } catch (error) {
    if (!(error instanceof AnswerError) || error.problem.kind !== 'refused') throw error
    const flows = await client.loginFlows()
    if (flows === undefined || flows.includes(FLOW) || !flows.includes(PASSWORD_FLOW)) throw error
    return openWithProofAsPassword({ type: PASSWORD_FLOW, identifier, password: proof }, flows, context)
  }
}

async function openWithProofAsPassword(
  credential: { readonly type: string; readonly identifier: object; readonly password: string },
  flows: readonly string[],
  context: OpeningContext,
): Promise<Opened> {
  try {
    return await openByLogin(credential, context)
  } catch (error) {
    if (!(error instanceof AnswerError) || accountFailure(error) !== undefined || !isAboutTheAccount(error)) throw error
    const message =
      `${describeRefusal(error)} The server does not offer ${FLOW}; it offers: ` +
      `${cleanServerText(flows.join(', '))}. The same proof was tried as a password.`
    throw new Failure('method-unavailable', message, NOT_INSTALLED, { cause: error })
  }
}

const NOT_INSTALLED =
  'Is matrix-synapse-shared-secret-auth installed and listed under modules? If it is, with its login type switched off, ' +
  'the shared secret or the user ID (exactly as the server has it, capitals too) is another one.'

function refusedProof(error: AnswerError): Failure {
  const hint =
    'Is it the shared_secret of the module, and is user the whole user ID, exactly as the server has it? ' +
    'Capitals, the name of another server and a user that does not exist are answered in the same way.'
  return new Failure('wrong-credentials', describeRefusal(error), hint, { cause: error })
}
