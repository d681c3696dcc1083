import { createHmac } from 'node:crypto'
import { type ApiError, describeRefusal } from '../api/error.js'
import { joinServerTexts } from '../api/values.js'
import { Failure } from '../failures.js'
import { accountFailure, askLoginFlows, refusal } from '../matrix/refusals.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, LoginContext, TokenRequest } from './kind.js'
import { loginCredential, loginTokenRequest } from './login-flow.js'
import { explainLoginRefusal, isAboutTheAccount } from './refusals.js'

const FLOW = 'com.devture.shared_secret_auth'
const PASSWORD_FLOW = 'm.login.password'

/**
 * The secret of *matrix-synapse-shared-secret-auth*, which grants access to every account of a server: by its login
 * type, or by the same proof as a password if the module offers only that.
 * @see https://github.com/devture/matrix-synapse-shared-secret-auth
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
  return loginCredential({
    description: 'the shared secret',
    requestTokens: (context) => Promise.resolve(sharedSecretRequest(secret, context)),
    explain: (error, context) =>
      explainLoginRefusal(error, FLOW, context, () =>
        isAboutTheAccount(error) ? refusal(error, 'wrong-credentials', WRONG_PROOF) : undefined,
      ),
  })
}

function sharedSecretRequest(secret: Secret, context: LoginContext): TokenRequest {
  const { user, client, mask } = context
  if (user?.kind !== 'user-id') throw new Error('a shared secret without a user ID')
  const proof = createHmac('sha512', secret.reveal()).update(user.userId).digest('hex')
  // The proof is equivalent to a password of that account.
  mask(proof)
  const identifier = { type: 'm.id.user', user: user.userId }
  return {
    ...loginTokenRequest({ type: FLOW, identifier, token: proof }, context),
    alternative: async () => {
      const flows = await askLoginFlows(client)
      if (flows === undefined || flows.includes(FLOW) || !flows.includes(PASSWORD_FLOW)) return undefined
      return {
        ...loginTokenRequest({ type: PASSWORD_FLOW, identifier, password: proof }, context),
        explain: (error) => explainProofAsPassword(error, flows),
      }
    },
  }
}

function explainProofAsPassword(error: ApiError, flows: readonly string[]): Failure | undefined {
  if (accountFailure(error) !== undefined || !isAboutTheAccount(error)) return undefined
  const message =
    `${describeRefusal(error)} The server does not offer ${FLOW}; it offers: ${joinServerTexts(flows)}. ` +
    'The same proof was tried as a password.'
  return new Failure('method-unavailable', message, NOT_INSTALLED, { cause: error })
}

const NOT_INSTALLED =
  'Is matrix-synapse-shared-secret-auth installed and listed under modules? If it is, with its login type switched off, ' +
  'the shared secret or the user ID (exactly as the server has it, capitals too) is another one.'

const WRONG_PROOF =
  'Is it the shared_secret of the module, and is `user` the whole user ID, exactly as the server has it? ' +
  'Capitals, the name of another server and a user that does not exist are answered in the same way.'
