import { Failure } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import { loginIdentifier } from '../matrix/identifiers.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, OpeningContext } from './credential.js'
import { loginCredential, openByLogin } from './login-flow.js'
import { explainLoginRefusal } from './login-refusals.js'
import { accountFailure, describeRefusal, notOffered, refusedToken } from './refusals.js'

const FLOW = 'm.login.application_service'

/**
 * The token of an application service, for a user of its namespace: `m.login.application_service`.
 * https://spec.matrix.org/latest/application-service-api/#server-admin-style-permissions
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
  const open = (context: OpeningContext) => {
    if (context.user === undefined) throw new Error('an application service without a user')
    const credential = { type: FLOW, identifier: loginIdentifier(context.user) }
    return openByLogin(credential, context, { accessToken: token })
  }
  return loginCredential({
    description: 'an application service token',
    // Dendrite gives a token also for a user that was never registered; everything answers 500 to it.
    mustBeProven: true,
    open,
    explain: (error, context) =>
      explainAppservice(error, context.client) ??
      explainLoginRefusal(error, FLOW, context, () => refusedToken(error, 'appservice-token', HINT)),
  })
}

const HINT =
  'Is it the as_token (not the hs_token) of the registration file that the server has loaded, and is user in its ' +
  'namespace of users?'

function explainAppservice(error: AnswerError, client: MatrixClient): Promise<Failure> | undefined {
  const { problem } = error
  if (problem.kind !== 'refused' || accountFailure(error) !== undefined) return undefined
  const { status, errcode = '' } = problem
  if (errcode.endsWith('M_APPSERVICE_LOGIN_UNSUPPORTED')) {
    return notOffered(error, client, MASQUERADE)
  }
  if (errcode === 'M_EXCLUSIVE') return failure('token-invalid', error, HINT)
  // Synapse: "No row found (users)".
  if (status === 404 && errcode === 'M_UNKNOWN') return failure('wrong-credentials', error, UNREGISTERED)
  return undefined
}

function failure(word: 'token-invalid' | 'wrong-credentials', error: AnswerError, hint: string) {
  return Promise.resolve(new Failure(word, describeRefusal(error), hint, { cause: error }))
}

/** MSC4190, and Matrix 1.17: `M_APPSERVICE_LOGIN_UNSUPPORTED`. */
const MASQUERADE =
  'Users of this application service do not log in: it acts for them with its own token and ?user_id=@name:example.org ' +
  'on each request.'

const UNREGISTERED =
  'The user is in the namespace but was never registered: let the application service register it first ' +
  '(POST /register with type m.login.application_service).'
