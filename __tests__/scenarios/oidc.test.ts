import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD, setFixture, stopLater } from '../support/fixture.js'
import { type IdTokenService, startIdTokenService } from '../support/id-token-service.js'
import type { Claims } from '../support/jwt.js'
import { createJob, type JobOptions } from '../support/runner.js'

afterEach(clearFixtures)

const AUDIENCE = 'https://matrix.example.org'
const TYPE = 'com.famedly.login.token.oauth'

/** A homeserver that trusts an issuer for one repository, and a job that may ask for ID tokens. */
async function setTrust(claims: Claims = {}, options: JobOptions = {}) {
  const issuer = stopLater(await startIdTokenService({ claims }))
  const { server } = await setFixture({
    tokenAuthenticator: {
      keys: () => issuer.jwks(),
      issuer: 'https://token.actions.githubusercontent.com',
      audience: AUDIENCE,
      accept: (told) => told['repository'] === 'octo/demo',
      localpart: () => 'bot',
    },
  })
  const secrets = () => [...server.secrets(), ...issuer.secrets()]
  const job = await createJob({ secrets, env: issuer.environment, ...options })
  stopLater({ stop: () => job.dispose() })
  const inputs = { homeserver: server.url, user: 'bot', 'oidc-audience': AUDIENCE, 'jwt-login-type': TYPE }
  return { issuer, server, job, inputs }
}

test('the run’s ID token logs in where issuer, audience and repository are trusted; nothing of it shows', async () => {
  const { issuer, server, job, inputs } = await setTrust()
  const login = await job.runAction('.', { ...inputs, logout: 'always' })
  expect(login.annotations).toStrictEqual([])
  expect(login.outputs).toMatchObject({ 'user-id': '@bot:example.org', failure: '' })
  expect(new URL(`http://x${issuer.requests[0]?.url}`).searchParams.get('audience')).toBe(AUDIENCE)
  const [post] = await job.finish()
  expect(post?.annotations).toStrictEqual([])
  expect(server.liveTokens()).toStrictEqual([])
})

test.each<[string, Claims]>([
  ['another repository', { repository: 'mallory/demo' }],
  ['another issuer', { iss: 'https://issuer.example.com' }],
  ['expired', { exp: 1 }],
])('%s is refused, and the claims are in the log', async (_name, claims) => {
  const { job, inputs } = await setTrust(claims)
  const login = await job.runAction('.', inputs)
  expect(login.outputs['failure']).toBe('token-invalid')
  const [[name, value] = []] = Object.entries(claims)
  expect(login.log).toContain(`${name}: ${JSON.stringify(value)}`)
})

test('another audience is refused', async () => {
  const { job, inputs } = await setTrust()
  const login = await job.runAction('.', { ...inputs, 'oidc-audience': 'https://somebody.else' })
  expect(login.outputs['failure']).toBe('token-invalid')
  expect(login.log).toContain('aud: "https://somebody.else"')
})

describe('the service that gives ID tokens', () => {
  const broken = async (fault: Parameters<IdTokenService['inject']>[1], times = 1) => {
    const harness = await setTrust()
    harness.issuer.inject({ times }, fault)
    return harness.job.runAction('.', { ...harness.inputs, 'max-wait': '5' })
  }

  // https://github.com/aws-actions/configure-aws-credentials/issues/469: a job that waited in a concurrency group.
  test.each(['Pending', 'Delayed'])('is asked again while it takes the job for %s', async (state) => {
    const body = { message: `Can't issue ID_TOKEN for job in '${state}' state.` }
    expect((await broken({ kind: 'respond', status: 403, body }, 2)).outcome).toBe('success')
  })

  test('is not asked again after another 403', async () => {
    const login = await broken({ kind: 'respond', status: 403, body: { message: "Can't issue ID_TOKEN for audience" } })
    expect(login.outputs['failure']).toBe('denied')
  })

  test('is asked again after 503', async () => {
    expect((await broken({ kind: 'respond', status: 503, body: {} })).outcome).toBe('success')
  })

  test('that refuses is named', async () => {
    const login = await broken({ kind: 'respond', status: 403, body: { message: 'no' } })
    expect(login.outputs['failure']).toBe('denied')
    expect(login.annotations[0]?.message).toContain('refused to give an ID token: 403, “no”')
  })

  test('that answers without a token is a server-error', async () => {
    expect((await broken({ kind: 'respond', status: 200, body: { count: 0 } })).outputs['failure']).toBe('server-error')
  })
})

test('without id-token: write the message says so; with a password instead nothing is asked', async () => {
  const { issuer, server, job, inputs } = await setTrust({}, { env: {} })
  const login = await job.runAction('.', inputs)
  expect(login.outputs['failure']).toBe('missing-credentials')
  expect(login.annotations[0]?.message).toContain('permissions: id-token: write')
  expect((await job.runAction('.', { homeserver: server.url, user: 'bot', password: PASSWORD })).outcome).toBe(
    'success',
  )
  expect(issuer.requests).toStrictEqual([])
})
