import { type Answer, type Incoming, objectOf, ok, parseJson } from '../answers.js'
import type { ServerParts } from '../parts.js'
import type { Caller } from './authentication.js'
import type { Route } from './route.js'

/**
 * `POST /delete_devices`, protected by User-Interactive Authentication: synapse/rest/client/devices.py, synapse/handlers/auth.py.
 * Synapse behind MAS does not register it.
 */
export const deletionRoute = (caller: Caller): Route => ({
  method: 'POST',
  path: /^\/delete_devices$/,
  handle: (request, parts) => (parts.facts.oauth ? undefined : deleteDevices(request, parts, caller)),
})

function deleteDevices(request: Incoming, parts: ServerParts, { userId }: Caller): Answer {
  const body = objectOf(parseJson(request.body))
  const problem = challenge(objectOf(body['auth']), parts, userId)
  if (problem !== undefined) return problem
  const devices: unknown = body['devices']
  // Those that do not exist are no error.
  for (const id of Array.isArray(devices) ? devices : []) parts.accounts.removeDevice(userId, String(id))
  return ok({})
}

/** What is still to be done; `undefined` where it is done. Synapse and Dendrite need no session of theirs for the password. */
function challenge(auth: Readonly<Record<string, unknown>>, { accounts, options }: ServerParts, userId: string) {
  const stage = options.passwordLogin === false ? 'm.login.sso' : 'm.login.password'
  const demand = { session: 'ui-auth-session', flows: [{ stages: [stage] }], params: {}, completed: [] }
  if (auth['type'] !== 'm.login.password' || stage !== 'm.login.password') return { status: 401, body: demand }
  const user = accounts.find(objectOf(auth['identifier']))
  const isRight = user?.password !== undefined && user.password === auth['password']
  if (isRight && accounts.userId(user.localpart) === userId) return undefined
  return { status: 401, body: { ...demand, errcode: 'M_FORBIDDEN', error: 'Invalid username or password' } }
}
