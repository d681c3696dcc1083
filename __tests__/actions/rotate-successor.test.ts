import { afterEach, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import { objectOf, parseJson } from '../support/homeserver/answers.js'
import { type RotationFixture, setRotationFixture } from '../support/rotation-fixture.js'

afterEach(clearFixtures)

const CLIENT = {
  id: '01TESTCLIENT00000000000000',
  secret: 's3cret+/=%:of-a-client-in-a-test',
  admin: true,
  auth: 'basic',
} as const
const ADMIN = { password: '', 'mas-client-id': CLIENT.id, 'mas-client-secret': CLIENT.secret } as const

/** A value that is known when the server answers, and not before. */
const later = (value: () => unknown) => ({ toJSON: value })

const bodyOfLast = ({ server }: RotationFixture, path: string) => {
  const request = server.requests.findLast((each) => each.method === 'POST' && each.path.endsWith(path))
  return objectOf(parseJson(request?.body ?? ''))
}

// A server that mixes sessions up must not make a rotation end what every target has just stored.
test.each([
  ['now', {}],
  ['next-rotation', {}],
  ['now', { 'keep-device': 'true' }],
  ['next-rotation', { 'keep-device': 'true' }],
])('retire: %s ends no new personal session that a directory lists under older names, %j', async (retire, keep) => {
  const fixture = await setRotationFixture({ flavour: 'mas', introspectionCache: false, mas: { clients: [CLIENT] } })
  const { server, rotate } = fixture
  await rotate({ ...ADMIN, ...keep })
  const name = server.personalSessions('bot')[0]?.name ?? ''
  const user = () => bodyOfLast(fixture, '/personal-sessions')['actor_user_id']
  // The newest session has the oldest name.
  const data = () =>
    server.personalSessions('bot').map(({ id, scope }, age) => ({
      id,
      type: 'personal-session',
      attributes: { actor_user_id: user(), human_name: `${name.slice(0, -10)}V5${9 - age}0000000`, scope },
    }))
  server.inject(
    { method: 'GET', path: '/personal-sessions', times: 9 },
    { kind: 'respond', status: 200, body: later(() => ({ data: data(), links: {} })) },
  )
  const rotation = await rotate({ ...ADMIN, ...keep, retire })
  expect(rotation.failure).toBe('')
  expect(server.isAlive(fixture.stored())).toBe(true)
})

// Whatever would end the new session again, after a failure for example, would end the stored token.
test.each([
  ['every target refuses it', 403],
  ['every target takes it', 201],
])('a server that gives out the stored token again does not get it ended: %s', async (_name, status) => {
  const fixture = await setRotationFixture()
  const { server, forge, rotate } = fixture
  await rotate()
  const stored = fixture.stored()
  server.inject({ method: 'POST', path: '/login' }, { kind: 'alter', members: { access_token: stored } })
  server.inject({ path: 'whoami' }, { kind: 'alter', members: {} })
  const device_id = later(() => bodyOfLast(fixture, '/login')['device_id'])
  server.inject({ path: 'whoami' }, { kind: 'alter', members: { device_id } })
  if (status === 403) forge.inject({ method: 'PUT' }, { kind: 'respond', status, body: { message: 'no' } })
  const rotation = await rotate({ retire: 'now' })
  expect([rotation.failure, fixture.stored()]).toStrictEqual(['server-error', stored])
  await rotation.post()
  expect(server.isAlive(stored)).toBe(true)
})

test.each(['now', 'next-rotation'])(
  'retire: %s ends no token that is given out for an older device, too',
  async (retire) => {
    const fixture = await setRotationFixture()
    const { server, rotate } = fixture
    for (let round = 0; round < 3; round += 1) await rotate({ retire: 'never' })
    server.inject({ method: 'POST', path: '/login' }, { kind: 'alter', members: {} })
    const access_token = later(() => fixture.stored())
    server.inject({ method: 'POST', path: '/login', times: 9 }, { kind: 'alter', members: { access_token } })
    const rotation = await rotate({ retire })
    expect(rotation.failure).toBe('')
    expect(server.isAlive(fixture.stored())).toBe(true)
  },
)

// A log-out ends the whole device, and `whoami` says that it is one that something else uses.
test.each(['somebody else', 'no target takes it'])(
  'a new token on another device is not logged out: %s',
  async (why) => {
    const fixture = await setRotationFixture()
    const { server, forge, rotate } = fixture
    const user = why === 'somebody else' ? { user_id: '@mallory:example.org' } : {}
    server.inject({ path: 'whoami' }, { kind: 'alter', members: { device_id: 'OTHER', ...user } })
    forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'no' } })
    const rotation = await rotate()
    expect(rotation.failure).toBe(why === 'somebody else' ? 'wrong-user' : 'store-refused')
    await rotation.post()
    expect(server.requests.filter(({ path }) => path.endsWith('/logout'))).toStrictEqual([])
    expect(rotation.warnings.join()).toContain('OTHER')
  },
)
