import { Failure } from '../failures.js'
import { NoAnswerError } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import { isJsonObject, type JsonObject, parseJsonObject, stringMember } from '../api/json.js'
import { describeForgeRefusal, describeNoAnswer, type ForgeAnswer, type ForgeApi, kindOfRefusal } from './api.js'
import type { SecretStore, WriteResult } from './store.js'
import type { Target } from './targets.js'

/** Repositories of a page, the most that GitHub gives. */
const PAGE = 100
/** An organization has at most 100,000 repositories; a bound on every loop. */
const MOST_PAGES = 1_000

/** The key that a target's secrets are sealed to. */
interface PublicKey {
  readonly id: string
  readonly key: Uint8Array
}

/** Secrets of GitHub and GitHub Enterprise Server: https://docs.github.com/en/rest/actions/secrets */
export function githubStore(api: ForgeApi): SecretStore {
  return {
    prepare: async (target, secretNames) => {
      const path = secretsPath(target)
      const key = await publicKey(api, path, target)
      const visibilities = new Map<string, JsonObject>()
      if (target.place.of === 'organization') {
        for (const name of secretNames) visibilities.set(name, await visibilityOf(api, path, name, target))
      }
      const renewKey = () => publicKey(api, path, target)
      return {
        target,
        write: (name, value) =>
          write(target, key, renewKey, (sealedTo) =>
            put(api, `${path}/${name}`, sealedTo, value, visibilities.get(name)),
          ),
      }
    },
  }
}

async function put(
  api: ForgeApi,
  path: string,
  sealedTo: PublicKey,
  value: string,
  visibility: JsonObject = {},
): Promise<ForgeAnswer> {
  // A bundle of its own, loaded on demand: only this needs cryptography that Node does not have.
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

/** What the token needs, as GitHub's settings call it. */
function permissionFor({ kind, place }: Target): string {
  const secrets = { actions: 'Secrets', dependabot: 'Dependabot secrets', codespaces: 'Codespaces secrets' }[kind]
  if (place.of === 'environment') return '“Environments: read and write” of the repository'
  return `“${secrets}: read and write” of the ${place.of}`
}

async function publicKey(api: ForgeApi, path: string, target: Target): Promise<PublicKey> {
  const response = await api.send('GET', `${path}/public-key`)
  const body = parseJsonObject(response.body) ?? {}
  const [id, key] = [stringMember(body, 'key_id'), Buffer.from(stringMember(body, 'key') ?? '', 'base64')]
  if (response.status !== 200 || id === undefined || !(await canSealTo(key)))
    throw refused(response, target, 'a usable public key')
  return { id, key }
}

/** Found out now, because a write that cannot be sealed would come after the login. */
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
 * A `PUT` to an organization's secret replaces who may see it, so what there is, is read first and sent along. A secret
 * that does not exist yet becomes `private`.
 */
async function visibilityOf(api: ForgeApi, path: string, secretName: string, target: Target): Promise<JsonObject> {
  const response = await api.send('GET', `${path}/${secretName}`)
  if (response.status === 404) return { visibility: 'private' }
  const visibility = stringMember(parseJsonObject(response.body) ?? {}, 'visibility')
  if (response.status !== 200 || visibility === undefined) throw refused(response, target, 'who may see the secret')
  if (visibility !== 'selected') return { visibility }
  const repositories = await selectedRepositories(api, `${path}/${secretName}/repositories`, target)
  return { visibility, selected_repository_ids: repositories }
}

async function selectedRepositories(api: ForgeApi, path: string, target: Target): Promise<number[]> {
  const found: number[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const response = await api.send('GET', `${path}?per_page=${PAGE}&page=${page}`)
    const body = parseJsonObject(response.body)
    const repositories: unknown = body?.['repositories']
    if (response.status !== 200 || !Array.isArray(repositories))
      throw refused(response, target, 'who may see the secret')
    const ids = repositories.map((repository: unknown) => (isJsonObject(repository) ? repository['id'] : undefined))
    found.push(...ids.filter((id) => typeof id === 'number'))
    // A server may give fewer than it is asked for, so the count decides where there is one.
    const total: unknown = body?.['total_count']
    if (repositories.length === 0 || (typeof total === 'number' ? found.length >= total : repositories.length < PAGE))
      break
  }
  return found
}

function refused(response: HttpResponse, target: Target, what: string): Failure {
  const said = describeForgeRefusal(response, permissionFor(target))
  return new Failure('store-refused', `${target.text} does not let ${what} be read: ${said}`)
}

async function write(
  target: Target,
  key: PublicKey,
  renewKey: () => Promise<PublicKey>,
  send: (key: PublicKey) => Promise<ForgeAnswer>,
): Promise<WriteResult> {
  let inDoubt = false
  try {
    const first = await send(key)
    inDoubt = first.inDoubt
    // The key may have been replaced since it was read.
    const last = first.status === 422 ? await renewKey().then(send) : first
    if (last.status === 201 || last.status === 204) return { kind: 'taken' }
    inDoubt ||= last.inDoubt
    return { kind: kindOfRefusal({ ...last, inDoubt }), why: describeForgeRefusal(last, permissionFor(target)) }
  } catch (error) {
    if (error instanceof NoAnswerError) {
      return { kind: inDoubt || error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) }
    }
    if (error instanceof Failure) return { kind: inDoubt ? 'unknown' : 'refused', why: error.message }
    throw error
  }
}
