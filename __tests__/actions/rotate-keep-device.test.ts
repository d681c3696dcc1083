import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD } from '../support/fixture.js'
import { objectOf, parseJson } from '../support/homeserver/answers.js'
import type { Fault } from '../support/homeserver/faults.js'
import type { HomeserverOptions } from '../support/homeserver.js'
import { type RecordedRotation, type RotationFixture, setRotationFixture } from '../support/rotation-fixture.js'
import { MODES, setHarness } from '../support/rotation-harness.js'

afterEach(clearFixtures)

const CLIENT = { id: '01TESTCLIENT00000000000000', secret: 's3cret+/=%:of-a-client-in-a-test', admin: true } as const
const ADMIN = { password: '', 'mas-client-id': CLIENT.id, 'mas-client-secret': CLIENT.secret } as const
const KEEP = { ...ADMIN, 'keep-device': 'true' } as const
const USER = '@bot:example.org'
const API = 'urn:matrix:client:api:*'
const DEVICE = 'urn:matrix:client:device:'
const NAME = /^GHA-[A-Z2-7]{12}-[0-9A-Za-z]{10}$/

interface KeepFixture extends RotationFixture {
  /** A rotation that keeps the device. */
  keep(inputs?: Readonly<Record<string, string>>): Promise<RecordedRotation>
  /** Names of the sessions that are not revoked, the oldest first. */
  sessions(): readonly string[]
  /** Whether the bot's keys are still there. */
  hasKeys(device: string): boolean
}

async function start(options: HomeserverOptions = {}, auth: 'basic' | 'post' = 'basic'): Promise<KeepFixture> {
  const mas = { clients: [{ ...CLIENT, auth }] }
  const fixture = await setRotationFixture({ flavour: 'mas', introspectionCache: false, mas, ...options })
  return {
    ...fixture,
    keep: (inputs = {}) => fixture.rotate({ ...KEEP, ...inputs }),
    sessions: () => alive(fixture).map(({ name }) => name),
    hasKeys: (device) => device in fixture.server.keys.devicesOf(USER),
  }
}

const alive = ({ server }: RotationFixture) => server.personalSessions('bot').filter(({ revoked }) => !revoked)
const devicesOf = ({ server }: RotationFixture) => server.devices('bot').map(({ device_id: id }) => id)
const requestsOf = ({ effects }: RecordedRotation) =>
  effects.flatMap(([kind, name = '']) => (kind === 'request' ? [name] : []))
const retired = (rotation: RecordedRotation) => rotation.output('retired').split('\n').filter(Boolean)
const notices = ({ effects }: RecordedRotation) =>
  effects.flatMap(([kind, text = '']) => (kind === 'notice' ? [text] : []))
const whoami = (server: RotationFixture['server'], token: string) =>
  fetch(`${server.url}/_matrix/client/v3/account/whoami`, { headers: { authorization: `Bearer ${token}` } })

/** A token made by hand on a device with keys, as it stands in the secret. */
function makeByHand({ server }: RotationFixture, device = 'BOTDEVICE', name?: string): string {
  const token = server.issuePersonalSession('bot', `${API} ${DEVICE}${device}`, name)
  server.keys.setDeviceKeys(USER, device, { user_id: USER, device_id: device })
  return token
}

