import { type Answer, type Incoming, queryOf } from '../answers.js'
import { ADMIN_PATH, adminAnswer, adminError, pageAnswer } from '../mas/admin-answers.js'
import { isUlid } from '../mas/ulid.js'
import type { ServerParts } from '../parts.js'
import type { Route } from './route.js'

/** Legacy logins and OAuth sessions: crates/handlers/src/admin/v1/{compat_sessions,oauth2_sessions}. */
export const accountSessionRoutes: readonly Route[] = (['compat', 'oauth2'] as const).flatMap((kind) => [
  {
    method: 'GET',
    path: new RegExp(`^/${kind}-sessions$`),
    handle: (request: Incoming, parts: ServerParts) => list(request, parts, kind),
  },
  {
    method: 'POST',
    path: new RegExp(`^/${kind}-sessions/([^/]+)/finish$`),
    handle: (_request: Incoming, parts: ServerParts, id = '') => finish(parts, kind, id),
  },
])

type Kind = 'compat' | 'oauth2'

/** Active ones only: what was finished is forgotten here. */
function list(request: Incoming, parts: ServerParts, kind: Kind): Answer {
  const query = queryOf(request)
  const user = query.get('filter[user]')
  if (user !== null && !isUlid(user)) return adminError(400, 'Invalid filter parameters')
  const localpart = user === null ? undefined : parts.mas.users.localpart(user)
  if (user !== null && localpart === undefined) return adminError(404, `User ID ${user} not found`)
  const resources = sessionsOf(parts, kind)
    .filter((session) => localpart === undefined || session.localpart === localpart)
    .map((session) => resourceOf(session, parts, kind))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return pageAnswer(resources, query, `${ADMIN_PATH}/${kind}-sessions`)
}

function finish(parts: ServerParts, kind: Kind, id: string): Answer {
  if (!isUlid(id)) return adminError(400, 'Invalid ULID in path')
  const session = sessionsOf(parts, kind).find((each) => each.id === id)
  if (session === undefined) return adminError(404, 'Session not found')
  parts.accounts.endSession(session.sessionId)
  return adminAnswer(200, resourceOf(session, parts, kind))
}

function sessionsOf({ accounts, mas }: ServerParts, kind: Kind) {
  return accounts.sessions(kind === 'compat' ? 'login' : 'oauth').map((token) => ({
    ...token,
    id: kind === 'compat' ? mas.compatIds.of(token.sessionId) : token.sessionId,
    localpart: token.userId.slice(1).split(':')[0] ?? '',
  }))
}

function resourceOf(session: ReturnType<typeof sessionsOf>[number], { accounts, mas }: ServerParts, kind: Kind) {
  const { id, localpart, userId, deviceId, scope } = session
  const device = accounts.device(userId, deviceId ?? '')
  const lastSeen = device?.last_seen_ts
  const common = {
    user_id: mas.users.of(localpart),
    human_name: device?.display_name ?? null,
    finished_at: null,
    last_active_at: lastSeen === undefined ? null : new Date(lastSeen).toISOString().replace('Z', '000000Z'),
  }
  const attributes = kind === 'compat' ? { ...common, device_id: deviceId ?? null } : { ...common, scope: scope ?? '' }
  return { type: `${kind}-session`, id, attributes, links: { self: `${ADMIN_PATH}/${kind}-sessions/${id}` } }
}
