import { type Answer, htmlPage, type Incoming, objectOf, ok, parseJson, refuse } from '../answers.js'
import type { AdminLoginFacts } from '../flavours.js'
import type { ServerParts } from '../parts.js'
import { alphanumeric } from '../token-forms.js'
import { authenticate } from './authentication.js'
import type { Route } from './route.js'

export const synapseAdminRoutes: readonly Route[] = [
  // Synapse's documentation asks for this: its reverse proxies forward /_matrix and /_synapse/client only.
  {
    path: /^\/_synapse\/admin\//,
    handle: (_request, { options }) => (options.synapseAdmin === 'hidden' ? htmlPage(404, '404 Not Found') : undefined),
  },
  { method: 'POST', path: /^\/_synapse\/admin\/v1\/users\/([^/]*)\/login$/, handle: logInAs },
]

/** A token for somebody else. docs/admin_api/user_admin_api.md of Synapse, "Login as a user". */
function logInAs(request: Incoming, parts: ServerParts, userId = ''): Answer | undefined {
  const { facts, accounts } = parts
  if (facts.synapseAdmin === undefined) return undefined
  const caller = authenticate(request, parts)
  if ('status' in caller) return caller
  if (accounts.findExactly(caller.userId)?.admin !== true) return refuse(facts.synapseAdmin.notAdmin)
  if (!userId.endsWith(`:${accounts.serverName}`)) return refuse(facts.synapseAdmin.notLocal)
  // The user ID is matched exactly here, where a login by password ignores case.
  const user = accounts.findExactly(userId)
  if (user === undefined) return refuse(facts.synapseAdmin.unknownUser)
  const body = request.body === '' ? {} : parseJson(request.body)
  if (body === undefined) return refuse({ status: 400, errcode: 'M_NOT_JSON', error: 'Content not JSON.' })
  const { valid_until_ms: validUntil = null } = objectOf(body)
  if (validUntil !== null && !Number.isInteger(validUntil)) return refuse(facts.synapseAdmin.notAnInteger)
  if (caller.userId === userId) return refuse(facts.synapseAdmin.self)
  return ok({ access_token: openFor(user.localpart, caller.userId, validUntil, facts.synapseAdmin, parts) })
}

/** Neither a deactivated nor a locked account is looked at; the latter's token is refused afterwards. */
function openFor(
  localpart: string,
  admin: string,
  validUntil: unknown,
  { device }: AdminLoginFacts,
  { accounts, facts }: ServerParts,
): string {
  const expiresAt = typeof validUntil === 'number' ? validUntil : undefined
  if (device !== undefined) {
    return accounts.open({
      localpart,
      deviceId: alphanumeric(10),
      displayName: device,
      expiresAt,
    })
  }
  // Synapse's token names the administrator, who owns it.
  const token = facts.token(admin.slice(1, admin.indexOf(':')))
  return accounts.open({ localpart, kind: 'admin-login', token, expiresAt })
}
