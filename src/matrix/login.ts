import { malformed, type Operation } from '../api/error.js'
import { isPrintable, type JsonObject, parseJsonObject, stringMember } from '../api/values.js'
import type { HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'
import type { ClientRequest } from './client.js'
import { isUserId } from './identifiers.js'

/** Members of a login that are the credential: `type`, and what belongs to it. */
export type LoginCredential = { readonly type: string } & JsonObject

export const LOG_IN: Operation = { phrase: 'log in' }

/**
 * Makes the request of a login. Always with a device ID, so that a repeated login lands on the same device; never with
 * `refresh_token`, which would turn a lasting token into one of five minutes.
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3login
 */
export function loginRequest(
  credential: LoginCredential,
  device: { readonly deviceId: string; readonly displayName: string },
  accessToken?: Secret,
): ClientRequest {
  return {
    operation: LOG_IN,
    method: 'POST',
    path: '/login',
    body: { ...credential, device_id: device.deviceId, initial_device_display_name: device.displayName },
    ...(accessToken === undefined ? {} : { accessToken }),
    isTransientRefusal: deviceIsLoggedOut,
  }
}

/** Synapse, while another request is logging the device out: "No row found (devices)". A moment later it works. */
function deviceIsLoggedOut({ status, body }: HttpResponse): string | undefined {
  if (status !== 404 || stringMember(parseJsonObject(body) ?? {}, 'errcode') !== 'M_UNKNOWN') return undefined
  return 'the device is being logged out at the same moment (404)'
}

/** Whose session an answer to a login is. @throws AnswerError where something of it is missing or malformed */
export function readLoginOwner(
  server: string,
  answer: JsonObject,
): { readonly userId: string; readonly deviceId: string } {
  const bad = (what: string) => malformed(what, { server, operation: LOG_IN }, { answerLost: true })
  const userId = stringMember(answer, 'user_id')
  if (userId === undefined || !isUserId(userId)) throw bad('it has no usable user_id')
  const deviceId = stringMember(answer, 'device_id')
  if (deviceId === undefined || !isPrintable(deviceId)) throw bad('it has no usable device_id')
  return { userId, deviceId }
}
