import { type AnswerError, isRefusedWith } from '../api/error.js'
import { parseJsonObject, ServerText } from '../api/values.js'
import type { Failure } from '../failures.js'
import { loginIdentifier } from '../matrix/identifiers.js'
import { refusal, refusedToken } from '../matrix/refusals.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, CredentialReader, LoginContext, TokenRequest, UserDemand } from './kind.js'
import { loginCredential, loginTokenRequest } from './login-flow.js'
import { explainLoginRefusal } from './refusals.js'

/** Synapse's own (docs/jwt.md) and Tuwunel's; not part of the specification. */
const SYNAPSE_JWT = 'org.matrix.login.jwt'

/** A JSON Web Token of another issuer. */
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

/** `jwt-login-type`, or its default. */
export function loginType(reader: CredentialReader): string {
  const type = reader.text('jwt-login-type')
  return type === '' ? SYNAPSE_JWT : type
}

/** A login with a JWT of any origin. @param fetchToken gets the token, for each login anew */
export function jwtCredential(
  description: string,
  input: string,
  type: string,
  fetchToken: (context: LoginContext) => Promise<Secret>,
): Credential {
  let last: Secret | undefined
  return loginCredential({
    description: `${description} (${type})`,
    requestTokens: async (context) => {
      last = await fetchToken(context)
      return jwtRequest(last, type, context)
    },
    explain: (error, context) =>
      explainLoginRefusal(error, type, context, () => refusedJwt(error, input, last, context)),
  })
}

function jwtRequest(token: Secret, type: string, context: LoginContext): TokenRequest {
  const { user } = context
  const identifier = type === SYNAPSE_JWT || user === undefined ? {} : { identifier: loginIdentifier(user) }
  return loginTokenRequest({ type, ...identifier, token: token.reveal() }, context)
}

function refusedJwt(
  error: AnswerError,
  input: string,
  token: Secret | undefined,
  context: LoginContext,
): Failure | undefined {
  // synapse-token-authenticator lets the token pass, and Synapse finds no account of that spelling: "No row found (users)".
  if (isRefusedWith(error, 404, 'M_UNKNOWN')) return refusal(error, 'wrong-credentials', UNKNOWN_USER)
  const refused = refusedToken(error, input, HINT)
  if (refused !== undefined && token !== undefined) {
    context.group('Claims of the refused token, for its issuer’s and the server’s settings', describeClaims(token))
  }
  return refused
}

/**
 * The claims of a JSON Web Token, a line each: only what it says, never the token itself nor its signature, so that a
 * trust policy can be debugged from the log.
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
function describeClaims(token: Secret): readonly string[] {
  const [, payload, signature] = token.reveal().split('.')
  const isWhole = payload !== undefined && signature !== undefined
  const claims = isWhole ? parseJsonObject(Buffer.from(payload, 'base64url')) : undefined
  if (claims === undefined)
    return ['It is not a JSON Web Token: three parts with dots between them, the second one JSON.']
  return Object.entries(claims).map(([name, value]) => String(new ServerText(`${name}: ${JSON.stringify(value)}`)))
}

const UNKNOWN_USER = 'Does the account exist? `user` must be exactly as the server has it, capitals too.'

const HINT =
  'Compare the claims in the log above with what the server demands: issuer, audience, the claim that names the user, ' +
  'expiry (clocks may differ), and for a module the repository.'
