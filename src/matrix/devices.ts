import { malformed, type Operation } from '../api/error.js'
import { isJsonObject, stringMember } from '../api/json.js'
import { ServerText } from '../api/server-text.js'
import type { Secret } from '../secret.js'
import type { MatrixClient } from './client.js'

const LIST_DEVICES: Operation = { phrase: 'list the devices' }

/** A device, as its owner sees it. */
export interface Device {
  readonly deviceId: ServerText
  readonly displayName?: ServerText
  /** Milliseconds since 1970; absent where the server does not know. */
  readonly lastSeenAt?: number
}

/**
 * Lists the devices of the account.
 * @throws AnswerError, NoAnswerError
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3devices
 */
export async function listDevices(client: MatrixClient, accessToken: Secret): Promise<readonly Device[]> {
  const answer = await client.send({ operation: LIST_DEVICES, method: 'GET', path: '/devices', accessToken })
  const devices: unknown = answer['devices']
  if (!Array.isArray(devices)) {
    throw malformed('it has no list of devices', { server: client.baseUrl, operation: LIST_DEVICES })
  }
  return devices.map(readDevice).filter((device) => device !== undefined)
}

function readDevice(device: unknown): Device | undefined {
  if (!isJsonObject(device)) return undefined
  const [deviceId, displayName] = [stringMember(device, 'device_id'), stringMember(device, 'display_name')]
  const lastSeenAt = device['last_seen_ts']
  if (deviceId === undefined || deviceId === '') return undefined
  return {
    deviceId: new ServerText(deviceId),
    ...(displayName === undefined ? {} : { displayName: new ServerText(displayName) }),
    ...(typeof lastSeenAt === 'number' && lastSeenAt > 0 ? { lastSeenAt } : {}),
  }
}
