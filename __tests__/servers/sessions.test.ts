import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { rotationDeviceId } from '../../src/session/rotation.js'
import { runCommand } from '../support/command.js'
import { clearFixtures } from '../support/fixture.js'
import type { RealServer } from './support/real-server.js'
import { PASSWORD } from './support/session-watch.js'
import { startSynapse } from './support/synapse.js'

afterEach(clearFixtures)

const PILE = 2_000
/** Requests at a time: Synapse answers one after another. */
const AT_ONCE = 20
const ROTATED = rotationDeviceId('GHA-ABCDEFGHIJKL', Date.now(), (count) => new Uint8Array(count))

describe('real Synapse, 2,000 sessions of one account', () => {
  let server: RealServer
  let token: string

  beforeAll(async () => {
    server = await startSynapse()
    const admin = await server.register('admin', PASSWORD, { admin: true })
    token = await server.register('bot', PASSWORD)
    const path = `/_synapse/admin/v2/users/@bot:${server.serverName}/devices`
    const make = (id: string) => server.call('POST', path, { token: admin, body: { device_id: id } })
    for (let made = 0; made < PILE; made += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_each, index) => make(`CURL${made + index}`)))
    }
    await make(ROTATED)
  }, 120_000)
  afterAll(() => server.stop())

  const run = (args: readonly string[], more: { input?: string; env?: Record<string, string> }) =>
    runCommand({ args: ['sessions', '--homeserver', server.url, '--user', 'bot', ...args], ...more })
  const rows = (stdout: string) => stdout.trimEnd().split('\n').slice(1)

  test('are listed with the password, and the session for it is ended', async () => {
    const { status, stdout, stderr } = await run([], { input: `${PASSWORD}\n` })
    // The pile, that of rotate, that of the registration, and the one that was opened.
    expect([status, rows(stdout).length]).toStrictEqual([0, PILE + 3])
    expect(stderr).toContain('The session was ended again.')
  })

  test('a wrong password ends none', async () => {
    const { status, stderr } = await run(['--end', '--yes'], { env: { MATRIX_ACCESS_TOKEN: token }, input: 'another' })
    expect(status).toBe(1)
    expect(stderr).toContain('401 M_FORBIDDEN')
  })

  test('are ended in one request; the one in use and that of rotate stay', async () => {
    const ended = await run(['--end', '--yes'], { env: { MATRIX_ACCESS_TOKEN: token }, input: PASSWORD })
    expect([ended.status, rows(ended.stdout).length]).toStrictEqual([0, PILE])
    const left = await run([], { env: { MATRIX_ACCESS_TOKEN: token } })
    expect(rows(left.stdout)).toHaveLength(2)
    expect(left.stdout).toContain(ROTATED)
    expect(left.stdout).toContain('in use, never ended')
  })

  test('with the password alone the only other session is that of the token', async () => {
    const { status } = await run(['--end', '--yes'], { input: PASSWORD })
    expect(status).toBe(0)
    const { status: refused } = await run([], { env: { MATRIX_ACCESS_TOKEN: token } })
    expect(refused).toBe(1)
  })
})
