import type { JsonWebKey } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Fault, type FaultMatch, Faults, misbehave } from './homeserver/faults.js'
import { type Claims, makeSigningKey, type SigningKey, signRs256 } from './jwt.js'

interface IdTokenRequest {
  readonly method: string
  /** With its query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

/** The runner's ID token endpoint, on loopback, and the issuer behind it. */
export interface IdTokenService {
  /** Base URL, no trailing slash; `claims: { iss: … }` with it makes this the issuer, whose keys it serves. */
  readonly url: string
  /** What a job with `permissions: id-token: write` has in its environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly requests: readonly IdTokenRequest[]
  /** The issuer's public keys. */
  jwks(): JsonWebKey[]
  /** A token as if it had been asked for. */
  issue(audience: string, claims?: Claims): string
  inject(match: FaultMatch, fault: Fault): void
  /** The request token and every ID token that was issued. */
  secrets(): readonly string[]
  stop(): Promise<void>
}

interface IdTokenServiceOptions {
  /** Over those of {@link githubClaims}; `undefined` takes one away. */
  readonly claims?: Claims
  readonly now?: () => number
  /** Of another issuer. Otherwise all services of a file of tests have the same key. */
  readonly key?: SigningKey
}

let madeKey: SigningKey | undefined

/** One for all services of a file of tests: a new one takes longer than everything else of a test. */
function issuerKey(): SigningKey {
  madeKey ??= makeSigningKey('runner-key-1')
  return madeKey
}

/** Answers as GitHub's service does: docs.github.com, "OpenID Connect reference". */
export async function startIdTokenService(options: IdTokenServiceOptions = {}): Promise<IdTokenService> {
  const { claims = {}, now = Date.now, key = issuerKey() } = options
  const faults = new Faults()
  const requests: IdTokenRequest[] = []
  const requestToken = signRs256({ scp: 'Actions.Results', orchid: 'a-run.build.__default' }, key)
  const secrets = [requestToken]
  const issue = (audience: string, changes: Claims = {}) => {
    const token = signRs256({ ...githubClaims(audience, now()), ...claims, ...changes }, key)
    secrets.push(token)
    return token
  }
  const answer = (request: IncomingMessage): [status: number, body: object] => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (pathname === '/.well-known/jwks') return [200, { keys: [key.publicJwk] }]
    // The toolkit writes the scheme in lower case.
    const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (given !== requestToken) return [401, { message: 'Unauthorized' }]
    const audience = searchParams.get('audience') ?? 'https://github.com/octo'
    return [200, { count: 1, value: issue(audience) }]
  }
  const server = createServer((request, response) => void serve(request, response, { faults, requests, answer }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/idtoken/a-plan/a-job?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    requests,
    jwks: () => [key.publicJwk],
    issue,
    inject: (match, fault) => faults.add(match, fault),
    secrets: () => secrets,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Serving {
  readonly faults: Faults
  readonly requests: IdTokenRequest[]
  readonly answer: (request: IncomingMessage) => [status: number, body: object]
}

async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { method = '', url = '', headers } = request
  serving.requests.push({ method, url, headers })
  const fault = serving.faults.take(method, url)
  if (fault?.kind === 'refuse') return void request.socket.destroy()
  if (fault?.kind === 'stall') return
  if (fault?.kind === 'respond') return misbehave(fault, response, '')
  const [status, body] = serving.answer(request)
  if (fault?.kind === 'hold') {
    fault.reached()
    await fault.until
  }
  if (fault?.kind === 'lose-answer') return void request.socket.destroy()
  const text = JSON.stringify(fault?.kind === 'alter' ? { ...body, ...fault.members } : body)
  if (fault !== undefined && fault.kind !== 'alter' && fault.kind !== 'hold') return misbehave(fault, response, text)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(text)
}

/**
 * What GitHub says of a run, with the subject of a repository that was made before 2026-07-15. Five minutes, and valid before
 * it was issued, because clocks differ.
 */
function githubClaims(audience: string, now: number): Claims {
  const issuedAt = Math.floor(now / 1000)
  return {
    jti: `00000000-0000-4000-8000-${String(issuedAt).padStart(12, '0')}`,
    sub: 'repo:octo/demo:ref:refs/heads/main',
    aud: audience,
    iss: 'https://token.actions.githubusercontent.com',
    iat: issuedAt,
    nbf: issuedAt - 600,
    exp: issuedAt + 300,
    ref: 'refs/heads/main',
    ref_type: 'branch',
    ref_protected: 'true',
    sha: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
    repository: 'octo/demo',
    repository_id: '70001',
    repository_owner: 'octo',
    repository_owner_id: '9001',
    repository_visibility: 'public',
    actor: 'octocat',
    actor_id: '583231',
    workflow: 'Deploy',
    workflow_ref: 'octo/demo/.github/workflows/deploy.yml@refs/heads/main',
    workflow_sha: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
    job_workflow_ref: 'octo/demo/.github/workflows/deploy.yml@refs/heads/main',
    job_workflow_sha: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
    event_name: 'push',
    run_id: '1234567890',
    run_number: '42',
    run_attempt: '1',
    check_run_id: '987654321',
    runner_environment: 'github-hosted',
    head_ref: '',
    base_ref: '',
    enterprise: '',
    enterprise_id: '',
  }
}
