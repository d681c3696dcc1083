import { isUnrecognized, malformed, type Operation } from '../api/error.js'
import { isJsonObject, type JsonObject, stringMember } from '../api/values.js'

/** The client of a homeserver, as far as these questions need it. */
interface Client {
  readonly baseUrl: string
  send(request: { readonly operation: Operation; readonly method: 'GET'; readonly path: string }): Promise<JsonObject>
  askOnce(path: string): Promise<JsonObject | undefined>
}

const LIST_FLOWS: Operation = { phrase: 'say which logins it offers' }

/**
 * Returns whether the server is older than Matrix 1.1 and supports `r0` only. Servers list fewer versions than they
 * support, so this is requested only after `v3` was not recognized.
 */
export async function isBeforeV1(client: Pick<Client, 'askOnce'>): Promise<boolean> {
  const versions = await fetchVersions(client)
  return versions !== undefined && !versions.some((version) => /^v\d/.test(version))
}

/**
 * Requests the versions in `/versions`; `undefined` if the response is not usable. Used only to explain a failure.
 */
export async function fetchVersions(client: Pick<Client, 'askOnce'>): Promise<readonly string[] | undefined> {
  const answer = await client.askOnce('/_matrix/client/versions')
  const versions: unknown = answer?.versions
  return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined
}

/**
 * Requests the login types of `GET /login`; `undefined` if the server does not have this API (404 `M_UNRECOGNIZED`):
 * it offers OAuth only, or a proxy does not forward the path.
 * @throws ApiError, NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3login
 */
export async function fetchLoginFlows(client: Client): Promise<readonly string[] | undefined> {
  try {
    const flows = flowTypes(await client.send({ operation: LIST_FLOWS, method: 'GET', path: '/login' }))
    if (flows !== undefined) return flows
    throw malformed('it has no flows', { server: client.baseUrl, operation: LIST_FLOWS })
  } catch (error) {
    if (isUnrecognized(error)) return undefined
    throw error
  }
}

/** Requests the login types only to explain a failure; `undefined` if the response is not usable. */
export async function askLoginFlows(client: Pick<Client, 'askOnce'>): Promise<readonly string[] | undefined> {
  const current = await client.askOnce('/_matrix/client/v3/login')
  if (current !== undefined) return flowTypes(current)
  const old = (await isBeforeV1(client)) ? await client.askOnce('/_matrix/client/r0/login') : undefined
  return old === undefined ? undefined : flowTypes(old)
}

/** Returns whether the server has an OAuth 2.0 API (Matrix 1.15, MSC2965). Used only to explain a failure. */
export async function hasOAuth(client: Pick<Client, 'askOnce'>): Promise<boolean> {
  const answer = await client.askOnce('/_matrix/client/v1/auth_metadata')
  return answer !== undefined && stringMember(answer, 'issuer') !== undefined
}

function flowTypes({ flows }: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(flows)) return undefined
  return flows
    .map((flow: unknown) => (isJsonObject(flow) ? stringMember(flow, 'type') : undefined))
    .filter((type) => type !== undefined)
}
