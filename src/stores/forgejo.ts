import { isJsonObject, parseJsonObject } from '../api/values.js'
import type { HttpResponse } from '../http/transport.js'
import {
  type Advise,
  conflict,
  describeForgeRefusal,
  type ForgeApi,
  messageOf,
  outcomeOfRemoval,
  outcomeOfWrite,
  type ReadHints,
  rateLimit,
  unfitTarget,
} from './forge-api.js'
import type { SecretStore, Target } from './store.js'

/** Reads from a refusal of Gitea or Forgejo whether it is transient. */
export const readForgejoHints: ReadHints = (response, now) => ({ ...conflict(response), ...rateLimit(response, now) })

/**
 * Creates the store for secrets of Gitea and Forgejo. It sends the plain value over TLS: they have no encryption key.
 * @see https://github.com/go-gitea/gitea/blob/main/routers/api/v1/repo/action.go
 */
export function forgejoStore(api: ForgeApi): SecretStore {
  return {
    prepare: async (target) => {
      const advise = adviceFor(target)
      if (target.place.of === 'organization') await checkOrganization(api, target, advise)
      else await checkRepository(api, target, advise)
      const path = secretsPath(target)
      return {
        target,
        write: (name, value) => outcomeOfWrite(() => api.send('PUT', `${path}/${name}`, { data: value }), advise),
        remove: (name) => outcomeOfRemoval(() => api.send('DELETE', `${path}/${name}`), advise),
      }
    },
  }
}

function ownPath({ place }: Target): string {
  return place.of === 'organization' ? `/orgs/${place.organization}` : `/repos/${place.owner}/${place.repository}`
}

function secretsPath(target: Target): string {
  return `${ownPath(target)}/actions/secrets`
}

/**
 * Checks the permissions of the token's user, which the repository resource lists.
 * @throws Failure `store-refused`
 * @see https://github.com/go-gitea/gitea/blob/main/modules/structs/repo.go (`Permission`)
 */
async function checkRepository(api: ForgeApi, target: Target, advise: Advise): Promise<void> {
  const response = await api.send('GET', ownPath(target))
  if (response.status !== 200) throw unfitTarget(target, `cannot be written: ${describeForgeRefusal(response, advise)}`)
  const permissions: unknown = parseJsonObject(response.body)?.['permissions']
  if (isJsonObject(permissions) && permissions['admin'] === false)
    throw unfitTarget(
      target,
      `cannot be written: the user of \`store-token\` is not an administrator. ${WHO_MAY_WRITE}`,
    )
}

/**
 * Checks the permissions by listing secrets, which needs the same permission as a write (`reqOrgOwnership`). Versions
 * without the list answer 404 or 405, which does not show the permissions.
 * @throws Failure `store-refused`
 */
async function checkOrganization(api: ForgeApi, target: Target, advise: Advise): Promise<void> {
  const response = await api.send('GET', `${secretsPath(target)}?limit=1`)
  const isRefusal = response.status !== 200 && !hasNoList(response)
  if (isRefusal) throw unfitTarget(target, `cannot be written: ${describeForgeRefusal(response, advise)}`)
}

function hasNoList(response: HttpResponse): boolean {
  return response.status === 405 || (response.status === 404 && !NO_OWNER.test(messageOf(response)))
}

/** An organization or user that does not exist, or is hidden from the token. */
const NO_OWNER = /^Get(Org|User)ByName/

const WHO_MAY_WRITE =
  'Only an administrator of the repository can write its secrets, and only an owner of the organization those of an ' +
  'organization. The token of the job never can. Give a token of such a user.'

const NAME_RULES =
  'A name has letters, digits and _, does not begin with a digit, GITEA_ or GITHUB_ (since Forgejo 17 nor FORGEJO_), ' +
  'and is not CI.'

/** Gives advice for each refusal, by the messages of Gitea 1.26 and Forgejo 7 to 17. */
function adviceFor({ place }: Target): Advise {
  const scope = place.of === 'organization' ? 'write:organization' : 'write:repository'
  return ({ status }, said) => {
    switch (status) {
      case 400:
        return /invalid .*name/i.test(said) ? NAME_RULES : ''
      case 403:
        if (/required scope/i.test(said)) return `\`store-token\` lacks the scope ${scope}.`
        return /should be the owner|must be an organization owner/i.test(said) ? WHO_MAY_WRITE : ''
      case 404:
        return `It does not exist, or the user of \`store-token\` cannot see it (scope ${scope}).`
      case 405:
        return 'This version has no API for secrets: update Gitea or Forgejo.'
      default:
        return ''
    }
  }
}
