import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import { REAL_HOMESERVERS } from './support/homeservers.js'
import type { RealServer } from './support/real-server.js'
import { devicesOf, isAlive, newJob, PASSWORD, remember } from './support/session-watch.js'

afterEach(clearFixtures)

/** What holds for every homeserver; where one differs, support/homeservers.ts says so. */
describe.each(REAL_HOMESERVERS)('$name', (homeserver) => {
  let server: RealServer
  const inputs = (user = 'bot') => ({ homeserver: server.url, user, password: PASSWORD })
  const botId = () => `@bot:${server.serverName}`

  beforeAll(async () => {
    server = await homeserver.start()
    for (const localpart of ['bot', 'second', 'third']) remember(await server.register(localpart, PASSWORD))
  })
  afterAll(() => server.stop())

  test.each(['bot', '@bot:SERVER', 'BOT', '@BOT:SERVER'])('logs in as %s', async (user) => {
    const job = await newJob()
    const login = await job.runAction('.', inputs(user.replace('SERVER', server.serverName)))
    expect(login.annotations).toStrictEqual([])
    expect(login.outputs).toMatchObject({
      'user-id': botId(),
      'homeserver-url': server.url,
      'refresh-token': '',
      'expires-at': '',
      failure: '',
    })
    expect(await isAlive(server, remember(login.outputs['access-token']))).toBe(true)
  })

  test('the server name in capitals', async () => {
    const login = await (await newJob()).runAction('.', inputs(`@bot:${server.serverName.toUpperCase()}`))
    if (homeserver.takesServerNameInCapitals) remember(login.outputs['access-token'])
    else expect(login.annotations[0]?.message).toContain('401 M_INVALID_USERNAME')
    expect(login.outputs['failure']).toBe(homeserver.takesServerNameInCapitals ? '' : 'wrong-credentials')
  })

  test('a wrong password is wrong-credentials', async () => {
    const login = await (await newJob()).runAction('.', { ...inputs(), password: 'this is another password' })
    expect(login.outputs['failure']).toBe('wrong-credentials')
    expect(login.annotations[0]?.message).toContain(homeserver.wrongPassword)
  })

  test('an unknown user is answered as a wrong password is', async () => {
    const login = await (await newJob()).runAction('.', inputs('nobody'))
    expect(login.outputs['failure']).toBe('wrong-credentials')
    expect(login.annotations[0]?.message).toContain(homeserver.wrongPassword)
  })

  test('a user of another server is wrong-credentials', async () => {
    const login = await (await newJob()).runAction('.', inputs('@bot:elsewhere.test'))
    expect(login.outputs['failure']).toBe('wrong-credentials')
  })

  test('an e-mail address that nobody has', async () => {
    const login = await (await newJob()).runAction('.', inputs('nobody@mail.example'))
    expect(login.outputs['failure']).toBe(homeserver.takesEmail ? 'wrong-credentials' : 'denied')
    if (!homeserver.takesEmail) expect(login.annotations[0]?.message).toContain('set `user` to the user ID')
  })

  test('logout: always ends the session, and the device with it', async () => {
    const watch = remember(await loginByHand('third'))
    const before = await devicesOf(server, watch)
    const job = await newJob()
    const login = await job.runAction('.', { ...inputs('third'), logout: 'always' })
    const token = remember(login.outputs['access-token'])
    expect(await isAlive(server, token)).toBe(true)
    expect(await devicesOf(server, watch)).toHaveLength(before.length + 1)
    const [post] = await job.finish()
    expect(post?.annotations).toStrictEqual([])
    expect(await isAlive(server, token)).toBe(false)
    expect(await devicesOf(server, watch)).toHaveLength(before.length)
  })

  test('logout: never keeps it; the next run of the step is on the same device', async () => {
    const job = await newJob()
    const step = { id: 'reuse' }
    const [first, second] = [
      await job.runAction('.', { ...inputs('second'), 'device-name': 'first', logout: 'never' }, step),
      await job.runAction('.', { ...inputs('second'), 'device-name': 'second', logout: 'never' }, step),
    ]
    await job.finish()
    expect(second.outputs['device-id']).toBe(first.outputs['device-id'])
    const token = remember(second.outputs['access-token'])
    const same = (await devicesOf(server, token)).filter(({ device_id: id }) => id === first.outputs['device-id'])
    expect(same).toHaveLength(1)
    expect(same[0]?.display_name).toBe(homeserver.nameAfterRelogin)
    const earlier = remember(first.outputs['access-token'])
    expect(await isAlive(server, earlier)).toBe(homeserver.reloginKeepsEarlierToken)
  })

  test('two jobs at once with logout: always do not end one another', async () => {
    const jobs = await Promise.all([newJob(), newJob()])
    const logins = await Promise.all(jobs.map((job) => job.runAction('.', { ...inputs(), logout: 'always' })))
    const [first = '', second = ''] = logins.map(({ outputs }) => remember(outputs['access-token']))
    await jobs[0].finish()
    expect([await isAlive(server, first), await isAlive(server, second)]).toStrictEqual([false, true])
    await jobs[1].finish()
    expect(await isAlive(server, second)).toBe(false)
  })

  test('a given token is accepted, and a dead one refused', async () => {
    const token = remember(await loginByHand('bot'))
    const job = await newJob()
    const alive = await job.runAction('.', { homeserver: server.url, 'access-token': token })
    expect(alive.outputs).toMatchObject({ 'user-id': botId(), 'device-id': 'BYHAND', 'access-token': token })
    await server.call('POST', '/_matrix/client/v3/logout', { token, body: {} })
    const dead = await job.runAction('.', { homeserver: server.url, 'access-token': token })
    expect(dead.outputs['failure']).toBe('token-invalid')
  })

  test('the logout action ends a session; one that is over counts as ended', async () => {
    const token = remember(await loginByHand('bot'))
    const job = await newJob()
    for (let times = 0; times < 2; times += 1) {
      const logout = await job.runAction('logout', { homeserver: server.url, 'access-token': token })
      expect(logout.outputs).toMatchObject({ 'logged-out': 'true', failure: '' })
      expect(await isAlive(server, token)).toBe(false)
    }
  })

  async function loginByHand(user: string): Promise<string> {
    const { body } = await server.call('POST', '/_matrix/client/v3/login', {
      body: {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user },
        password: PASSWORD,
        device_id: 'BYHAND',
      },
    })
    return String(body['access_token'])
  }
})
