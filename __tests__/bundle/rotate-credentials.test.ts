import { afterEach, describe, expect, test } from '@jest/globals'
import { ADMIN, CREDENTIAL_ROWS } from '../support/credential-rows.js'
import { clearFixtures, USERS } from '../support/fixture.js'
import type { ForgeOptions } from '../support/forge.js'
import { MODES, setHarness } from '../support/rotation-harness.js'
import type { StepResult } from '../support/runner.js'

afterEach(clearFixtures)

const users = [...USERS, ADMIN]
const REFRESH_SECRET = '/repos/octo/demo/actions/secrets/MATRIX_REFRESH_TOKEN'
/** How many sessions are left after four rotations. */
const LEFT = { 'next-rotation': 2, now: 1, never: 4 } as const

const byLogin = CREDENTIAL_ROWS.filter(({ input }) =>
  ['jwt', 'appservice-token', 'shared-secret'].includes(input),
).flatMap((row) => row.flavours.map((flavour) => ({ input: row.input, flavour, row })))

describe.each(byLogin)('$input at $flavour', ({ flavour, row }) => {
  test.each(MODES)('retire: %s – four rotations, and the stored token always works', async (retire) => {
    const { server, rotate, stored } = await setHarness({ flavour, users, ...row.server })
    const inputs = { password: '', ...row.inputs(server), retire }
    for (let round = 0; round < 4; round += 1) {
      const result = await rotate(inputs)
      expect(result.annotations).toStrictEqual([])
      expect(stored()).toBe(result.outputs['access-token'])
      expect(server.isAlive(stored())).toBe(true)
    }
    expect(server.devices('bot')).toHaveLength(LEFT[retire])
  })
})

describe('mas-client-id', () => {
  const row = CREDENTIAL_ROWS.find(({ input }) => input === 'mas-client-id')
  if (row === undefined) throw new Error('no such row')

  test.each(MODES)(
    'retire: %s – personal sessions are found by their names, and retired by the same rules',
    async (retire) => {
      const { server, rotate, stored } = await setHarness({ flavour: 'mas', users, ...row.server })
      const inputs = { password: '', ...row.inputs(server), 'valid-for': '30d', retire }
      for (let round = 0; round < 4; round += 1) {
        const result = await rotate(inputs)
        expect(result.annotations).toStrictEqual([])
        expect(stored()).toMatch(/^mpt_/)
        expect(stored()).toBe(result.outputs['access-token'])
        expect(server.isAlive(stored())).toBe(true)
      }
      const live = server.personalSessions('bot').filter(({ revoked }) => !revoked)
      expect(live).toHaveLength(LEFT[retire])
      for (const { name, scope } of live) {
        expect(name).toMatch(/^GHA-[A-Z2-7]{12}-[0-9A-Za-z]{10}$/)
        expect(scope).toBe(`urn:matrix:client:api:* urn:matrix:client:device:${name}`)
      }
    },
  )

  test('no write was begun: the post step ends the new session with the credentials of the inputs', async () => {
    const { server, forge, rotate } = await setHarness({ flavour: 'mas', users, ...row.server })
    server.inject({ path: 'whoami', times: 2 }, { kind: 'respond', status: 500, body: {} })
    server.inject({ path: /revoke$/ }, { kind: 'respond', status: 400, body: { errors: [{ title: 'no' }] } })
    const result = await rotate({ password: '', ...row.inputs(server) })
    expect(result.outputs['failure']).toBe('server-error')
    expect(server.personalSessions('bot').filter(({ revoked }) => !revoked)).toStrictEqual([])
    expect(forge.requests.filter(({ method }) => method === 'PUT')).toStrictEqual([])
  })
})

