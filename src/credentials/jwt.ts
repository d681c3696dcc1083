import { type ApiPorts, call } from '../api/call.js'
import { type ApiDialect, type ApiError, isRefusedWith, type Operation } from '../api/error.js'
import { parseJsonObject, ServerText, secretMember, textMember } from '../api/values.js'
import { Failure } from '../failures.js'
import type { HttpResponse } from '../http/transport.js'
import { isInsecure } from '../matrix/homeserver-address.js'
import { loginIdentifier } from '../matrix/identifiers.js'
import { refusal, refusedToken } from '../matrix/refusals.js'
import { Secret } from '../secret.js'
import type {
  Credential,
  CredentialKind,
  CredentialReader,
  Incomplete,
  LoginContext,
  TokenRequest,
  UserDemand,
} from './kind.js'
import { loginCredential, loginTokenRequest } from './login-flow.js'
import { explainLoginRefusal } from './refusals.js'

/** The login type of Synapse (docs/jwt.md) and Tuwunel; not part of the specification. */
const SYNAPSE_JWT = 'org.matrix.login.jwt'

/** A JSON Web Token from another issuer. */
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

/**
 * Returns which user a JWT login needs. Synapse requires an `identifier` for login types of its modules, even if the
 * module ignores it.
 */
function userForJwt(reader: CredentialReader): UserDemand {
  return loginType(reader) === SYNAPSE_JWT ? 'none' : 'any'
}

/** Returns `jwt-login-type`, or its default. */
function loginType(reader: CredentialReader): string {
  const type = reader.text('jwt-login-type')
  return type === '' ? SYNAPSE_JWT : type
}

/** Creates a login with a JWT from any source. @param fetchToken returns the token, called for each login */
function jwtCredential(
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
  error: ApiError,
  input: string,
  token: Secret | undefined,
  context: LoginContext,
): Failure | undefined {
  // synapse-token-authenticator accepts the token, but Synapse has no account of that spelling: "No row found (users)".
  if (isRefusedWith(error, 404, 'M_UNKNOWN')) return refusal(error, 'wrong-credentials', UNKNOWN_USER)
  const refused = refusedToken(error, input, HINT)
  if (refused !== undefined && token !== undefined) {
    context.group('Claims of the refused token, for its issuer’s and the server’s settings', describeClaims(token))
  }
  return refused
}

/**
 * Lists the claims of a JSON Web Token, one per line, so that a trust policy can be debugged from the log. Never shows
 * the token or its signature.
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

const URL_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_URL'
const TOKEN_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'

/**
 * The identity of the runner: an OpenID Connect ID token for an audience, used as a JWT. It is valid for a few minutes.
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const oidcAudience: CredentialKind = {
  input: 'oidc-audience',
  form: 'text',
  secretVariables: [TOKEN_VARIABLE],
  needsUser: userForJwt,
  logoutAllowed: true,
  rotates: true,
  incomplete: (reader) => {
    if (URL.canParse(reader.environment(URL_VARIABLE))) return undefined
    return reader.environment('ACT') === 'true' ? { ...NO_ID_TOKEN, hint: ON_ACT } : NO_ID_TOKEN
  },
  read: (reader) => {
    const source = {
      url: reader.environment(URL_VARIABLE),
      token: new Secret(reader.environment(TOKEN_VARIABLE)),
      audience: reader.secret,
    }
    return jwtCredential('an ID token of this run', 'oidc-audience', loginType(reader), ({ client }) =>
      requestIdToken(source, client.ports),
    )
  },
}

const NO_ID_TOKEN: Incomplete = {
  text: '`oidc-audience` is set, but this job may not ask for an ID token.',
  code: 'missing-credentials',
  hint: 'Give the job `permissions: id-token: write` (with whatever else it needs: naming one permission takes the others away).',
}

const ON_ACT = '`act` gives no ID tokens (https://github.com/nektos/act/issues/2500). Use another credential there.'

const CHANGED = 'The runner sets this variable. Has an earlier step of the job changed it?'

/** The endpoint of the runner that issues ID tokens, and the audience. */
interface IdTokenSource {
  readonly url: string
  readonly token: Secret
  readonly audience: string
}

const GIVE_ID_TOKEN: Operation = { phrase: 'give an ID token' }

/** The service has no documented error format; some of its responses have a `message`. The token member is `value`. */
const ID_TOKEN_SERVICE: ApiDialect = {
  serverKind: 'an ID token service of a runner',
  readError: (body) => ({ errcode: undefined, text: textMember(body, 'message') }),
  tokenMembers: ['value'],
}

async function requestIdToken({ url, token, audience }: IdTokenSource, ports: ApiPorts): Promise<Secret> {
  const service = new URL(url)
  if (isInsecure(service, false)) {
    throw new Failure('insecure-url', `${URL_VARIABLE} (${service.origin}) would carry a token without TLS.`, CHANGED)
  }
  service.searchParams.set('audience', audience)
  const request = { operation: GIVE_ID_TOKEN, server: service.origin, method: 'GET', url: service.href } as const
  const authorization = `Bearer ${token.reveal()}`
  const answer = await call({ ...request, authorization, dialect: ID_TOKEN_SERVICE, isNotReady }, ports)
  const idToken = secretMember(answer, 'value')
  if (idToken !== undefined) return idToken
  throw new Failure('server-error', `${service.origin} gave no ID token: its answer has no usable value.`)
}

/**
 * Returns the reason if the service is not ready: GitHub answers 403 for the first moments of a job that waited in a
 * concurrency group ("Can't issue ID_TOKEN for job in 'Pending' state.").
 * @see https://github.com/aws-actions/configure-aws-credentials/issues/469
 */
function isNotReady({ status, body }: HttpResponse): string | undefined {
  const text = textMember(parseJsonObject(body) ?? {}, 'message')?.raw ?? Buffer.from(body).toString()
  if (status !== 403 || !/for job in '\w+' state/.test(text)) return undefined
  return 'the ID token service does not know yet that the job runs (403)'
}