describe('the device of the new token', () => {
  test('that of current-token', async () => {
    const fixture = await start()
    const rotation = await fixture.keep({ 'current-token': makeByHand(fixture) })
    expect([rotation.failure, rotation.output('device-id')]).toStrictEqual(['', 'BOTDEVICE'])
    expect(devicesOf(fixture)).toStrictEqual(['BOTDEVICE'])
    expect(fixture.hasKeys('BOTDEVICE')).toBe(true)
  })

  test('device-id before that; then it is the base of the names, too', async () => {
    const fixture = await start()
    const rotation = await fixture.keep({ 'current-token': makeByHand(fixture), 'device-id': 'MYOWN' })
    expect(rotation.output('device-id')).toBe('MYOWN')
    expect(fixture.sessions().at(-1)).toMatch(/^MYOWN-[0-9A-Za-z]{10}$/)
  })

  test('else the base of the names; and from then on it stays', async () => {
    const fixture = await start()
    const devices: string[] = []
    for (let round = 0; round < 4; round += 1) devices.push((await fixture.keep()).output('device-id'))
    expect(devices[0]).toMatch(/^GHA-[A-Z2-7]{12}$/)
    expect(new Set(devices).size).toBe(1)
    expect(fixture.sessions().every((name) => name.startsWith(`${devices[0]}-`))).toBe(true)
  })

  test('a current-token that is not valid any more: the base, and a warning that names what to set', async () => {
    const fixture = await start()
    const rotation = await fixture.keep({ 'current-token': 'mpt_revoked_long_ago' })
    expect(rotation.output('device-id')).toMatch(/^GHA-[A-Z2-7]{12}$/)
    expect(rotation.warnings.at(-1)).toContain('set `device-id`')
  })

  test('of rotations without keep-device: that of the last one stays', async () => {
    const fixture = await start()
    const first = await fixture.rotate(ADMIN)
    expect(first.output('device-id')).toMatch(NAME)
    const [second, third] = [await fixture.keep(), await fixture.keep()]
    expect([second, third].map(({ output }) => output('device-id'))).toStrictEqual(
      Array(2).fill(first.output('device-id')),
    )
    expect(retired(third)).toStrictEqual([first.output('device-id')])
    expect(devicesOf(fixture)).toStrictEqual([first.output('device-id')])
  })

  test('of rotations without keep-device, now: the session of the last one ends by its name', async () => {
    const fixture = await start()
    const first = await fixture.rotate(ADMIN)
    const rotation = await fixture.keep({ retire: 'now' })
    expect([rotation.warnings, retired(rotation)]).toStrictEqual([[], [first.output('device-id')]])
    expect(devicesOf(fixture)).toStrictEqual([first.output('device-id')])
  })

  // A blank in it would end its part of the scope, and what follows would grant more.
  test.each(['BOT urn:mas:admin', 'BOT DEVICE', 'BOT\u00a0DEVICE', 'BOT\u202eDEVICE', ' BOT', 'B'.repeat(301)])(
    'that a server names and no token can be asked for is refused, and nothing is made: %j',
    async (deviceId) => {
      const fixture = await start()
      const byHand = makeByHand(fixture)
      fixture.server.inject({ path: 'whoami' }, { kind: 'alter', members: { device_id: deviceId } })
      const rotation = await fixture.keep({ 'current-token': byHand })
      expect(rotation.failure).toBe('invalid-input')
      expect(alive(fixture)).toHaveLength(1)
      expect(fixture.stored()).toBe('')
    },
  )

  test('that is the token itself is neither asked for nor printed', async () => {
    const { server, rotate } = await setHarness({ flavour: 'mas', mas: { clients: [{ ...CLIENT, auth: 'basic' }] } })
    const byHand = server.issuePersonalSession('bot', `${API} ${DEVICE}BOTDEVICE`)
    server.inject({ path: 'whoami' }, { kind: 'alter', members: { device_id: byHand } })
    // The job refuses runs that print a secret.
    expect((await rotate(KEEP, byHand)).outputs['failure']).toBe('invalid-input')
    expect(server.personalSessions('bot')).toHaveLength(1)
  })

  test.each(['BÖT', 'BOT"', 'BOT\\'])(
    'device-id: %s, which no scope can hold, is refused before anything is made',
    async (id) => {
      const fixture = await start()
      const rotation = await fixture.keep({ 'device-id': id })
      expect([rotation.failure, alive(fixture)]).toStrictEqual(['invalid-input', []])
    },
  )
})

test('the session has the scope of one device and its own name, by which introspection tells whose the token is', async () => {
  const fixture = await start()
  await fixture.keep()
  const [session] = alive(fixture)
  const [base] = devicesOf(fixture)
  expect(session?.name).toMatch(NAME)
  expect(session?.scope.split(' ').sort()).toStrictEqual(
    [API, `${DEVICE}${base}`, `urn:matrix-access-token:session:${session?.name}`].sort(),
  )
  const second = await fixture.keep()
  expect(requestsOf(second).filter((request) => request.includes('introspect'))).toHaveLength(1)
})

