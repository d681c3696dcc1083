import { Secret } from '../secret.js'
import { AnswerError } from './answers.js'
import { type ApiRequest, isRefusal, type MatrixClient } from './client.js'
import { type JsonObject, stringMember } from './json.js'
import { parseServerName } from './server-name.js'
import type { Session } from './session.js'

/** What a login asks for besides the credential itself. */
export interface LoginDevice {
  readonly deviceId: string
  /** Cut to what every server takes; ignored by most where the device exists. */
  readonly displayName: string
}

/** Members of a login that are the credential: `type`, and what belongs to it. */
export type LoginCredential = { readonly type: string } & JsonObject

/** Secrets of an answer, as they come, so that they can be masked before the answer is looked at. */
export interface IssuedTokens {
  readonly accessToken?: string
  readonly refreshToken?: string
}

/** As in "refused to …". */
export const LOG_IN = 'log in'

/**
 * `POST /login`: https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3login.
 * Always with a device ID, so that a repeated login lands on the same device; never with `refresh_token`, which would
 * turn a lasting token into one of five minutes.
 */
export function loginRequest(credential: LoginCredential, device: LoginDevice, accessToken?: Secret): ApiRequest {
  return {
    operation: LOG_IN,
    method: 'POST',
    path: '/login',
    body: { ...credential, device_id: device.deviceId, initial_device_display_name: device.displayName },
    ...(accessToken === undefined ? {} : { accessToken }),
    // Synapse, while another request is logging the device out: "No row found (devices)". A moment later it works.
    passing: (response) =>
      isRefusal(response, 404, 'M_UNKNOWN') ? 'the device is being logged out at the same moment (404)' : undefined,
  }
}

/**
 * The secrets of an answer. Strings of any kind count, also where the rest of the answer is nonsense: what looks like a
 * token is masked before anything else is done with it.
 */
export function issuedTokens(answer: JsonObject): IssuedTokens {
  const accessToken = stringMember(answer, 'access_token')
  const refreshToken = stringMember(answer, 'refresh_token')
  return {
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
}

/** The session in a successful answer. @throws AnswerError where something of it is missing or malformed. */
export function sessionFromLogin(client: MatrixClient, answer: JsonObject, now: number): Session {
  const { accessToken, refreshToken } = issuedTokens(answer)
  const malformed = (what: string) =>
    new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, LOG_IN, true)
  if (accessToken === undefined || !isIssuedToken(accessToken)) throw malformed('it has no usable access_token')
  const userId = stringMember(answer, 'user_id')
  if (userId === undefined || !isUserId(userId)) throw malformed('it has no usable user_id')
  const deviceId = stringMember(answer, 'device_id')
  if (deviceId === undefined || !isPrintable(deviceId)) throw malformed('it has no usable device_id')
  const lifetime = lifetimeOf(answer['expires_in_ms'])
  if (lifetime === 'malformed') throw malformed('its expires_in_ms is no number of milliseconds')
  return {
    homeserverUrl: client.baseUrl,
    userId,
    deviceId,
    accessToken: new Secret(accessToken),
    ...(refreshToken === undefined || !isToken(refreshToken) ? {} : { refreshToken: new Secret(refreshToken) }),
    ...(lifetime === undefined ? {} : { expiresAt: now + lifetime }),
  }
}

/** Tokens are opaque: anything that fits into a header, without white space. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

/** Shorter than any server makes them, in characters: as a mask it would blind the log. */
const SHORTEST_TOKEN = 4
/** Longer than any server makes them, in characters: no variable of the environment would hold it. */
const LONGEST_TOKEN = 65_536

/** A token as servers give them. */
export function isIssuedToken(text: string): boolean {
  return isToken(text) && text.length >= SHORTEST_TOKEN && text.length <= LONGEST_TOKEN
}

/** Whether something that a server calls a token can be masked, whatever it is, without blinding the log. */
export function isMaskable(text: string): boolean {
  return text.split(/\s+/).every((piece) => piece.length >= SHORTEST_TOKEN)
}

/** A user ID that can stand in an output and a log: `@`, a server name behind the first colon, no control characters. */
export function isUserId(text: string): boolean {
  const serverName = /^@[^:]*:(.+)$/.exec(text)?.[1]
  return serverName !== undefined && parseServerName(serverName) !== undefined && isPrintable(text)
}

/** Longest name that is taken from a server, in characters; the specification ends user IDs at 255 bytes. */
const LONGEST_NAME = 1_024

/** Not empty, no control characters, and not endless. */
export function isPrintable(text: string): boolean {
  return text !== '' && text.length <= LONGEST_NAME && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)
}

/** Longest lifetime that stays a date, in milliseconds: 100 years. */
const LONGEST_LIFETIME_MS = 3.2e12

/**
 * A lifetime in milliseconds; absent means that the server names no end.
 * @param unitMs what the value is counted in: 1 for `expires_in_ms`, 1000 for the `expires_in` of OAuth
 */
export function lifetimeOf(value: unknown, unitMs = 1): number | undefined | 'malformed' {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return 'malformed'
  return value * unitMs > LONGEST_LIFETIME_MS ? 'malformed' : value * unitMs
}
