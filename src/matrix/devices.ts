import { ApiError, isUnrecognized, malformed, type Operation } from '../api/error.js'
import { isJsonObject, type JsonObject, objectMember, ServerText, stringMember } from '../api/values.js'
import type { Secret } from '../secret.js'
import type { MatrixClient } from './client.js'

const LIST_DEVICES: Operation = { phrase: 'list the devices' }
/** In bytes: the list has no pages, and some 5,000 sessions that piled up exceed 1 MiB. This suffices for 100,000. */
const MAX_LIST_BYTES = 32 * 1024 * 1024

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
  const request = { operation: LIST_DEVICES, method: 'GET', path: '/devices', maxBytes: MAX_LIST_BYTES } as const
  const answer = await client.send({ ...request, accessToken })
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

/** The password stage of User-Interactive Authentication. */
export interface PasswordStage {
  readonly userId: string
  /** A known password: sent with the first request, which most servers accept without an authentication session. */
  readonly password?: Secret
  /** Called if the server requires the password and it is not known yet. */
  readonly askPassword: () => Promise<Secret>
}

const PASSWORD = 'm.login.password'

/**
 * Sends a request that may require User-Interactive Authentication, and sends the password if it is required.
 * @param send sends the request with these members in its body
 * @returns the other stages that the server requires; `undefined` after success
 * @throws ApiError (401 `M_FORBIDDEN` for a wrong password), NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#user-interactive-authentication-api
 */
export async function sendWithPassword(
  send: (auth: { readonly auth?: JsonObject }) => Promise<unknown>,
  stage: PasswordStage,
): Promise<OtherStages | undefined> {
  const first = await attempt(() => send(stage.password === undefined ? {} : auth(stage, stage.password)))
  if (first === undefined) return undefined
  if (first.isRefused) throw first.error
  if (!first.takesPassword) return first
  const password = stage.password ?? (await stage.askPassword())
  const second = await attempt(() => send(auth(stage, password, first.session)))
  if (second?.isRefused === true) throw second.error
  return second
}

function auth({ userId }: PasswordStage, password: Secret, session?: string): { readonly auth: JsonObject } {
  const identifier = { type: 'm.id.user', user: userId }
  const known = session === undefined ? {} : { session }
  return { auth: { type: PASSWORD, identifier, password: password.reveal(), ...known } }
}

/** The required stages, if the password alone is not sufficient. */
export interface OtherStages {
  /** All stages that the server names, without duplicates. */
  readonly stages: readonly string[]
  /** Parameters, by stage. */
  readonly params: JsonObject
}

interface Challenge extends OtherStages {
  readonly error: ApiError
  /** Whether the server checked the password and refused it. */
  readonly isRefused: boolean
  /** Whether the password alone is sufficient. */
  readonly takesPassword: boolean
  readonly session: string | undefined
}

/** Sends the request once. @returns the challenge of the server; `undefined` after success */
async function attempt(send: () => Promise<unknown>): Promise<Challenge | undefined> {
  try {
    await send()
    return undefined
  } catch (error) {
    const challenge = error instanceof ApiError ? readChallenge(error) : undefined
    if (challenge === undefined) throw error
    return challenge
  }
}

/** Reads a challenge: a 401 with `flows`. Any other refusal is not about the stages. */
function readChallenge(error: ApiError): Challenge | undefined {
  const { problem } = error
  if (problem.kind !== 'refused' || problem.status !== 401 || !Array.isArray(problem.body['flows'])) return undefined
  const flows = problem.body['flows'].map((flow: unknown) => (isJsonObject(flow) ? textsIn(flow['stages']) : []))
  const done = textsIn(problem.body['completed'])
  const left = flows.map((stages) => stages.filter((each) => !done.includes(each)))
  return {
    error,
    isRefused: problem.errcode === 'M_FORBIDDEN',
    takesPassword: left.some(([only, ...others]) => only === PASSWORD && others.length === 0),
    stages: [...new Set(flows.flat())],
    params: objectMember(problem.body, 'params'),
    session: stringMember(problem.body, 'session'),
  }
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
