import { isUnrecognized, malformed, type Operation } from '../api/error.js'
import { type JsonObject, ServerText, stringMember } from '../api/values.js'
import type { MatrixClient } from '../matrix/client.js'
import { insecureDiscovery } from '../matrix/discovery.js'
import { isInsecure } from '../matrix/homeserver-address.js'

/** The OAuth 2.0 side of a homeserver: often on another host, which is as the specification means it. */
export interface OAuthServer {
  /** Without a slash at its end. */
  readonly issuer: string
  readonly tokenEndpoint: string
  /** Absent where sessions cannot be revoked. */
  readonly revocationEndpoint?: string
  /** Absent where clients cannot register themselves. */
  readonly registrationEndpoint?: string
  /** Absent where there is no device authorization grant (Matrix 1.18). */
  readonly deviceAuthorizationEndpoint?: string
  /** Absent where tokens cannot be looked at (RFC 7662). */
  readonly introspectionEndpoint?: string
}

export const FIND_OAUTH: Operation = { phrase: 'say where its OAuth 2.0 API is (auth_metadata)' }

/** In characters. */
const MAX_URL_LENGTH = 2_048

const STABLE = '/_matrix/client/v1/auth_metadata'
const UNSTABLE = '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata'

/**
 * `GET /auth_metadata`: https://spec.matrix.org/latest/client-server-api/#get_matrixclientv1auth_metadata, in its unstable
 * form (MSC2965) on servers from before Matrix 1.15.
 * @throws AnswerError 404 `M_UNRECOGNIZED` where the server has no OAuth 2.0 API
 * @throws Failure `insecure-url` where an endpoint would be spoken to without TLS
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

/** Plain HTTP on this machine is fine for a homeserver on this machine only. */
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
  // Of any other scheme the HTTP client would make plain HTTP.
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:'
  const inClear = url.protocol !== 'https:' && !allowHttp && client.baseUrl.startsWith('https://')
  if (!isHttp || isInsecure(url, allowHttp) || inClear)
    throw insecureDiscovery(client.baseUrl + path, new ServerText(text))
  return text
}
