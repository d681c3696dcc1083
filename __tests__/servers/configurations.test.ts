import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { blocks, stepsOf } from '../metadata/blocks.js'
import { createJob, type Job } from '../support/runner.js'
import { NO_LIMITS, type Synapse, startSynapse } from './support/synapse.js'

/**
 * The configuration of servers and the steps that docs/credentials tells people to paste, against a real Synapse. What is not
 * there is GitHub: its keys and its ID tokens come from this file, with the claims that GitHub documents
 * (https://docs.github.com/en/actions/reference/security/oidc).
 */
const shown = blocks.filter(({ place }) => place.startsWith('docs/credentials/'))

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

function block(first: string): string {
  const found = shown.filter(({ text }) => text.includes(first))
  if (found.length !== 1) throw new Error(`${found.length} blocks of docs/credentials have “${first}”`)
  return found[0]?.text ?? ''
}

async function start(configuration: Readonly<Record<string, unknown>>): Promise<Synapse> {
  const synapse = await startSynapse({ ...NO_LIMITS, ...configuration })
  stops.push(() => synapse.stop())
  return synapse
}

async function newJob(secrets: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Job> {
  const job = await createJob({ secrets: () => secrets, env })
  stops.push(() => job.dispose())
  return job
}

/** A JSON answer for every request, on loopback. */
async function serve(answer: (url: URL) => unknown): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer(new URL(request.url ?? '', 'http://localhost'))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise((resolve) => server.close(() => resolve())))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

function signed(claims: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${part(claims)}`
  return `${body}.${createSign('RSA-SHA256').update(body).sign(key).toString('base64url')}`
}

describe('a JWT that you sign', () => {
  test('the step of the page makes one that this Synapse takes, and no other secret will do', async () => {
    const configuration = parse(block('jwt_config:'))
    const synapse = await start(configuration)
    const steps = stepsOf(block('createHmac'))
    const sign = async (secret: string) => {
      const job = await newJob([secret])
      const made = await job.runScript(steps[0]?.run ?? '', { env: { JWT_SECRET: secret } })
      expect(made.log).not.toContain(made.outputs['jwt'] ?? '?')
      const { user = '' } = steps[1]?.with ?? {}
      return job.runAction('.', {
        homeserver: synapse.url,
        user: String(user).replace('example.org', synapse.serverName),
        jwt: made.outputs['jwt'] ?? '',
        logout: 'always',
      })
    }
    expect((await sign(configuration.jwt_config.secret)).outputs).toMatchObject({
      'user-id': `@bot:${synapse.serverName}`,
      failure: '',
    })
    expect((await sign('another secret altogether')).outputs['failure']).toBe('token-invalid')
  })
})

describe('the workflow’s own identity', () => {
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'https://matrix.example.org',
    sub: 'repo:octo/demo:environment:matrix-bot',
    repository: 'octo/demo',
    repository_id: '123456789',
    environment: 'matrix-bot',
    ref: 'refs/heads/main',
    exp: 4_000_000_000,
  }

  async function logIn(changes: object) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keys = await serve(() => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] }))
    const text = block('synapse_token_authenticator')
    const published = 'https://token.actions.githubusercontent.com/.well-known/jwks'
    expect(text).toContain(published)
    const synapse = await start(parse(text.replace(published, keys)))
    await synapse.register('matrix-bot', 'nobody needs this password')
    let idToken = ''
    const service = await serve((url) => {
      idToken = signed({ ...claims, aud: url.searchParams.get('audience'), ...changes }, privateKey)
      return { value: idToken }
    })
    const job = await newJob([], {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${service}/?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'token-for-the-service-of-id-tokens',
    })
    const { user, ...inputs } = stepsOf(block('jwt-login-type: com'))[0]?.with ?? {}
    return job.runAction('.', {
      homeserver: synapse.url,
      user: String(user).replace('example.org', synapse.serverName),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)])),
    })
  }

  test('lets in the repository, environment and branch that it names', async () => {
    expect((await logIn({})).outputs).toMatchObject({ 'user-id': '@matrix-bot:synapse.test', failure: '' })
  })

  test.each([
    ['repository', { repository_id: '987654321', repository: 'mallory/demo' }],
    ['environment', { environment: 'another' }],
    ['branch', { ref: 'refs/pull/1/merge' }],
    ['audience', { aud: 'https://github.com/octo' }],
    ['issuer', { iss: 'https://token.example.org' }],
  ])('keeps out another %s', async (_name, changes) => {
    expect((await logIn(changes)).outputs['failure']).toBe('token-invalid')
  })
})

test('an application service opens the accounts of its namespace, and none else', async () => {
  const registration = parse(block('sender_localpart'))
  const directory = mkdtempSync(join(tmpdir(), 'appservice-'))
  stops.push(() => Promise.resolve(rmSync(directory, { recursive: true })))
  const file = join(directory, 'registration.yaml')
  writeFileSync(file, JSON.stringify(registration).replaceAll('example\\\\.org', 'synapse\\\\.test'))
  const synapse = await start({ app_service_config_files: [file] })
  const registered = await synapse.call('POST', '/_matrix/client/v3/register', {
    token: registration.as_token,
    body: { type: 'm.login.application_service', username: 'ci-bot' },
  })
  expect(registered.status).toBe(200)
  await synapse.register('alice', 'a password of her own')
  const logIn = async (user: string) => {
    const job = await newJob([])
    return job.runAction('.', {
      homeserver: synapse.url,
      user,
      'appservice-token': registration.as_token,
      logout: 'always',
    })
  }
  expect((await logIn('@ci-bot:synapse.test')).outputs['user-id']).toBe('@ci-bot:synapse.test')
  expect((await logIn('@alice:synapse.test')).outputs['failure']).toBe('token-invalid')
})
