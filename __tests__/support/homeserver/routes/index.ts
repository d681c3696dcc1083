import { type Answer, htmlPage, type Incoming, ok, refuse, unrecognized } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { loginRoutes } from './login.js'
import { adminRoutes } from './mas-admin.js'
import { deviceRoutes } from './mas-device.js'
import { metadataRoutes } from './mas-metadata.js'
import { oauthRoutes } from './mas-oauth.js'
import { registrationRoutes } from './mas-registration.js'
import { refreshRoutes } from './refresh.js'
import { dispatch, type Route } from './route.js'
import { sessionRoutes } from './session.js'
import { ssoRoutes } from './sso.js'
import { synapseAdminRoutes } from './synapse-admin.js'

const serverRoutes: readonly Route[] = [
  {
    path: /^\/\.well-known\/matrix\/client$/,
    handle: (_request, { baseUrl }) => ok({ 'm.homeserver': { base_url: baseUrl() } }),
  },
  { path: /^\/_matrix\/client\/versions$/, handle: (_request, { facts }) => ok({ versions: facts.versions }) },
  ...synapseAdminRoutes,
  ...metadataRoutes,
]

/** Below `/_matrix/client/{version}`. */
const clientRoutes: readonly Route[] = [
  ...loginRoutes,
  ...ssoRoutes,
  ...refreshRoutes,
  ...sessionRoutes,
  { path: /^\/(login|logout|refresh)$/, handle: wrongMethod },
]

/** Below the base of Matrix Authentication Service. */
const masRoutes: readonly Route[] = [...oauthRoutes, ...deviceRoutes, ...registrationRoutes, ...adminRoutes]

/** What the server answers when nothing goes wrong. */
export function answer(request: Incoming, parts: ServerParts): Answer {
  const served = dispatch(serverRoutes, request, request.path, parts)
  if (served !== undefined) return served
  const [, version = '', rest = ''] = /^\/_matrix\/client\/([^/]+)(\/.*)$/.exec(request.path) ?? []
  const client = parts.facts.paths.includes(version) ? dispatch(clientRoutes, request, rest, parts) : undefined
  return client ?? answerOfMas(request, parts) ?? refuse(unrecognized)
}

/** MAS: an empty body. */
function wrongMethod(_request: Incoming, { facts }: ServerParts, name = ''): Answer | undefined {
  if (name === 'refresh' ? facts.refresh === undefined : facts.flows.length === 0) return undefined
  if (facts.strictContentType) return { status: 405, body: {}, text: '' }
  return refuse({ status: 405, errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' })
}

/** MAS has a page of its own for what it does not know, also below the three paths that the proxy gives it. */
function answerOfMas(request: Incoming, parts: ServerParts): Answer | undefined {
  const { facts, options } = parts
  if (!facts.oauth) return undefined
  const page = htmlPage(404, 'Page not found')
  if (/^\/_matrix\/client\/[^/]+\/(?:login|logout|refresh)\b/.test(request.path)) {
    return facts.flows.length > 0 ? page : undefined
  }
  const base = options.mas?.path ?? ''
  if (!request.path.startsWith(`${base}/`) || /^\/_(?:matrix|synapse)\//.test(request.path)) return undefined
  return dispatch(masRoutes, request, request.path.slice(base.length), parts) ?? page
}
