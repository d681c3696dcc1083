import { type Answer, htmlPage, type Incoming } from '../answers.js'
import { DEVICE_GRANT } from '../mas/clients.js'
import { DEVICE_CODE_LIFETIME } from '../mas/device-grants.js'
import { oauthError } from '../mas/oauth-errors.js'
import type { ServerParts } from '../parts.js'
import { masBase } from './mas-metadata.js'
import { uncached } from './mas-oauth.js'
import type { Route } from './route.js'

/** Below the base of MAS. */
export const deviceRoutes: readonly Route[] = [
  { method: 'POST', path: /^\/oauth2\/device$/, handle: authorizeDevice },
  { method: 'GET', path: /^\/link$/, handle: () => htmlPage(200, 'Link a device') },
]

/** `verification_uri_complete` is off by default: `device_code_user_code_auto_fill_enabled`. */
function authorizeDevice(request: Incoming, parts: ServerParts): Answer {
  const { clients, grants } = parts.mas
  const asked = clients.authenticate(request)
  if ('status' in asked) return asked
  if (!asked.client.grants.includes(DEVICE_GRANT)) return oauthError(401, 'unauthorized_client')
  const { deviceCode, userCode } = grants.add(asked.client, asked.form.get('scope') ?? '')
  return uncached({
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: `${masBase(parts)}/link`,
    expires_in: DEVICE_CODE_LIFETIME,
    interval: 5,
  })
}
