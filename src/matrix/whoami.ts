import type { Secret } from '../secret.js'
import { AnswerError } from './answers.js'
import type { MatrixClient } from './client.js'
import { stringMember } from './json.js'
import { isPrintable, isUserId } from './login.js'

/** Whose token it is. */
export interface TokenOwner {
  readonly userId: string
  /** Absent for a token without a device. */
  readonly deviceId?: string
}

/** As in "refused to …". */
export const WHOAMI = 'say whose token it is'

/** `GET /account/whoami`: https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3accountwhoami */
export async function whoami(client: MatrixClient, accessToken: Secret): Promise<TokenOwner> {
  const answer = await client.send({ operation: WHOAMI, method: 'GET', path: '/account/whoami', accessToken })
  const userId = stringMember(answer, 'user_id')
  const deviceId = stringMember(answer, 'device_id')
  if (userId === undefined || !isUserId(userId)) {
    const what = 'it has no usable user_id'
    throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, WHOAMI, false)
  }
  return { userId, ...(deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId }) }
}
