import { Failure } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import { isUnrecognized, type MatrixClient } from '../matrix/client.js'
import type { JsonObject } from '../matrix/json.js'
import { discoverOAuth, FIND_OAUTH } from '../oauth/metadata.js'
import { isOAuthRefusal, requestToken } from '../oauth/token.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, Opened, OpeningContext } from './credential.js'
import { type Ending, LOGOUT } from './ending.js'
import { accountFailure, describeRefusal, notOffered, refusedToken } from './refusals.js'
import { AT_HOMESERVER, BY_OAUTH, type TokenAnswerForm, takeTokenAnswer } from './token-answer.js'

const REFRESH = 'refresh the session'
/** Servers let the old refresh token be repeated for moments only; Tuwunel deletes the device of a late one (15 s). */
const REPEATABLE_MS = 10_000

/**
 * A refresh token: `POST /refresh`, or with a client ID the token endpoint of OAuth 2.0. Servers use it up, so what comes
 * back is handed over before anything uses it.
 * https://spec.matrix.org/latest/client-server-api/#refreshing-access-tokens
 */
export const refreshToken: CredentialKind = {
  input: 'refresh-token',
  form: 'token',
  options: ['oauth-client-id'],
  needsUser: () => 'none',
  logoutAllowed: true,
  rotates: true,
  refreshes: true,
  read: (reader) => refreshCredential(new Secret(reader.secret), reader.text('oauth-client-id')),
}

function refreshCredential(token: Secret, clientId: string): Credential {
  return {
    description: clientId === '' ? 'a refresh token' : `a refresh token of the OAuth client ${clientId}`,
    device: 'existing',
    // The session is there already; what is new are its tokens.
    opensSession: false,
    isReplaced: true,
    mustBeProven: true,
    afterLostAnswer:
      'Whether the refresh token was used up is not known. Run again soon: until the new one is used, Synapse takes the ' +
      'old one again, Matrix Authentication Service with oauth-client-id too (without, never), Tuwunel for 15 seconds.',
    open: (context) =>
      clientId === '' ? refreshAtHomeserver(token, context) : refreshByOAuth(token, clientId, context),
    explain: (error, { client }) => explainRefresh(error, client),
  }
}

/** `POST /refresh`: https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3refresh. Ended by `/logout`. */
async function refreshAtHomeserver(token: Secret, context: OpeningContext): Promise<Opened> {
  context.sending()
  const answer = await context.client.send({
    operation: REFRESH,
    method: 'POST',
    path: '/refresh',
    body: { refresh_token: token.reveal() },
    repeatable: REPEATABLE_MS,
  })
  const server = context.client.baseUrl
  return takeAnswer(token, answer, { ...AT_HOMESERVER, operation: REFRESH, ending: LOGOUT, server }, context)
}

/** RFC 6749 §6, at the endpoint that `auth_metadata` names. Ended by revocation. */
async function refreshByOAuth(token: Secret, clientId: string, context: OpeningContext): Promise<Opened> {
  const { client, allowHttp } = context
  const { tokenEndpoint, revocationEndpoint = '' } = await discoverOAuth(client, allowHttp)
  context.sending()
  const form = { grant_type: 'refresh_token', refresh_token: token.reveal(), client_id: clientId }
  const answer = await requestToken(tokenEndpoint, REFRESH, form, client.ports, REPEATABLE_MS)
  const ending: Ending = { kind: 'revocation', revocationEndpoint, clientId }
  const server = new URL(tokenEndpoint).origin
  return takeAnswer(token, answer, { ...BY_OAUTH, operation: REFRESH, ending, server }, context)
}

/** Without a new refresh token the old one is to be used again. */
function takeAnswer(given: Secret, answer: JsonObject, form: TokenAnswerForm, context: OpeningContext): Opened {
  // What is not replaced is what ends the session: the old one then.
  const opened = takeTokenAnswer(answer, form, context, given)
  return { ...opened, successor: opened.refreshToken ?? given }
}

async function explainRefresh(error: AnswerError, client: MatrixClient): Promise<Failure | undefined> {
  const known = accountFailure(error)
  if (known !== undefined) return known
  if (isUnrecognized(error)) return notOffered(error, client, error.operation === FIND_OAUTH ? NO_OAUTH : NO_REFRESH)
  if (isOAuthRefusal(error, 'invalid_client')) {
    return new Failure('wrong-credentials', describeRefusal(error), OTHER_CLIENT, { cause: error })
  }
  if (['invalid_grant', 'unauthorized_client'].some((code) => isOAuthRefusal(error, code))) {
    return new Failure('token-invalid', describeRefusal(error), USED_UP, { cause: error })
  }
  return refusedToken(error, 'refresh-token', USED_UP)
}

const USED_UP =
  'It was used already, has expired, or its session is over. Synapse takes a used one again until its successor is used; ' +
  'Matrix Authentication Service forgives nothing at /refresh, and at OAuth only until the new tokens are used; Tuwunel ' +
  'deletes the device of one that is repeated after 15 seconds. Log in anew and store the new refresh token.'

const NO_REFRESH =
  'This homeserver has no refresh tokens (Synapse, Matrix Authentication Service and Tuwunel have). If the token comes ' +
  'from an OAuth login, set oauth-client-id to the client that it was given to.'

const NO_OAUTH = 'This homeserver has no OAuth 2.0 API: leave oauth-client-id out.'

const OTHER_CLIENT = 'Set oauth-client-id to the client ID that the refresh token was given to.'
