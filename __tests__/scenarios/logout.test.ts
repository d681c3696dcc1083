import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, setFixture } from '../support/fixture.js'
import { ALL_FLAVOURS } from '../support/homeserver.js'

afterEach(clearFixtures)

test.each(ALL_FLAVOURS.filter((flavour) => flavour !== 'oauth-only'))(
  '%s: ends the session, and says so twice',
  async (flavour) => {
    const { server, job } = await setFixture({ flavour })
    const token = server.issueToken('bot', 'BYHANDDEVICE')
    const other = server.issueToken('bot', 'OTHERDEVICE')
    const inputs = { homeserver: server.url, 'access-token': token }
    const first = await job.runAction('logout', inputs)
    expect(first.outputs).toStrictEqual({ 'logged-out': 'true', failure: '' })
    expect(server.liveTokens()).toStrictEqual([other])
    const second = await job.runAction('logout', inputs)
    expect(second.outputs).toStrictEqual({ 'logged-out': 'true', failure: '' })
    expect(second.log).toContain('invalid already')
  },
)

describe('tokens that /logout of Matrix Authentication Service does not end', () => {
  test.each([
    ['mat_abcdefghijklmnopqrstuvwxyz1234_567890', 'OAuth'],
    ['mpt_abcdefghijklmnopqrstuvwxyz1234_567890', 'personal access token'],
  ])('%s: while it lives, the step says what ends it', async (token, kind) => {
    const { server, job } = await setFixture({ flavour: 'mas' })
    server.issueToken('bot', 'BYHANDDEVICE', token)
    const logout = await job.runAction('logout', { homeserver: server.url, 'access-token': token })
    expect(logout.outputs['failure']).toBe('method-unavailable')
    expect(logout.outputs['logged-out']).toBeUndefined()
    expect(logout.annotations[0]?.message).toContain(kind)
    expect(logout.annotations[0]?.message).toContain(
      `${server.url}/account/?action=org.matrix.device_delete&device_id=BYHANDDEVICE`,
    )
    expect(server.isAlive(token)).toBe(true)
  })
})

test.each([
  ['no token', { homeserver: 'https://example.org' }, 'missing-credentials'],
  ['no server', { 'access-token': 'syt_token_of_somebody' }, 'invalid-input'],
  ['plain HTTP', { homeserver: 'http://example.org', 'access-token': 'syt_token_of_somebody' }, 'insecure-url'],
])('%s', async (_name, inputs, word) => {
  const { job } = await setFixture()
  expect((await job.runAction('logout', inputs)).outputs['failure']).toBe(word)
})

test('another 401 does not count: the session may live', async () => {
  const { server, job } = await setFixture()
  const token = server.issueToken('bot', 'BYHANDDEVICE')
  server.inject({ path: '/logout' }, { kind: 'respond', status: 401, body: { errcode: 'M_MISSING_TOKEN' } })
  const logout = await job.runAction('logout', { homeserver: server.url, 'access-token': token })
  expect(logout.outputs['failure']).toBe('token-invalid')
  expect(logout.outputs['logged-out']).toBeUndefined()
})
