import { type Answer, forbidden, type Incoming, type JsonMembers, objectOf, ok, parseJson, refuse } from '../answers.js'
import { IDENTITY_MEMBERS } from '../keys.js'
import type { ServerParts } from '../parts.js'
import type { Caller } from './authentication.js'
import type { Route } from './route.js'

/** End-to-end encryption and account data, as far as a device's verification needs them. */
export const keyRoutes = (caller: Caller): readonly Route[] => [
  { method: 'POST', path: /^\/keys\/query$/, handle: (request, parts) => queryKeys(request, parts, caller) },
  { method: 'POST', path: /^\/keys\/upload$/, handle: (request, parts) => uploadKeys(request, parts, caller) },
  {
    method: 'POST',
    path: /^\/keys\/signatures\/upload$/,
    handle: (request, parts) => uploadSignatures(request, parts, caller),
  },
  {
    method: 'POST',
    path: /^\/keys\/device_signing\/upload$/,
    handle: (request, parts) => uploadIdentity(request, parts, caller),
  },
  {
    path: /^\/user\/([^/]+)\/account_data\/([^/]+)$/,
    handle: (request, parts, userId = '', type = '') => accountData(request, parts, caller, { userId, type }),
  },
]

const bodyOf = (request: Incoming) => objectOf(parseJson(request.body))
const BAD_JSON = { status: 400, errcode: 'M_BAD_JSON' }

/** Members are there and empty on Synapse where there is nothing. */
function queryKeys(request: Incoming, { keys }: ServerParts, caller: Caller): Answer {
  const users = Object.keys(objectOf(bodyOf(request)['device_keys']))
  const shown = (member: (typeof IDENTITY_MEMBERS)[number]): JsonMembers =>
    Object.fromEntries(
      users
        .filter((userId) => member !== 'user_signing' || userId === caller.userId)
        .flatMap((userId) => {
          const key = keys.identity(userId)[member]
          return key === undefined ? [] : [[userId, key]]
        }),
    )
  return ok({
    device_keys: Object.fromEntries(users.map((userId) => [userId, keys.devicesOf(userId)])),
    failures: {},
    master_keys: shown('master'),
    self_signing_keys: shown('self_signing'),
    user_signing_keys: shown('user_signing'),
  })
}

/** Neither server looks at the device's own signature. */
function uploadKeys(request: Incoming, { keys }: ServerParts, { userId, deviceId = '' }: Caller): Answer {
  const given = objectOf(bodyOf(request)['device_keys'])
  if (given['user_id'] !== userId || given['device_id'] !== deviceId) {
    return refuse({ ...BAD_JSON, error: 'Provided device_keys do not match the device' })
  }
  keys.setDeviceKeys(userId, deviceId, given)
  return ok({ one_time_key_counts: {} })
}

function uploadSignatures(request: Incoming, { keys }: ServerParts, { userId }: Caller): Answer {
  const objects = objectOf(bodyOf(request)[userId])
  const failures = keys.uploadSignatures(userId, objects)
  return ok(failures === undefined ? {} : { failures })
}

/**
 * MSC3967: no authentication where there is no master key yet, nor for the same keys again. MAS asks for its own page.
 * synapse/rest/client/keys.py, SigningKeyUploadServlet.
 */
function uploadIdentity(request: Incoming, parts: ServerParts, { userId }: Caller): Answer {
  const { keys, accounts, facts, options, baseUrl } = parts
  const body = bodyOf(request)
  const given = Object.fromEntries(IDENTITY_MEMBERS.map((member) => [member, body[`${member}_key`]]))
  const current = keys.identity(userId)
  const same = JSON.stringify(given['master']) === JSON.stringify(current.master)
  const asks = options.identityNeedsPassword === true || current.master !== undefined
  const { password, type } = objectOf(body['auth'])
  const known = accounts.findExactly(userId)?.password
  if (asks && !same && (facts.oauth || type !== 'm.login.password' || password !== known)) {
    if (facts.oauth) return masChallenge(`${baseUrl()}/account/?action=org.matrix.cross_signing_reset`)
    const wrong = type === undefined ? {} : { errcode: 'M_FORBIDDEN', error: 'Invalid password' }
    return {
      status: 401,
      body: { session: 'uia-session', flows: [{ stages: ['m.login.password'] }], params: {}, ...wrong },
    }
  }
  for (const member of IDENTITY_MEMBERS) keys.setIdentity(userId, { [member]: objectOf(given[member]) })
  return ok({})
}

function masChallenge(url: string): Answer {
  const stage = 'org.matrix.cross_signing_reset'
  return {
    status: 401,
    body: { session: 'dummy', flows: [{ stages: ['m.oauth'] }, { stages: [stage] }], params: { [stage]: { url } } },
  }
}

function accountData(
  request: Incoming,
  { keys }: ServerParts,
  caller: Caller,
  { userId, type }: { readonly userId: string; readonly type: string },
): Answer | undefined {
  if (userId !== caller.userId) return refuse(forbidden('Cannot get account data for other users.'))
  if (request.method === 'PUT') {
    keys.setAccountData(userId, type, bodyOf(request))
    return ok({})
  }
  const content = keys.accountData(userId, type)
  return content === undefined
    ? refuse({ status: 404, errcode: 'M_NOT_FOUND', error: 'Account data not found' })
    : ok(content)
}
