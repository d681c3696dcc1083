import { Failure } from '../failures.js'
import type { ExchangePorts } from '../http/exchange.js'
import { AnswerError, type ErrorReader } from '../matrix/answers.js'
import { call } from '../matrix/call.js'
import { isInsecure } from '../matrix/homeserver-address.js'
import { stringMember } from '../matrix/json.js'
import { cleanServerText } from '../matrix/server-text.js'
import { Secret } from '../secret.js'
import type { CredentialKind, Incomplete } from './credential.js'
import { jwtCredential, loginType, userForJwt } from './jwt.js'

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
    return jwtCredential('an ID token of this run', 'oidc-audience', loginType(reader), async ({ client, mask }) => {
      const idToken = await requestIdToken(source, client.ports)
      mask(idToken.reveal())
      return idToken
    })
  },
}

const NO_ID_TOKEN: Incomplete = {
  text: 'oidc-audience is set, but this job may not ask for an ID token.',
  word: 'missing-credentials',
  hint: 'Give the job `permissions: id-token: write` (with whatever else it needs: naming one permission takes the others away).',
}

/** It is no homeserver, so it is not called one that is none. */
function webPage(error: unknown, { origin }: URL): Failure | undefined {
  if (!(error instanceof AnswerError) || error.problem.kind !== 'not-matrix') return undefined
  const { status, evidence } = error.problem
  return new Failure('server-error', `${origin} gave no ID token: it answered ${status}, ${cleanServerText(evidence)}.`)
}

/** Where the runner gives ID tokens, and for whom. */
interface IdTokenSource {
  readonly url: string
  readonly token: Secret
  readonly audience: string
}

/** The service has no documented form of errors; some of its answers have a `message`. */
const readError: ErrorReader = (body) => ({ errcode: undefined, text: stringMember(body, 'message') })

async function requestIdToken({ url, token, audience }: IdTokenSource, ports: ExchangePorts): Promise<Secret> {
  const service = new URL(url)
  if (isInsecure(service, false)) {
    throw new Failure('insecure-url', `${URL_VARIABLE} (${service.origin}) would carry a token in clear.`)
  }
  service.searchParams.set('audience', audience)
  const request = { operation: 'give an ID token', server: service.origin, method: 'GET', url: service.href } as const
  const answer = await call({ ...request, authorization: `Bearer ${token.reveal()}`, readError }, ports).catch(
    (error: unknown) => {
      throw webPage(error, service) ?? error
    },
  )
  const idToken = stringMember(answer, 'value')
  if (idToken === undefined || idToken === '') {
    throw new Failure('server-error', `${service.origin} gave no ID token: its answer has no value.`)
  }
  return new Secret(idToken)
}
