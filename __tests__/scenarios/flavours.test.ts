import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'
import { ALL_FLAVOURS } from '../support/homeserver.js'

afterEach(clearFixtures)

describe.each(ALL_FLAVOURS.filter((flavour) => flavour !== 'oauth-only'))('against %s', (flavour) => {
  test('logs in, hands a live token to the next step, and ends the session after the job', async () => {
    const { server, job } = await setFixture({ flavour })
    const login = await job.runAction('.', { ...botInputs(server), logout: 'always' })
    expect(login.annotations).toStrictEqual([])
    expect(login.deprecatedCommands).toStrictEqual([])
    expect(login.outputs).toMatchObject({
      'user-id': '@bot:example.org',
      'homeserver-url': server.url,
      'refresh-token': '',
      'expires-at': '',
      authenticated: 'true',
      failure: '',
    })
    const token = login.outputs['access-token'] ?? ''
    expect(server.isAlive(token)).toBe(true)
    expect(login.outputs['device-id']).toBe(server.devices('bot')[0]?.device_id)
    const printed = await job.runScript(
      'echo "token: $TOKEN"; echo "$TOKEN" | base64 -w0; printf %s "$TOKEN" | od -An -tx1 | tr -d " \\n"',
      {
        env: { TOKEN: token },
      },
    )
    expect(printed.log).toContain('token: ***')
    const [post] = await job.finish()
    expect(post?.annotations).toStrictEqual([])
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('logout: never keeps the session, and the next run of the step uses the same device', async () => {
    const { server, job } = await setFixture({ flavour })
    const first = await job.runAction('.', { ...botInputs(server), logout: 'never' })
    const second = await job.runAction('.', { ...botInputs(server), logout: 'never' })
    await job.finish()
    expect(second.outputs['device-id']).toBe(first.outputs['device-id'])
    expect(server.devices('bot')).toHaveLength(1)
    expect(server.isAlive(second.outputs['access-token'] ?? '')).toBe(true)
  })

  test('a wrong password is wrong-credentials, with status, errcode and server', async () => {
    const { server, job } = await setFixture({ flavour })
    const login = await job.runAction('.', { ...botInputs(server), password: 'not this one at all' })
    expect(login.outcome).toBe('failure')
    expect(login.outputs.failure).toBe('wrong-credentials')
    expect(login.annotations).toHaveLength(1)
    expect(login.annotations[0]?.message).toContain(`${server.url} refused to log in: 403 M_FORBIDDEN`)
    await job.finish()
    expect(server.requests.filter(({ path }) => path.endsWith('/logout'))).toStrictEqual([])
  })

  test('an unknown user is wrong-credentials, whatever status the server chooses', async () => {
    const { server, job } = await setFixture({ flavour })
    const login = await job.runAction('.', { ...botInputs(server), user: 'nobody' })
    expect(login.outputs.failure).toBe('wrong-credentials')
  })

  test('a locked account is account-locked', async () => {
    const { server, job } = await setFixture({ flavour })
    const login = await job.runAction('.', { ...botInputs(server), user: 'locked' })
    expect(login.outputs.failure).toBe('account-locked')
  })

  test('password login switched off is method-unavailable', async () => {
    const { server, job } = await setFixture({ flavour, passwordLogin: false })
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('method-unavailable')
  })

  test('a given token is checked and handed on; a dead one is token-invalid', async () => {
    const { server, job } = await setFixture({ flavour })
    const token = server.issueToken('bot', 'BYHANDDEVICE')
    const alive = await job.runAction('.', { homeserver: server.url, 'access-token': token })
    expect(alive.outputs['access-token']).toBe(token)
    expect(alive.outputs['device-id']).toBe('BYHANDDEVICE')
    const dead = await job.runAction('.', {
      homeserver: server.url,
      'access-token': 'syt_dead_AAAAAAAAAAAAAAAAAAAA_000000',
    })
    expect(dead.outputs.failure).toBe('token-invalid')
    await job.finish()
    expect(server.isAlive(token)).toBe(true)
  })
})

test.each(['mas', 'dendrite', 'tuwunel', 'continuwuity'] as const)(
  '%s takes no e-mail address: the hint says so',
  async (flavour) => {
    const { server, job } = await setFixture({ flavour })
    const login = await job.runAction('.', { ...botInputs(server), user: 'bot@mail.example' })
    expect(login.outputs['failure']).toBe('denied')
    expect(login.annotations[0]?.message).toContain('set `user` to the user ID')
  },
)

test.each(['bot@mail.example', '+44 1632 960123'])('Synapse takes %s', async (user) => {
  const { server, job } = await setFixture()
  const login = await job.runAction('.', { ...botInputs(server), user })
  expect(login.outputs['user-id']).toBe('@bot:example.org')
})

test('a server with OAuth only: the message says so', async () => {
  const { server, job } = await setFixture({ flavour: 'oauth-only' })
  const login = await job.runAction('.', botInputs(server))
  expect(login.outputs.failure).toBe('method-unavailable')
  expect(login.annotations[0]?.message).toContain('OAuth 2.0')
})
