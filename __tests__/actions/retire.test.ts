import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import type { Fault } from '../support/homeserver/faults.js'
import { orderOfRotation, type RotationFixture, setRotationFixture } from '../support/rotation-fixture.js'
import { MODES } from '../support/rotation-harness.js'

afterEach(clearFixtures)

/** As many rotations that nothing disturbed, and the devices that they made, the oldest first. */
async function settled(rotations: number): Promise<RotationFixture & { readonly devices: readonly string[] }> {
  const fixture = await setRotationFixture()
  const devices: string[] = []
  for (let round = 0; round < rotations; round += 1) {
    devices.push((await fixture.rotate({ retire: 'never' })).output('device-id'))
  }
  return { ...fixture, devices }
}

const devicesOf = ({ server }: RotationFixture) =>
  server
    .devices('bot')
    .map(({ device_id: id }) => id)
    .sort()

describe('what is retired of four devices, the newest being that of the stored token', () => {
  test.each([
    ['next-rotation', [0, 1, 2]],
    ['now', [0, 1, 2, 3]],
    ['never', []],
  ] as const)('%s', async (retire, gone) => {
    const fixture = await settled(4)
    const rotation = await fixture.rotate({ retire })
    const expected = fixture.devices.filter((_, at) => gone.some((index) => index === at))
    expect(rotation.output('retired')).toBe(expected.join('\n'))
    const left = fixture.devices.filter((device) => !expected.includes(device))
    expect(devicesOf(fixture)).toStrictEqual([...left, rotation.output('device-id')].sort())
  })

  test('next-rotation spares the device of a current token that is stale', async () => {
    const fixture = await setRotationFixture()
    const oldest = await fixture.rotate({ retire: 'never' })
    const stale = fixture.stored()
    for (let round = 0; round < 3; round += 1) await fixture.rotate({ retire: 'never' })
    const rotation = await fixture.rotate({ 'current-token': stale })
    expect(fixture.server.isAlive(stale)).toBe(true)
    expect(devicesOf(fixture)).toContain(oldest.output('device-id'))
    expect(rotation.output('retired').split('\n')).toHaveLength(2)
  })

  test('the token that is known is logged out as it is; another device is logged in on, and out again', async () => {
    const fixture = await settled(2)
    const current = fixture.stored()
    await fixture.rotate({ retire: 'now' })
    const logouts = fixture.server.requests.filter(({ path }) => path.endsWith('/logout'))
    expect(logouts.filter(({ authorization }) => authorization === `Bearer ${current}`)).toHaveLength(1)
    expect(logouts).toHaveLength(2)
    const logins = fixture.server.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/login'))
    expect(JSON.parse(logins.at(-1)?.body ?? '')).toMatchObject({ device_id: fixture.devices[0] })
  })
})

describe('a device that no rotation made', () => {
  test.each(MODES)('%s', async (retire) => {
    const { server, rotate } = await setRotationFixture()
    const byHand = server.issueToken('bot', 'BYHAND')
    server.issueToken('bot', 'PHONE')
    const { effects, output } = await rotate({ 'current-token': byHand, retire })
    const left = server.devices('bot').map(({ device_id: id }) => id)
    expect(left).toContain('PHONE')
    expect(left.includes('BYHAND')).toBe(retire !== 'now')
    expect(output('retired')).toBe(retire === 'now' ? 'BYHAND' : '')
    const notices = effects.filter(([kind]) => kind === 'notice').map(([, text]) => text)
    expect(notices).toStrictEqual(retire === 'now' ? [] : [expect.stringContaining('BYHAND')])
  })
})

