import { type ApiPorts, call } from '../api/call.js'
import type { ApiDialect, Operation } from '../api/error.js'
import { secretMember, textMember } from '../api/values.js'
import { Failure } from '../failures.js'
import { isInsecure } from '../matrix/homeserver-address.js'
import { Secret } from '../secret.js'
import { jwtCredential, loginType, userForJwt } from './jwt.js'
import type { CredentialKind, Incomplete } from './kind.js'

const URL_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_URL'
const TOKEN_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'

/**
 * The runner's own identity: an OpenID Connect ID token with an audience, used as a JWT within its few minutes.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export const oidcAudience: CredentialKind = {
  input: 'oidc-audience',
  form: 'text',
  secretVariables: [TOKEN_VARIABLE],
  needsUser: userForJwt,
  logoutAllowed: true,
  rotates: true,
  incomplete: (reader) => (URL.canParse(reader.environment(URL_VARIABLE)) ? undefined : NO_ID_TOKEN),
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
  word: 'missing-credentials',
  hint: 'Give the job `permissions: id-token: write` (with whatever else it needs: naming one permission takes the others away).',
}

const CHANGED = 'The runner sets this variable. Has an earlier step of the job changed it?'

/** Where the runner gives ID tokens, and for whom. */
interface IdTokenSource {
  readonly url: string
  readonly token: Secret
  readonly audience: string
}

const GIVE_ID_TOKEN: Operation = { phrase: 'give an ID token' }

/** The service has no documented form of errors; some of its answers have a `message`. The token is called `value`. */
const ID_TOKEN_SERVICE: ApiDialect = {
  serverKind: 'ID token service of a runner',
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
  const answer = await call({ ...request, authorization, dialect: ID_TOKEN_SERVICE }, ports)
  const idToken = secretMember(answer, 'value')
  if (idToken !== undefined) return idToken
  throw new Failure('server-error', `${service.origin} gave no ID token: its answer has no usable value.`)
}
