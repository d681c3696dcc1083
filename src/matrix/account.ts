import { isRefusedWith, malformed, type Operation } from '../api/error.js'
import { stringMember } from '../api/json.js'
import { ServerText } from '../api/server-text.js'
import { isPrintable } from '../api/values.js'
import type { Secret } from '../secret.js'
import type { MatrixClient } from './client.js'
import { parseServerName } from './server-name.js'

/** Whose token it is. */
export interface TokenOwner {
  readonly userId: ServerText
  /** Absent for a token without a device. */
  readonly deviceId?: ServerText
}

/** What a credential becomes: a token, and whose it is. */
export interface Session {
  /** Base URL, no trailing slash. */
  readonly homeserverUrl: string
  /** As the server spells it. */
  readonly userId: ServerText
  /** Absent for a token without a device. */
  readonly deviceId?: ServerText
  readonly accessToken: Secret
  /** Absent unless the server gave one. */
  readonly refreshToken?: Secret
  /** Milliseconds since 1970; absent if the server named no end. */
  readonly expiresAt?: number
}

export const WHOAMI: Operation = { phrase: 'say whose token it is' }

/**
 * Asks whose token it is.
 * @throws AnswerError, NoAnswerError
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

/** Whether a user ID can stand in an output and a log: `@`, a server name behind the first colon, no control characters. */
export function isUserId(text: string): boolean {
  const serverName = /^@[^:]*:(.+)$/.exec(text)?.[1]
  return serverName !== undefined && parseServerName(serverName) !== undefined && isPrintable(text)
}

/** 401 `M_UNKNOWN_TOKEN`. Any other 401 says nothing about the token. */
export function isUnknownToken(error: unknown): boolean {
  return isRefusedWith(error, 401, 'M_UNKNOWN_TOKEN')
}