describe.each(['basic', 'post'] as const)('a client that authenticates by %s', (auth) => {
  test.each(MODES)('retire: %s – by name, and the device stays', async (retire) => {
    const fixture = await start({}, auth)
    const names: string[] = []
    const rotations: RecordedRotation[] = []
    for (let round = 0; round < 4; round += 1) {
      rotations.push(await fixture.keep({ retire }))
      names.push(fixture.sessions().at(-1) ?? '')
      const [device = ''] = devicesOf(fixture)
      if (round === 0) fixture.server.keys.setDeviceKeys(USER, device, { user_id: USER, device_id: device })
      expect([devicesOf(fixture).length, fixture.hasKeys(device)]).toStrictEqual([1, true])
      expect((await whoami(fixture.server, fixture.stored())).status).toBe(200)
    }
    expect(rotations.flatMap(({ failure, warnings }) => [failure, ...warnings]).join('')).toBe('')
    expect(rotations.map(retired)).toStrictEqual(
      {
        'next-rotation': [[], [], [names[0]], [names[1]]],
        now: [[], [names[0]], [names[1]], [names[2]]],
        never: [[], [], [], []],
      }[retire],
    )
    expect(fixture.sessions()).toHaveLength({ 'next-rotation': 2, now: 1, never: 4 }[retire])
  })
})

test('no request that ends a session comes before the write', async () => {
  const fixture = await start()
  for (let round = 0; round < 3; round += 1) {
    const requests = requestsOf(await fixture.keep({ retire: 'now' }))
    const [write, end] = [/forge PUT/, /revoke|logout/].map((pattern) => requests.findIndex((one) => pattern.test(one)))
    if (round > 0) expect(end).toBeGreaterThan(write ?? 0)
  }
})

describe('a current-token that is stale', () => {
  test('next-rotation spares its session, which the scope names', async () => {
    const fixture = await start()
    await fixture.keep({ retire: 'never' })
    const stale = fixture.stored()
    for (let round = 0; round < 3; round += 1) await fixture.keep({ retire: 'never' })
    const rotation = await fixture.keep({ 'current-token': stale })
    expect([retired(rotation).length, fixture.server.isAlive(stale)]).toStrictEqual([2, true])
  })

  // Synapse goes on believing what it was told of a token, as long as the device is there.
  test.each(MODES)(
    'retire: %s – of a session that was ended a moment ago, nothing is ended in its place',
    async (retire) => {
      const fixture = await start({ introspectionCache: true })
      const [byHand, phone] = [makeByHand(fixture), makeByHand(fixture, 'BOTDEVICE', 'another program')]
      await whoami(fixture.server, byHand)
      const session = fixture.server.personalSessions('bot').find(({ token }) => token === byHand)
      await revokeAsAdmin(fixture, session?.id ?? '')
      expect((await whoami(fixture.server, byHand)).status).toBe(200)
      const rotation = await fixture.keep({ 'current-token': byHand, retire })
      expect([rotation.failure, retired(rotation), notices(rotation), rotation.warnings]).toStrictEqual([
        '',
        [],
        [],
        [],
      ])
      expect(fixture.server.isAlive(phone)).toBe(true)
    },
  )
})

