import type { Operation } from '../api/error.js'
import type { Secret } from '../secret.js'
import { isUnknownToken, whoami } from './account.js'
import type { MatrixClient } from './client.js'

const LOG_OUT: Operation = { phrase: 'log out' }

/** How a session came to its end. */
export type LogoutResult = 'ended' | 'was-over'

/**
 * Ends the session of a token, and no other. 401 `M_UNKNOWN_TOKEN` says that the token is invalid already – but not of
 * tokens that Matrix Authentication Service made for OAuth (`mat_`) and administrators (`mpt_`): to those it answers so
 * while they are valid (crates/handlers/src/compat/logout.rs), so `whoami` decides.
 * @throws AnswerError where the session may still be active; NoAnswerError
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

/** Asks the server with the token itself. @throws AnswerError where the answer says neither; NoAnswerError */
export async function isTokenActive(client: MatrixClient, accessToken: Secret): Promise<boolean> {
  try {
    await whoami(client, accessToken)
    return true
  } catch (error) {
    if (isUnknownToken(error)) return false
    throw error
  }
}
