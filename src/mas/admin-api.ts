import { type ApiPorts, call } from '../api/call.js'
import { type ApiDialect, malformed, type Operation } from '../api/error.js'
import {
  isJsonObject,
  isPlainId,
  type JsonObject,
  objectMember,
  ServerText,
  secretMember,
  stringMember,
  textMember,
} from '../api/values.js'
import type { RetryPolicy } from '../http/exchange.js'
import { type ClientCredentials, sendAsClient } from '../oauth/token.js'
import type { Secret } from '../secret.js'

/** The address of the admin API of a Matrix Authentication Service. */
export interface AdminAddress {
  readonly tokenEndpoint: string
  /** Issuer, without a trailing slash: the base of the API. */
  readonly issuer: string
}

export const GET_ADMIN_TOKEN: Operation = { phrase: 'give a token for its admin API' }
const ADMIN_SCOPE = 'urn:mas:admin'

/** The error format: `{"errors":[{"title":"…"}]}`. @see docs/api of element-hq/matrix-authentication-service */
const MAS_ADMIN: ApiDialect = {
  serverKind: 'a Matrix Authentication Service',
  readError: (body) => {
    const errors: unknown = body['errors']
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined
    return { errcode: undefined, text: isJsonObject(first) ? textMember(first, 'title') : undefined }
  },
}

/** A request of the admin API. */
interface AdminRequest {
  readonly operation: Operation
  readonly method: 'GET' | 'POST'
  /** Relative to `/api/admin/v1`. */
  readonly path: string
  readonly body?: JsonObject
  readonly retryPolicy?: RetryPolicy
}

/** The admin API of a Matrix Authentication Service, with a token that is valid for a few minutes. */
export class AdminApi {
  readonly address: AdminAddress
  readonly #token: Secret
  readonly #ports: ApiPorts

  private constructor(address: AdminAddress, token: Secret, ports: ApiPorts) {
    this.address = address
    this.#token = token
    this.#ports = ports
  }

  /**
   * Requests a token with the credentials of a client that is listed in `policy.data.admin_clients`.
   * @throws ApiError, NetworkError
   */
  static async open(address: AdminAddress, credentials: ClientCredentials, ports: ApiPorts): Promise<AdminApi> {
    const form = { grant_type: 'client_credentials', scope: ADMIN_SCOPE }
    const answer = await sendAsClient(address.tokenEndpoint, GET_ADMIN_TOKEN, credentials, form, ports)
    const token = secretMember(answer, 'access_token')
    if (token === undefined) {
      throw malformed('it has no usable access_token', { server: serverOf(address), operation: GET_ADMIN_TOKEN })
    }
    return new AdminApi(address, token, ports)
  }

  /** Returns the same API with the same token and other time limits. */
  withPorts(ports: ApiPorts): AdminApi {
    return new AdminApi(this.address, this.#token, ports)
  }

  /** The name of the server, for messages. */
  get server(): string {
    return serverOf(this.address)
  }

  /** @throws ApiError, NetworkError */
  send({ path, body, ...request }: AdminRequest): Promise<JsonObject> {
    return call(
      {
        ...request,
        server: this.server,
        url: `${this.address.issuer}/api/admin/v1${path}`,
        authorization: `Bearer ${this.#token.reveal()}`,
        dialect: MAS_ADMIN,
        ...(body === undefined ? {} : { body: { json: body } }),
      },
      this.#ports,
    )
  }
}

/** When to request a new token, in milliseconds: a token of the admin API is valid for five minutes. */
const REOPEN_AFTER_MS = 4 * 60_000

/**
 * Opens the admin API at the first call, and again when its token is about to expire.
 * @param open receives the API that was opened before, if its token is about to expire
 */
export function reopening<Context extends { now(): number }, Opened>(
  open: (context: Context, expiring: Opened | undefined) => Promise<Opened>,
): (context: Context) => Promise<Opened> {
  let last: { readonly at: number; readonly opened: Opened } | undefined
  return async (context) => {
    const at = context.now()
    if (last === undefined || at - last.at >= REOPEN_AFTER_MS) last = { at, opened: await open(context, last?.opened) }
    return last.opened
  }
}

/** Returns the name of the server. A post step hides server text, and therefore the address as well. */
function serverOf({ issuer }: AdminAddress): string {
  return String(new ServerText(issuer)) || 'The authentication service'
}

/**
 * Reads a resource of a JSON:API response: its ID and attributes.
 * @returns `undefined` if either is missing or the ID has special characters
 */
export function resource(value: unknown): { readonly id: string; readonly attributes: JsonObject } | undefined {
  if (!isJsonObject(value)) return undefined
  const id = stringMember(value, 'id')
  if (id === undefined || !isPlainId(id) || !isJsonObject(value['attributes'])) return undefined
  return { id, attributes: objectMember(value, 'attributes') }
}

/** An account in Matrix Authentication Service. */
export interface MasUser {
  /** ULID. */
  readonly id: string
  readonly isLocked: boolean
  readonly isDeactivated: boolean
}

export const FIND_USER: Operation = { phrase: 'find the user' }

/**
 * Finds a user: `GET /users/by-username/{localpart}`. Ignores letter case; a full user ID is answered with 404.
 * @throws ApiError, NetworkError
 */
export async function findUser(api: AdminApi, localpart: string): Promise<MasUser> {
  const path = `/users/by-username/${encodeURIComponent(localpart)}`
  const found = resource((await api.send({ operation: FIND_USER, method: 'GET', path }))['data'])
  if (found === undefined) throw malformed('it has no user in it', { server: api.server, operation: FIND_USER })
  const isSet = (name: string) => found.attributes[name] !== null && found.attributes[name] !== undefined
  return { id: found.id, isLocked: isSet('locked_at'), isDeactivated: isSet('deactivated_at') }
}

/** Requested resources per page; the server's default is 10. */
const PAGE = 100
/** Limits the loop to 10,000 resources. */
const MAX_PAGES = 100

/** A resource of the admin API. */
export interface Resource {
  readonly id: string
  readonly attributes: JsonObject
}

/**
 * Reads all pages of a list.
 * @param path relative to `/api/admin/v1`, without a query
 * @param filter query parameters; the server ignores unknown filters
 * @throws ApiError, NetworkError
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
    // A page without new resources is the last one, even if it links to a next page.
    if (found.size === known || typeof objectMember(answer, 'links')['next'] !== 'string') break
  }
  return [...found.values()]
}

function resourcesIn(api: AdminApi, operation: Operation, answer: JsonObject): readonly Resource[] {
  const data: unknown = answer['data']
  if (!Array.isArray(data)) throw malformed('it has no list in it', { server: api.server, operation })
  return data.map(resource).filter((entry) => entry !== undefined)
}
