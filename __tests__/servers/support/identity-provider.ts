import { createHash, createSign, generateKeyPairSync, type JsonWebKey, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** An OpenID Connect provider on loopback, as Google or a company's Keycloak is one for a homeserver. */
export interface IdentityProvider {
  /** Without a slash at its end. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  stop(): Promise<void>
}

interface Grant {
  readonly redirectUri: string
  readonly nonce: string | undefined
  readonly challenge: string | undefined
  readonly localpart: string
}

const CLIENT_ID = 'synapse'

/**
 * Discovery, keys of its own, and the authorization code flow with PKCE (OpenID Connect Core §3.1). Its login page has a
 * button for each account: nobody gets past it without a click.
 */
export async function startIdentityProvider(localparts: readonly string[]): Promise<IdentityProvider> {
  const clientSecret = randomBytes(24).toString('hex')
  const signer = makeSigner()
  const grants = new Map<string, Grant>()
  let issuer = ''

  const routes: Readonly<Record<string, (request: Asked) => Answer>> = {
    'GET /.well-known/openid-configuration': () => json(metadata(issuer)),
    'GET /keys': () => json({ keys: [signer.publicKey] }),
    'GET /authorize': () => page(loginPage(localparts)),
    'POST /authorize': ({ query, form }) => redirectWithCode(query, form, grants),
    'POST /token': (request) => exchange(request, { grants, issuer, clientSecret, sign: signer.sign }),
  }
  const server = createServer((request, response) => void serve(request, response, routes))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  issuer = `http://127.0.0.1:${address.port}`
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Asked {
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly authorization: string
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const json = (body: object, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const page = (body: string): Answer => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body })

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Readonly<Record<string, (request: Asked) => Answer>>,
): Promise<void> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://127.0.0.1')
  const route = routes[`${request.method} ${pathname}`]
  const asked = { query, form: new URLSearchParams(body), authorization: request.headers.authorization ?? '' }
  const answer = route?.(asked) ?? { status: 404, headers: {}, body: '' }
  response.writeHead(answer.status, answer.headers)
  response.end(answer.body)
}

function metadata(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
  }
}

function loginPage(localparts: readonly string[]): string {
  const buttons = localparts.map((name) => `<button name="localpart" value="${name}">Continue as ${name}</button>`)
  return `<!doctype html><title>Identity provider</title><h1>Who are you?</h1><form method="post">${buttons.join(' ')}</form>`
}

function redirectWithCode(query: URLSearchParams, form: URLSearchParams, grants: Map<string, Grant>): Answer {
  const code = randomUUID()
  const redirectUri = query.get('redirect_uri') ?? ''
  grants.set(code, {
    redirectUri,
    nonce: query.get('nonce') ?? undefined,
    challenge: query.get('code_challenge') ?? undefined,
    localpart: form.get('localpart') ?? '',
  })
  const location = new URL(redirectUri)
  location.searchParams.set('code', code)
  location.searchParams.set('state', query.get('state') ?? '')
  return { status: 303, headers: { location: location.href }, body: '' }
}

interface Exchanging {
  readonly grants: Map<string, Grant>
  readonly issuer: string
  readonly clientSecret: string
  readonly sign: (claims: object) => string
}

function exchange({ form, authorization }: Asked, { grants, issuer, clientSecret, sign }: Exchanging): Answer {
  const expected = `Basic ${Buffer.from(`${CLIENT_ID}:${clientSecret}`).toString('base64')}`
  if (authorization !== expected) return json({ error: 'invalid_client' }, 401)
  const code = form.get('code') ?? ''
  const grant = grants.get(code)
  grants.delete(code)
  const verifier = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (grant === undefined || grant.challenge !== verifier || grant.redirectUri !== form.get('redirect_uri'))
    return json({ error: 'invalid_grant' }, 400)
  const now = Math.floor(Date.now() / 1000)
  const { nonce, localpart } = grant
  const about = { sub: `subject-of-${localpart}`, preferred_username: localpart }
  const claims = { iss: issuer, aud: CLIENT_ID, iat: now, exp: now + 60, nonce, ...about }
  return json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token: sign(claims) })
}

function makeSigner(): { readonly publicKey: JsonWebKey; readonly sign: (claims: object) => string } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    publicKey: { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' },
    sign: (claims) => {
      const text = `${part({ alg: 'RS256', kid: 'key-1' })}.${part(claims)}`
      return `${text}.${createSign('sha256').update(text).sign(privateKey, 'base64url')}`
    },
  }
}
