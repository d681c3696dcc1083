import { isJsonObject, type JsonObject, parseJsonObject, stringMember } from '../api/values.js'
import { Failure } from '../failures.js'
import type { HttpResponse } from '../http/transport.js'
import {
  type Advise,
  conflict,
  describeForgeRefusal,
  type ForgeAnswer,
  type ForgeApi,
  messageOf,
  outcomeOfRemoval,
  outcomeOfWrite,
  type ReadHints,
  rateLimit,
  unfitTarget,
} from './forge-api.js'
import type { SecretStore, Target, WriteResult } from './store.js'

/** Repositories per page, the maximum of GitHub. */
const PAGE = 100
/** Limits the loop: an organization has at most 100,000 repositories. */
const MAX_PAGES = 1_000

/** The public key that secrets of a target are encrypted with. */
interface PublicKey {
  readonly id: string
  readonly key: Uint8Array
}

/**
 * Creates the store for secrets of GitHub and GitHub Enterprise Server. @see
 * https://docs.github.com/en/rest/actions/secrets
 */
export function githubStore(api: ForgeApi): SecretStore {
  return {
    prepare: async (target, secretNames) => {
      const path = secretsPath(target)
      const advise = adviseGithub(target)
      const key = await publicKey(api, path, target)
      const isOrganization = target.place.of === 'organization'
      const visibilities = new Map<string, JsonObject>()
      if (isOrganization) {
        for (const name of secretNames) visibilities.set(name, await visibilityOf(api, path, name, target))
      }
      const visibilityFor = (name: string) => visibilities.get(name) ?? (isOrganization ? NEW_IN_ORGANIZATION : {})
      const renewKey = () => publicKey(api, path, target)
      return {
        target,
        write: (name, value) => {
          const send = (sealedTo: PublicKey) => put(api, `${path}/${name}`, sealedTo, value, visibilityFor(name))
          return write(send, { key, renewKey }, advise)
        },
        remove: (name) => outcomeOfRemoval(() => api.send('DELETE', `${path}/${name}`), advise),
      }
    },
  }
}

/** The visibility of a new organization secret. */
const NEW_IN_ORGANIZATION = { visibility: 'private' }

async function put(
  api: ForgeApi,
  path: string,
  sealedTo: PublicKey,
  value: string,
  visibility: JsonObject,
): Promise<ForgeAnswer> {
  // A separate bundle, loaded on demand: only this code needs cryptography that Node does not have.
  const { sealedBox } = await import('./sealed-box.js')
  const encrypted_value = Buffer.from(sealedBox(Buffer.from(value), sealedTo.key)).toString('base64')
  return api.send('PUT', path, { encrypted_value, key_id: sealedTo.id, ...visibility })
}

function secretsPath({ kind, place }: Target): string {
  if (place.of === 'organization') return `/orgs/${place.organization}/${kind}/secrets`
  const repository = `/repos/${place.owner}/${place.repository}`
  if (place.of === 'repository') return `${repository}/${kind}/secrets`
  return `${repository}/environments/${encodeURIComponent(place.environment)}/secrets`
}

async function publicKey(api: ForgeApi, path: string, target: Target): Promise<PublicKey> {
  const response = await api.send('GET', `${path}/public-key`)
  const body = parseJsonObject(response.body) ?? {}
  const [id, key] = [stringMember(body, 'key_id'), Buffer.from(stringMember(body, 'key') ?? '', 'base64')]
  if (response.status !== 200 || id === undefined || !(await canSealTo(key)))
    throw refused(response, target, 'a usable public key')
  return { id, key }
}

/** Returns whether a key can encrypt. Checked now, because otherwise the write would fail after the login. */
async function canSealTo(key: Uint8Array): Promise<boolean> {
  if (key.length !== 32) return false
  const { sealedBox } = await import('./sealed-box.js')
  try {
    return sealedBox(new Uint8Array(), key).length > 0
  } catch {
    return false
  }
}

/**
 * Returns the current visibility. A `PUT` of an organization secret replaces its visibility, so the current one is read
 * and sent again. A new secret becomes `private`.
 */
async function visibilityOf(api: ForgeApi, path: string, secretName: string, target: Target): Promise<JsonObject> {
  const response = await api.send('GET', `${path}/${secretName}`)
  if (response.status === 404) return NEW_IN_ORGANIZATION
  const visibility = stringMember(parseJsonObject(response.body) ?? {}, 'visibility')
  if (response.status !== 200 || visibility === undefined) throw refused(response, target, 'who may see the secret')
  if (visibility !== 'selected') return { visibility }
  const repositories = await selectedRepositories(api, `${path}/${secretName}/repositories`, target)
  // The only API of the three that refuses numbers: https://github.com/cli/cli/issues/6934.
  const ids = target.kind === 'dependabot' ? repositories.map(String) : repositories
  return { visibility, selected_repository_ids: ids }
}

