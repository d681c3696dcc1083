import type { Answer, Incoming, JsonMembers } from '../answers.js'
import { type ClientRequest, DEVICE_GRANT } from '../mas/clients.js'
import { oauthError } from '../mas/oauth-errors.js'
import { ACCESS_TOKEN_LIFETIME, type Granted } from '../mas/oauth-sessions.js'
import { scopeViolations } from '../mas/scopes.js'
import type { ServerParts } from '../parts.js'
import { masTokenKind } from '../token-forms.js'
import { introspect } from './mas-introspection.js'
import type { Route } from './route.js'

/** Below the base of MAS. */
export const oauthRoutes: readonly Route[] = [
  { method: 'POST', path: /^\/oauth2\/token$/, handle: token },
  { method: 'POST', path: /^\/oauth2\/revoke$/, handle: revoke },
  { method: 'POST', path: /^\/oauth2\/introspect$/, handle: introspect },
  {
    path: /^\/oauth2\/(?:token|revoke|introspect|device|registration)$/,
    handle: ({ method }) => (method === 'POST' ? undefined : METHOD),
  },
]

const METHOD: Answer = { status: 405, headers: { allow: 'POST' }, body: {}, text: '' }

/** Nothing of these endpoints may be kept: RFC 6749 §5.1. */
export const uncached = (body: JsonMembers): Answer => ({
  status: 200,
  headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  body,
})

function token(request: Incoming, parts: ServerParts): Answer {
  const asked = parts.mas.clients.authenticate(request)
  if ('status' in asked) return asked
  const type = asked.form.get('grant_type')
  if (type === null)
    return oauthError(400, 'invalid_request', 'Failed to deserialize form body: missing field `grant_type`')
  const grant = GRANTS[type]
  if (grant === undefined) return oauthError(400, 'unsupported_grant_type')
  if (!asked.client.grants.includes(type)) return oauthError(401, 'unauthorized_client')
  const granted = grant(asked, parts)
  return 'status' in granted ? granted : uncached(tokenMembers(granted))
}

type Grant = (asked: ClientRequest, parts: ServerParts) => Granted | Answer

const INVALID_GRANT = oauthError(400, 'invalid_grant')

const GRANTS: Readonly<Record<string, Grant>> = {
  client_credentials: clientCredentials,
  refresh_token: ({ client, form }, { mas }) =>
    mas.oauth.refresh(client, form.get('refresh_token') ?? '') ?? INVALID_GRANT,
  // Nobody ever gets a code here: the browser's part is not played.
  authorization_code: () => INVALID_GRANT,
  [DEVICE_GRANT]: deviceCode,
}

/** Without a scope there is a token all the same, which is good for nothing. */
function clientCredentials({ client, form }: ClientRequest, { mas }: ServerParts): Granted | Answer {
  const scope = form.get('scope') ?? ''
  const violations = scopeViolations(scope, { interactive: false, admin: client.admin })
  if (violations.length > 0) return oauthError(403, 'invalid_scope', violations.join(', '))
  return mas.oauth.openForClient(client, scope)
}

/** The states of a grant are HTTP 403 here, where RFC 8628 says 400: crates/handlers/src/oauth2/token.rs. */
function deviceCode({ client, form }: ClientRequest, { mas }: ServerParts): Granted | Answer {
  const grant = mas.grants.find(form.get('device_code') ?? '')
  if (grant === undefined || grant.clientId !== client.id) return INVALID_GRANT
  if (grant.slowDown === true) {
    grant.slowDown = false
    return oauthError(400, 'slow_down')
  }
  if (mas.grants.isExpired(grant)) return oauthError(403, 'expired_token')
  if (grant.state === 'pending') return oauthError(403, 'authorization_pending')
  if (grant.state === 'rejected') return oauthError(403, 'access_denied')
  if (grant.state === 'exchanged' || grant.localpart === undefined) return INVALID_GRANT
  grant.state = 'exchanged'
  return mas.oauth.open(client, grant.localpart, grant.scope)
}

function tokenMembers({ accessToken, refreshToken, scope }: Granted): JsonMembers {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_LIFETIME,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(scope === '' ? {} : { scope }),
  }
}

/** RFC 7009. What is not known is no error, and nothing is revoked. */
function revoke(request: Incoming, { mas }: ServerParts): Answer {
  const asked = mas.clients.authenticate(request)
  if ('status' in asked) return asked
  const sent = asked.form.get('token')
  if (sent === null) return oauthError(400, 'invalid_request', 'Failed to deserialize form body: missing field `token`')
  const [hint, kind] = [asked.form.get('token_type_hint'), masTokenKind(sent)]
  if (kind === undefined) return REVOKED_OR_UNKNOWN
  if (hint !== null && HINTS[hint] === undefined) return oauthError(400, 'unsupported_token_type')
  if ((kind !== 'mat' && kind !== 'mar') || (hint !== null && HINTS[hint] !== kind)) return REVOKED_OR_UNKNOWN
  return mas.oauth.revoke(asked.client, sent) === 'not-yours'
    ? oauthError(401, 'unauthorized_client')
    : REVOKED_OR_UNKNOWN
}

const HINTS: Readonly<Record<string, string>> = { access_token: 'mat', refresh_token: 'mar' }
/** The answer is the same whether or not anything was revoked. */
const REVOKED_OR_UNKNOWN: Answer = { status: 200, body: {}, text: '' }
