import { type ApiError, isUnrecognized } from '../api/error.js'
import type { JsonObject } from '../api/values.js'
import { Failure } from '../failures.js'
import { accountFailure, refusal } from '../matrix/refusals.js'
import {
  CodeExpiredError,
  type DeviceCode,
  GET_CODE,
  pollForTokens,
  REDEEM_CODE,
  requestDeviceCode,
} from '../oauth/device-grant.js'
import { discoverOAuth, FIND_OAUTH, type OAuthServer } from '../oauth/metadata.js'
import { apiScopes, isOAuthRefusal, REGISTER_CLIENT, registerClient } from '../oauth/token.js'
import { PROJECT_URL } from '../version.js'
import type { Credential, LoginContext, TokenRequest } from './kind.js'
import { expiryOf } from './login-flow.js'

/**
 * Creates the credential of a user who enters a code on a page of the server: the device authorization grant (Matrix
 * 1.18). It needs a user each time, so no action uses it. The result is an OAuth session: a short-lived access token
 * and a single-use refresh token.
 * @param show tells the user which code to enter, and where
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
export function deviceCodeCredential(show: (code: DeviceCode) => void): Credential {
  return {
    description: 'a code that is entered in the browser',
    device: 'login',
    opensSession: true,
    singleUse: false,
    // The response does not name the user.
    needsWhoami: true,
    afterLostAnswer: 'The code may have been entered since: then a session exists whose token was lost.',
    requestTokens: (context) => requestWithCode(show, context),
    explain: (error) => Promise.resolve(explainRefusal(error)),
  }
}

/** The endpoints that the grant needs. */
type Endpoints = Required<Pick<OAuthServer, 'registrationEndpoint' | 'deviceAuthorizationEndpoint' | 'tokenEndpoint'>>

const CLIENT_NAME = 'matrix-access-token'

async function requestWithCode(show: (code: DeviceCode) => void, context: LoginContext): Promise<TokenRequest> {
  const { client, allowHttp, device, now } = context
  const server = await discoverOAuth(client, allowHttp)
  const { registrationEndpoint, deviceAuthorizationEndpoint, tokenEndpoint } = requireEndpoints(server, client.baseUrl)
  const clientId = await registerClient(registrationEndpoint, CLIENT_NAME, PROJECT_URL, client.ports)
  const ask = (scope: string) =>
    requestDeviceCode(deviceAuthorizationEndpoint, clientId, scope, client.ports, allowHttp)
  const [stable, unstable] = apiScopes(device.deviceId)
  const code = await ask(stable).catch((error: unknown) => {
    if (isOAuthRefusal(error, 'invalid_scope')) return ask(unstable)
    throw error
  })
  show(code)
  const { revocationEndpoint = '' } = server
  return {
    send: () => poll(tokenEndpoint, clientId, code, context),
    teardown: () => ({ kind: 'revocation', revocationEndpoint, clientId }),
    read: (answer) => expiryOf(answer, 'expires_in', 1000, now()),
  }
}

async function poll(
  tokenEndpoint: string,
  clientId: string,
  code: DeviceCode,
  { client }: LoginContext,
): Promise<JsonObject> {
  try {
    return await pollForTokens(tokenEndpoint, clientId, code, client.ports)
  } catch (error) {
    if (error instanceof CodeExpiredError) throw new Failure('token-invalid', EXPIRED, AGAIN, { cause: error })
    throw error
  }
}

const EXPIRED = 'The code was not entered in time.'
const AGAIN = 'Run the command again and enter the new code on the page that it names.'

function requireEndpoints(server: OAuthServer, baseUrl: string): Endpoints {
  const { registrationEndpoint, deviceAuthorizationEndpoint, tokenEndpoint } = server
  if (deviceAuthorizationEndpoint === undefined)
    throw new Failure('method-unavailable', `${baseUrl} has no login by a code in the browser.`, NO_CODES)
  if (registrationEndpoint === undefined)
    throw new Failure('method-unavailable', `${baseUrl} does not let a program register itself.`, NO_REGISTRATION)
  return { registrationEndpoint, deviceAuthorizationEndpoint, tokenEndpoint }
}

const NO_CODES =
  'The device authorization grant (Matrix 1.18) is missing or switched off at this server. Ask its administrator for it, or for ' +
  'an access token made by hand.'

const NO_REGISTRATION = 'Ask its administrator for dynamic client registration, or for an access token made by hand.'

function explainRefusal(error: ApiError): Failure | undefined {
  const refused = (code: string) => isOAuthRefusal(error, code)
  const cause = { cause: error }
  const known = accountFailure(error)
  if (known !== undefined) return known
  if (error.operation === FIND_OAUTH && isUnrecognized(error)) return refusal(error, 'method-unavailable', NO_OAUTH)
  if (refused('access_denied')) return new Failure('denied', 'The login was refused in the browser.', REFUSED, cause)
  if (refused('expired_token')) return new Failure('token-invalid', EXPIRED, AGAIN, cause)
  if (error.operation === REDEEM_CODE && refused('invalid_grant')) return refusal(error, 'token-invalid', USED)
  if (error.problem.kind !== 'refused') return undefined
  if (error.operation === REGISTER_CLIENT) return refusal(error, 'denied', NO_REGISTRATION)
  return error.operation === GET_CODE ? refusal(error, 'denied', NO_CODES) : undefined
}

const NO_OAUTH = 'This homeserver has no OAuth 2.0 API.'

const REFUSED = 'If that was a mistake, run the command again.'

const USED =
  'The code was used already: an answer was lost on its way, and a session may exist whose token was lost. End it in the ' +
  'list of sessions of the account if it is there, and run the command again.'
