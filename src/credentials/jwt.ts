import { Failure } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import { loginIdentifier } from '../matrix/identifiers.js'
import { isToken } from '../matrix/login.js'
import { Secret } from '../secret.js'
import { describeClaims } from './claims.js'
import type { Credential, CredentialKind, CredentialReader, OpeningContext, UserDemand } from './credential.js'
import { loginCredential, openByLogin } from './login-flow.js'
import { explainLoginRefusal } from './login-refusals.js'
import { describeRefusal, refusedToken } from './refusals.js'

/** Synapse's own (docs/jwt.md) and Tuwunel's; no part of the specification. */
const SYNAPSE_JWT = 'org.matrix.login.jwt'

/** A JSON Web Token that somebody else signed. */
export const jwt: CredentialKind = {
  input: 'jwt',
  form: 'token',
  needsUser: userForJwt,
  logoutAllowed: true,
  rotates: true,
  read: (reader) => {
    const token = new Secret(reader.secret)
    return jwtCredential('a JWT', 'jwt', loginType(reader), () => Promise.resolve(token))
  },
}

/** Synapse refuses the login types of its modules without an `identifier`, also where the module ignores it. */
export function userForJwt(reader: CredentialReader): UserDemand {
  return loginType(reader) === SYNAPSE_JWT ? 'none' : 'any'
}

/** `jwt-login-type`, or what it is by default. */
export function loginType(reader: CredentialReader): string {
  const type = reader.text('jwt-login-type')
  return type === '' ? SYNAPSE_JWT : type
}

/**
 * A login with a JWT of any origin.
 * @param fetchToken gets the token, for each login anew, and has it masked
 */
export function jwtCredential(
  description: string,
  input: string,
  type: string,
  fetchToken: (context: OpeningContext) => Promise<Secret>,
): Credential {
  let last: Secret | undefined
  const open = async (context: OpeningContext) => {
    const token = await fetchToken(context)
    last = token
    return openWithJwt(token, input, type, context)
  }
  return loginCredential({
    description: `${description} (${type})`,
    open,
    explain: (error, context) =>
      explainLoginRefusal(error, type, context, () => refusedJwt(error, input, last, context)),
  })
}

function openWithJwt(token: Secret, input: string, type: string, context: OpeningContext) {
  if (!isToken(token.reveal())) {
    throw new Failure('token-invalid', `${input} holds no JWT: there is white space in it. It was not sent.`)
  }
  const { user } = context
  const identifier = type === SYNAPSE_JWT || user === undefined ? {} : { identifier: loginIdentifier(user) }
  return openByLogin({ type, ...identifier, token: token.reveal() }, context)
}

function refusedJwt(error: AnswerError, input: string, token: Secret | undefined, context: OpeningContext) {
  const { problem } = error
  // synapse-token-authenticator lets the token pass, and Synapse finds no account of that spelling: "No row found (users)".
  if (problem.kind === 'refused' && problem.status === 404 && problem.errcode === 'M_UNKNOWN') {
    return new Failure('wrong-credentials', describeRefusal(error), UNKNOWN_USER, { cause: error })
  }
  const refused = refusedToken(error, input, HINT)
  if (refused !== undefined && token !== undefined) {
    context.group('Claims of the refused token, for its issuer’s and the server’s settings', describeClaims(token))
  }
  return refused
}

const UNKNOWN_USER = 'Does the account exist? user must be exactly as the server has it, capitals too.'

const HINT =
  'Compare the claims in the log above with what the server demands: issuer, audience, the claim that names the user, ' +
  'expiry (clocks may differ), and for a module the repository.'
