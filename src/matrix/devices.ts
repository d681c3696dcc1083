import type { Secret } from '../secret.js'
import { AnswerError } from './answers.js'
import type { MatrixClient } from './client.js'
import { isJsonObject, stringMember } from './json.js'

/** `GET /devices`: https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3devices. @returns their IDs */
export async function listDevices(client: MatrixClient, accessToken: Secret): Promise<readonly string[]> {
  const operation = 'list the devices'
  const answer = await client.send({ operation, method: 'GET', path: '/devices', accessToken })
  const devices: unknown = answer['devices']
  if (!Array.isArray(devices)) {
    const what = 'it has no list of devices'
    throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, operation, false)
  }
  return devices
    .map((device: unknown) => (isJsonObject(device) ? stringMember(device, 'device_id') : undefined))
    .filter((deviceId) => deviceId !== undefined)
}