describe('what fails while it retires fails nothing else', () => {
  const refused: Fault = { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN', error: 'no' } }
  const unavailable: Fault = { kind: 'respond', status: 500, body: {} }

  test.each<[string, Fault]>([
    ['refused', refused],
    ['500', unavailable],
    ['no answer', { kind: 'refuse' }],
  ])('the list: %s – a warning, and the next rotation makes up for it', async (_name, fault) => {
    const fixture = await settled(3)
    fixture.server.inject({ path: '/devices' }, fault)
    const failed = await fixture.rotate()
    expect([failed.failure, failed.output('retired')]).toStrictEqual(['', ''])
    expect(failed.warnings).toStrictEqual([expect.stringContaining('Older sessions could not be listed')])
    expect((await fixture.rotate()).output('retired').split('\n')).toHaveLength(3)
    expect(devicesOf(fixture)).toHaveLength(2)
  })

  test('a 401 to the list of a token that is alive is such a failure, too', async () => {
    const fixture = await settled(3)
    fixture.server.inject({ path: '/devices' }, { kind: 'respond', status: 401, body: { errcode: 'M_UNKNOWN_TOKEN' } })
    const failed = await fixture.rotate()
    expect([failed.failure, failed.output('retired')]).toStrictEqual(['', ''])
    expect(failed.warnings).toStrictEqual([expect.stringContaining('Older sessions could not be listed')])
  })

  // A third rotation makes the device of a slow one an older one, and retires it before the slow one has stored its token.
  test('but if another rotation has ended the new token, the step fails: what is stored is dead', async () => {
    const fixture = await settled(3)
    const { server } = fixture
    const logOut = async () => {
      const headers = { authorization: `Bearer ${fixture.stored()}`, 'content-type': 'application/json' }
      await fetch(`${server.url}/_matrix/client/v3/logout`, { method: 'POST', headers, body: '{}' })
    }
    let reached = () => {}
    const until = new Promise<void>((resolve) => {
      reached = () => void logOut().then(resolve)
    })
    server.inject({ path: '/devices' }, { kind: 'hold', phase: 'before-effect', until, reached: () => reached() })
    expect((await fixture.rotate()).failure).toBe('token-invalid')
    expect(server.isAlive(fixture.stored())).toBe(false)
  })

  test.each<[string, string, Fault]>([
    ['its logout', '/logout', unavailable],
    ['the answer of its logout', '/logout', { kind: 'cut-after-headers' }],
  ])('%s: the others are retired, a warning names it', async (_name, path, fault) => {
    const fixture = await settled(4)
    fixture.server.inject({ path }, fault)
    const rotation = await fixture.rotate()
    expect(rotation.failure).toBe('')
    const [first = '', ...others] = fixture.devices.slice(0, 3)
    expect(rotation.output('retired')).toBe(others.join('\n'))
    expect(rotation.warnings).toStrictEqual([expect.stringContaining(first)])
    expect(fixture.stored()).toBe(rotation.output('access-token'))
  })

  test('the warnings have the account page of the server, which is asked once', async () => {
    const fixture = await settled(4)
    const { server, devices } = fixture
    const body = { account_management_uri: 'https://account.example.org/' }
    server.inject({ path: '/auth_metadata', times: 9 }, { kind: 'respond', status: 200, body })
    server.inject({ path: '/logout', times: 9 }, refused)
    const { warnings } = await fixture.rotate()
    expect(warnings).toHaveLength(3)
    for (const [index, warning] of warnings.entries()) {
      expect(warning).toContain(
        `https://account.example.org/?action=org.matrix.device_delete&device_id=${devices[index]}`,
      )
    }
    expect(server.requests.filter(({ path }) => path.endsWith('/auth_metadata'))).toHaveLength(1)
  })

  test('a token that was made by hand and cannot be ended: likewise', async () => {
    const { server, rotate } = await setRotationFixture()
    const byHand = server.issueToken('bot', 'BYHAND')
    const body = { account_management_uri: 'https://account.example.org/' }
    server.inject({ path: '/auth_metadata' }, { kind: 'respond', status: 200, body })
    server.inject({ path: '/logout' }, refused)
    const { warnings } = await rotate({ 'current-token': byHand, retire: 'now' })
    expect(warnings.join()).toContain('https://account.example.org/?action=org.matrix.device_delete&device_id=BYHAND')
  })

  test('outputs and state are as after a whole rotation', async () => {
    const fixture = await settled(3)
    fixture.server.inject({ path: '/logout', times: 9 }, unavailable)
    const rotation = await fixture.rotate()
    expect(orderOfRotation(rotation).at(-1)).toBe('output failure')
    expect(rotation.output('rotated-at')).toMatch(/^2026-01-\d\dT03:04:05\.000Z$/)
    const post = await rotation.post()
    expect(orderOfRotation(post).filter((step) => step.startsWith('homeserver'))).toStrictEqual([])
  })
})
