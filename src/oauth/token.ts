import { type ApiPorts, type Call, call } from '../api/call.js'
import { type ApiDialect, isRefusedWith, malformed, type Operation } from '../api/error.js'
import { isPrintable, type JsonObject, stringMember, textMember } from '../api/values.js'
import type { RetryPolicy } from '../http/exchange.js'
import type { Secret } from '../secret.js'

/** A confidential client, as registered at the authorization server. */
export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: Secret
}

/**
 * `error` and `error_description`. A homeserver or a proxy in front of the endpoint answers with `errcode`, and words in
 * `error` (https://github.com/matrix-org/matrix-js-sdk/issues/5494).
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export const OAUTH: ApiDialect = {
  serverKind: 'an OAuth 2.0 server',
  readError: (body) => {
    const error = stringMember(body, 'error')
    const words = error !== undefined && /[^a-z_]/.test(error) ? textMember(body, 'error') : undefined
    return { errcode: stringMember(body, 'errcode') ?? error, text: textMember(body, 'error_description') ?? words }
  },
}

/** @see https://www.rfc-editor.org/rfc/rfc8628#section-3.4 */
export const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** Sends a form to the token endpoint, as a public client that is named in the form. @throws ApiError, NetworkError */
export function requestToken(
  tokenEndpoint: string,
  operation: Operation,
  form: Readonly<Record<string, string>>,
  ports: ApiPorts,
  retryPolicy: RetryPolicy = 'always',
): Promise<JsonObject> {
  return call({ ...oauthCall(tokenEndpoint, operation), body: { form }, retryPolicy }, ports)
}

/**
 * Sends a form as a confidential client. The registered authentication method is unknown, and Matrix Authentication
 * Service refuses the other one with 401 `invalid_client`: first `Basic` is tried, then the form. `Basic` is sent
 * without the percent-encoding of RFC 6749 §2.3.1, which that server does not decode
 * (crates/axum-utils/src/client_authorization.rs).
 * @throws ApiError, NetworkError
 */
export async function sendAsClient(
  url: string,
  operation: Operation,
  { clientId, clientSecret }: ClientCredentials,
  form: Readonly<Record<string, string>>,
  ports: ApiPorts,
): Promise<JsonObject> {
  const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64')
  try {
    return await call({ ...oauthCall(url, operation), body: { form }, authorization: `Basic ${basic}` }, ports)
  } catch (error) {
    if (!isRefusedWith(error, 401)) throw error
    const credentials = { client_id: clientId, client_secret: clientSecret.reveal() }
    return requestToken(url, operation, { ...form, ...credentials }, ports)
  }
}

/** Returns whether an OAuth endpoint refused with this `error`. The status is not used, because servers differ. */
export function isOAuthRefusal(error: unknown, code: string): boolean {
  return isRefusedWith(error, undefined, code)
}

const INTROSPECT: Operation = { phrase: 'say what the token may do' }

/** The introspection result of a token. */
export type Introspection = { readonly active: false } | { readonly active: true; readonly scope: readonly string[] }

/**
 * Requests the scopes of a token. Any confidential client may do so.
 * @throws ApiError, also if the response does not show whether the token is active; NetworkError
 * @see https://www.rfc-editor.org/rfc/rfc7662 (crates/handlers/src/oauth2/introspection.rs of MAS)
 */
export async function introspect(
  endpoint: string,
  credentials: ClientCredentials,
  token: Secret,
  ports: ApiPorts,
): Promise<Introspection> {
  const answer = await sendAsClient(endpoint, INTROSPECT, credentials, { token: token.reveal() }, ports)
  if (answer['active'] === false) return { active: false }
  if (answer['active'] !== true)
    throw malformed('it does not say whether the token is active', oauthCall(endpoint, INTROSPECT))
  return { active: true, scope: (stringMember(answer, 'scope') ?? '').split(' ') }
}

const REVOKE: Operation = { phrase: 'revoke the session' }

/**
 * Revokes a whole session. Sends the current refresh token without a hint. For an expired access token, a used refresh
 * token or a wrong hint, Matrix Authentication Service answers 200 and revokes nothing
 * (crates/handlers/src/oauth2/revoke.rs).
 * @throws ApiError, NetworkError
 * @see https://www.rfc-editor.org/rfc/rfc7009 (Matrix 1.15, MSC4254)
 */
export async function revokeSession(
  revocationEndpoint: string,
  clientId: string,
  refreshToken: Secret,
  ports: ApiPorts,
): Promise<void> {
  const form = { token: refreshToken.reveal(), client_id: clientId }
  await call({ ...oauthCall(revocationEndpoint, REVOKE), body: { form }, mayBeEmpty: true }, ports)
}

export const REGISTER_CLIENT: Operation = { phrase: 'register this program as an OAuth client' }

/**
 * Registers a public client and returns its ID. Servers return the same ID for the same metadata, so this can be
 * retried. Tuwunel requires redirect URIs and both other grants although they are not used. `client_uri` is never
 * fetched.
 * @param uri where the program is published: https, on a host of its publisher
 * @throws ApiError, NetworkError
 * @see https://www.rfc-editor.org/rfc/rfc7591 (Matrix 1.15, MSC2966)
 */
export async function registerClient(endpoint: string, name: string, uri: string, ports: ApiPorts): Promise<string> {
  const json = {
    client_name: name,
    client_uri: uri,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/'],
    grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE_GRANT],
  }
  const request = oauthCall(endpoint, REGISTER_CLIENT)
  const clientId = stringMember(await call({ ...request, body: { json } }, ports), 'client_id')
  if (clientId !== undefined && isPrintable(clientId)) return clientId
  throw malformed('it has no usable client_id', request, { status: 201 })
}

/**
 * Returns the scopes of a session: the Client-Server API, on one device. The stable names (Matrix 1.15) are first, then
 * those of MSC2967; servers refuse a mixture.
 * @see https://spec.matrix.org/latest/client-server-api/#scope
 */
export function apiScopes(deviceId: string): readonly [stable: string, unstable: string] {
  const scope = (prefix: string) => `${prefix}:api:* ${prefix}:device:${deviceId}`
  return [scope('urn:matrix:client'), scope('urn:matrix:org.matrix.msc2967.client')]
}

function oauthCall(url: string, operation: Operation): Omit<Call, 'body'> {
  return { operation, server: new URL(url).origin, method: 'POST', url, dialect: OAUTH }
}
