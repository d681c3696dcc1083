import { type ApiError, isUnrecognized, MATRIX } from '../api/error.js'
import type { Failure } from '../failures.js'
import { REFRESH, REPEATABLE_MS, refreshTokens } from '../matrix/account.js'
import type { MatrixClient } from '../matrix/client.js'
import { accountFailure, refusal, refusedToken } from '../matrix/refusals.js'
import { discoverOAuth, FIND_OAUTH } from '../oauth/metadata.js'
import { isOAuthRefusal, requestToken } from '../oauth/token.js'
import { Secret } from '../secret.js'
import type { Credential, CredentialKind, LoginContext, TokenRequest } from './kind.js'
import { expiryOf, LOGOUT } from './login-flow.js'
import { notOffered } from './refusals.js'

/**
 * A refresh token: `POST /refresh`, or with a client ID the token endpoint of OAuth 2.0. It is single-use, so the new
 * tokens are delivered before they are used.
 * @see https://spec.matrix.org/latest/client-server-api/#refreshing-access-tokens
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
    description: clientId === '' ? 'a refresh token' : 'a refresh token of an OAuth client',
    device: 'existing',
    // The session exists already; only its tokens are new.
    opensSession: false,
    singleUse: true,
    needsWhoami: true,
    afterLostAnswer:
      'Whether the refresh token was used up is not known. Run again soon: until the new one is used, Synapse accepts the ' +
      'old one again, Matrix Authentication Service with `oauth-client-id` too (without, never), Tuwunel for 15 seconds.',
    requestTokens: (context) =>
      clientId === '' ? Promise.resolve(refreshAtHomeserver(token, context)) : refreshByOAuth(token, clientId, context),
    explain: (error, { client }) => explainRefresh(error, client),
  }
}

function refreshAtHomeserver(token: Secret, { client, now }: LoginContext): TokenRequest {
  return {
    send: () => refreshTokens(client, token),
    held: token,
    teardown: () => LOGOUT,
    read: (answer) => expiryOf(answer, 'expires_in_ms', 1, now()),
  }
}

/** Refreshes at the endpoint that `auth_metadata` names (RFC 6749 §6). Revocation ends the session. */
async function refreshByOAuth(token: Secret, clientId: string, context: LoginContext): Promise<TokenRequest> {
  const { client, allowHttp, now } = context
  const { tokenEndpoint, revocationEndpoint = '' } = await discoverOAuth(client, allowHttp)
  const form = { grant_type: 'refresh_token', refresh_token: token.reveal(), client_id: clientId }
  return {
    send: () => requestToken(tokenEndpoint, REFRESH, form, client.ports, REPEATABLE_MS),
    held: token,
    teardown: () => ({ kind: 'revocation', revocationEndpoint, clientId }),
    read: (answer) => expiryOf(answer, 'expires_in', 1000, now()),
  }
}

async function explainRefresh(error: ApiError, client: MatrixClient): Promise<Failure | undefined> {
  const known = accountFailure(error)
  if (known !== undefined) return known
  if (isUnrecognized(error)) return notOffered(error, client, error.operation === FIND_OAUTH ? NO_OAUTH : NO_REFRESH)
  if (isOAuthRefusal(error, 'invalid_client')) return refusal(error, 'wrong-credentials', OTHER_CLIENT)
  if (['invalid_grant', 'unauthorized_client'].some((code) => isOAuthRefusal(error, code))) {
    return refusal(error, 'token-invalid', USED_UP)
  }
  // Another refusal by the token endpoint, or of the new token, is not about the refresh token.
  const isAboutToken = error.operation === REFRESH && error.dialect === MATRIX
  return isAboutToken ? refusedToken(error, 'refresh-token', USED_UP) : undefined
}

const USED_UP =
  'It was used already, has expired, or its session is over. Synapse accepts a used one again until its successor is used; ' +
  'Matrix Authentication Service forgives nothing at /refresh, and at OAuth only until the new tokens are used; Tuwunel ' +
  'deletes the device of one that is repeated after 15 seconds. Log in anew and store the new refresh token.'

const NO_REFRESH =
  'This homeserver has no refresh tokens (Synapse, Matrix Authentication Service and Tuwunel have). If the token comes ' +
  'from an OAuth login, set `oauth-client-id` to the client that it was given to.'

const NO_OAUTH = 'This homeserver has no OAuth 2.0 API: leave `oauth-client-id` out.'

const OTHER_CLIENT = 'Set `oauth-client-id` to the client ID that the refresh token was given to.'
