import { type Answer, type Incoming, type JsonMembers, queryOf } from '../answers.js'
import { ADMIN_PATH, adminAnswer, adminError, pageAnswer, sessionResource, userResource } from '../mas/admin-answers.js'
import type { Owner, PersonalSession } from '../mas/personal-sessions.js'
import { MAS_ADMIN, parseScope, scopeTokens } from '../mas/scopes.js'
import { missingText, strictJson } from '../mas/strict-json.js'
import { isUlid } from '../mas/ulid.js'
import type { ServerParts } from '../parts.js'
import { masTokenKind } from '../token-forms.js'
import { accountSessionRoutes } from './mas-sessions.js'
import { dispatch, type Route } from './route.js'

/** Below the base of MAS. The admin API is off unless the configuration has a listener for it. */
export const adminRoutes: readonly Route[] = [
  {
    path: /^\/api\/admin\/v1\//,
    handle: (request, parts) => {
      const { mas } = parts.options
      if (mas === undefined || mas.adminApi === 'absent') return undefined
      const caller = callerOf(request, parts)
      const path = request.path.slice(request.path.indexOf(ADMIN_PATH) + ADMIN_PATH.length)
      return 'status' in caller ? caller : dispatch(routesFor(caller), request, path, parts)
    },
  },
]

const routesFor = (caller: Owner): readonly Route[] => [
  ...accountSessionRoutes,
  { method: 'GET', path: /^\/users\/by-username\/([^/]+)$/, handle: findUser },
  { method: 'GET', path: /^\/personal-sessions$/, handle: list },
  { method: 'POST', path: /^\/personal-sessions$/, handle: (request, parts) => add(request, parts, caller) },
  { method: 'GET', path: /^\/personal-sessions\/([^/]+)$/, handle: get },
  { method: 'POST', path: /^\/personal-sessions\/([^/]+)\/revoke$/, handle: revoke },
  {
    method: 'POST',
    path: /^\/personal-sessions\/([^/]+)\/regenerate$/,
    handle: (request, parts, id) => regenerate(request, parts, caller, id),
  },
]

/** crates/handlers/src/admin/call_context.rs: by client credentials, or by a personal token with the scope. */
function callerOf({ authorization }: Incoming, { accounts, mas, now }: ServerParts): Owner | Answer {
  if (authorization === undefined) return adminError(400, 'Missing authorization header')
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1]
  if (token === undefined) return adminError(400, 'Invalid authorization header')
  const kind = masTokenKind(token)
  if (kind !== 'mat' && kind !== 'mpt') return adminError(401, 'Invalid type of access token')
  const client = mas.oauth.clientToken(token)
  const user = accounts.known(token)
  if (client === undefined && user === undefined) return adminError(401, 'Unknown access token')
  const expired = client === undefined ? !accounts.isAlive(token) : client.expiresAt <= now()
  if (expired) return adminError(401, 'Access token expired')
  if (user !== undefined && accounts.isLocked(user.userId)) return adminError(401, 'User locked')
  const scope = client?.scope ?? user?.scope ?? ''
  if (!scopeTokens(scope).includes(MAS_ADMIN)) return adminError(401, 'Missing urn:mas:admin scope')
  if (client !== undefined) return { clientId: client.clientId }
  return { localpart: user?.userId.slice(1).split(':')[0] ?? '' }
}

/** By localpart, in any case; not by a whole user ID. */
function findUser(_request: Incoming, { accounts, mas, now }: ServerParts, name = ''): Answer {
  const user = name.startsWith('@') ? undefined : accounts.find({ user: name })
  if (user === undefined) return adminError(404, `User with username ${JSON.stringify(name)} not found`)
  return adminAnswer(200, userResource(user, mas, now()), `${ADMIN_PATH}/users/by-username/${name}`)
}

function add(request: Incoming, { accounts, mas }: ServerParts, caller: Owner): Answer {
  const strict = strictJson(request, (members) => wrongSession(members) ?? wrongSeconds(members))
  if ('refused' in strict) return strict.refused
  const { members: body } = strict
  const localpart = mas.users.localpart(String(body['actor_user_id']))
  const user = localpart === undefined ? undefined : accounts.findExactly(accounts.userId(localpart))
  if (user === undefined) return adminError(404, 'User not found')
  // A locked one is not looked at: the token is made, and dead.
  if (user.deactivated === true) return adminError(410, 'User is not active')
  const scope = parseScope(String(body['scope']))
  if (scope === undefined) return adminError(400, 'Invalid scope')
  const session = mas.personal.add(caller, user.localpart, String(body['human_name']), scope, secondsOf(body))
  return adminAnswer(201, sessionResource(session, mas, session.token))
}

