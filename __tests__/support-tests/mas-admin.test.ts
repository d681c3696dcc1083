import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type HomeserverOptions, startHomeserver } from '../support/homeserver.js'
import { ask, line, postForm, text, whoami } from './asking.js'

afterEach(clearFixtures)

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const ADMIN = {
  id: '01ADM0000000000000000000AA',
  secret: 'secret of an admin client',
  auth: 'post',
  admin: true,
} as const
const OTHER = {
  id: '01ANTHER0000000000000000BB',
  secret: 'secret of another client',
  auth: 'post',
  admin: true,
} as const
const USERS = [
  { localpart: 'bot' },
  { localpart: 'locked', locked: true },
  { localpart: 'gone', deactivated: true },
  { localpart: 'root', admin: true },
]
const API = 'urn:matrix:client:api:*'
const DEVICE = 'urn:matrix:client:device:'
const PATH = '/api/admin/v1/personal-sessions'
const NOBODY = '01AAAAAAAAAAAAAAAAAAAAAAAA'

type Json = Readonly<Record<string, unknown>>
const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {})

async function start(options: HomeserverOptions = {}) {
  const clock = { now: NOW }
  const mas = { clients: [ADMIN, OTHER] }
  const server = stopLater(
    await startHomeserver({ flavour: 'mas', users: USERS, now: () => clock.now, mas, ...options }),
  )
  const clientToken = async ({ id, secret } = ADMIN as { id: string; secret: string }) => {
    const fields = { grant_type: 'client_credentials', scope: 'urn:mas:admin', client_id: id, client_secret: secret }
    return text(await postForm(server, '/oauth2/token', fields), 'access_token')
  }
  const token = await clientToken()
  const get = (path: string, as = token) => ask(server, 'GET', path, { token: as })
  const post = (path: string, body?: unknown, as = token) => ask(server, 'POST', path, { token: as, body })
  const userId = async (name: string) => String(data(await get(`/api/admin/v1/users/by-username/${name}`))['id'])
  const add = async (change: object = {}, name = 'bot') =>
    post(PATH, { actor_user_id: await userId(name), human_name: 'a name', scope: API, ...change })
  return { server, clock, token, clientToken, get, post, userId, add }
}

const data = ({ body }: { body: Json }): Json => objectOf(body['data'])
const attributes = (answer: { body: Json }): Json => objectOf(data(answer)['attributes'])
const personal = (answer: { body: Json }) => String(attributes(answer)['access_token'])

describe('who may', () => {
  test.each<[string, { token?: string; authorization?: string }, string]>([
    ['no token', {}, '400 Missing authorization header'],
    ['another scheme', { authorization: 'Basic eDp5' }, '400 Invalid authorization header'],
    ['a token of Matrix', { token: 'mct_x' }, '401 Invalid type of access token'],
    ['an unknown token', { token: 'mat_x' }, '401 Unknown access token'],
  ])('%s', async (_name, sending, expected) => {
    const { server } = await start()
    expect(line(await ask(server, 'GET', PATH, sending))).toBe(expected)
  })

  test('a token without the scope, and one that has expired', async () => {
    const { server, clock, get } = await start()
    const fields = { grant_type: 'client_credentials', client_id: ADMIN.id, client_secret: ADMIN.secret }
    const useless = text(await postForm(server, '/oauth2/token', fields), 'access_token')
    expect(line(await get(PATH, useless))).toBe('401 Missing urn:mas:admin scope')
    expect(line(await get(PATH))).toBe('200')
    clock.now += 300_000
    expect(line(await get(PATH))).toBe('401 Access token expired')
  })

  test('a personal token with the scope: nobody asks whether its user may', async () => {
    const { get, add } = await start()
    expect(line(await get(PATH, personal(await add({ scope: 'urn:mas:admin' }))))).toBe('200')
    expect(line(await get(PATH, personal(await add())))).toBe('401 Missing urn:mas:admin scope')
  })

  test('absent: the configuration has no listener for it', async () => {
    const started = stopLater(await startHomeserver({ flavour: 'mas', mas: { clients: [ADMIN], adminApi: 'absent' } }))
    expect(line(await ask(started, 'GET', PATH, { token: 'mat_x' }))).toBe('404 (text/html) Page not found')
    const without = stopLater(await startHomeserver({ flavour: 'mas' }))
    expect(line(await ask(without, 'GET', PATH, { token: 'mat_x' }))).toBe('404 (text/html) Page not found')
  })

  test('below the path of the service', async () => {
    const server = stopLater(await startHomeserver({ flavour: 'mas', mas: { clients: [ADMIN], path: '/auth' } }))
    expect(line(await ask(server, 'GET', `/auth${PATH}`))).toBe('400 Missing authorization header')
    expect(line(await ask(server, 'GET', PATH))).toBe('404 M_UNRECOGNIZED: Unrecognized request')
  })
})

