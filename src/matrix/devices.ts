import { isUnrecognized, malformed, type Operation } from '../api/error.js'
import { isJsonObject, ServerText, stringMember } from '../api/values.js'
import type { Secret } from '../secret.js'
import type { MatrixClient } from './client.js'
import { type PasswordStage, sendWithPassword } from './interactive-auth.js'

const LIST_DEVICES: Operation = { phrase: 'list the devices' }

/** A device in the list of its owner. */
export interface Device {
  readonly deviceId: ServerText
  readonly displayName?: ServerText
  /** Milliseconds since 1970; absent if the server does not know it. */
  readonly lastSeenAt?: number
}

/**
 * Lists the devices of the account.
 * @throws ApiError, NetworkError
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

const DELETE_DEVICES: Operation = { phrase: 'delete devices' }

/** The outcome of a deletion: all devices are deleted, or the server requires a user to do it in another way. */
export type DeletionResult =
  | { readonly kind: 'deleted' }
  /** Stages of User-Interactive Authentication other than the password. */
  | { readonly kind: 'other-stages'; readonly stages: readonly string[] }
  /**
   * The server does not have the endpoint: Synapse behind Matrix Authentication Service answers 404 `M_UNRECOGNIZED`.
   */
  | { readonly kind: 'not-offered' }

/**
 * Deletes devices and all their sessions in one request, with the password stage if the server requires it. A device
 * that does not exist is not an error.
 * @throws ApiError, NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3delete_devices
 */
export async function deleteDevices(
  client: MatrixClient,
  accessToken: Secret,
  deviceIds: readonly string[],
  stage: PasswordStage,
): Promise<DeletionResult> {
  const request = { operation: DELETE_DEVICES, method: 'POST', path: '/delete_devices', accessToken } as const
  try {
    const asked = await sendWithPassword(
      (auth) => client.send({ ...request, body: { devices: deviceIds, ...auth } }),
      stage,
    )
    return asked === undefined ? { kind: 'deleted' } : { kind: 'other-stages', stages: asked.stages }
  } catch (error) {
    if (isUnrecognized(error)) return { kind: 'not-offered' }
    throw error
  }
}