async function selectedRepositories(api: ForgeApi, path: string, target: Target): Promise<number[]> {
  const found: number[] = []
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const response = await api.send('GET', `${path}?per_page=${PAGE}&page=${page}`)
    const body = parseJsonObject(response.body)
    const repositories: unknown = body?.['repositories']
    if (response.status !== 200 || !Array.isArray(repositories))
      throw refused(response, target, 'who may see the secret')
    const ids = repositories.map((repository: unknown) => (isJsonObject(repository) ? repository['id'] : undefined))
    found.push(...ids.filter((id) => typeof id === 'number'))
    // A server may return fewer than requested, so the total count decides if there is one.
    const total: unknown = body?.['total_count']
    if (repositories.length === 0 || (typeof total === 'number' ? found.length >= total : repositories.length < PAGE))
      break
  }
  return found
}

function refused(response: HttpResponse, target: Target, what: string): Failure {
  return unfitTarget(target, `does not let ${what} be read: ${describeForgeRefusal(response, adviseGithub(target))}`)
}

/** The public key, and how to read it again. */
interface SealingKey {
  readonly key: PublicKey
  readonly renewKey: () => Promise<PublicKey>
}

/** Writes once, and again with a new key if the first one may have been replaced since it was read (422). */
async function write(
  send: (key: PublicKey) => Promise<ForgeAnswer>,
  { key, renewKey }: SealingKey,
  advise: Advise,
): Promise<WriteResult> {
  let inDoubt = false
  const sendTwice = async (): Promise<ForgeAnswer> => {
    const first = await send(key)
    if (first.status !== 422) return first
    inDoubt = first.inDoubt
    const second = await send(await renewKey())
    return { ...second, inDoubt: second.inDoubt || inDoubt }
  }
  const result = await outcomeOfWrite(sendTwice, advise).catch(keyNotRenewed)
  return inDoubt && result.kind === 'refused' ? { ...result, kind: 'unknown' } : result
}

function keyNotRenewed(error: unknown): WriteResult {
  if (error instanceof Failure) return { kind: 'refused', why: error.message }
  throw error
}

/**
 * Installation tokens of GitHub Apps.
 * @see
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 */
const APP_TOKEN = /^(ghs_|v1\.)/

/**
 * Reads from a refusal of GitHub whether it is transient. A new App token is refused until every server of GitHub knows
 * it, about a second later.
 */
export function readGithubHints(token: string): ReadHints {
  const isAppToken = APP_TOKEN.test(token)
  return (response, now) => {
    const hints = { ...conflict(response), ...rateLimit(response, now) }
    const { status } = response
    const mayPass = status === 401 || (status === 403 && lastingCause(response, messageOf(response)) === undefined)
    if (!isAppToken || !mayPass || hints.rateLimited === true) return hints
    return { repeatOnce: `the token of the App may be too new (${status})` }
  }
}

/** Gives advice for each refusal. Mentions permissions only if they are the cause. */
function adviseGithub(target: Target): Advise {
  const permission = permissionFor(target)
  return (response, said) => {
    switch (response.status) {
      case 403:
        return lastingCause(response, said) ?? adviseForbidden(said, permission)
      case 404:
        return `It does not exist, or \`store-token\` has no access to it (permission ${permission}). ${OF_AN_APP}`
      case 410:
        return 'The API that this action uses is gone there: update the action.'
      case 422:
        return OTHER_THAN_NAME.test(said) ? '' : 'Is the name of the secret one that is allowed there?'
      default:
        return ''
    }
  }
}

/** What a 422 speaks of where the name is not the cause: https://github.com/integrations/terraform-provider-github/issues/2315. */
const OTHER_THAN_NAME = /encrypt|maximum|limit|propert/i

/** @see https://github.com/actions/create-github-app-token/issues/115 */
const OF_AN_APP =
  'A token of an App reaches only repositories where the App is installed and that its step names (`owner`, `repositories`).'

/** Returns the required permission, as named in GitHub's settings. */
function permissionFor({ kind, place }: Target): string {
  const secrets = { actions: 'Secrets', dependabot: 'Dependabot secrets', codespaces: 'Codespaces secrets' }[kind]
  if (place.of === 'environment') return '“Environments: read and write” of the repository'
  return `“${secrets}: read and write” of the ${place.of}`
}

/** Refusals that are not about permissions, by GitHub's messages. */
const LASTING_CAUSES: readonly (readonly [said: RegExp, advice: string])[] = [
  [/SAML|single sign-on/i, 'Authorise `store-token` for the single sign-on of the organization.'],
  [/archived/i, 'Unarchive the repository, or remove it from `store-in`.'],
  [/IP allow list/i, 'Use a runner whose address is on that list.'],
  [/lifetime/i, 'Give a `store-token` with a shorter lifetime.'],
  [/forbids access via|suspended|administrative rules/i, 'The organization or GitHub itself decides this.'],
]

function lastingCause({ headers }: HttpResponse, said: string): string | undefined {
  if (headers['x-github-sso'] !== undefined) return LASTING_CAUSES[0]?.[1]
  return LASTING_CAUSES.find(([sentence]) => sentence.test(said))?.[1]
}

function adviseForbidden(said: string, permission: string): string {
  if (said === '') return `Has \`store-token\` the permission ${permission}?`
  if (/not accessible by integration/i.test(said))
    return `The GITHUB_TOKEN of a workflow can never write secrets, and an App only with the permission ${permission}, accepted where it is installed.`
  const isPermission = /not accessible|must have|must be|not have permission|not authorized/i.test(said)
  return isPermission ? `\`store-token\` lacks the permission ${permission}.` : ''
}