async function revokeAsAdmin({ server }: RotationFixture, id: string): Promise<void> {
  const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`
  const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'urn:mas:admin' })
  const granted = await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: basic },
    body: form,
  })
  const token = objectOf(parseJson(await granted.text()))['access_token']
  const path = `/api/admin/v1/personal-sessions/${id}/revoke`
  const { status } = await fetch(server.url + path, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  expect(status).toBe(200)
}

describe('a current-token that was made by hand', () => {
  const isAlive = (fixture: RotationFixture, token: string) => fixture.server.isAlive(token)

  test('now: ended where it is the only one on its device that this action did not make; the device and its keys stay', async () => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    const elsewhere = makeByHand(fixture, 'OTHERDEVICE')
    const rotation = await fixture.keep({ 'current-token': byHand, retire: 'now' })
    expect([rotation.warnings, isAlive(fixture, byHand), isAlive(fixture, elsewhere)]).toStrictEqual([[], false, true])
    expect(devicesOf(fixture)).toStrictEqual(['BOTDEVICE', 'OTHERDEVICE'])
    expect(fixture.hasKeys('BOTDEVICE')).toBe(true)
  })

  test.each(['next-rotation', 'never'])('%s: a notice names it, and none is ended', async (retire) => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    const rotation = await fixture.keep({ 'current-token': byHand, retire })
    expect([retired(rotation), isAlive(fixture, byHand)]).toStrictEqual([[], true])
    expect(notices(rotation)).toStrictEqual([expect.stringContaining('BOTDEVICE')])
  })

  test('now: with another one on its device it cannot be told: a warning, and none is ended', async () => {
    const fixture = await start()
    const [byHand, other] = [makeByHand(fixture), makeByHand(fixture, 'BOTDEVICE', 'another program')]
    const rotation = await fixture.keep({ 'current-token': byHand, retire: 'now' })
    expect([rotation.failure, retired(rotation)]).toStrictEqual(['', []])
    expect(rotation.warnings).toStrictEqual([expect.stringContaining('cannot be told')])
    expect([byHand, other].map((token) => isAlive(fixture, token))).toStrictEqual([true, true])
  })

  test('now: without keep-device likewise, and the warning has the list of devices, because the device is shared', async () => {
    const fixture = await start()
    const [byHand, other] = [makeByHand(fixture), makeByHand(fixture, 'BOTDEVICE', 'another program')]
    const rotation = await fixture.rotate({ ...ADMIN, 'current-token': byHand, retire: 'now' })
    expect(rotation.warnings).toStrictEqual([expect.stringContaining('cannot be told')])
    expect(rotation.warnings.join()).toMatch(/\/account\/\?action=org\.matrix\.devices_list$/)
    expect([byHand, other].map((token) => isAlive(fixture, token))).toStrictEqual([true, true])
  })

  test('now: one on its device in the old form of the scope counts as well', async () => {
    const fixture = await start()
    const old = 'urn:matrix:org.matrix.msc2967.client:'
    const byHand = fixture.server.issuePersonalSession('bot', `${old}api:* ${old}device:BOTDEVICE`)
    const other = makeByHand(fixture, 'BOTDEVICE', 'another program')
    const rotation = await fixture.keep({ 'current-token': byHand, retire: 'now' })
    expect(rotation.warnings).toStrictEqual([expect.stringContaining('cannot be told')])
    expect([byHand, other].map((token) => isAlive(fixture, token))).toStrictEqual([true, true])
  })

  test('now: a session of another secret on the same device is not one made by hand', async () => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    const other = await fixture.keep({ 'current-token': byHand, 'secret-name': 'OTHER_TOKEN', retire: 'never' })
    const rotation = await fixture.keep({ 'current-token': byHand, retire: 'now' })
    expect(rotation.warnings).toStrictEqual([])
    expect([byHand, other.output('access-token')].map((token) => isAlive(fixture, token))).toStrictEqual([false, true])
  })

  test('now: a token that another secret’s rotation made is ended by its name, whatever else is on the device', async () => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    const other = await fixture.keep({ 'current-token': byHand, 'secret-name': 'OTHER_TOKEN', retire: 'never' })
    await fixture.keep({ 'current-token': other.output('access-token'), retire: 'now' })
    expect([byHand, other.output('access-token')].map((token) => isAlive(fixture, token))).toStrictEqual([true, false])
  })

  test('now: one of a login ends through /logout, and the device and its keys stay', async () => {
    const fixture = await start()
    const login = fixture.server.issueToken('bot', 'BOTDEVICE')
    expect(login).toMatch(/^mct_/)
    fixture.server.keys.setDeviceKeys(USER, 'BOTDEVICE', { user_id: USER, device_id: 'BOTDEVICE' })
    const rotation = await fixture.keep({ 'current-token': login, retire: 'now' })
    expect(requestsOf(rotation)).toContain('homeserver POST /logout')
    expect([rotation.warnings, isAlive(fixture, login), fixture.hasKeys('BOTDEVICE')]).toStrictEqual([[], false, true])
  })

  test.each(MODES)('retire: %s – one of a rotation by password is not of this kind', async (retire) => {
    const fixture = await start()
    const byPassword = await fixture.rotate({ password: PASSWORD })
    const rotation = await fixture.keep({ retire })
    expect([rotation.failure, rotation.warnings]).toStrictEqual(['', []])
    expect(rotation.output('device-id')).toBe(byPassword.output('device-id'))
    expect(isAlive(fixture, byPassword.output('access-token'))).toBe(retire !== 'now')
    expect(notices(rotation)).toHaveLength(retire === 'now' ? 0 : 1)
  })

  test('one of OAuth, which nothing here can end: a warning', async () => {
    const fixture = await start()
    const { accessToken } = fixture.server.issueOAuthSession('bot', 'BOTDEVICE', '01PUBLICCLIENT000000000000')
    const rotation = await fixture.keep({ 'current-token': accessToken, retire: 'now' })
    expect(rotation.warnings).toStrictEqual([expect.stringContaining('could not be ended')])
    // The new token is on the same device: an address that deletes the device would end it, too.
    expect(rotation.warnings.join()).toMatch(/\/account\/\?action=org\.matrix\.devices_list$/)
    expect(isAlive(fixture, accessToken)).toBe(true)
  })
})

describe('a server that does not say which session current-token belongs to', () => {
  const answers: readonly [string, Fault][] = [
    ['500', { kind: 'respond', status: 500, body: {} }],
    ['404', { kind: 'respond', status: 404, body: {} }],
    ['401', { kind: 'respond', status: 401, body: { error: 'invalid_client' } }],
    ['no answer', { kind: 'refuse' }],
    ['an empty object', { kind: 'respond', status: 200, body: {} }],
    ['active as a word', { kind: 'respond', status: 200, body: { active: 'true' } }],
    ['active as a number', { kind: 'respond', status: 200, body: { active: 1, scope: '' } }],
  ]

  test.each(answers)(
    '%s – next-rotation: nothing is retired, and the next one makes up for it',
    async (_name, fault) => {
      const fixture = await start()
      for (let round = 0; round < 3; round += 1) await fixture.keep({ retire: 'never' })
      fixture.server.inject({ path: 'introspect', times: 2 }, fault)
      const rotation = await fixture.keep()
      expect([rotation.failure, retired(rotation)]).toStrictEqual(['', []])
      expect(rotation.warnings).toStrictEqual([expect.stringContaining('which session')])
    },
  )

  test.each(answers)(
    '%s – now: a session made by hand on the device is not ended in its place',
    async (_name, fault) => {
      const fixture = await start()
      const byHand = makeByHand(fixture)
      await fixture.keep({ 'current-token': byHand })
      fixture.server.inject({ path: 'introspect', times: 2 }, fault)
      const rotation = await fixture.keep({ retire: 'now' })
      expect(rotation.failure).toBe('')
      expect(rotation.warnings).toStrictEqual([expect.stringContaining('which session')])
      expect([fixture.server.isAlive(byHand), fixture.sessions().length]).toStrictEqual([true, 2])
    },
  )

  test('a scope without a name, several names, and names of others lead to no end', async () => {
    for (const scope of [
      undefined,
      7,
      '',
      'urn:matrix-access-token:session:',
      'urn:matrix-access-token:session:X urn:matrix-access-token:session:Y',
    ]) {
      const fixture = await start()
      const byHand = makeByHand(fixture)
      await fixture.keep({ 'current-token': byHand, retire: 'never' })
      makeByHand(fixture, 'BOTDEVICE', 'another program')
      fixture.server.inject({ path: 'introspect' }, { kind: 'respond', status: 200, body: { active: true, scope } })
      const rotation = await fixture.keep({ retire: 'now' })
      expect([rotation.failure, fixture.server.isAlive(byHand)]).toStrictEqual(['', true])
      await clearFixtures()
    }
  })
})

test('a scope that names two sessions, or one that is not marked itself, ends none of them', async () => {
  const MARK = 'urn:matrix-access-token:session:'
  for (const names of [(other: string) => `${MARK}${other} ${MARK}Y`, () => `${MARK}Program`]) {
    const fixture = await start()
    const byHand = makeByHand(fixture, 'BOTDEVICE', 'Program')
    makeByHand(fixture, 'BOTDEVICE', 'another program')
    const other = await fixture.keep({ 'current-token': byHand, 'secret-name': 'OTHER_TOKEN', retire: 'never' })
    const scope = names(fixture.sessions().at(-1) ?? '')
    fixture.server.inject({ path: 'introspect' }, { kind: 'respond', status: 200, body: { active: true, scope } })
    const rotation = await fixture.keep({ 'current-token': other.output('access-token'), retire: 'now' })
    expect(rotation.warnings).toStrictEqual([expect.stringContaining('cannot be told')])
    expect([byHand, other.output('access-token')].map((token) => fixture.server.isAlive(token))).toStrictEqual([
      true,
      true,
    ])
    await clearFixtures()
  }
})

describe('keep-device that is left out again', () => {
  test('now: the session of current-token ends, and one made by hand on its device does not', async () => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    const kept = await fixture.keep({ 'current-token': byHand })
    const rotation = await fixture.rotate({ ...ADMIN, retire: 'now' })
    expect(rotation.warnings).toStrictEqual([])
    expect(fixture.server.isAlive(kept.output('access-token'))).toBe(false)
    expect(fixture.server.isAlive(byHand)).toBe(true)
  })

  test('now, and the server does not say which session it is: no session on a device that was kept is ended by a guess', async () => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    await fixture.keep({ 'current-token': byHand })
    fixture.server.inject({ path: 'introspect', times: 2 }, { kind: 'respond', status: 404, body: {} })
    const rotation = await fixture.rotate({ ...ADMIN, retire: 'now' })
    expect(rotation.warnings).toStrictEqual([expect.stringContaining('cannot be told')])
    expect(fixture.server.isAlive(byHand)).toBe(true)
  })

  test('now: on a device that was never kept, one made by hand is ended without introspection', async () => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    fixture.server.inject({ path: 'introspect', times: 2 }, { kind: 'respond', status: 404, body: {} })
    const rotation = await fixture.rotate({ ...ADMIN, 'current-token': byHand, retire: 'now' })
    expect([rotation.warnings, fixture.server.isAlive(byHand)]).toStrictEqual([[], false])
  })

  test.each(MODES)('retire: %s – after rotations whose device was made by one of them: no warning', async (retire) => {
    const fixture = await start()
    await fixture.rotate(ADMIN)
    await fixture.keep()
    await fixture.keep()
    const rotation = await fixture.rotate({ ...ADMIN, retire })
    expect([rotation.failure, rotation.warnings, notices(rotation)]).toStrictEqual(['', [], []])
  })
})

describe('no write succeeds', () => {
  const refused: Fault = { kind: 'respond', status: 403, body: { message: 'no' } }

  test('the new session is revoked, and the device and its keys stay', async () => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    await fixture.keep({ 'current-token': byHand })
    const [before, sessions] = [fixture.stored(), fixture.sessions()]
    fixture.forge.inject({ method: 'PUT' }, refused)
    const rotation = await fixture.keep()
    expect([rotation.failure, fixture.stored()]).toStrictEqual(['store-refused', before])
    expect(fixture.sessions()).toStrictEqual(sessions)
    expect([fixture.server.isAlive(before), fixture.hasKeys('BOTDEVICE')]).toStrictEqual([true, true])
  })

  test('where that fails the post step revokes it', async () => {
    const fixture = await start()
    await fixture.keep()
    const sessions = fixture.sessions()
    fixture.forge.inject({ method: 'PUT' }, refused)
    fixture.server.inject({ path: '/revoke' }, { kind: 'respond', status: 500, body: {} })
    const rotation = await fixture.keep()
    expect(fixture.sessions()).toHaveLength(sessions.length + 1)
    await rotation.post()
    expect(fixture.sessions()).toStrictEqual(sessions)
  })
})

describe('whoami of the new token names another device: nothing is retired', () => {
  test.each([
    ['another', 'OTHERDEVICE'],
    ['none', null],
    ['in other letters', 'botdevice'],
    ['with a blank at its end', 'BOTDEVICE '],
    ['a list', ['BOTDEVICE']],
    ['a number', 7],
  ])('%s', async (_name, deviceId) => {
    const fixture = await start()
    const byHand = makeByHand(fixture)
    await fixture.keep({ 'current-token': byHand })
    await fixture.keep({ retire: 'never' })
    const sessions = fixture.sessions()
    fixture.server.inject({ path: 'whoami' }, { kind: 'alter', members: {} })
    fixture.server.inject({ path: 'whoami' }, { kind: 'alter', members: { device_id: deviceId } })
    const rotation = await fixture.keep({ retire: 'now' })
    expect([rotation.failure, retired(rotation)]).toStrictEqual(['', []])
    expect(rotation.warnings).toStrictEqual([expect.stringContaining('instead of the requested BOTDEVICE')])
    expect(fixture.sessions()).toStrictEqual([...sessions, expect.any(String)])
  })
})

test.each(['true', 'false'])(
  'refresh-token keeps its device anyway; keep-device: %s changes no effect',
  async (keep) => {
    const run = async (inputs: Readonly<Record<string, string>>) => {
      const fixture = await setRotationFixture({ flavour: 'mas' })
      const { refreshToken } = fixture.server.issueRefreshable('bot', 'BOTDEVICE')
      const refresh = { password: '', user: '', 'refresh-token': refreshToken, 'refresh-secret-name': 'REFRESH' }
      const rotation = await fixture.rotate({ ...refresh, ...inputs })
      expect([rotation.failure, rotation.output('device-id'), devicesOf(fixture)]).toStrictEqual([
        '',
        'BOTDEVICE',
        ['BOTDEVICE'],
      ])
      return requestsOf(rotation)
    }
    expect(await run({ 'keep-device': keep })).toStrictEqual(await run({}))
  },
)
