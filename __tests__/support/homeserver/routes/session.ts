import { type Answer, bearerToken, type Incoming, ok, refuse } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { masTokenKind } from '../token-forms.js'
import { authenticate, type Caller, withoutToken } from './authentication.js'
import { deletionRoute } from './delete-devices.js'
import { keyRoutes } from './keys.js'
import { roomRoutes } from './rooms.js'
import { dispatch, type Route } from './route.js'

/** What needs an access token. */
export const sessionRoutes: readonly Route[] = [
  { method: 'POST', path: /^\/logout$/, handle: logOut },
  {
    path: /^\/(?:account\/whoami|devices|delete_devices|createRoom|join|rooms|keys|user)(?:\/|$)/,
    handle: authenticated,
  },
]

function authenticated(request: Incoming, parts: ServerParts): Answer | undefined {
  const caller = authenticate(request, parts)
  const path = request.path.replace(/^\/_matrix\/client\/[^/]+/, '')
  if ('status' in caller) return caller
  return dispatch([...accountRoutes(caller), ...roomRoutes(caller), ...keyRoutes(caller)], request, path, parts)
}

const accountRoutes = ({ userId, deviceId }: Caller): readonly Route[] => [
  deletionRoute({ userId, deviceId }),
  {
    path: /^\/account\/whoami$/,
    handle: (_request, { facts }) =>
      ok({
        user_id: userId,
        ...(facts.saysWhoIsGuest ? { is_guest: false } : {}),
        ...(deviceId === undefined ? {} : { device_id: deviceId }),
      }),
  },
  {
    path: /^\/devices$/,
    handle: (_request, { accounts, facts }) =>
      ok({ devices: accounts.devices(userId).filter(({ device_id: id }) => id !== '' || facts.listsNamelessDevice) }),
  },
  {
    method: 'GET',
    path: /^\/devices\/([^/]+)$/,
    handle: (_request, { accounts, facts }, id = '') => {
      const device = accounts.device(userId, id)
      return device === undefined ? refuse(facts.unknownDevice) : ok({ ...device })
    },
  },
]

/** A locked user may log out, on Synapse and on Tuwunel. */
function logOut(request: Incoming, parts: ServerParts): Answer {
  const { facts, accounts, options, endedServices } = parts
  const token = bearerToken(request)
  if (token === undefined) return withoutToken(request, facts)
  if (facts.oauth) return logOutOfMas(token, parts)
  if (token === options.appservice?.token && facts.appservice !== undefined && !endedServices.has(token)) {
    if (facts.appservice.logout !== 'ends-token') return refuse(facts.appservice.logout)
    endedServices.add(token)
    return ok({})
  }
  const known = accounts.known(token)
  if (known === undefined) return refuse(facts.unknownToken)
  if (accounts.isExpired(known) && !facts.logoutTakesExpired) return refuse(facts.expiredToken)
  accounts.close(token)
  return ok({})
}

/**
 * MAS serves this itself, and for its compatibility sessions only: to its own OAuth and personal tokens it answers so although
 * they live. crates/handlers/src/compat/logout.rs.
 */
function logOutOfMas(token: string, { accounts }: ServerParts): Answer {
  if (masTokenKind(token) !== 'mct' || !accounts.isAlive(token)) {
    return refuse({ status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Invalid access token' })
  }
  accounts.close(token)
  return ok({})
}
