import { type Answer, forbidden, objectOf, ok, parseJson, refuse } from '../answers.js'
import type { Caller } from './authentication.js'
import type { Route } from './route.js'

const NOT_THERE: Answer = refuse(forbidden('Not in the room'))

/** As much of rooms as a step needs to show that its token works. */
export const roomRoutes = ({ userId, deviceId }: Caller): readonly Route[] => [
  {
    path: /^\/createRoom$/,
    handle: (_request, { rooms, accounts }) => ok({ room_id: rooms.create(userId, accounts.serverName) }),
  },
  {
    path: /^\/rooms\/([^/]+)\//,
    handle: (_request, { rooms }, room = '') => (rooms.isMember(room, userId) ? undefined : NOT_THERE),
  },
  {
    path: /^\/rooms\/([^/]+)\/send\/([^/]+)/,
    handle: ({ body }, { rooms, facts }, room = '', type = '') => {
      // A token of MAS without a device trips over an assertion in Synapse: element-hq/synapse#19606.
      if (facts.oauth && deviceId === undefined) {
        return refuse({ status: 500, errcode: 'M_UNKNOWN', error: 'Internal server error' })
      }
      return ok({ event_id: rooms.send(room, userId, type, objectOf(parseJson(body))) })
    },
  },
  {
    path: /^\/rooms\/([^/]+)\/event\/([^/]+)/,
    handle: (_request, { rooms }, _room, event = '') => ok(rooms.event(event) ?? {}),
  },
  {
    path: /^\/rooms\/([^/]+)\/leave$/,
    handle: (_request, { rooms }, room = '') => {
      rooms.leave(room, userId)
      return ok({})
    },
  },
]
