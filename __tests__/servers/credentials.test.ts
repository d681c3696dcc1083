import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { stringify } from 'yaml'
import { signHs256 } from '../support/jwt.js'
import { createJob, type Job, type StepResult } from '../support/runner.js'
import { NO_LIMITS, type Synapse, startSynapse } from './support/synapse.js'

const secretText = () => randomBytes(18).toString('base64url')
const PASSWORD = secretText()
const JWT_SECRET = secretText()
const MODULE_SECRET = secretText()
const AS_TOKEN = secretText()
const HS_TOKEN = secretText()
const SHARED = 'com.devture.shared_secret_auth'
const directory = mkdtempSync(join(tmpdir(), 'credentials-'))

const secrets: string[] = [PASSWORD, JWT_SECRET, MODULE_SECRET, AS_TOKEN, HS_TOKEN]
const remember = (secret: string | undefined) => {
  if (secret === undefined || secret === '') throw new Error('no secret')
  secrets.push(secret)
  return secret
}

const jobs: Job[] = []
async function runLogin(inputs: Readonly<Record<string, string>>): Promise<{ login: StepResult; job: Job }> {
  const job = await createJob({ secrets: () => secrets })
  jobs.push(job)
  const login = await job.runAction('.', inputs)
  for (const name of ['access-token', 'refresh-token']) if (login.outputs[name]) remember(login.outputs[name])
  return { login, job }
}

function configuration(): Record<string, unknown> {
  const registration = join(directory, 'appservice.yaml')
  writeFileSync(
    registration,
    stringify({
      id: 'bridge',
      url: null,
      as_token: AS_TOKEN,
      hs_token: HS_TOKEN,
      sender_localpart: 'bridge',
      namespaces: { users: [{ exclusive: true, regex: '@_bridge_.*:synapse\\.test' }] },
    }),
  )
  return {
    ...NO_LIMITS,
    app_service_config_files: [registration],
    jwt_config: { enabled: true, secret: JWT_SECRET, algorithm: 'HS256', issuer: 'ci', audiences: ['matrix'] },
    login_via_existing_session: { enabled: true, require_ui_auth: false, token_timeout: '5m' },
    modules: [
      {
        module: 'shared_secret_authenticator.SharedSecretAuthProvider',
        config: { shared_secret: MODULE_SECRET, m_login_password_support_enabled: true },
      },
    ],
  }
}

