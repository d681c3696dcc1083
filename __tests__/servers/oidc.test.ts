import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type IdTokenService, startIdTokenService } from '../support/id-token-service.js'
import { makeSigningKey } from '../support/jwt.js'
import { createJob, type Job, type StepResult } from '../support/runner.js'
import { NO_LIMITS, type Synapse, startSynapse } from './support/synapse.js'

const AUDIENCE = 'https://synapse.test'
const TYPE = 'com.famedly.login.token.oauth'
const PASSWORD = randomBytes(18).toString('base64url')

/** As the README has it: issuer, audience and repository pinned, and a claim that names the user. */
function moduleFor(issuer: IdTokenService): Record<string, unknown> {
  return {
    module: 'synapse_token_authenticator.TokenAuthenticator',
    config: {
      oauth: {
        jwt_validation: {
          jwks_endpoint: `${issuer.url}/.well-known/jwks`,
          require_expiry: true,
          localpart_path: 'repository_owner',
          validator: [
            'all_of',
            [
              ['in', 'iss', ['equal', 'https://token.actions.githubusercontent.com']],
              ['in', 'aud', ['equal', AUDIENCE]],
              ['in', 'repository', ['equal', 'octo/demo']],
            ],
          ],
        },
        username_type: 'user_id',
        // The subject names the branch or the environment, so it is another one each time.
        check_external_id: false,
        registration_enabled: false,
      },
    },
  }
}

describe('an ID token of the run at a real Synapse with synapse-token-authenticator', () => {
  let issuer: IdTokenService
  let server: Synapse
  const jobs: Job[] = []

  beforeAll(async () => {
    issuer = await startIdTokenService()
    server = await startSynapse({ ...NO_LIMITS, modules: [moduleFor(issuer)] })
    for (const localpart of ['octo', 'somebody']) await server.register(localpart, PASSWORD)
  })
  afterEach(async () => {
    for (const job of jobs.splice(0)) await job.dispose()
  })
  afterAll(async () => {
    await server.stop()
    await issuer.stop()
  })

  async function runLogin(service: IdTokenService, more: Readonly<Record<string, string>> = {}): Promise<StepResult> {
    const job = await createJob({ env: service.environment, secrets: () => [PASSWORD, ...service.secrets()] })
    jobs.push(job)
    const inputs = {
      homeserver: server.url,
      user: 'octo',
      'oidc-audience': AUDIENCE,
      'jwt-login-type': TYPE,
      logout: 'always',
    }
    const login = await job.runAction('.', { ...inputs, ...more })
    for (const post of await job.finish()) expect(post.annotations).toStrictEqual([])
    return login
  }

  test('the right repository gets in', async () => {
    const login = await runLogin(issuer)
    expect(login.annotations).toStrictEqual([])
    expect(login.outputs).toMatchObject({ 'user-id': '@octo:synapse.test', failure: '' })
  })

  test('another audience does not', async () => {
    const login = await runLogin(issuer, { 'oidc-audience': 'https://somebody.else' })
    expect(login.outputs['failure']).toBe('token-invalid')
    expect(login.annotations[0]?.message).toContain('403 M_FORBIDDEN, “Invalid username or password”')
    expect(login.log).toContain('aud: "https://somebody.else"')
  })

  test('the user that the claims do not name does not', async () => {
    expect((await runLogin(issuer, { user: 'somebody' })).outputs['failure']).toBe('token-invalid')
  })

  // The module's clock has a minute of leeway (jwcrypto), so the end lies further back.
  test.each([
    ['another repository', { repository: 'mallory/demo' }],
    ['another issuer', { iss: 'https://issuer.example.com' }],
    ['an expired token', { iat: 1_000_000_000, nbf: 1_000_000_000, exp: 1_000_000_300 }],
  ])('%s does not, though the same issuer signed it', async (_name, claims) => {
    issuer.inject(
      { path: '/idtoken/' },
      { kind: 'respond', status: 200, body: { value: issuer.issue(AUDIENCE, claims) } },
    )
    const login = await runLogin(issuer)
    expect(login.outputs['failure']).toBe('token-invalid')
    expect(login.log).toContain('Claims of the refused token')
  })

  test('keys of another issuer do not, whatever the claims say', async () => {
    const stranger = await startIdTokenService({ key: makeSigningKey('runner-key-1') })
    try {
      expect((await runLogin(stranger)).outputs['failure']).toBe('token-invalid')
    } finally {
      await stranger.stop()
    }
  })
})