describe('users by name', () => {
  test.each([
    ['bot', { username: 'bot', locked_at: null, deactivated_at: null, admin: false, legacy_guest: false }],
    ['BOT', { username: 'bot' }],
    ['locked', { locked_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/), deactivated_at: null }],
    ['gone', { deactivated_at: expect.stringMatching(/Z$/), locked_at: null }],
    ['root', { admin: true }],
  ])('%s', async (name, expected) => {
    const { get } = await start()
    const answer = await get(`/api/admin/v1/users/by-username/${name}`)
    expect(attributes(answer)).toMatchObject(expected)
    const { type, id, links } = data(answer)
    expect([type, id, links]).toStrictEqual([
      'user',
      expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      { self: `/api/admin/v1/users/${String(id)}` },
    ])
  })

  test.each(['nobody', '@bot:example.org'])('%s', async (name) => {
    const { get } = await start()
    const answer = await get(`/api/admin/v1/users/by-username/${encodeURIComponent(name)}`)
    expect(line(answer)).toBe(`404 User with username "${name}" not found`)
    expect(answer.body).toStrictEqual({ errors: [{ title: expect.any(String) }] })
  })
})

describe('a new personal session', () => {
  test('the token is shown once; the session belongs to the client', async () => {
    const { server, get, add, userId } = await start()
    const answer = await add({ scope: `${DEVICE}DEVICEONE1 ${API}`, expires_in: 3600 })
    expect(answer.status).toBe(201)
    const id = String(data(answer)['id'])
    expect(attributes(answer)).toStrictEqual({
      access_token: expect.stringMatching(/^mpt_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/),
      actor_user_id: await userId('bot'),
      owner_client_id: ADMIN.id,
      owner_user_id: null,
      human_name: 'a name',
      scope: `${API} ${DEVICE}DEVICEONE1`,
      created_at: '2026-01-02T03:04:05.000000000Z',
      expires_at: '2026-01-02T04:04:05.000000000Z',
      revoked_at: null,
      last_active_at: null,
      last_active_ip: null,
    })
    expect(data(answer)).toMatchObject({ type: 'personal-session', links: { self: `${PATH}/${id}` } })
    expect(attributes(await get(`${PATH}/${id}`))).not.toHaveProperty('access_token')
    expect(server.secrets()).toStrictEqual(expect.arrayContaining([personal(answer), ADMIN.secret]))
    expect(server.personalSessions('bot')).toStrictEqual([
      { id, name: 'a name', scope: `${API} ${DEVICE}DEVICEONE1`, revoked: false, token: personal(answer) },
    ])
  })

  test.each<[string, object, string, string]>([
    ['no scope', { scope: '' }, 'bot', '400 Invalid scope'],
    ['a malformed scope', { scope: `${API}  ${DEVICE}DEVICEONE1` }, 'bot', '400 Invalid scope'],
    ['nobody', { actor_user_id: NOBODY }, 'bot', '404 User not found'],
    ['a deactivated user', {}, 'gone', '410 User is not active'],
    [
      'no name',
      { human_name: undefined },
      'bot',
      '422 (text/plain) Failed to deserialize the JSON body into the target type: missing field `human_name`',
    ],
    [
      'no ULID',
      { actor_user_id: 'bot' },
      'bot',
      '422 (text/plain) Failed to deserialize the JSON body into the target type: actor_user_id: invalid length',
    ],
    [
      'an end before now',
      { expires_in: -1 },
      'bot',
      '422 (text/plain) Failed to deserialize the JSON body into the target type: expires_in: invalid value, expected u32',
    ],
    [
      'an end too late',
      { expires_in: 2 ** 32 },
      'bot',
      '422 (text/plain) Failed to deserialize the JSON body into the target type: expires_in: invalid value, expected u32',
    ],
  ])('%s', async (_name, change, user, expected) => {
    const { server, add } = await start()
    expect(line(await add(change, user))).toBe(expected)
    expect(server.liveTokens()).toStrictEqual([])
  })

  test.each<[string, { raw?: string; contentType?: string }, string]>([
    ['no type', { contentType: '' }, '415 (text/plain) Expected request with `Content-Type: application/json`'],
    [
      'a form',
      { contentType: 'application/x-www-form-urlencoded' },
      '415 (text/plain) Expected request with `Content-Type: application/json`',
    ],
    ['no JSON', { raw: '{' }, '400 (text/plain) Failed to parse the request body as JSON'],
  ])('%s', async (_name, sending, expected) => {
    const { server, token } = await start()
    expect(line(await ask(server, 'POST', PATH, { token, raw: '{}', ...sending }))).toBe(expected)
  })

  test.each<[string, object, string, string]>([
    ['sound', { scope: `${API} ${DEVICE}DEVICEONE1` }, 'bot', '200'],
    ['without a device', {}, 'bot', '200'],
    ['of a locked user, made with 201', {}, 'locked', '401 M_UNKNOWN_TOKEN: Token is not active'],
    ['for no time', { expires_in: 0 }, 'bot', '401 M_UNKNOWN_TOKEN: Token is not active'],
    [
      'without the API',
      { scope: `${DEVICE}DEVICEONE1` },
      'bot',
      "401 M_UNKNOWN_TOKEN: Token doesn't grant access to the Matrix C-S API",
    ],
    [
      'with two devices',
      { scope: `${API} ${DEVICE}DEVICEONE1 ${DEVICE}DEVICETWO1` },
      'bot',
      '500 M_FORBIDDEN: Multiple device IDs in scope',
    ],
    ['with a short device: no policy looks at it', { scope: `${API} ${DEVICE}D` }, 'bot', '200'],
  ])('a token %s', async (_name, change, user, expected) => {
    const { server, add } = await start()
    const answer = await add(change, user)
    expect(answer.status).toBe(201)
    expect(line(await whoami(server, personal(answer)))).toBe(expected)
  })

  test('the device is there at once; without one a token cannot send', async () => {
    const { server, add } = await start()
    const send = async (token: string) => {
      const room = text(await ask(server, 'POST', '/_matrix/client/v3/createRoom', { token, body: {} }), 'room_id')
      const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/1`
      return line(await ask(server, 'PUT', path, { token, body: { body: 'x' } }))
    }
    const without = personal(await add())
    expect(server.devices('bot')).toStrictEqual([])
    expect((await whoami(server, without)).body).toStrictEqual({ user_id: '@bot:example.org', is_guest: false })
    expect(await send(without)).toBe('500 M_UNKNOWN: Internal server error')
    const withDevice = personal(await add({ scope: `${API} ${DEVICE}DEVICEONE1` }))
    expect(server.devices('bot')).toStrictEqual([{ device_id: 'DEVICEONE1' }])
    expect(await send(withDevice)).toBe('200')
  })
})

describe('the end of a personal session', () => {
  const scope = `${API} ${DEVICE}DEVICEONE1`

  test('revoked by any admin client, once; the device goes with the last session on it', async () => {
    const { server, post, add, clientToken } = await start()
    const [first, second] = [await add({ scope }), await add({ scope })]
    const revoke = async (answer: { body: Json }) =>
      post(`${PATH}/${String(data(answer)['id'])}/revoke`, undefined, await clientToken(OTHER))
    const revoked = await revoke(first)
    expect([revoked.status, attributes(revoked)['revoked_at']]).toStrictEqual([200, '2026-01-02T03:04:05.000000000Z'])
    expect(server.liveTokens()).toStrictEqual([personal(second)])
    expect(server.devices('bot')).toHaveLength(1)
    expect(line(await revoke(first))).toBe(
      `409 Personal session with ID ${String(data(first)['id'])} is already revoked`,
    )
    await revoke(second)
    expect([server.liveTokens(), server.devices('bot')]).toStrictEqual([[], []])
    expect(line(await whoami(server, personal(second)))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
    expect(server.personalSessions('bot').map(({ revoked }) => revoked)).toStrictEqual([true, true])
  })

  test('without a device the token is believed for two minutes more, if it was seen', async () => {
    const { server, clock, post, add } = await start()
    const answer = await add()
    await whoami(server, personal(answer))
    await post(`${PATH}/${String(data(answer)['id'])}/revoke`)
    expect(server.isAlive(personal(answer))).toBe(false)
    expect(line(await whoami(server, personal(answer)))).toBe('200')
    clock.now += 120_000
    expect(line(await whoami(server, personal(answer)))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
  })

  test('an expired session is active, and keeps its device, until it is revoked', async () => {
    const { server, clock, clientToken, get, post, add } = await start()
    const answer = await add({ scope, expires_in: 60 })
    clock.now += 3_600_000
    const token = await clientToken()
    expect(server.isAlive(personal(answer))).toBe(false)
    expect(server.devices('bot')).toHaveLength(1)
    expect((await get(`${PATH}?filter[status]=active`, token)).body['data']).toHaveLength(1)
    await post(`${PATH}/${String(data(answer)['id'])}/revoke`, undefined, token)
    expect(server.devices('bot')).toStrictEqual([])
  })

  test.each([
    ['revoke', NOBODY, `404 Personal session with ID ${NOBODY} not found`],
    ['revoke', 'x', '400 Invalid ULID in path'],
    ['regenerate', NOBODY, '404 Session not found'],
    ['regenerate', 'x', '400 Invalid ULID in path'],
  ])('%s of %s', async (action, id, expected) => {
    const { post } = await start()
    expect(line(await post(`${PATH}/${id}/${action}`, {}))).toBe(expected)
  })

  test('regenerated: the old token is revoked at once, and an expired session lives again', async () => {
    const { server, clock, clientToken, post, add } = await start()
    const answer = await add({ scope, expires_in: 60 })
    const path = `${PATH}/${String(data(answer)['id'])}/regenerate`
    const first = await post(path, { expires_in: 60 })
    expect([first.status, data(first)['id']]).toStrictEqual([201, data(answer)['id']])
    expect(server.liveTokens()).toStrictEqual([personal(first)])
    clock.now += 3_600_000
    expect(server.liveTokens()).toStrictEqual([])
    const second = await post(path, {}, await clientToken())
    expect(line(await whoami(server, personal(second)))).toBe('200')
    expect(attributes(second)['expires_at']).toBeNull()
    expect(server.devices('bot')).toHaveLength(1)
  })

  test('regenerated: by its owner only, with a JSON body, and not after it was revoked', async () => {
    const { server, token, clientToken, post, add } = await start()
    const answer = await add()
    const path = `${PATH}/${String(data(answer)['id'])}`
    expect(line(await post(`${path}/regenerate`, {}, await clientToken(OTHER)))).toBe(
      '403 Session does not belong to you',
    )
    expect(line(await ask(server, 'POST', `${path}/regenerate`, { token }))).toMatch(/^415 \(text\/plain\)/)
    expect(line(await post(`${path}/regenerate`, {}, await clientToken()))).toBe('201')
    await post(`${path}/revoke`)
    expect(line(await post(`${path}/regenerate`, {}))).toBe('422 Session not valid')
  })
})

describe('the list', () => {
  const scope = `${API} ${DEVICE}DEVICEONE1`
  const ids = ({ body }: { body: Json }) =>
    (Array.isArray(body['data']) ? body['data'] : []).map((item) => String(objectOf(item)['id']))

  test('pages of ten, the oldest first, with a link to the next one', async () => {
    const { get, add } = await start()
    const made = []
    for (let count = 0; count < 12; count += 1) made.push(String(data(await add())['id']))
    const first = await get(PATH)
    expect(ids(first)).toStrictEqual(made.slice(0, 10))
    expect(first.body).toMatchObject({
      meta: { count: 12 },
      links: {
        self: `${PATH}?page[first]=10`,
        first: `${PATH}?page[first]=10`,
        last: `${PATH}?page[last]=10`,
        next: `${PATH}?page[after]=${made[9]}&page[first]=10`,
      },
    })
    const second = await get(String(objectOf(first.body['links'])['next']))
    expect(ids(second)).toStrictEqual(made.slice(10))
    expect(second.body['links']).not.toHaveProperty('next')
    expect(ids(await get(`${PATH}?page[first]=3&page[after]=${made[4]}`))).toStrictEqual(made.slice(5, 8))
    const last = await get(`${PATH}?page[last]=3`)
    expect(ids(last)).toStrictEqual(made.slice(9))
    expect(objectOf(last.body['links'])['prev']).toBe(`${PATH}?page[before]=${made[9]}&page[last]=3`)
    expect((await get(`${PATH}?count=false`)).body).not.toHaveProperty('meta')
  })

  test('filters, which the links keep', async () => {
    const { get, post, add, userId, clientToken } = await start()
    const plain = String(data(await add())['id'])
    const withDevice = String(data(await add({ scope }))['id'])
    const revoked = String(data(await add({ scope }))['id'])
    await post(`${PATH}/${revoked}/revoke`)
    const others = String(data(await add({}, 'root'))['id'])
    const body = { actor_user_id: await userId('root'), human_name: 'x', scope: API }
    const byOther = String(data(await post(PATH, body, await clientToken(OTHER)))['id'])
    const bot = await userId('bot')
    const list = async (...filters: string[]) => ids(await get(`${PATH}?${filters.join('&')}`))
    expect(await list(`filter[actor_user]=${bot}`)).toStrictEqual([plain, withDevice, revoked])
    expect(await list(`filter[actor_user]=${bot}`, 'filter[status]=active')).toStrictEqual([plain, withDevice])
    expect(await list('filter[status]=revoked')).toStrictEqual([revoked])
    expect(await list(`filter[scope]=${DEVICE}DEVICEONE1`)).toStrictEqual([withDevice, revoked])
    expect(await list(`filter[scope]=${DEVICE}DEVICEONE`)).toStrictEqual([])
    expect(await list(`filter[owner_client]=${OTHER.id}`)).toStrictEqual([byOther])
    expect(await list('filter[unknown]=x')).toStrictEqual([plain, withDevice, revoked, others, byOther])
    const { body: page } = await get(`${PATH}?filter[actor_user]=${bot}&filter[status]=active&page[first]=1`)
    expect(objectOf(page['links'])['next']).toBe(
      `${PATH}?filter[actor_user]=${bot}&filter[status]=active&page[after]=${plain}&page[first]=1`,
    )
  })

  test.each([
    ['filter[actor_user]=bot', '400 Invalid filter parameters'],
    ['filter[status]=expired', '400 Invalid filter parameters'],
    [`filter[actor_user]=${NOBODY}`, `404 User ID ${NOBODY} not found`],
    [`filter[owner_client]=${NOBODY}`, `404 Client ID ${NOBODY} not found`],
    ['page[first]=0', '400 Invalid pagination parameters'],
    ['page[first]=1&page[last]=1', '400 Cannot specify both `page[first]` and `page[last]` parameters'],
  ])('%s', async (query, expected) => {
    const { get } = await start()
    expect(line(await get(`${PATH}?${query}`))).toBe(expected)
  })
})
