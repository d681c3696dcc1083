import { type Answer, htmlPage, type Incoming, queryOf } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { masBase } from './mas-metadata.js'
import type { Route } from './route.js'

/**
 * The way to a login token, for a browser: what it comes to is played with `issueLoginToken`.
 * https://spec.matrix.org/v1.18/client-server-api/#get_matrixclientv3loginssoredirect
 */
export const ssoRoutes: readonly Route[] = [{ method: 'GET', path: /^\/login\/sso\/redirect$/, handle: redirect }]

function redirect(request: Incoming, parts: ServerParts): Answer | undefined {
  const { facts, options } = parts
  if (!facts.flows.includes('m.login.sso') && !(facts.modules && options.singleSignOn === true)) return undefined
  const target = queryOf(request).get('redirectUrl')
  if (target === null || !URL.canParse(target))
    return htmlPage(400, target === null ? 'Missing redirectUrl' : 'invalid redirectUrl')
  const location = `${masBase(parts)}/complete-compat-sso/01AAAAAAAAAAAAAAAAAAAAAAAA?redirect=${encodeURIComponent(target)}`
  return { status: facts.oauth ? 303 : 302, headers: { location }, body: {}, text: '' }
}
