import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import { ALL_FLAVOURS, type Flavour } from '../support/homeserver.js'
import { orderOfRotation, type RecordedRotation, setRotationFixture } from '../support/rotation-fixture.js'
import { MODES } from '../support/rotation-harness.js'

afterEach(clearFixtures)

const PUBLIC_KEY = 'forge GET /repos/octo/demo/actions/secrets/public-key'
const WRITE = 'forge PUT /repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN'
const WHOAMI = 'homeserver GET /account/whoami'
const LOGIN = 'homeserver POST /login'
const LOGOUT = 'homeserver POST /logout'

/** Without outputs, and with each state once. */
const steps = (rotation: RecordedRotation) =>
  orderOfRotation(rotation)
    .filter((step) => !step.startsWith('output '))
    .filter((step, at, all) => !step.startsWith('save session ') || all.indexOf(step) === at)

test('the order of effects: nothing of the stored token is touched before the new one is stored', async () => {
  const { rotate } = await setRotationFixture()
  await rotate()
  await rotate()
  expect(steps(await rotate())).toStrictEqual([
    PUBLIC_KEY,
    WHOAMI,
    'save session sent',
    LOGIN,
    'mask the new token',
    'save access-token',
    'save session open',
    WHOAMI,
    'save session storing',
    WRITE,
    'homeserver GET /devices',
    LOGIN,
    LOGOUT,
  ])
})

test('outputs that say it is stored come after the write, those of what is retired after that', async () => {
  const { rotate } = await setRotationFixture()
  const order = orderOfRotation(await rotate())
  const at = (step: string) => order.indexOf(step)
  expect(at('output access-token')).toBeGreaterThan(at(WRITE))
  expect(at('output stored-in')).toBeGreaterThan(at(WRITE))
  expect(at('output retired')).toBeGreaterThan(at('homeserver GET /devices'))
  expect(order.at(-1)).toBe('output failure')
})

test('the job summary says where the token is, and what was retired', async () => {
  const { rotate } = await setRotationFixture()
  await rotate({ retire: 'now' })
  const { effects, output } = await rotate({ retire: 'now' })
  const [summary = ''] = effects.flatMap(([kind, text = '']) => (kind === 'summary' ? [text] : []))
  expect(summary).toContain('Matrix rotation: <code>MATRIX&#95;ACCESS&#95;TOKEN</code>')
  for (const part of ['repos/octo/demo', output('retired'), output('device-id'), 'when the workflow runs again']) {
    expect(summary).toContain(part)
  }
})

describe.each(ALL_FLAVOURS.filter((flavour) => flavour !== 'oauth-only'))('on %s', (flavour) => {
  test.each(MODES)('retire: %s – no request that ends a session comes before the write', async (retire) => {
    const { rotate, server, stored } = await setRotationFixture({ flavour })
    for (let round = 0; round < 3; round += 1) {
      const rotation = await rotate({ retire })
      expect([rotation.failure, rotation.warnings]).toStrictEqual(['', []])
      const order = orderOfRotation(rotation)
      const ends = order.filter((step) => /logout|DELETE|delete_devices/.test(step))
      if (ends.length > 0) expect(order.indexOf(ends[0] ?? '')).toBeGreaterThan(order.indexOf(WRITE))
      const gone = rotation.output('retired').split('\n').filter(Boolean)
      expect(gone).toHaveLength({ 'next-rotation': round === 2 ? 1 : 0, now: round > 0 ? 1 : 0, never: 0 }[retire])
      expect(ends.length > 0).toBe(gone.length > 0)
      expect(stored()).toBe(rotation.output('access-token'))
      expect(server.isAlive(stored())).toBe(true)
    }
  })

  test('its post step ends nothing', async () => {
    const { rotate } = await setRotationFixture({ flavour })
    const post = await (await rotate()).post()
    expect(post.effects.filter(([kind]) => kind !== 'mask')).toStrictEqual([])
  })
})

