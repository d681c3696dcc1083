import type { Accounts } from './accounts.js'
import { FLAVOURS, type Flavour, type FlavourFacts, type Refusal, unrecognized } from './flavours.js'
import type { RateLimiter } from './rate-limit.js'
import type { Rooms } from './rooms.js'

/** A request, as far as routes look at it. */
export interface Incoming {
  readonly method: string
  /** Without query and without the base path. */
  readonly path: string
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

/** Everything that a server of a flavour is. */
export interface ServerParts {
  readonly flavour: Flavour
  readonly accounts: Accounts
  readonly rooms: Rooms
  readonly limiter: RateLimiter
  readonly passwordLogin: boolean
  readonly baseUrl: () => string
}

const refuse = ({ status, ...body }: Refusal): Answer => ({ status, body })
const NOT_FOUND: Answer = refuse(unrecognized)

/** What the server answers when nothing goes wrong. */
export function answer(request: Incoming, parts: ServerParts): Answer {
  const { method, path } = request
  const facts = FLAVOURS[parts.flavour]
  if (path === '/.well-known/matrix/client')
    return { status: 200, body: { 'm.homeserver': { base_url: parts.baseUrl() } } }
  if (path === '/_matrix/client/versions') return { status: 200, body: { versions: facts.versions } }
  if (path === '/_matrix/client/v1/auth_metadata') {
    return facts.oauth ? { status: 200, body: { issuer: `${parts.baseUrl()}/` } } : NOT_FOUND
  }
  const [, version = '', rest = ''] = /^\/_matrix\/client\/([^/]+)(\/.*)$/.exec(path) ?? []
  if (!facts.paths.includes(version)) return NOT_FOUND
  if (rest === '/login') return parts.flavour === 'oauth-only' ? NOT_FOUND : logIn(request, parts, facts)
  return authenticated(request, method, rest, parts, facts)
}

function logIn(request: Incoming, parts: ServerParts, facts: FlavourFacts): Answer {
  const flows = facts.flows.filter((flow) => parts.passwordLogin || flow !== 'm.login.password')
  if (request.method === 'GET') return { status: 200, body: { flows: flows.map((type) => ({ type })) } }
  if (request.method !== 'POST')
    return refuse({ status: 405, errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' })
  const limited = parts.limiter.check(facts.rateLimit)
  if (limited !== undefined) return limited
  if (facts.strictContentType && !/^application\/json\b/.test(request.contentType ?? 'application/json')) {
    const error = 'Invalid Content-Type header: expected application/json'
    return refuse({ status: 400, errcode: 'M_NOT_JSON', error })
  }
  const body = parse(request.body)
  if (body === undefined) return refuse({ status: 400, errcode: 'M_NOT_JSON', error: 'Content not JSON.' })
  if (body.type !== 'm.login.password') return refuse(facts.unknownType)
  return parts.passwordLogin ? logInWithPassword(body, parts, facts) : refuse(facts.passwordOff)
}

function logInWithPassword(body: Readonly<Record<string, unknown>>, parts: ServerParts, facts: FlavourFacts): Answer {
  const identifier = objectOf(body.identifier)
  if (identifier.type !== 'm.id.user' && !(facts.thirdPartyIdentifiers && identifier.type === 'm.id.thirdparty')) {
    return refuse(facts.unsupportedIdentifier)
  }
  const user = parts.accounts.find(identifier)
  if (user === undefined) return refuse(facts.unknownUser)
  if (user.locked === true) return refuse(facts.locked)
  if (user.deactivated === true) return refuse(facts.deactivated)
  if (user.password === undefined || user.password !== body.password) return refuse(facts.wrongPassword)
  const name = body.initial_device_display_name
  if (typeof name === 'string' && [...name].length > 100 && facts.nameTooLong !== undefined)
    return refuse(facts.nameTooLong)
  // An empty device ID makes a device with an empty ID, on Synapse and on Dendrite.
  const deviceId = typeof body.device_id === 'string' ? body.device_id : 'GENERATEDX'
  const token = parts.accounts.open(user.localpart, deviceId, typeof name === 'string' ? name : undefined)
  return {
    status: 200,
    body: { user_id: parts.accounts.userId(user.localpart), access_token: token, device_id: deviceId },
  }
}

function authenticated(
  request: Incoming,
  method: string,
  rest: string,
  parts: ServerParts,
  facts: FlavourFacts,
): Answer {
  // The scheme word is compared as it is: `bearer` is no token at all.
  const token = /^Bearer (.+)$/.exec(request.authorization ?? '')?.[1]
  if (token === undefined) return refuse({ status: 401, errcode: 'M_MISSING_TOKEN', error: 'Missing access token' })
  const owner = parts.accounts.owner(token)
  if (owner === undefined) return refuse(facts.unknownToken)
  const { userId, deviceId } = owner
  if (rest === '/logout' && method === 'POST') return logOut(token, parts, facts)
  if (parts.accounts.isLocked(userId)) return refuse(facts.locked)
  if (rest === '/account/whoami') {
    return { status: 200, body: { user_id: userId, ...(deviceId === undefined ? {} : { device_id: deviceId }) } }
  }
  if (rest === '/devices') return { status: 200, body: { devices: parts.accounts.devices(userId) } }
  return roomRequest(request, rest, userId, parts)
}

/** MAS answers so to its own OAuth and personal tokens although they live: crates/handlers/src/compat/logout.rs. */
function logOut(token: string, parts: ServerParts, facts: FlavourFacts): Answer {
  if (parts.flavour === 'mas' && /^m[ap]t_/.test(token)) {
    return refuse({ ...facts.unknownToken, error: 'Invalid access token' })
  }
  parts.accounts.close(token)
  return { status: 200, body: {} }
}

function roomRequest(request: Incoming, rest: string, userId: string, { rooms, accounts }: ServerParts): Answer {
  if (rest === '/createRoom') return { status: 200, body: { room_id: rooms.create(userId, accounts.serverName) } }
  const [, rawRoom = '', action = '', argument = ''] = /^\/rooms\/([^/]+)\/(\w+)(?:\/([^/]+))?/.exec(rest) ?? []
  const roomId = decodeURIComponent(rawRoom)
  if (!rooms.isMember(roomId, userId)) return refuse({ status: 403, errcode: 'M_FORBIDDEN', error: 'Not in the room' })
  if (action === 'send')
    return { status: 200, body: { event_id: rooms.send(roomId, userId, argument, parse(request.body)) } }
  if (action === 'event') return { status: 200, body: rooms.event(decodeURIComponent(argument)) ?? {} }
  if (action !== 'leave') return NOT_FOUND
  rooms.leave(roomId, userId)
  return { status: 200, body: {} }
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
