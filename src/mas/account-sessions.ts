import { isRefusedWith, type Operation } from '../api/error.js'
import { type JsonObject, ServerText, stringMember } from '../api/values.js'
import { type AdminApi, listResources, type Resource } from './admin-api.js'

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
