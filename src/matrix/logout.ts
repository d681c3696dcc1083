import type { Secret } from '../secret.js'
import { AnswerError } from './answers.js'
import type { MatrixClient } from './client.js'
import { whoami } from './whoami.js'

/** How a session came to its end. */
export type LogoutResult = 'ended' | 'was-dead'

/**
 * `POST /logout`: https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3logout. Ends this session only.
 * 401 `M_UNKNOWN_TOKEN` says that the token is dead already – but not of tokens that Matrix Authentication Service made
 * for OAuth (`mat_`) and administrators (`mpt_`): to those it answers so while they live
 * (crates/handlers/src/compat/logout.rs), so `whoami` decides.
 * @throws AnswerError where the session may be alive still.
 */
export async function logout(client: MatrixClient, accessToken: Secret): Promise<LogoutResult> {
  try {
    await client.send({ operation: 'log out', method: 'POST', path: '/logout', body: {}, accessToken })
    return 'ended'
  } catch (error) {
    if (!isUnknownToken(error)) throw error
    if (/^m[ap]t_/.test(accessToken.reveal()) && (await isTokenAlive(client, accessToken))) throw error
    return 'was-dead'
  }
}

/** Asks the server, with the token itself. @throws AnswerError where the answer says neither */
export async function isTokenAlive(client: MatrixClient, accessToken: Secret): Promise<boolean> {
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
  if (!(error instanceof AnswerError) || error.problem.kind !== 'refused') return false
  return error.problem.status === 401 && error.problem.errcode === 'M_UNKNOWN_TOKEN'
}
