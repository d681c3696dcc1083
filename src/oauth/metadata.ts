import { isUnrecognized, malformed, type Operation } from '../api/error.js'
import { type JsonObject, ServerText, stringMember } from '../api/values.js'
import type { MatrixClient } from '../matrix/client.js'
import { insecureDiscovery, isInsecure } from '../matrix/homeserver-address.js'
import { printable } from '../redaction.js'

/** The OAuth 2.0 server of a homeserver. It is often on another host, which the specification intends. */
export interface OAuthServer {
  /** Without a trailing slash. */
  readonly issuer: string
  readonly tokenEndpoint: string
  /** Absent if sessions cannot be revoked. */
  readonly revocationEndpoint?: string
  /** Absent if clients cannot register themselves. */
  readonly registrationEndpoint?: string
  /** Absent if the device authorization grant (Matrix 1.18) is not supported. */
  readonly deviceAuthorizationEndpoint?: string
  /** Absent if token introspection (RFC 7662) is not supported. */
  readonly introspectionEndpoint?: string
}

export const FIND_OAUTH: Operation = { phrase: 'say where its OAuth 2.0 API is (auth_metadata)' }

/** In characters. */
const MAX_URL_LENGTH = 2_048

const STABLE = '/_matrix/client/v1/auth_metadata'
const UNSTABLE = '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata'

/**
 * Requests the OAuth metadata: `GET /auth_metadata`, or its unstable form (MSC2965) on servers older than Matrix 1.15.
 * @throws ApiError 404 `M_UNRECOGNIZED` if the server has no OAuth 2.0 API
 * @throws Failure `insecure-url` if an endpoint does not use TLS
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv1auth_metadata
 */
export async function discoverOAuth(client: MatrixClient, allowHttp: boolean): Promise<OAuthServer> {
  const { path, metadata } = await fetchMetadata(client)
  const url = (member: string) => endpoint(client, path, metadata, member, allowHttp)
  const [issuer, tokenEndpoint, revocationEndpoint] = ['issuer', 'token_endpoint', 'revocation_endpoint'].map(url)
  const registrationEndpoint = url('registration_endpoint')
  const deviceAuthorizationEndpoint = url('device_authorization_endpoint')
  const introspectionEndpoint = url('introspection_endpoint')
  if (issuer === undefined || tokenEndpoint === undefined) {
    throw malformed('it has no usable issuer and token_endpoint', { server: client.baseUrl, operation: FIND_OAUTH })
  }
  return {
    issuer: issuer.replace(/\/+$/, ''),
    tokenEndpoint,
    ...(revocationEndpoint === undefined ? {} : { revocationEndpoint }),
    ...(registrationEndpoint === undefined ? {} : { registrationEndpoint }),
    ...(deviceAuthorizationEndpoint === undefined ? {} : { deviceAuthorizationEndpoint }),
    ...(introspectionEndpoint === undefined ? {} : { introspectionEndpoint }),
  }
}

async function fetchMetadata(client: MatrixClient): Promise<{ path: string; metadata: JsonObject }> {
  const ask = (path: string) => client.send({ operation: FIND_OAUTH, method: 'GET', path })
  try {
    return { path: STABLE, metadata: await ask(STABLE) }
  } catch (error) {
    if (!isUnrecognized(error)) throw error
    return { path: UNSTABLE, metadata: await ask(UNSTABLE) }
  }
}

/** Reads an endpoint. Plain HTTP on loopback is allowed only for a homeserver on loopback. */
function endpoint(
  client: MatrixClient,
  path: string,
  metadata: JsonObject,
  member: string,
  allowHttp: boolean,
): string | undefined {
  const text = stringMember(metadata, member)
  if (text === undefined || text.length > MAX_URL_LENGTH || !URL.canParse(text)) return undefined
  const url = new URL(text)
  // The HTTP client would use plain HTTP for any other scheme.
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:'
  const inClear = url.protocol !== 'https:' && !allowHttp && client.baseUrl.startsWith('https://')
  if (!isHttp || isInsecure(url, allowHttp) || inClear)
    throw insecureDiscovery(client.baseUrl + path, new ServerText(text), INSECURE_HINT)
  return text
}

const INSECURE_HINT = 'Correct it in the configuration of the authentication service.'

/** Cached responses: a step that cannot end a hundred sessions sends one request. */
const answers = new WeakMap<MatrixClient, Promise<JsonObject | undefined>>()

/** The actions of a user on the account page of the server. */
export type AccountAction = 'org.matrix.device_delete' | 'org.matrix.devices_list'

/**
 * Requests the address at which a user manages sessions. One attempt for each client; never throws.
 * @param deviceId the device to delete; only with `org.matrix.device_delete`
 * @returns an address that can be shown, also in a post step; `undefined` if the server names none
 * @see https://spec.matrix.org/latest/client-server-api/#oauth-20-account-management (Matrix 1.18, MSC4191)
 */
export async function accountManagementUrl(
  client: MatrixClient,
  action: AccountAction,
  deviceId?: string,
): Promise<string | undefined> {
  const asked = answers.get(client) ?? client.askOnce(STABLE)
  answers.set(client, asked)
  const metadata = await asked
  return metadata === undefined ? undefined : accountPage(metadata, client.baseUrl, action, deviceId)
}

/** A short part of an address, or one that consists of words: a longer run of letters and digits can be a secret. */
const PLAIN_PART = /^(?:[\w.~-]{0,11}|[A-Za-z]+(?:[_-]+[A-Za-z]+)*\d{0,3})$/
/** Maximum number of digits, as many as an IPv4 address has. More digits in many short parts can be a split secret. */
const MAX_DIGITS = 12

/**
 * Builds the address from `auth_metadata`. It is shown even where server text is hidden, so only its origin and path
 * are kept, and only if no part of them can be a secret.
 */
export function accountPage(
  metadata: JsonObject,
  baseUrl: string,
  action: AccountAction,
  deviceId?: string,
): string | undefined {
  const text = stringMember(metadata, 'account_management_uri') ?? ''
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text)) return undefined
  const { protocol, origin, hostname, pathname } = new URL(text)
  const isWeb = protocol === 'https:' || (protocol === 'http:' && baseUrl.startsWith('http:'))
  if (!isWeb || isInsecure(new URL(text), false)) return undefined
  const url = new URL(origin + pathname)
  if (![...hostname.split('.'), ...pathname.split('/')].every((part) => PLAIN_PART.test(part))) return undefined
  if ((hostname + pathname).replace(/\D/g, '').length > MAX_DIGITS) return undefined
  const supported: unknown = metadata['account_management_actions_supported']
  // A server that lists its actions without this one still has the page.
  if (!Array.isArray(supported) || supported.includes(action)) {
    url.searchParams.set('action', action)
    if (deviceId !== undefined) url.searchParams.set('device_id', deviceId)
  }
  return printable(url.href) === url.href ? url.href : undefined
}
