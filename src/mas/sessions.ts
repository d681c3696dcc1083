import { ApiError, isRefusedWith, malformed, type Operation } from '../api/error.js'
import { type JsonObject, ServerText, stringMember } from '../api/values.js'
import { type AdminApi, listResources, type Resource, resource } from './admin-api.js'

/** The properties of a new personal session. */
export interface NewPersonalSession {
  /** ULID of the account. */
  readonly userId: string
  readonly deviceId: string
  readonly name: string
  /** Whether the scope also holds the session name, so that the session of a token can be identified. */
  readonly isNamedInScope: boolean
  /** Seconds; absent: no expiry. */
  readonly expiresIn: number | undefined
}

/** A personal session that is not revoked; it may have expired. */
export interface ListedPersonalSession {
  readonly id: string
  /** Empty if the server has none. */
  readonly name: string
  readonly scope: readonly string[]
}

export const MAKE_SESSION: Operation = { phrase: 'make a personal access token' }
const LIST_TOKENS: Operation = { phrase: 'list personal access tokens' }
const REVOKE_SESSION: Operation = { phrase: 'revoke the personal access token' }

const DEVICE_SCOPE = 'urn:matrix:client:device:'
/** The scope of MSC2967, which sessions created by hand may have. */
const UNSTABLE_DEVICE_SCOPE = 'urn:matrix:org.matrix.msc2967.client:device:'

/** Returns the scope of a device. @see https://spec.matrix.org/latest/client-server-api/#device-id-allocation */
function deviceScope(deviceId: string): string {
  return `${DEVICE_SCOPE}${deviceId}`
}

/**
 * Returns whether a scope can hold a device ID. A space would end its scope token, and the rest could grant more.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3
 */
export function fitsScope(deviceId: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(deviceId)
}

/** Returns whether a session has this device, in either form of the scope. */
export function isOnDevice({ scope }: ListedPersonalSession, deviceId: string): boolean {
  return scope.some((part) => part === deviceScope(deviceId) || part === `${UNSTABLE_DEVICE_SCOPE}${deviceId}`)
}

const SESSION_SCOPE = 'urn:matrix-access-token:session:'

/**
 * Creates a session: `POST /personal-sessions`. Always with one device: with a token without a device, every request
 * with a transaction ID is answered with 500 (element-hq/synapse#19606). Not retried after a lost response, because
 * each attempt creates a session.
 * @throws ApiError, NetworkError
 */
export async function makePersonalSession(api: AdminApi, session: NewPersonalSession): Promise<JsonObject> {
  const marker = session.isNamedInScope ? ` ${SESSION_SCOPE}${session.name}` : ''
  return api.send({
    operation: MAKE_SESSION,
    method: 'POST',
    path: '/personal-sessions',
    retryPolicy: 'unless-lost',
    body: {
      actor_user_id: session.userId,
      human_name: session.name,
      scope: `urn:matrix:client:api:* ${deviceScope(session.deviceId)}${marker}`,
      ...(session.expiresIn === undefined ? {} : { expires_in: session.expiresIn }),
    },
  })
}

/** Returns the session name in a scope that {@link makePersonalSession} requested; `undefined` if there is none. */
export function sessionNameInScope(scope: readonly string[]): string | undefined {
  const names = scope.filter((part) => part.startsWith(SESSION_SCOPE))
  return names.length === 1 ? names[0]?.slice(SESSION_SCOPE.length) : undefined
}

/** Path to the token in the response to {@link makePersonalSession}. */
export const TOKEN_PATH = ['data', 'attributes'] as const

/** Returns the ID of a new session; `undefined` if it is missing or has special characters. */
export function madeSessionId(answer: JsonObject): string | undefined {
  return resource(answer['data'])?.id
}

/**
 * Returns the expiry of a new session, in milliseconds since 1970; absent: no expiry.
 * @throws ApiError if the ID of the session is missing or has special characters
 */
export function readPersonalSession(api: AdminApi, answer: JsonObject): { readonly expiresAt?: number | 'malformed' } {
  const made = resource(answer['data'])
  const request = { server: api.server, operation: MAKE_SESSION }
  if (made === undefined) throw malformed('it has no usable session ID', request, { status: 201, answerLost: true })
  const end = made.attributes['expires_at']
  if (end === undefined || end === null) return {}
  const expiresAt = typeof end === 'string' ? Date.parse(end) : Number.NaN
  return { expiresAt: Number.isNaN(expiresAt) ? 'malformed' : expiresAt }
}

/** Lists all personal sessions of an account that are not revoked. @throws ApiError, NetworkError */
export function listPersonalSessions(api: AdminApi, userId: string): Promise<readonly ListedPersonalSession[]> {
  return list(api, { 'filter[actor_user]': userId }, userId)
}

/** Lists the personal sessions on one device that are not revoked. @throws ApiError, NetworkError */
export async function listPersonalSessionsOn(
  api: AdminApi,
  userId: string,
  deviceId: string,
): Promise<readonly ListedPersonalSession[]> {
  const filter = { 'filter[actor_user]': userId, 'filter[scope]': deviceScope(deviceId) }
  // The server ignores unknown filters.
  return (await list(api, filter, userId)).filter(({ scope }) => scope.includes(deviceScope(deviceId)))
}

