import type { Token } from '../accounts.js'
import { type Answer, type Incoming, type JsonMembers, ok } from '../answers.js'
import { oauthError } from '../mas/oauth-errors.js'
import { equivalentScope } from '../mas/scopes.js'
import type { ServerParts } from '../parts.js'

/** A token that is not active, for whatever reason: nothing else is said. */
const INACTIVE = ok({ active: false })

/** RFC 7662, for any confidential client: crates/handlers/src/oauth2/introspection.rs. */
export function introspect(request: Incoming, { mas, accounts, now }: ServerParts): Answer {
  const asked = mas.clients.authenticate(request)
  if ('status' in asked) return asked
  if (asked.client.auth === 'none') return oauthError(401, 'access_denied')
  const sent = asked.form.get('token')
  if (sent === null) return oauthError(400, 'invalid_request', 'Failed to deserialize form body: missing field `token`')
  const known = accounts.known(sent)
  if (known === undefined || !accounts.isAlive(sent)) return INACTIVE
  const user = accounts.findExactly(known.userId)
  if (user === undefined || user.locked === true || user.deactivated === true) return INACTIVE
  const session = mas.personal.all().find(({ token }) => token === sent)
  const owner = session !== undefined && 'clientId' in session.owner ? { client_id: session.owner.clientId } : {}
  // To whole seconds, up as well as down.
  const issued = session === undefined ? {} : { iat: Math.round(session.createdAt / 1000) }
  return ok({
    active: true,
    scope: equivalentScope(known.scope ?? scopeOfLogin(known)),
    ...owner,
    username: user.localpart,
    token_type: 'access_token',
    sub: mas.users.of(user.localpart),
    ...issued,
    ...expiryOf(known, now()),
  })
}

/** A login grants everything, on its device. */
const scopeOfLogin = ({ deviceId }: Token) =>
  `urn:matrix:client:api:*${deviceId === undefined ? '' : ` urn:matrix:client:device:${deviceId}`}`

function expiryOf({ expiresAt }: Token, now: number): JsonMembers {
  if (expiresAt === undefined) return {}
  return { exp: Math.round(expiresAt / 1000), expires_in: Math.round((expiresAt - now) / 1000) }
}
