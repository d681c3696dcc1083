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
    method: 'POST',
    path: /^\/rooms\/([^/]+)\/invite$/,
    handle: ({ body }, { rooms }, room = '') => {
      rooms.invite(room, String(objectOf(parseJson(body)).user_id))
      return ok({})
    },
  },
  {
    method: 'POST',
    path: /^\/join\/([^/]+)$/,
    handle: (_request, { rooms }, room = '') =>
      rooms.join(room, userId) ? ok({ room_id: room }) : refuse(forbidden('You are not invited to this room.')),
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