describe('synapse-admin-token', () => {
  async function setAdminHarness() {
    const harness = await setHarness({ users })
    const admin = harness.server.issueToken('admin', 'ADMIN')
    const inputs = { password: '', user: '@bot:example.org', 'synapse-admin-token': admin, 'valid-for': '30d' }
    return { ...harness, inputs }
  }

  test('next-rotation: the replaced token stays until its own end, which a notice says', async () => {
    const { server, rotate, stored, inputs } = await setAdminHarness()
    await rotate(inputs)
    const before = stored()
    const result = await rotate(inputs)
    expect(result.outcome).toBe('success')
    expect(result.annotations).toMatchObject([
      { level: 'notice', message: expect.stringContaining('stays valid until it expires, if it does') },
    ])
    expect(stored()).not.toBe(before)
    for (const token of [before, stored()]) expect(server.isAlive(token)).toBe(true)
  })

  test('now: the replaced token is ended with itself', async () => {
    const { server, rotate, stored, inputs } = await setAdminHarness()
    await rotate(inputs)
    const before = stored()
    expect((await rotate({ ...inputs, retire: 'now' })).annotations).toStrictEqual([])
    expect(server.isAlive(before)).toBe(false)
    expect(server.isAlive(stored())).toBe(true)
  })

  test('without an end of its own it would never be retired: valid-for is required, unless retire is never', async () => {
    const { rotate, inputs } = await setAdminHarness()
    const refused = await rotate({ ...inputs, 'valid-for': '' })
    expect(refused.outputs['failure']).toBe('invalid-input')
    expect(refused.annotations[0]?.message).toContain('at least twice the interval')
    expect((await rotate({ ...inputs, 'valid-for': '', retire: 'never' })).outcome).toBe('success')
  })
})