async function list(
  api: AdminApi,
  filter: Readonly<Record<string, string>>,
  userId: string,
): Promise<readonly ListedPersonalSession[]> {
  const query = { ...filter, 'filter[status]': 'active' }
  const resources = await listResources(api, LIST_TOKENS, '/personal-sessions', query)
  return resources
    .filter(({ attributes }) => isActiveSessionOf(attributes, userId))
    .map(({ id, attributes }) => readListed(id, attributes))
}

function isActiveSessionOf(attributes: JsonObject, userId: string): boolean {
  return stringMember(attributes, 'actor_user_id') === userId && typeof attributes['revoked_at'] !== 'string'
}

function readListed(id: string, attributes: JsonObject): ListedPersonalSession {
  const scope = (stringMember(attributes, 'scope') ?? '').split(' ')
  return { id, name: stringMember(attributes, 'human_name') ?? '', scope }
}

/**
 * Revokes a session: `POST /personal-sessions/{id}/revoke`, with any admin client. 409: it was revoked already.
 * @throws ApiError, NetworkError
 */
export async function revokePersonalSession(api: AdminApi, id: string): Promise<'ended' | 'was-over'> {
  const path = `/personal-sessions/${encodeURIComponent(id)}/revoke`
  try {
    await api.send({ operation: REVOKE_SESSION, method: 'POST', path })
    return 'ended'
  } catch (error) {
    if (error instanceof ApiError && error.problem.kind === 'refused' && error.problem.status === 409) {
      return 'was-over'
    }
    throw error
  }
}

/** The kinds of sessions of an account: legacy logins, OAuth clients, personal access tokens. */
const KINDS = ['compat', 'oauth2', 'personal'] as const
type AccountSessionKind = (typeof KINDS)[number]

/** An active session of any kind. */
export interface AccountSession {
  readonly kind: AccountSessionKind
  /** ULID. */
  readonly id: string
  readonly deviceId?: ServerText
  readonly displayName?: ServerText
  /** Milliseconds since 1970; absent if it was never used. */
  readonly lastSeenAt?: number
}

const LIST_SESSIONS: Operation = { phrase: 'list the sessions of the account' }
const END_SESSION: Operation = { phrase: 'end the session' }

/**
 * For each kind: the member for the owner, the filter, the endpoint that ends it, and the member that marks it as
 * ended.
 */
const FACTS: Readonly<Record<AccountSessionKind, { owner: string; filter: string; end: string; endedAt: string }>> = {
  compat: { owner: 'user_id', filter: 'filter[user]', end: 'finish', endedAt: 'finished_at' },
  oauth2: { owner: 'user_id', filter: 'filter[user]', end: 'finish', endedAt: 'finished_at' },
  personal: { owner: 'actor_user_id', filter: 'filter[actor_user]', end: 'revoke', endedAt: 'revoked_at' },
}

/**
 * Lists the sessions of every kind of an account.
 * @param userId ULID of the account
 * @throws ApiError, NetworkError
 * @see https://element-hq.github.io/matrix-authentication-service/api/index.html
 */
export async function listAccountSessions(api: AdminApi, userId: string): Promise<readonly AccountSession[]> {
  const lists: (readonly AccountSession[])[] = []
  for (const kind of KINDS) lists.push(await listKind(api, userId, kind))
  return lists.flat()
}

async function listKind(api: AdminApi, userId: string, kind: AccountSessionKind): Promise<readonly AccountSession[]> {
  const { owner, filter, endedAt } = FACTS[kind]
  const query = { [filter]: userId, 'filter[status]': 'active' }
  const resources = await listResources(api, LIST_SESSIONS, `/${kind}-sessions`, query)
  // The server ignores unknown filters, and would then list the sessions of every account.
  const own = resources.filter(({ attributes }) => stringMember(attributes, owner) === userId)
  return own.filter(({ attributes }) => typeof attributes[endedAt] !== 'string').map((each) => readSession(kind, each))
}

function readSession(kind: AccountSessionKind, { id, attributes }: Resource): AccountSession {
  const deviceId = stringMember(attributes, 'device_id') ?? deviceInScope(stringMember(attributes, 'scope') ?? '')
  const displayName = stringMember(attributes, 'human_name')
  const lastSeenAt = timeIn(attributes, 'last_active_at')
  return {
    kind,
    id,
    ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
    ...(displayName === undefined ? {} : { displayName: new ServerText(displayName) }),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
  }
}

/**
 * Returns the device in a scope.
 * @see https://spec.matrix.org/latest/client-server-api/#device-id-allocation, and MSC2967 for the unstable name
 */
function deviceInScope(scope: string): string | undefined {
  return /(?:^| )urn:matrix:(?:org\.matrix\.msc2967\.)?client:device:(\S+)/.exec(scope)?.[1]
}

function timeIn(attributes: JsonObject, name: string): number | undefined {
  const time = Date.parse(stringMember(attributes, name) ?? '')
  return Number.isNaN(time) ? undefined : time
}

/**
 * Ends one session. 400 (`finish`) and 409 (`revoke`) mean that it had ended already.
 * @throws ApiError, NetworkError
 */
export async function endAccountSession(api: AdminApi, { kind, id }: AccountSession): Promise<void> {
  const path = `/${kind}-sessions/${encodeURIComponent(id)}/${FACTS[kind].end}`
  try {
    await api.send({ operation: END_SESSION, method: 'POST', path })
  } catch (error) {
    if (!isRefusedWith(error, kind === 'personal' ? 409 : 400)) throw error
  }
}
