import { type Answer, type Incoming, ok, refuse, unrecognized } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { loginRoutes } from './login.js'
import { metadataRoutes } from './mas-metadata.js'
import { refreshRoutes } from './refresh.js'
import { dispatch, type Route } from './route.js'
import { sessionRoutes } from './session.js'
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
const clientRoutes: readonly Route[] = [...loginRoutes, ...refreshRoutes, ...sessionRoutes]

/** What the server answers when nothing goes wrong. */
export function answer(request: Incoming, parts: ServerParts): Answer {
  const served = dispatch(serverRoutes, request, request.path, parts)
  if (served !== undefined) return served
  const [, version = '', rest = ''] = /^\/_matrix\/client\/([^/]+)(\/.*)$/.exec(request.path) ?? []
  const client = parts.facts.paths.includes(version) ? dispatch(clientRoutes, request, rest, parts) : undefined
  return client ?? refuse(unrecognized)
}
