import type { Operation } from '../api/error.js'
import type { JsonObject } from '../api/values.js'
import type { Secret } from '../secret.js'
import type { MatrixClient } from './client.js'

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