describe('credentials at a real Synapse', () => {
  let server: Synapse
  let admin: string
  const at = (inputs: Readonly<Record<string, string>>) => ({ homeserver: server.url, ...inputs })
  const call = (method: string, path: string, token: string, body?: unknown) =>
    server.call(method, `/_matrix/client/${path}`, { token, body })
  const isAlive = async (token: string) => (await call('GET', 'v3/account/whoami', token)).status === 200
  const userPath = (localpart: string) => `/_synapse/admin/v2/users/@${localpart}:${server.serverName}`

  beforeAll(async () => {
    server = await startSynapse(configuration())
    admin = remember(await server.register('admin', PASSWORD, { admin: true }))
    for (const localpart of ['bot', 'Capital', 'locked', 'gone'])
      remember(await server.register(localpart.toLowerCase(), PASSWORD))
    await server.call('PUT', userPath('locked'), { token: admin, body: { locked: true } })
    await server.call('POST', `/_synapse/admin/v1/deactivate/@gone:${server.serverName}`, { token: admin, body: {} })
    const as = { type: 'm.login.application_service', username: '_bridge_alice' }
    expect((await call('POST', 'v3/register', AS_TOKEN, as)).status).toBe(200)
  })
  afterEach(async () => {
    for (const job of jobs.splice(0)) await job.dispose()
  })
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true })
    await server.stop()
  })

  /** Logs in with `logout: always`, proves the token, and that the post step ended it. */
  async function expectWhole(inputs: Readonly<Record<string, string>>, user: string): Promise<StepResult> {
    const { login, job } = await runLogin(at({ ...inputs, logout: 'always' }))
    expect(login.annotations).toStrictEqual([])
    expect(login.outputs).toMatchObject({ 'user-id': user, failure: '' })
    const token = login.outputs['access-token'] ?? ''
    expect(await isAlive(token)).toBe(true)
    const [post] = await job.finish()
    expect(post?.annotations).toStrictEqual([])
    expect(await isAlive(token)).toBe(false)
    return login
  }

  async function expectRefused(inputs: Readonly<Record<string, string>>, code: string, part: string): Promise<void> {
    const { login } = await runLogin(at(inputs))
    expect(login.outputs['failure']).toBe(code)
    expect(login.annotations.map(({ message }) => message).join('\n')).toContain(part)
  }

  const now = () => Math.floor(Date.now() / 1000)
  const jwt = (claims: object, secret = JWT_SECRET) =>
    remember(signHs256({ sub: 'bot', iss: 'ci', aud: 'matrix', exp: now() + 300, ...claims }, secret))

  test('jwt: HS256, signed by whoever has the secret of jwt_config', async () => {
    const login = await expectWhole({ jwt: jwt({}) }, '@bot:synapse.test')
    expect(login.outputs['device-id']).toMatch(/^GHA-/)
  })

  test.each([
    ['another secret', {}, 'another secret altogether, long enough', 'Signature verification failed'],
    ['another audience', { aud: 'somebody else' }, undefined, 'aud'],
    ['another issuer', { iss: 'somebody else' }, undefined, 'iss'],
    // 120 s of leeway: synapse/handlers/jwt.py.
    ['expired', { exp: now() - 300 }, undefined, 'expired'],
  ])('jwt refused: %s; the claims are shown, the token is not', async (_name, claims, secret, part) => {
    const { login } = await runLogin(at({ jwt: jwt(claims, secret) }))
    expect(login.outputs['failure']).toBe('token-invalid')
    expect(login.annotations[0]?.message).toContain('403 M_FORBIDDEN, “JWT validation failed')
    expect(login.annotations[0]?.message).toContain(part)
    expect(login.log).toContain('sub: "bot"')
  })

  test('synapse-admin-token: no device, the lifetime that was asked for, ended by /logout', async () => {
    const login = await expectWhole(
      { user: '@bot:synapse.test', 'synapse-admin-token': admin, 'valid-for': '1h' },
      '@bot:synapse.test',
    )
    expect(login.outputs['device-id']).toBe('')
    const left = Date.parse(login.outputs['expires-at'] ?? '') - Date.now()
    expect(left).toBeGreaterThan(3_500_000)
    expect(left).toBeLessThanOrEqual(3_600_000)
    expect(await isAlive(admin)).toBe(true)
  })

  test('synapse-admin-token: refusals', async () => {
    const user = '@bot:synapse.test'
    const bot = remember(await server.register('plain', PASSWORD))
    await expectRefused({ user, 'synapse-admin-token': bot }, 'token-invalid', '403 M_FORBIDDEN')
    await expectRefused({ user, 'synapse-admin-token': 'syt_x_dead_000000' }, 'token-invalid', '401 M_UNKNOWN_TOKEN')
    await expectRefused({ user: '@admin:synapse.test', 'synapse-admin-token': admin }, 'denied', 'login as self')
    await expectRefused(
      { user: '@nobody:synapse.test', 'synapse-admin-token': admin },
      'wrong-credentials',
      '404 M_NOT_FOUND',
    )
    // 200 and a token that is dead on arrival: whoami tells.
    await expectRefused(
      { user: '@locked:synapse.test', 'synapse-admin-token': admin },
      'account-locked',
      'M_USER_LOCKED',
    )
  })

  test('appservice-token: a user of the namespace; another one, an unregistered one and a wrong token are refused', async () => {
    await expectWhole({ user: '_bridge_alice', 'appservice-token': AS_TOKEN }, '@_bridge_alice:synapse.test')
    await expectRefused({ user: 'bot', 'appservice-token': AS_TOKEN }, 'token-invalid', '403 M_FORBIDDEN')
    await expectRefused(
      { user: '_bridge_nobody', 'appservice-token': AS_TOKEN },
      'wrong-credentials',
      'No row found (users)',
    )
    await expectRefused(
      { user: '_bridge_alice', 'appservice-token': 'not a token'.replaceAll(' ', '') },
      'token-invalid',
      '401',
    )
  })

  test('shared-secret: the login type of the module; refusals; a deactivated account is told apart', async () => {
    await expectWhole({ user: '@bot:synapse.test', 'shared-secret': MODULE_SECRET }, '@bot:synapse.test')
    const user = '@bot:synapse.test'
    await expectRefused(
      { user, 'shared-secret': 'not the secret of the module' },
      'wrong-credentials',
      '403 M_FORBIDDEN',
    )
    await expectRefused({ user: '@BOT:synapse.test', 'shared-secret': MODULE_SECRET }, 'wrong-credentials', 'Capitals')
    await expectRefused({ user: '@gone:synapse.test', 'shared-secret': MODULE_SECRET }, 'account-deactivated', '403')
    await expectRefused({ user: '@locked:synapse.test', 'shared-secret': MODULE_SECRET }, 'account-locked', '401')
  })

  // m_login_password_support_enabled: the same proof, taken as a password.
  test('shared-secret: the module takes its proof as a password, too', async () => {
    const proof = remember(createHmac('sha512', MODULE_SECRET).update('@bot:synapse.test').digest('hex'))
    await expectWhole({ user: '@bot:synapse.test', password: proof }, '@bot:synapse.test')
  })

  test('login-token: once, and an access token pasted there is told apart without being sent', async () => {
    const session = remember(await server.register('phone', PASSWORD))
    const issued = await call('POST', 'v1/login/get_token', session, {})
    const loginToken = remember(String(issued.body['login_token']))
    await expectWhole({ 'login-token': loginToken }, '@phone:synapse.test')
    await expectRefused({ 'login-token': loginToken }, 'token-invalid', '403 M_FORBIDDEN')
    await expectRefused({ 'login-token': session }, 'token-invalid', 'an access token (syt_…)')
    expect(await isAlive(session)).toBe(true)
  })

  async function openRefreshable() {
    const body = {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: 'bot' },
      password: PASSWORD,
      refresh_token: true,
      device_id: 'REFRESHED',
    }
    const { body: opened } = await server.call('POST', '/_matrix/client/v3/login', { body })
    return { access: remember(String(opened['access_token'])), refresh: remember(String(opened['refresh_token'])) }
  }

  test('refresh-token: both new tokens are outputs, the device stays, and the session can be ended', async () => {
    const { refresh } = await openRefreshable()
    const login = await expectWhole({ 'refresh-token': refresh }, '@bot:synapse.test')
    expect(login.outputs['device-id']).toBe('REFRESHED')
    expect(login.outputs['refresh-token']).toMatch(/^syr_/)
    expect(Date.parse(login.outputs['expires-at'] ?? '')).toBeGreaterThan(Date.now())
  })

  // whoami uses the new pair, and with that the old refresh token is over: synapse/handlers/register.py.
  test('refresh-token: one that was consumed says so', async () => {
    const { refresh } = await openRefreshable()
    expect((await runLogin(at({ 'refresh-token': refresh }))).login.outcome).toBe('success')
    await expectRefused({ 'refresh-token': refresh }, 'token-invalid', '403 M_FORBIDDEN')
    await expectRefused({ 'refresh-token': 'syr_nonsense_AAAA' }, 'token-invalid', '401 M_UNKNOWN_TOKEN')
  })

  test(`a server without the module says what it offers`, async () => {
    const bare = await startSynapse()
    try {
      const user = '@bot:synapse.test'
      const { login } = await runLogin({ homeserver: bare.url, user, 'shared-secret': MODULE_SECRET })
      expect(login.outputs['failure']).toBe('method-unavailable')
      expect(login.annotations[0]?.message).toContain(
        `The server does not offer ${SHARED}; it offers: m.login.password`,
      )
      const refused = await runLogin({ homeserver: bare.url, jwt: jwt({}) })
      expect(refused.login.outputs['failure']).toBe('method-unavailable')
    } finally {
      await bare.stop()
    }
  })
})
