import { isRefusedWith, malformed, type Operation } from '../api/error.js'
import { isPrintable, type JsonObject, ServerText, stringMember } from '../api/values.js'
import type { Secret } from '../secret.js'
import { type MatrixClient, WHOAMI } from './client.js'
import { isUserId } from './identifiers.js'

/** The owner of a token. */
export interface TokenOwner {
  readonly userId: ServerText
  /** Absent for a token without a device. */
  readonly deviceId?: ServerText
}

const LOG_OUT: Operation = { phrase: 'log out' }

/**
 * Requests the owner of a token.
 * @throws ApiError, NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3accountwhoami
 */
export async function whoami(client: MatrixClient, accessToken: Secret): Promise<TokenOwner> {
  const answer = await client.send({ operation: WHOAMI, method: 'GET', path: '/account/whoami', accessToken })
  const userId = stringMember(answer, 'user_id')
  const deviceId = stringMember(answer, 'device_id')
  if (userId === undefined || !isUserId(userId)) {
    throw malformed('it has no usable user_id', { server: client.baseUrl, operation: WHOAMI })
  }
  const device = deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId: new ServerText(deviceId) }
  return { userId: new ServerText(userId), ...device }
}

/** The result of a logout. */
export type LogoutResult = 'ended' | 'was-over'

/**
 * Ends the session of a token, and no other. 401 `M_UNKNOWN_TOKEN` means that the token is already invalid, with one
 * exception. Matrix Authentication Service also sends it for valid tokens of OAuth (`mat_`) and of administrators
 * (`mpt_`) (crates/handlers/src/compat/logout.rs), so these are checked with `whoami`.
 * @throws ApiError if the session may still be active; NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3logout
 */
export async function requestLogout(client: MatrixClient, accessToken: Secret): Promise<LogoutResult> {
  try {
    await client.send({ operation: LOG_OUT, method: 'POST', path: '/logout', body: {}, accessToken })
    return 'ended'
  } catch (error) {
    if (!isUnknownToken(error)) throw error
    if (/^m[ap]t_/.test(accessToken.reveal()) && (await isTokenActive(client, accessToken))) throw error
    return 'was-over'
  }
}

/** Returns whether the server accepts the token. @throws ApiError if the response does not show it; NetworkError */
export async function isTokenActive(client: MatrixClient, accessToken: Secret): Promise<boolean> {
  try {
    await whoami(client, accessToken)
    return true
  } catch (error) {
    if (isUnknownToken(error)) return false
    throw error
  }
}

/** Returns whether a token is unknown: 401 `M_UNKNOWN_TOKEN`. Any other 401 is not about the token. */
export function isUnknownToken(error: unknown): boolean {
  return isRefusedWith(error, 401, 'M_UNKNOWN_TOKEN')
}

export const REFRESH: Operation = { phrase: 'refresh the session' }
/**
 * How long a refresh may be retried, in milliseconds. Servers accept the old refresh token again only for a short time;
 * Tuwunel deletes the device if it is late (15 s).
 */
export const REPEATABLE_MS = 10_000

/**
 * Exchanges a refresh token, which is then used up, for new tokens of the same session.
 * @throws ApiError, NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3refresh
 */
export function refreshTokens(client: MatrixClient, refreshToken: Secret): Promise<JsonObject> {
  return client.send({
    operation: REFRESH,
    method: 'POST',
    path: '/refresh',
    body: { refresh_token: refreshToken.reveal() },
    retryPolicy: REPEATABLE_MS,
  })
}
