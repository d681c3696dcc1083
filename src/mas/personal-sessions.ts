import { AnswerError } from '../matrix/answers.js'
import { isJsonObject, type JsonObject, stringMember } from '../matrix/json.js'
import { isIssuedToken } from '../matrix/login.js'
import { type AdminApi, resource } from './admin-api.js'

/** What a personal session is to be. */
export interface NewPersonalSession {
  /** ULID of the account. */
  readonly userId: string
  readonly deviceId: string
  readonly name: string
  /** Seconds; absent: without end. */
  readonly expiresIn: number | undefined
}

/** A personal session that was made, and its token, which is shown this once. */
export interface MadePersonalSession {
  readonly id: string
  readonly accessToken: string
  /** Milliseconds since 1970; absent: without end. */
  readonly expiresAt?: number
}

/** A personal session that is not revoked; it may have expired. */
export interface ListedPersonalSession {
  readonly id: string
  readonly name: string
}

export const MAKE_SESSION = 'make a personal access token'

/** Sessions of a page, as asked for; the server gives 10 otherwise. */
const PAGE = 100
/** A bound on every loop: nobody has 10,000 such sessions. */
const MOST_PAGES = 100

/** Device part of a scope: https://spec.matrix.org/latest/client-server-api/#device-id-allocation */
function deviceScope(deviceId: string): string {
  return `urn:matrix:client:device:${deviceId}`
}

/**
 * `POST /personal-sessions`. Always with one device: a token without one cannot send, because every request with a
 * transaction ID is 500 then (element-hq/synapse#19606). Not repeated after a lost answer: each try makes a session.
 */
export async function makePersonalSession(api: AdminApi, session: NewPersonalSession): Promise<JsonObject> {
  return api.send({
    operation: MAKE_SESSION,
    method: 'POST',
    path: '/personal-sessions',
    repeatable: 'unless-lost',
    body: {
      actor_user_id: session.userId,
      human_name: session.name,
      scope: `urn:matrix:client:api:* ${deviceScope(session.deviceId)}`,
      ...(session.expiresIn === undefined ? {} : { expires_in: session.expiresIn }),
    },
  })
}

/** The token in an answer, whatever the rest of it is, so that it can be masked first. */
export function madeToken(answer: JsonObject): string | undefined {
  return stringMember(resource(answer['data'])?.attributes ?? {}, 'access_token')
}

/** @throws AnswerError where something of the session is missing or malformed */
export function readPersonalSession(api: AdminApi, answer: JsonObject): MadePersonalSession {
  const made = resource(answer['data'])
  const accessToken = madeToken(answer)
  if (made === undefined || accessToken === undefined || !isIssuedToken(accessToken)) {
    const what = 'it has no usable access_token'
    throw new AnswerError({ kind: 'malformed', status: 201, what }, api.address.issuer, MAKE_SESSION, true)
  }
  const expiresAt = Date.parse(stringMember(made.attributes, 'expires_at') ?? '')
  return { id: made.id, accessToken, ...(Number.isNaN(expiresAt) ? {} : { expiresAt }) }
}

/**
 * Personal sessions of an account that are not revoked; with a device, those of exactly that device. Unknown filters are
 * ignored by the server, so what it answers is looked at again.
 */
export async function listPersonalSessions(
  api: AdminApi,
  userId: string,
  deviceId?: string,
): Promise<readonly ListedPersonalSession[]> {
  const found = new Map<string, ListedPersonalSession>()
  const seen = new Set<string>()
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = listQuery(userId, deviceId, after)
    const answer = await api.send({ operation: LIST_SESSIONS, method: 'GET', path: `/personal-sessions?${query}` })
    const resources = listed(api, answer)
    const known = seen.size
    for (const { id, attributes } of resources) {
      seen.add(id)
      if (isWanted(attributes, userId, deviceId))
        found.set(id, { id, name: stringMember(attributes, 'human_name') ?? '' })
    }
    after = resources.at(-1)?.id
    const links: unknown = answer['links']
    // A page with nothing new on it is the last one, whatever it says.
    if (seen.size === known || !isJsonObject(links) || typeof links['next'] !== 'string') break
  }
  return [...found.values()]
}

const LIST_SESSIONS = 'list personal access tokens'

function listQuery(userId: string, deviceId: string | undefined, after: string | undefined): URLSearchParams {
  return new URLSearchParams({
    'filter[actor_user]': userId,
    'filter[status]': 'active',
    ...(deviceId === undefined ? {} : { 'filter[scope]': deviceScope(deviceId) }),
    'page[first]': String(PAGE),
    ...(after === undefined ? {} : { 'page[after]': after }),
  })
}

function listed(api: AdminApi, answer: JsonObject): { id: string; attributes: JsonObject }[] {
  const data: unknown = answer['data']
  if (!Array.isArray(data)) {
    const what = 'it has no list in it'
    throw new AnswerError({ kind: 'malformed', status: 200, what }, api.address.issuer, LIST_SESSIONS, false)
  }
  return data.map(resource).filter((entry) => entry !== undefined)
}

function isWanted(attributes: JsonObject, userId: string, deviceId: string | undefined): boolean {
  if (stringMember(attributes, 'actor_user_id') !== userId) return false
  if (typeof attributes['revoked_at'] === 'string') return false
  const scope = (stringMember(attributes, 'scope') ?? '').split(' ')
  return deviceId === undefined || scope.includes(deviceScope(deviceId))
}

/** `POST /personal-sessions/{id}/revoke`, by any admin client. 409 says that it was revoked already. */
export async function revokePersonalSession(api: AdminApi, id: string): Promise<'ended' | 'was-dead'> {
  const path = `/personal-sessions/${encodeURIComponent(id)}/revoke`
  try {
    await api.send({ operation: 'revoke the personal access token', method: 'POST', path })
    return 'ended'
  } catch (error) {
    if (error instanceof AnswerError && error.problem.kind === 'refused' && error.problem.status === 409) {
      return 'was-dead'
    }
    throw error
  }
}