describe('what ends a rotation before its write', () => {
  const refused = { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN', error: 'no' } } as const

  test('a store that cannot be looked at: no request to the homeserver, and no state', async () => {
    const { forge, rotate } = await setRotationFixture()
    forge.inject({ method: 'GET' }, { kind: 'respond', status: 403, body: { message: 'no' } })
    const rotation = await rotate()
    expect(rotation.failure).toBe('store-refused')
    expect(orderOfRotation(rotation)).toStrictEqual([PUBLIC_KEY])
  })

  test('a current token of another user: no login', async () => {
    const { server, rotate } = await setRotationFixture()
    const rotation = await rotate({ 'current-token': server.issueToken('mallory', 'PHONE') })
    expect(rotation.failure).toBe('wrong-user')
    expect(orderOfRotation(rotation)).toStrictEqual([PUBLIC_KEY, WHOAMI])
  })

  test('a login that is refused: nothing is written, and the post step has nothing to end', async () => {
    const { server, rotate, stored } = await setRotationFixture()
    await rotate()
    const before = stored()
    server.inject({ path: '/login' }, refused)
    const rotation = await rotate()
    expect(rotation.failure).toBe('wrong-credentials')
    expect(orderOfRotation(rotation)).not.toContain(WRITE)
    expect(orderOfRotation(await rotation.post()).filter((step) => step.startsWith('homeserver'))).toStrictEqual([])
    expect([stored(), server.isAlive(before)]).toStrictEqual([before, true])
  })

  test('a new token that does not work: its session is ended, and nothing is written', async () => {
    const { server, rotate, stored } = await setRotationFixture()
    await rotate()
    const [before, devices] = [stored(), server.devices('bot')]
    // The current token has no such trouble: it is not asked about.
    server.inject({ path: 'whoami' }, refused)
    const rotation = await rotate({ 'current-token': '' })
    expect(rotation.failure).not.toBe('')
    expect(orderOfRotation(rotation)).not.toContain(WRITE)
    expect(orderOfRotation(rotation)).toContain(LOGOUT)
    expect([stored(), server.devices('bot')]).toStrictEqual([before, devices])
  })

  test.each([undefined, 'PHONE'])(
    'no target takes a token whose device whoami calls %s: neither step ends that',
    async (device) => {
      const { forge, server, rotate } = await setRotationFixture()
      server.inject({ path: 'whoami' }, { kind: 'alter', members: { device_id: device } })
      forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'no' } })
      const rotation = await rotate()
      expect(rotation.failure).toBe('store-refused')
      expect([orderOfRotation(rotation), orderOfRotation(await rotation.post())].flat()).not.toContain(LOGOUT)
    },
  )

  test.each<Flavour>(['synapse', 'mas'])('%s: an end that fails is tried again by the post step', async (flavour) => {
    const { server, rotate } = await setRotationFixture({ flavour })
    server.inject({ path: 'whoami' }, refused)
    server.inject({ path: '/logout' }, { kind: 'respond', status: 500, body: {} })
    const rotation = await rotate()
    expect(server.devices('bot')).toHaveLength(1)
    expect(orderOfRotation(rotation).findLast((step) => step.startsWith('save session'))).toBe('save session open')
    expect(orderOfRotation(await rotation.post())).toContain(LOGOUT)
    expect(server.devices('bot')).toStrictEqual([])
  })

  // Its log-out would end whatever is on the device that the server names.
  test.each([
    ['no target takes its token', true, { device_id: 'PHONE' }, 'store-refused'],
    ['its owner is another user', false, { device_id: 'PHONE', user_id: '@mallory:example.org' }, 'wrong-user'],
  ])(
    'whoami names another device, and %s: a warning, and nothing is ended',
    async (_name, isRefused, members, word) => {
      const { server, forge, rotate } = await setRotationFixture()
      server.inject({ path: 'whoami' }, { kind: 'alter', members })
      if (isRefused) forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'no' } })
      const rotation = await rotate()
      expect(rotation.failure).toBe(word)
      expect(rotation.warnings).toStrictEqual([expect.stringContaining('on device PHONE instead of the requested')])
      const order = [...orderOfRotation(rotation), ...orderOfRotation(await rotation.post())]
      expect(order).not.toContain(LOGOUT)
    },
  )
})
