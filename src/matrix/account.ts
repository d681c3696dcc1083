import { isRefusedWith, malformed, type Operation } from '../api/error.js'
import { isPrintable, ServerText, stringMember } from '../api/values.js'
import type { Secret } from '../secret.js'
import type { MatrixClient } from './client.js'
import { isUserId } from './identifiers.js'

/** Whose token it is. */
export interface TokenOwner {
  readonly userId: ServerText
  /** Absent for a token without a device. */
  readonly deviceId?: ServerText
}

export const WHOAMI: Operation = { phrase: 'say whose token it is' }
const LOG_OUT: Operation = { phrase: 'log out' }

/**
 * Asks whose token it is.
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

/** How a session came to its end. */
export type LogoutResult = 'ended' | 'was-over'

/**
 * Ends the session of a token, and no other. 401 `M_UNKNOWN_TOKEN` says that the token is invalid already – but not of
 * tokens that Matrix Authentication Service made for OAuth (`mat_`) and administrators (`mpt_`): to those it answers so
 * while they are valid (crates/handlers/src/compat/logout.rs), so `whoami` decides.
 * @throws ApiError where the session may still be active; NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3logout
 */
export async function logout(client: MatrixClient, accessToken: Secret): Promise<LogoutResult> {
  try {
    await client.send({ operation: LOG_OUT, method: 'POST', path: '/logout', body: {}, accessToken })
    return 'ended'
  } catch (error) {
    if (!isUnknownToken(error)) throw error
    if (/^m[ap]t_/.test(accessToken.reveal()) && (await isTokenActive(client, accessToken))) throw error
    return 'was-over'
  }
}

/** Asks the server with the token itself. @throws ApiError where the answer says neither; NetworkError */
export async function isTokenActive(client: MatrixClient, accessToken: Secret): Promise<boolean> {
  try {
    await whoami(client, accessToken)
    return true
  } catch (error) {
    if (isUnknownToken(error)) return false
    throw error
  }
}

/** 401 `M_UNKNOWN_TOKEN`. Any other 401 says nothing about the token. */
export function isUnknownToken(error: unknown): boolean {
  return isRefusedWith(error, 401, 'M_UNKNOWN_TOKEN')
}
