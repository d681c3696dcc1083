import { createHash } from 'node:crypto'
import { type Answer, type Incoming, type JsonMembers, objectOf, parseJson } from '../answers.js'
import { oauthError } from '../mas/oauth-errors.js'
import type { ServerParts } from '../parts.js'
import { alphanumeric } from '../token-forms.js'
import type { Route } from './route.js'

/** Below the base of MAS. */
export const registrationRoutes: readonly Route[] = [
  { method: 'POST', path: /^\/oauth2\/registration$/, handle: registerClient },
]

/** A few of https://publicsuffix.org, for the case that somebody names the host of their pages without their own part. */
const PUBLIC_SUFFIXES = ['github.io', 'gitlab.io', 'co.uk']

/** RFC 7591; crates/handlers/src/oauth2/registration.rs. The same metadata give the same public client. */
function registerClient(request: Incoming, { accounts, mas, now }: ServerParts): Answer {
  const parsed = parseJson(request.body)
  if (parsed === undefined || !/^application\/json\b/.test(request.contentType ?? '')) {
    return oauthError(400, 'invalid_request')
  }
  const metadata: JsonMembers = {
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code'],
    ...objectOf(parsed),
  }
  const refused = refusalOf(metadata)
  if (refused !== undefined) return refused
  const auth = AUTHENTICATION[String(metadata['token_endpoint_auth_method'])] ?? 'none'
  const secret = auth === 'none' ? undefined : alphanumeric(20)
  const id = auth === 'none' ? digest(metadata) : mas.ulids.next()
  mas.clients.add({ id, secret, auth, admin: false, grants: textsOf(metadata['grant_types']) })
  if (secret !== undefined) accounts.remember(secret)
  const issued = secret === undefined ? {} : { client_secret: secret, client_secret_expires_at: 0 }
  return { status: 201, body: { client_id: id, client_id_issued_at: Math.floor(now() / 1000), ...issued, ...metadata } }
}

const AUTHENTICATION: Readonly<Record<string, 'basic' | 'post'>> = {
  client_secret_basic: 'basic',
  client_secret_post: 'post',
}

/** policies/client_registration/client_registration.rego, as far as a program of a command line meets it. */
function refusalOf(metadata: JsonMembers): Answer | undefined {
  const grants = textsOf(metadata['grant_types'])
  const redirects = textsOf(metadata['redirect_uris'])
  if (grants.includes('authorization_code') && redirects.length === 0) return oauthError(400, 'invalid_redirect_uri')
  const client = parseUrl(metadata['client_uri'])
  if (client !== undefined && isPublicSuffix(client.hostname)) {
    return oauthError(400, 'invalid_client_metadata', 'client_uri is not using a valid domain')
  }
  const wrong = [
    ...(metadata['client_uri'] === undefined ? ['missing client_uri'] : []),
    ...(isSecure(client) ? [] : ['invalid client_uri']),
    ...(grants.includes('client_credentials') && metadata['token_endpoint_auth_method'] === 'none'
      ? ['client_credentials grant_type requires some form of client authentication']
      : []),
    ...(redirects.every((uri) => isRedirect(uri, client, metadata)) ? [] : ['invalid redirect_uri']),
  ]
  if (wrong.length === 0) return undefined
  const word = wrong.includes('invalid redirect_uri') ? 'invalid_redirect_uri' : 'invalid_client_metadata'
  return oauthError(400, word, wrong.sort().join('; '))
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

function isSecure(url: URL | undefined): boolean {
  return url?.protocol === 'https:' && ![...LOOPBACK, '0.0.0.0'].includes(url.hostname)
}

/** Loopback over HTTP, on any port, and a scheme that is the host turned around are for native applications. */
function isRedirect(uri: string, client: URL | undefined, { application_type: type }: JsonMembers): boolean {
  const url = parseUrl(uri)
  if (url === undefined || client === undefined) return false
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:'
  if (type === 'native' && url.protocol === 'http:' && LOOPBACK.includes(url.hostname)) return true
  const reversed = client.hostname.split('.').reverse().join('.')
  if (type === 'native' && !isHttp) return url.host === '' && `${url.protocol.slice(0, -1)}.`.startsWith(`${reversed}.`)
  return isSecure(url) && `.${url.hostname}`.endsWith(`.${client.hostname}`)
}

const isPublicSuffix = (host: string) => !host.includes('.') || PUBLIC_SUFFIXES.includes(host)

function parseUrl(text: unknown): URL | undefined {
  return typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** In the form of a ULID, whatever the order of the members. */
function digest(metadata: JsonMembers): string {
  const sorted = Object.entries(metadata).sort(([left], [right]) => (left < right ? -1 : 1))
  const hex = createHash('sha256').update(JSON.stringify(sorted)).digest('hex')
  return `01${hex.slice(0, 24).toUpperCase()}`
}
