import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createJob, type Job } from '../support/runner.js'
import { NO_LIMITS, type Synapse, startSynapse } from './support/synapse.js'

const PASSWORD = randomBytes(18).toString('base64url')
const WHOAMI = '/_matrix/client/v3/account/whoami'

const jobs: Job[] = []
afterEach(async () => {
  for (const job of jobs.splice(0)) await job.dispose()
})

/** A job whose runs are searched for the password, and for every token that it has handed out so far. */
async function newJob(): Promise<Job> {
  const job = await createJob({ secrets: () => [PASSWORD, ...tokens] })
  jobs.push(job)
  return job
}

const tokens: string[] = []
function remember(token: string | undefined): string {
  if (token === undefined || token === '') throw new Error('no token')
  tokens.push(token)
  return token
}

async function isAlive(server: Synapse, token: string): Promise<boolean> {
  return (await server.call('GET', WHOAMI, { token })).status === 200
}

describe('Synapse', () => {
  let server: Synapse
  let admin: string
  const inputs = (user = 'bot') => ({ homeserver: server.url, user, password: PASSWORD })
  const userPath = (localpart: string) => `/_synapse/admin/v2/users/@${localpart}:${server.serverName}`

  beforeAll(async () => {
    server = await startSynapse()
    admin = remember(await server.register('admin', PASSWORD, { admin: true }))
    for (const localpart of ['bot', 'second', 'locked', 'gone']) remember(await server.register(localpart, PASSWORD))
  })
  afterAll(() => server.stop())

  test.each(['bot', '@bot:synapse.test', '@BOT:synapse.test'])('logs in as %s', async (user) => {
    const job = await newJob()
    const login = await job.runAction('.', inputs(user))
    expect(login.annotations).toEqual([])
    expect(login.outputs).toMatchObject({ 'user-id': '@bot:synapse.test', 'homeserver-url': server.url, failure: '' })
    expect(await isAlive(server, remember(login.outputs['access-token']))).toBe(true)
  })

  test('a wrong password is wrong-credentials', async () => {
    const job = await newJob()
    const login = await job.runAction('.', { ...inputs(), password: 'this is another password' })
    expect(login.outputs.failure).toBe('wrong-credentials')
    expect(login.annotations[0]?.message).toContain('403 M_FORBIDDEN, “Invalid username or password”')
  })

  test('logout: always ends the session, and the device with it', async () => {
    const job = await newJob()
    const login = await job.runAction('.', { ...inputs(), logout: 'always' })
    const token = remember(login.outputs['access-token'])
    expect(await isAlive(server, token)).toBe(true)
    const [post] = await job.finish()
    expect(post?.annotations).toEqual([])
    expect(await isAlive(server, token)).toBe(false)
  })

  test('logout: never keeps it; the next run uses the same device, and Synapse keeps the earlier token too', async () => {
    const job = await newJob()
    const step = { id: 'reuse' }
    const first = await job.runAction('.', { ...inputs('second'), logout: 'never' }, step)
    const second = await job.runAction('.', { ...inputs('second'), logout: 'never' }, step)
    await job.finish()
    expect(second.outputs['device-id']).toBe(first.outputs['device-id'])
    const token = remember(second.outputs['access-token'])
    const { body } = await server.call('GET', '/_matrix/client/v3/devices', { token })
    const devices = Array.isArray(body.devices) ? body.devices : []
    expect(devices.filter((device) => device.device_id === first.outputs['device-id'])).toHaveLength(1)
    expect(await isAlive(server, remember(first.outputs['access-token']))).toBe(true)
  })

  test('a given token is accepted, and a dead one refused', async () => {
    const { body } = await server.call('POST', '/_matrix/client/v3/login', {
      body: { type: 'm.login.password', identifier: { type: 'm.id.user', user: 'bot' }, password: PASSWORD },
    })
    const token = remember(String(body.access_token))
    const job = await newJob()
    const alive = await job.runAction('.', { homeserver: server.url, 'access-token': token })
    expect(alive.outputs).toMatchObject({ 'user-id': '@bot:synapse.test', 'device-id': body.device_id })
    await server.call('POST', '/_matrix/client/v3/logout', { token, body: {} })
    const dead = await job.runAction('.', { homeserver: server.url, 'access-token': token })
    expect(dead.outputs.failure).toBe('token-invalid')
  })

  test('a deactivated account is answered as a wrong password is: the hint says so', async () => {
    await server.call('PUT', userPath('gone'), { token: admin, body: { deactivated: true } })
    const login = await (await newJob()).runAction('.', inputs('gone'))
    expect(login.outputs.failure).toBe('wrong-credentials')
    expect(login.annotations[0]?.message).toContain('deactivated')
  })

  test('a locked account is account-locked', async () => {
    await server.call('PUT', userPath('locked'), { token: admin, body: { locked: true } })
    const login = await (await newJob()).runAction('.', inputs('locked'))
    expect(login.outputs.failure).toBe('account-locked')
  })

  test('a device name of any length is cut to what Synapse takes', async () => {
    const login = await (await newJob()).runAction('.', {
      ...inputs(),
      'device-name': '🚀'.repeat(300),
      logout: 'always',
    })
    expect(login.outcome).toBe('success')
    remember(login.outputs['access-token'])
  })
})

test('password login switched off is method-unavailable, and says what is offered', async () => {
  const server = await startSynapse({ ...NO_LIMITS, password_config: { enabled: false } })
  try {
    remember(await server.register('bot', PASSWORD))
    const login = await (await newJob()).runAction('.', { homeserver: server.url, user: 'bot', password: PASSWORD })
    expect(login.outputs.failure).toBe('method-unavailable')
    expect(login.annotations[0]?.message).toContain('it offers: m.login.application_service')
  } finally {
    await server.stop()
  }
})

test('Synapse’s own rate limit is honoured: five logins, then the time at which a retry can work, and no hammering', async () => {
  const server = await startSynapse({})
  try {
    remember(await server.register('bot', PASSWORD))
    const inputs = { homeserver: server.url, user: 'bot', password: PASSWORD, logout: 'always' }
    const job = await newJob()
    for (let login = 1; login <= 5; login += 1) {
      const { outcome, outputs } = await job.runAction('.', inputs)
      expect(outcome).toBe('success')
      remember(outputs['access-token'])
    }
    const limited = await job.runAction('.', inputs)
    expect(limited.outputs.failure).toBe('rate-limited')
    expect(limited.annotations[0]?.message).toMatch(/A retry can work from 20\d\d-.*Z on \(in \d+ s\)/)
    expect(limited.log).not.toContain('Trying again')
    await job.finish()
  } finally {
    await server.stop()
  }
})