describe('refresh-token', () => {
  async function setRefreshFixture(
    flavour: 'synapse' | 'tuwunel' | 'mas' = 'synapse',
    forgeOptions: ForgeOptions = {},
  ) {
    const harness = await setHarness({ flavour, users }, forgeOptions)
    const first = harness.server.issueRefreshable('bot', 'LASTING')
    const refresh = (more: Readonly<Record<string, string>> = {}): Promise<StepResult> =>
      harness.rotate({
        password: '',
        user: '',
        'refresh-token': harness.forge.secrets.get(REFRESH_SECRET)?.value ?? first.refreshToken,
        'refresh-secret-name': 'MATRIX_REFRESH_TOKEN',
        ...more,
      })
    return { ...harness, first, refresh }
  }

  test.each(['synapse', 'tuwunel', 'mas'] as const)(
    '%s: the device stays, both secrets are replaced each time',
    async (flavour) => {
      const { server, forge, refresh, stored } = await setRefreshFixture(flavour)
      for (let round = 0; round < 3; round += 1) {
        const result = await refresh()
        expect(result.outcome).toBe('success')
        expect(result.outputs).toMatchObject({
          'device-id': 'LASTING',
          'user-id': '@bot:example.org',
          failure: '',
          retired: '',
        })
        expect(stored()).toBe(result.outputs['access-token'])
        expect(forge.secrets.get(REFRESH_SECRET)?.value).toBe(result.outputs['refresh-token'])
        expect(server.isAlive(stored())).toBe(true)
      }
      expect(server.devices('bot')).toHaveLength(1)
    },
  )

  test('the right to write is proved everywhere; then the refresh token is written, then the access token, and only then is either used', async () => {
    const { server, forge, refresh } = await setRefreshFixture()
    const order: string[] = []
    const tell = (what: string) =>
      ({ kind: 'hold', phase: 'before-effect', until: Promise.resolve(), reached: () => order.push(what) }) as const
    server.inject({ path: '/refresh' }, tell('refresh'))
    server.inject({ path: 'whoami' }, tell('whoami'))
    for (const name of ['REFRESH_TOKEN', 'ACCESS_TOKEN', 'WRITE_CHECK'])
      forge.inject({ method: 'PUT', path: new RegExp(`${name}$`), times: 2 }, tell(name))
    forge.inject({ method: 'DELETE', path: /_WRITE_CHECK$/, times: 2 }, tell('delete'))
    await refresh({ 'store-in': 'repos/octo/demo\nrepos/octo/other' })
    expect(order).toStrictEqual([
      ...['WRITE_CHECK', 'delete', 'WRITE_CHECK', 'delete', 'refresh'],
      ...['REFRESH_TOKEN', 'REFRESH_TOKEN', 'ACCESS_TOKEN', 'ACCESS_TOKEN', 'whoami'],
    ])
    expect([...forge.secrets.keys()].filter((path) => path.endsWith('_WRITE_CHECK'))).toStrictEqual([])
  })

  test('a target that takes nothing keeps its pair whole; nothing is ended, and the new refresh token is the output', async () => {
    const { server, forge, refresh, stored } = await setRefreshFixture()
    await refresh()
    const before = [stored(), forge.secrets.get(REFRESH_SECRET)?.value]
    forge.inject({ method: 'PUT', path: /REFRESH_TOKEN$/ }, { kind: 'respond', status: 403, body: { message: 'no' } })
    const result = await refresh()
    expect(result.outputs['failure']).toBe('store-refused')
    expect(result.annotations[0]?.message).not.toMatch(/untouched|unchanged|as valid/)
    expect([stored(), forge.secrets.get(REFRESH_SECRET)?.value]).toStrictEqual(before)
    expect(result.outputs['refresh-token']).toMatch(/^syr_/)
    expect(server.isAlive(result.outputs['access-token'] ?? '')).toBe(true)
    // The stored pair was not touched: Synapse takes the old refresh token again until the new one is used.
    expect((await refresh()).outcome).toBe('success')
  })

  test.each(['gitea', 'forgejo'] as const)('%s: a user who may not write costs nothing', async (kind) => {
    const { server, forge, refresh, first } = await setRefreshFixture('synapse', { kind, isAdministrator: false })
    const result = await refresh()
    expect(result.outputs['failure']).toBe('store-refused')
    expect(server.requests).toStrictEqual([])
    expect(forge.requests.map(({ method }) => method)).toStrictEqual(['GET'])
    expect(server.isAlive(first.accessToken)).toBe(true)
  })

  test('a token that may only read costs no refresh token, however often it is tried', async () => {
    const { server, forge, refresh } = await setRefreshFixture('mas', { isAdministrator: false })
    for (let round = 0; round < 2; round += 1) {
      const result = await refresh()
      expect(result.outputs['failure']).toBe('store-refused')
      expect(result.annotations[0]?.message).toContain('Nothing was used up')
    }
    expect(server.requests).toStrictEqual([])
    expect(forge.secrets.size).toBe(0)
  })

  test.each([
    ['while it proves the right to write', /_WRITE_CHECK$/],
    ['while it writes', /REFRESH_TOKEN$/],
  ])('killed %s: the next run works, because nothing new was used', async (_name, path) => {
    const { server, forge, refresh, queue, stored, first } = await setRefreshFixture()
    const { job } = await queue()
    await new Promise<void>((resolve) => {
      const reached = () => {
        running.kill('SIGKILL')
        void running.result.then(() => resolve())
      }
      const until = new Promise<void>(() => {})
      forge.inject({ method: 'PUT', path }, { kind: 'hold', phase: 'before-effect', until, reached })
      const inputs = {
        homeserver: server.url,
        'refresh-token': first.refreshToken,
        'refresh-secret-name': 'MATRIX_REFRESH_TOKEN',
        'store-token': forge.token,
      }
      const running = job.startAction('rotate', inputs, { ownProcess: true })
    })
    await job.finish()
    expect((await refresh()).outcome).toBe('success')
    expect(server.isAlive(stored())).toBe(true)
  })

  test.each([
    ['no refresh-secret-name', { 'refresh-secret-name': '' }, '`refresh-secret-name` is missing'],
    ['the same name twice', { 'refresh-secret-name': 'matrix_access_token' }, 'are the same'],
    [
      'refresh-secret-name with another credential',
      { 'refresh-token': '', user: 'bot', password: 'x' },
      'goes with `refresh-token` only',
    ],
  ])('%s is invalid-input', async (_name, inputs, part) => {
    const { refresh } = await setRefreshFixture()
    const result = await refresh(inputs)
    expect(result.outputs['failure']).toBe('invalid-input')
    expect(result.annotations[0]?.message).toContain(part)
  })
})
