import { type ForgeQuestion, type ForgeReply, type ForgeState, type Responder, storeSecret } from './forge-answers.js'

/** What differs between Gitea and Forgejo. */
interface Flavour {
  readonly badToken: string
  readonly scope: (needed: string) => string
  readonly notFound: string
  readonly renamedStatus: number
  /** Longest value, in characters. */
  readonly maxData: number
  /** Whether secrets of a repository can be listed. */
  readonly listsRepository: boolean
  readonly refusesName: (name: string) => boolean
}

const isBadName = (name: string) => !/^[A-Z_][A-Z0-9_]*$/.test(name) || /^(GITEA|GITHUB)_/.test(name) || name === 'CI'

/** Seen on Gitea 1.26. */
const GITEA: Flavour = {
  badToken: 'invalid username, password or token',
  scope: (needed) =>
    `token does not have at least one of required scope(s), required=[${needed}], token scope=read:user`,
  notFound: 'not found',
  renamedStatus: 301,
  maxData: 65_536,
  listsRepository: true,
  refusesName: isBadName,
}

/** Seen on Forgejo 7.0.15; `FORGEJO_` is refused since 17. */
const forgejo = (version: number): Flavour => ({
  badToken: 'user does not exist [uid: 0, name: ]',
  scope: (needed) => `token does not have at least one of required scope(s), required=[${needed}]`,
  notFound: "The target couldn't be found.",
  renamedStatus: 307,
  maxData: Number.POSITIVE_INFINITY,
  listsRepository: false,
  refusesName: (name) => isBadName(name) || (version >= 17 && name.startsWith('FORGEJO_')),
})

export const giteaResponder: Responder = (question, state) => respond(question, state, GITEA)

export function forgejoResponder(version: number): Responder {
  return (question, state) => respond(question, state, forgejo(version))
}

const PATH = /^(\/repos\/([^/]+)\/[^/]+|\/orgs\/([^/]+))(\/actions\/secrets(?:\/([^/]+))?)?$/

function respond(question: ForgeQuestion, state: ForgeState, flavour: Flavour): ForgeReply {
  const { method, path, authorization } = question
  if (authorization === undefined) return refusal(401, 'token is required')
  if (authorization !== `Bearer ${state.token}`) return refusal(401, flavour.badToken)
  const [, found = '', user, organization, secrets, name] = PATH.exec(path) ?? []
  // Owners and repositories are found in any letter case.
  const place = found.toLowerCase()
  const scope = `${method === 'GET' ? 'read' : 'write'}:${user === undefined ? 'organization' : 'repository'}`
  if (!state.scopes.some((held) => held === scope || held === scope.replace('read', 'write')))
    return refusal(403, flavour.scope(scope))
  const absent = findAbsent(place, user ?? '', state, flavour)
  if (absent !== undefined) return absent
  if (secrets === undefined) return { status: 200, body: described(found, state) }
  if (method === 'GET' && name !== undefined) return { status: 405 }
  if (!state.isAdministrator)
    return refusal(403, user === undefined ? 'Must be an organization owner' : 'user should be the owner of the repo')
  if (name !== undefined) return change(question, name.toUpperCase(), `${place}/actions/secrets/`, state, flavour)
  return organization !== undefined || flavour.listsRepository ? listed(place, state) : notFound(flavour)
}

function findAbsent(place: string, owner: string, state: ForgeState, flavour: Flavour): ForgeReply | undefined {
  if (owner !== '' && state.missing.includes(`/repos/${owner.toLowerCase()}`)) return refusal(404, 'GetUserByName')
  const renamed = state.renamed[place]
  if (renamed !== undefined)
    return { status: flavour.renamedStatus, headers: { location: `/api/v1${renamed}/actions/secrets` } }
  if (!state.missing.includes(place)) return undefined
  return place.startsWith('/orgs/') ? refusal(404, 'GetOrgByName') : notFound(flavour)
}

function described(place: string, { isAdministrator }: ForgeState): object {
  return { full_name: place.slice('/repos/'.length), permissions: { admin: isAdministrator, push: true, pull: true } }
}

function listed(place: string, { secrets }: ForgeState): ForgeReply {
  const prefix = `${place}/actions/secrets/`
  const names = [...secrets.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length))
  return { status: 200, body: names.map((name) => ({ name })) }
}

function change(
  { method, body }: ForgeQuestion,
  name: string,
  prefix: string,
  state: ForgeState,
  flavour: Flavour,
): ForgeReply {
  if (flavour.refusesName(name)) return refusal(400, 'invalid variable or secret name')
  if (method === 'DELETE') return state.secrets.delete(prefix + name) ? { status: 204 } : notFound(flavour)
  const { data } = JSON.parse(body)
  if (typeof data !== 'string' || data === '') return refusal(422, '[Data]: Required')
  if (data.length > flavour.maxData) return refusal(400, 'data too long')
  return storeSecret(state, prefix + name, { value: data })
}

function notFound({ notFound }: Flavour): ForgeReply {
  return { status: 404, body: { errors: [], message: notFound, url: DOCUMENTATION } }
}

function refusal(status: number, message: string): ForgeReply {
  return { status, body: { message, url: DOCUMENTATION } }
}

const DOCUMENTATION = 'http://127.0.0.1/api/swagger'
