import { Failure, type FailureWord } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import { isUnrecognized } from '../matrix/client.js'
import {
  CodeExpiredError,
  type DeviceCode,
  GET_CODE,
  pollForTokens,
  REDEEM_CODE,
  requestDeviceCode,
} from '../oauth/device-grant.js'
import { discoverOAuth, FIND_OAUTH, type OAuthServer } from '../oauth/metadata.js'
import { REGISTER_CLIENT, registerClient } from '../oauth/registration.js'
import { apiScopes } from '../oauth/scopes.js'
import { isOAuthRefusal } from '../oauth/token.js'
import { PROJECT_URL } from '../version.js'
import type { Credential, Opened, OpeningContext } from './credential.js'
import type { Ending } from './ending.js'
import { accountFailure, describeRefusal } from './refusals.js'
import { BY_OAUTH, takeTokenAnswer } from './token-answer.js'

/**
 * Somebody who enters a code on a page of the server: the device authorization grant, RFC 8628 (Matrix 1.18). It needs a
 * person each time, so no action has it. What comes back is an OAuth session: an access token of minutes, and a refresh
 * token that is used up each time.
 * @param show tells the person which code to enter where
 */
export function deviceCodeCredential(show: (code: DeviceCode) => void): Credential {
  return {
    description: 'a code that is entered in the browser',
    device: 'login',
    opensSession: true,
    isReplaced: false,
    // The answer does not say whose token it is.
    mustBeProven: true,
    afterLostAnswer: 'Somebody may have entered the code since: then a session exists which nobody holds.',
    open: (context) => openWithCode(show, context),
    explain: (error) => Promise.resolve(explainRefusal(error)),
  }
}

/** The endpoints that this takes. */
type Endpoints = Required<Pick<OAuthServer, 'registrationEndpoint' | 'deviceAuthorizationEndpoint' | 'tokenEndpoint'>>

async function openWithCode(show: (code: DeviceCode) => void, context: OpeningContext): Promise<Opened> {
  const { client, allowHttp, device } = context
  const server = await discoverOAuth(client, allowHttp)
  const endpoints = requireEndpoints(server, client.baseUrl)
  const clientId = await registerClient(endpoints.registrationEndpoint, CLIENT_NAME, PROJECT_URL, client.ports)
  const ending: Ending = { kind: 'revocation', revocationEndpoint: server.revocationEndpoint ?? '', clientId }
  const grant = (scope: string) => redeemCode(scope, { show, endpoints, ending, clientId }, context)
  const [stable, unstable] = apiScopes(device.deviceId)
  try {
    return await grant(stable)
  } catch (error) {
    if (isOAuthRefusal(error, 'invalid_scope')) return grant(unstable)
    throw error
  }
}

const CLIENT_NAME = 'matrix-access-token'

interface Grant {
  readonly show: (code: DeviceCode) => void
  readonly endpoints: Endpoints
  readonly ending: Ending
  readonly clientId: string
}

async function redeemCode(
  scope: string,
  { show, endpoints, ending, clientId }: Grant,
  context: OpeningContext,
): Promise<Opened> {
  const { client, allowHttp, mask, sending } = context
  const { deviceAuthorizationEndpoint, tokenEndpoint } = endpoints
  const code = await requestDeviceCode(deviceAuthorizationEndpoint, clientId, scope, client.ports, allowHttp)
  mask(code.deviceCode.reveal())
  show(code)
  sending()
  const answer = await poll(tokenEndpoint, clientId, code, context)
  const server = new URL(tokenEndpoint).origin
  return takeTokenAnswer(answer, { ...BY_OAUTH, operation: REDEEM_CODE, server, ending }, context)
}

async function poll(tokenEndpoint: string, clientId: string, code: DeviceCode, { client }: OpeningContext) {
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
  'The device authorization grant (Matrix 1.18) is missing or switched off there. Ask its administrator for it, or for ' +
  'an access token made by hand.'

const NO_REGISTRATION = 'Ask its administrator for dynamic client registration, or for an access token made by hand.'

function explainRefusal(error: AnswerError): Failure | undefined {
  const fail = (word: FailureWord, message: string, hint: string) => new Failure(word, message, hint, { cause: error })
  const refused = (code: string) => isOAuthRefusal(error, code)
  const known = accountFailure(error)
  if (known !== undefined) return known
  if (error.operation === FIND_OAUTH && isUnrecognized(error))
    return fail('method-unavailable', describeRefusal(error), 'This homeserver has no OAuth 2.0 API.')
  if (refused('access_denied')) return fail('denied', 'The login was refused in the browser.', REFUSED)
  if (refused('expired_token')) return fail('token-invalid', EXPIRED, AGAIN)
  if (error.operation === REDEEM_CODE && refused('invalid_grant'))
    return fail('token-invalid', describeRefusal(error), USED)
  if (error.problem.kind !== 'refused') return undefined
  if (error.operation === REGISTER_CLIENT) return fail('denied', describeRefusal(error), NO_REGISTRATION)
  return error.operation === GET_CODE ? fail('denied', describeRefusal(error), NO_CODES) : undefined
}

const REFUSED = 'If that was a mistake, run the command again.'

const USED =
  'The code was used already: an answer was lost on its way, and a session may exist which nobody holds. End it in the ' +
  'list of sessions of the account if it is there, and run the command again.'
