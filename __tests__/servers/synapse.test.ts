import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import type { RealServer } from './support/real-server.js'
import { newJob, PASSWORD, remember } from './support/session-watch.js'
import { NO_LIMITS, startSynapse } from './support/synapse.js'

afterEach(clearFixtures)

describe('what only Synapse has', () => {
  let server: RealServer
  let admin: string
  const inputs = (user = 'bot') => ({ homeserver: server.url, user, password: PASSWORD })
  const userPath = (localpart: string) => `/_synapse/admin/v2/users/@${localpart}:${server.serverName}`

  beforeAll(async () => {
    server = await startSynapse()
    admin = remember(await server.register('admin', PASSWORD, { admin: true }))
    for (const localpart of ['bot', 'locked', 'gone']) remember(await server.register(localpart, PASSWORD))
  })
  afterAll(() => server.stop())

  test('a deactivated account is answered as a wrong password is: the hint says so', async () => {
    await server.call('PUT', userPath('gone'), { token: admin, body: { deactivated: true } })
    const login = await (await newJob()).runAction('.', inputs('gone'))
    expect(login.outputs['failure']).toBe('wrong-credentials')
    expect(login.annotations[0]?.message).toContain('deactivated')
  })

  test('a locked account is account-locked', async () => {
    await server.call('PUT', userPath('locked'), { token: admin, body: { locked: true } })
    const login = await (await newJob()).runAction('.', inputs('locked'))
    expect(login.outputs['failure']).toBe('account-locked')
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
    expect(login.outputs['failure']).toBe('method-unavailable')
    expect(login.annotations[0]?.message).toContain('it offers: m.login.application_service')
  } finally {
    await server.stop()
  }
})
