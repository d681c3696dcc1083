import { malformed } from '../api/error.js'
import { isPrintable, type JsonObject, lifetimeOf, parseJsonObject, stringMember } from '../api/values.js'
import type { RetryPolicy } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import { type ClientRequest, LOG_IN } from '../matrix/client.js'
import { isUserId } from '../matrix/identifiers.js'
import type { Secret } from '../secret.js'
import type { Credential, LoginContext, SessionFacts, SessionTeardown, TokenRequest } from './kind.js'

/** The properties of a login besides its credential. */
interface LoginOptions {
  /** The token of an application service. */
  readonly accessToken?: Secret
  readonly retryPolicy?: RetryPolicy
}

/** `/logout` of the Client-Server API. */
export const LOGOUT: SessionTeardown = { kind: 'logout' }

/** Creates a credential that opens a session by `POST /login`, on any requested device. */
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

/** Creates the `POST /login` request for a credential, on the device of the context. `/logout` ends such a session. */
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

/**
 * Returns the expiry of a session from the lifetime in a response. @param unitMs the unit of the member in milliseconds
 */
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

/** The credential members of a login: `type`, and those that belong to it. */
type LoginCredential = { readonly type: string } & JsonObject

/**
 * Builds the request of a login. It always has a device ID, so that a repeated login uses the same device. It never has
 * `refresh_token`, which would issue a token with an expiry of five minutes instead of one without expiry.
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

/**
 * Detects a logout of the same device in another request: Synapse answers "No row found (devices)". A retry succeeds.
 */
function deviceIsLoggedOut({ status, body }: HttpResponse): string | undefined {
  if (status !== 404 || stringMember(parseJsonObject(body) ?? {}, 'errcode') !== 'M_UNKNOWN') return undefined
  return 'the device is being logged out at the same moment (404)'
}

/** Reads user and device of a login response. @throws ApiError if a member is missing or malformed */
function readLoginOwner(server: string, answer: JsonObject): { readonly userId: string; readonly deviceId: string } {
  const bad = (what: string) => malformed(what, { server, operation: LOG_IN }, { answerLost: true })
  const userId = stringMember(answer, 'user_id')
  if (userId === undefined || !isUserId(userId)) throw bad('it has no usable user_id')
  const deviceId = stringMember(answer, 'device_id')
  if (deviceId === undefined || !isPrintable(deviceId)) throw bad('it has no usable device_id')
  return { userId, deviceId }
}
