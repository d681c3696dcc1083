import { malformed } from '../api/error.js'
import { isPrintable, type JsonObject, lifetimeOf, parseJsonObject, stringMember } from '../api/values.js'
import type { RetryPolicy } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import { type ClientRequest, LOG_IN } from '../matrix/client.js'
import { isUserId } from '../matrix/identifiers.js'
import type { Secret } from '../secret.js'
import type { Credential, LoginContext, SessionFacts, SessionTeardown, TokenRequest } from './kind.js'

/** What sets one login apart from another, besides the credential. */
interface LoginOptions {
  /** Of an application service. */
  readonly accessToken?: Secret
  readonly retryPolicy?: RetryPolicy
}

/** `/logout` of the Client-Server API. */
export const LOGOUT: SessionTeardown = { kind: 'logout' }

/** A credential that opens a session by `POST /login`, on any device that is requested. */
export function loginCredential(
  parts: Pick<Credential, 'description' | 'requestTokens' | 'explain'> & Partial<Credential>,
): Credential {
  return {
    device: 'login',
    opensSession: true,
    singleUse: false,
    needsWhoami: false,
    previousSessions: 'devices',
    ...parts,
  }
}

/** `POST /login` with a credential: one request, on the device of the context; such a session is ended by `/logout`. */
export function loginTokenRequest(
  credential: LoginCredential,
  { client, device, now }: LoginContext,
  { accessToken, retryPolicy = 'always' }: LoginOptions = {},
): TokenRequest {
  return {
    send: () => client.send({ ...loginRequest(credential, device, accessToken), retryPolicy }),
    teardown: () => LOGOUT,
    read: (answer) => ({ ...readLoginOwner(client.baseUrl, answer), ...expiryOf(answer, 'expires_in_ms', 1, now()) }),
  }
}

/** The end of a session that an answer names as a lifetime. @param unitMs what the member is counted in */
export function expiryOf(
  answer: JsonObject,
  member: string,
  unitMs: number,
  now: number,
): Pick<SessionFacts, 'expiresAt'> {
  const lifetime = lifetimeOf(answer[member], unitMs)
  if (lifetime === undefined) return {}
  return { expiresAt: lifetime === 'malformed' ? lifetime : now + lifetime }
}

/** Members of a login that are the credential: `type`, and what belongs to it. */
type LoginCredential = { readonly type: string } & JsonObject

/**
 * Makes the request of a login. Always with a device ID, so that a repeated login lands on the same device; never with
 * `refresh_token`, which would turn a lasting token into one of five minutes.
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3login
 */
function loginRequest(
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

/** Whose session an answer to a login is. @throws ApiError where something of it is missing or malformed */
function readLoginOwner(server: string, answer: JsonObject): { readonly userId: string; readonly deviceId: string } {
  const bad = (what: string) => malformed(what, { server, operation: LOG_IN }, { answerLost: true })
  const userId = stringMember(answer, 'user_id')
  if (userId === undefined || !isUserId(userId)) throw bad('it has no usable user_id')
  const deviceId = stringMember(answer, 'device_id')
  if (deviceId === undefined || !isPrintable(deviceId)) throw bad('it has no usable device_id')
  return { userId, deviceId }
}