function wrongSession(members: JsonMembers): string | undefined {
  const missing = missingText(members, 'actor_user_id', 'human_name', 'scope')
  if (missing !== undefined) return missing
  return isUlid(String(members['actor_user_id'])) ? undefined : 'actor_user_id: invalid length'
}

/** An unsigned number of 32 bits. */
function wrongSeconds({ expires_in: seconds = null }: JsonMembers): string | undefined {
  if (seconds === null || (Number.isInteger(seconds) && Number(seconds) >= 0 && Number(seconds) < 2 ** 32))
    return undefined
  return 'expires_in: invalid value, expected u32'
}

function secondsOf({ expires_in: seconds }: JsonMembers): number | undefined {
  return typeof seconds === 'number' ? seconds : undefined
}

function get(_request: Incoming, { mas }: ServerParts, id = ''): Answer {
  const session = sessionOf(id, mas, 'Personal session not found')
  return 'status' in session ? session : adminAnswer(200, sessionResource(session, mas))
}

/** By any administrator, not by the owner only. */
function revoke(_request: Incoming, { mas }: ServerParts, id = ''): Answer {
  const session = sessionOf(id, mas, `Personal session with ID ${id} not found`)
  if ('status' in session) return session
  if (session.revokedAt !== undefined) return adminError(409, `Personal session with ID ${id} is already revoked`)
  return adminAnswer(200, sessionResource(mas.personal.revoke(session), mas))
}

function regenerate(request: Incoming, { mas }: ServerParts, caller: Owner, id = ''): Answer {
  if (!isUlid(id)) return adminError(400, 'Invalid ULID in path')
  const strict = strictJson(request, wrongSeconds)
  if ('refused' in strict) return strict.refused
  const session = sessionOf(id, mas, 'Session not found')
  if ('status' in session) return session
  if (session.revokedAt !== undefined) return adminError(422, 'Session not valid')
  if (JSON.stringify(session.owner) !== JSON.stringify(caller)) return adminError(403, 'Session does not belong to you')
  const renewed = mas.personal.regenerate(session, secondsOf(strict.members))
  return adminAnswer(201, sessionResource(renewed, mas, renewed.token))
}

function sessionOf(id: string, { personal }: ServerParts['mas'], notFound: string): PersonalSession | Answer {
  if (!isUlid(id)) return adminError(400, 'Invalid ULID in path')
  return personal.find(id) ?? adminError(404, notFound)
}

/** `active` is what was not revoked: a session whose token has expired stays in it. Filters that are not known are ignored. */
function list(request: Incoming, { mas }: ServerParts): Answer {
  const query = queryOf(request)
  const actor = query.get('filter[actor_user]')
  const client = query.get('filter[owner_client]')
  const status = query.get('filter[status]')
  const scopes = query.getAll('filter[scope]')
  if ([actor, client].some((id) => id !== null && !isUlid(id))) return adminError(400, 'Invalid filter parameters')
  if (status !== null && !['active', 'revoked'].includes(status)) return adminError(400, 'Invalid filter parameters')
  const user = actor === null ? undefined : mas.users.localpart(actor)
  if (actor !== null && user === undefined) return adminError(404, `User ID ${actor} not found`)
  if (client !== null && mas.clients.find(client) === undefined) return adminError(404, `Client ID ${client} not found`)
  const wanted = (session: PersonalSession) =>
    (user === undefined || session.localpart === user) &&
    (client === null || ('clientId' in session.owner && session.owner.clientId === client)) &&
    (status === null || (session.revokedAt === undefined) === (status === 'active')) &&
    scopes.every((scope) => scopeTokens(session.scope).includes(scope))
  const filters = FILTERS.flatMap((name) => query.getAll(name).map((value) => `${name}=${value}`)).join('&')
  const base = `${ADMIN_PATH}/personal-sessions${filters === '' ? '' : `?${filters}`}`
  return pageAnswer(
    mas.personal
      .all()
      .filter(wanted)
      .map((session) => sessionResource(session, mas)),
    query,
    base,
  )
}

const FILTERS = ['filter[owner_client]', 'filter[actor_user]', 'filter[scope]', 'filter[status]']
