import { malformed, type Operation } from '../api/error.js'
import { type JsonObject, objectMember } from '../api/values.js'
import { type AdminApi, resource } from './admin-api.js'

/** Resources of a page, as requested; the server gives 10 otherwise. */
const PAGE = 100
/** Bounds the loop: 10,000 resources. */
const MAX_PAGES = 100

/** A resource of the admin API. */
export interface Resource {
  readonly id: string
  readonly attributes: JsonObject
}

/**
 * Reads all pages of a list.
 * @param path behind `/api/admin/v1`, without a query
 * @param filter members of the query; the server ignores filters that it does not know
 * @throws AnswerError, NoAnswerError
 * @see https://element-hq.github.io/matrix-authentication-service/api/index.html
 */
export async function listResources(
  api: AdminApi,
  operation: Operation,
  path: string,
  filter: Readonly<Record<string, string>>,
): Promise<readonly Resource[]> {
  const found = new Map<string, Resource>()
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const paging = { 'page[first]': String(PAGE), ...(after === undefined ? {} : { 'page[after]': after }) }
    const query = new URLSearchParams({ ...filter, ...paging })
    const answer = await api.send({ operation, method: 'GET', path: `${path}?${query}` })
    const resources = resourcesIn(api, operation, answer)
    const known = found.size
    for (const each of resources) found.set(each.id, each)
    after = resources.at(-1)?.id
    // A page with nothing new on it is the last one, whatever it says.
    if (found.size === known || typeof objectMember(answer, 'links')['next'] !== 'string') break
  }
  return [...found.values()]
}

function resourcesIn(api: AdminApi, operation: Operation, answer: JsonObject): readonly Resource[] {
  const data: unknown = answer['data']
  if (!Array.isArray(data)) throw malformed('it has no list in it', { server: api.server, operation })
  return data.map(resource).filter((entry) => entry !== undefined)
}
