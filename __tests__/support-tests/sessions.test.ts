import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD, stopLater } from '../support/fixture.js'
import { ALL_FLAVOURS, type Flavour, type HomeserverOptions, startHomeserver } from '../support/homeserver.js'
import { ask, line, logIn, logOut, refresh, text, whoami } from './asking.js'

afterEach(clearFixtures)

const USERS = [
  { localpart: 'bot', password: PASSWORD },
  { localpart: 'locked', locked: true },
]
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)

/** A server, and a clock that only its test moves. */
async function start(options: HomeserverOptions = {}) {
  const clock = { now: NOW }
  const server = stopLater(await startHomeserver({ users: USERS, now: () => clock.now, ...options }))
  const login = async (deviceId: string, more: object = {}) => {
    const body = { type: 'm.login.password', identifier: { type: 'm.id.user', user: 'bot' }, password: PASSWORD }
    return logIn(server, { ...body, device_id: deviceId, ...more })
  }
  return { server, clock, login }
}

describe('another login on the same device, and a logout', () => {
  test.each<[Flavour, boolean]>([
    ['synapse', true],
    ['tuwunel', true],
    ['mas', false],
    ['dendrite', false],
    ['continuwuity', false],
    ['conduit', false],
  ])('%s: the earlier token lives on: %p', async (flavour, livesOn) => {
    const { server, login } = await start({ flavour })
    const other = text(await login('OTHERDEVICE'), 'access_token')
    const first = text(await login('DEVICE', { initial_device_display_name: 'a name' }), 'access_token')
    const second = text(await login('DEVICE'), 'access_token')
    expect([server.isAlive(first), server.isAlive(second)]).toStrictEqual([livesOn, true])
    expect(server.devices('bot')).toHaveLength(2)
    expect(line(await logOut(server, second))).toBe('200')
    // The device goes, and with it whatever else it had.
    expect(server.liveTokens()).toStrictEqual([other])
    expect(server.devices('bot').map(({ device_id }) => device_id)).toStrictEqual(['OTHERDEVICE'])
  })

  test.each<[Flavour, string]>([
    ['synapse', '401 M_UNKNOWN_TOKEN: Invalid access token passed.'],
    ['dendrite', '401 M_UNKNOWN_TOKEN: Unknown token'],
    ['tuwunel', '401 M_UNKNOWN_TOKEN: Unknown access token.'],
    ['mas', '401 M_UNKNOWN_TOKEN: Invalid access token'],
  ])('%s: a logout with a dead token', async (flavour, expected) => {
    const { server } = await start({ flavour })
    const token = server.issueToken('bot', 'DEVICE')
    await logOut(server, token)
    const again = await logOut(server, token)
    expect(line(again)).toBe(expected)
    if (flavour === 'mas') expect(again.body).not.toHaveProperty('soft_logout')
  })

  test.each(ALL_FLAVOURS)('%s: no token, and one with the scheme in lower case', async (flavour) => {
    const { server } = await start({ flavour })
    const token = server.issueToken('bot', 'DEVICE')
    const path = '/_matrix/client/r0/account/whoami'
    for (const sending of [{}, { authorization: `bearer ${token}` }]) {
      expect(line(await ask(server, 'GET', path, sending))).toMatch(/^401 M_MISSING_TOKEN: /)
    }
  })

  test.each<[Flavour, string]>([
    ['synapse', '401 M_USER_LOCKED: User account has been locked'],
    ['mas', '401 M_UNKNOWN_TOKEN: Token is not active'],
  ])('%s: the token of a locked user', async (flavour, expected) => {
    const { server } = await start({ flavour })
    const token = server.issueToken('locked', 'DEVICE')
    expect(line(await whoami(server, token))).toBe(expected)
    expect(line(await logOut(server, token))).toBe('200')
  })
})

describe('MAS', () => {
  test.each(['mat_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_000000', 'mpt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_000000'])(
    '/logout refuses %s, which lives on',
    async (token) => {
      const { server } = await start({ flavour: 'mas' })
      server.issueToken('bot', 'DEVICE', token)
      expect(line(await logOut(server, token))).toBe('401 M_UNKNOWN_TOKEN: Invalid access token')
      expect(line(await whoami(server, token))).toBe('200')
    },
  )

  test('a login replaces logins and OAuth sessions of its device, and no personal session', async () => {
    const { server, login } = await start({ flavour: 'mas' })
    const personal = server.issueToken('bot', 'DEVICE', 'mpt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_000000')
    const { accessToken } = server.issueOAuthSession('bot', 'DEVICE', 'client')
    expect(server.isAlive(accessToken)).toBe(true)
    const token = text(await login('DEVICE'), 'access_token')
    expect(server.liveTokens()).toStrictEqual([personal, token])
    await logOut(server, token)
    // Nor does a logout: the device stays with whom it is left to.
    expect(server.liveTokens()).toStrictEqual([personal])
    expect(server.devices('bot')).toHaveLength(1)
  })

  test('Synapse believes in a token for two minutes where its device stays', async () => {
    const { server, clock, login } = await start({ flavour: 'mas' })
    const old = text(await login('DEVICE'), 'access_token')
    expect(line(await whoami(server, old))).toBe('200')
    await login('DEVICE')
    expect(server.isAlive(old)).toBe(false)
    expect(line(await whoami(server, old))).toBe('200')
    expect(line(await logOut(server, old))).toBe('401 M_UNKNOWN_TOKEN: Invalid access token')
    clock.now += 119_999
    expect(line(await whoami(server, old))).toBe('200')
    clock.now += 1
    expect(line(await whoami(server, old))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
  })

  test('it does so where the device comes back, and not where it is gone, nor with a token that it never saw', async () => {
    const { server, login } = await start({ flavour: 'mas' })
    const seen = text(await login('DEVICE'), 'access_token')
    await whoami(server, seen)
    await logOut(server, seen)
    const unseen = text(await login('DEVICE'), 'access_token')
    expect(line(await whoami(server, seen))).toBe('200')
    await logOut(server, unseen)
    expect(line(await whoami(server, unseen))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
    expect(line(await whoami(server, seen))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
    await login('DEVICE')
    expect(line(await whoami(server, seen))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
  })

  test('that can be switched off', async () => {
    const { server, login } = await start({ flavour: 'mas', introspectionCache: false })
    const old = text(await login('DEVICE'), 'access_token')
    await whoami(server, old)
    await login('DEVICE')
    expect(line(await whoami(server, old))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
  })

  test.each(['', 'x'.repeat(256)])('a device ID of a length that Synapse does not take: %#', async (deviceId) => {
    const { server, login } = await start({ flavour: 'mas' })
    const answer = await login(deviceId)
    expect(line(answer)).toBe('200')
    const token = text(answer, 'access_token')
    expect(line(await whoami(server, token))).toBe('500 M_FORBIDDEN: Invalid device ID in introspection result')
    expect(line(await logOut(server, token))).toBe('200')
  })
})

describe('GET /devices', () => {
  test.each(ALL_FLAVOURS)('%s: all, and one', async (flavour) => {
    const { server } = await start({ flavour })
    const token = server.issueToken('bot', 'DEVICE')
    server.issueToken('bot', 'A/B')
    const get = (path: string) => ask(server, 'GET', `/_matrix/client/r0${path}`, { token })
    expect((await get('/devices')).body).toStrictEqual({ devices: [{ device_id: 'DEVICE' }, { device_id: 'A/B' }] })
    expect((await get('/devices/A%2FB')).body['device_id']).toBe('A/B')
    const words = flavour === 'dendrite' ? 'Unknown device' : 'Not found'
    expect(line(await get('/devices/NONE'))).toBe(`404 M_NOT_FOUND: ${words}`)
  })
})

describe('POST /refresh', () => {
  test.each<[Flavour, RegExp, RegExp, number]>([
    ['synapse', /^syt_Ym90_[A-Za-z]{20}_[0-9A-Za-z]{6}$/, /^syr_Ym90_[A-Za-z]{20}_[0-9A-Za-z]{6}$/, 300_000],
    ['mas', /^mct_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/, /^mcr_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/, 300_000],
    ['tuwunel', /^[0-9A-Za-z]{32}$/, /^refresh_[0-9A-Za-z]{32}$/, 604_800_000],
  ])('%s: a new pair, on the same device; its tokens expire', async (flavour, accessForm, refreshForm, lifetime) => {
    const { server, clock } = await start({ flavour })
    const pair = server.issueRefreshable('bot', 'DEVICE')
    const answer = await refresh(server, pair.refreshToken)
    expect(answer.body['expires_in_ms']).toBe(lifetime)
    for (const token of [pair.accessToken, text(answer, 'access_token')]) expect(token).toMatch(accessForm)
    for (const token of [pair.refreshToken, text(answer, 'refresh_token')]) expect(token).toMatch(refreshForm)
    expect(server.secrets()).toStrictEqual(
      expect.arrayContaining([...Object.values(pair), answer.body['refresh_token']]),
    )
    expect((await whoami(server, text(answer, 'access_token'))).body['device_id']).toBe('DEVICE')
    expect(server.devices('bot')).toHaveLength(1)
    clock.now += lifetime
    expect(line(await whoami(server, text(answer, 'access_token')))).toMatch(/^401 M_UNKNOWN_TOKEN: /)
    expect(line(await refresh(server, text(answer, 'refresh_token')))).toBe('200')
  })

  test.each<[Flavour, string]>([
    ['dendrite', '404 M_UNRECOGNIZED: Unrecognized request'],
    ['continuwuity', '404 M_UNRECOGNIZED: Unrecognized request'],
    ['conduit', '404 M_UNRECOGNIZED: Unrecognized request'],
    ['r0-only', '404 M_UNRECOGNIZED: Unrecognized request'],
    ['oauth-only', '404 M_UNRECOGNIZED: Unrecognized request'],
    ['synapse', '401 M_UNKNOWN_TOKEN: invalid refresh token'],
    ['mas', '401 M_UNKNOWN_TOKEN: Invalid refresh token'],
    ['tuwunel', '403 M_FORBIDDEN: Refresh token is malformed.'],
  ])('%s: what is no refresh token', async (flavour, expected) => {
    const { server } = await start({ flavour })
    expect(line(await refresh(server, 'hello'))).toBe(expected)
    if (flavour !== 'tuwunel') expect(line(await refresh(server, server.issueToken('bot', 'DEVICE')))).toBe(expected)
  })

  test.each<[Flavour, string, boolean]>([
    ['synapse', '401 M_UNKNOWN_TOKEN: refresh token does not exist', true],
    ['tuwunel', '403 M_FORBIDDEN: Refresh token is unrecognized.', true],
    ['mas', '401 M_UNKNOWN_TOKEN: Invalid refresh token', false],
  ])('%s: after a logout, and after another login on the device', async (flavour, expected, survivesLogin) => {
    const { server, login } = await start({ flavour })
    const first = server.issueRefreshable('bot', 'DEVICE')
    await logOut(server, first.accessToken)
    await login('DEVICE')
    expect(line(await refresh(server, first.refreshToken))).toBe(expected)
    const second = server.issueRefreshable('bot', 'DEVICE')
    await login('DEVICE')
    expect(line(await refresh(server, second.refreshToken))).toBe(survivesLogin ? '200' : expected)
  })

  test('Synapse: a repeat replaces the pair that was lost, until that pair is used', async () => {
    const { server } = await start()
    const { accessToken, refreshToken } = server.issueRefreshable('bot', 'DEVICE')
    const lost = await refresh(server, refreshToken)
    const kept = await refresh(server, refreshToken)
    expect(line(await whoami(server, text(lost, 'access_token')))).toMatch(/^401/)
    expect(line(await refresh(server, text(lost, 'refresh_token')))).toBe(
      '401 M_UNKNOWN_TOKEN: refresh token does not exist',
    )
    // The replaced access token lives on to its own end.
    expect(server.liveTokens()).toStrictEqual([accessToken, kept.body['access_token']])
    await whoami(server, text(kept, 'access_token'))
    expect(line(await refresh(server, refreshToken))).toBe("403 M_FORBIDDEN: refresh token isn't valid anymore")
    const next = await refresh(server, text(kept, 'refresh_token'))
    expect(line(next)).toBe('200')
    // Two generations are kept: the first one is gone, with its access token.
    expect(line(await refresh(server, refreshToken))).toBe('401 M_UNKNOWN_TOKEN: refresh token does not exist')
    expect(server.liveTokens()).toStrictEqual([kept.body['access_token'], next.body['access_token']])
  })

  test('Synapse: a repeat after the new refresh token was used', async () => {
    const { server } = await start()
    const { refreshToken } = server.issueRefreshable('bot', 'DEVICE')
    const second = await refresh(server, refreshToken)
    const third = await refresh(server, text(second, 'refresh_token'))
    await whoami(server, text(third, 'access_token'))
    expect(line(await refresh(server, text(second, 'refresh_token')))).toBe(
      "403 M_FORBIDDEN: refresh token isn't valid anymore",
    )
    expect(server.isAlive(text(third, 'access_token'))).toBe(true)
  })

  test('MAS: no grace; the old access token dies at once, the new pair lives on', async () => {
    const { server } = await start({ flavour: 'mas' })
    const { accessToken, refreshToken } = server.issueRefreshable('bot', 'DEVICE')
    const answer = await refresh(server, refreshToken)
    expect(server.isAlive(accessToken)).toBe(false)
    const again = await refresh(server, refreshToken)
    expect(line(again)).toBe('401 M_UNKNOWN_TOKEN: Invalid refresh token')
    expect(again.body).not.toHaveProperty('soft_logout')
    expect(line(await whoami(server, text(answer, 'access_token')))).toBe('200')
    expect(line(await refresh(server, text(answer, 'refresh_token')))).toBe('200')
  })

  test('MAS: the access token may have expired', async () => {
    const { server, clock } = await start({ flavour: 'mas' })
    const { refreshToken } = server.issueRefreshable('bot', 'DEVICE')
    clock.now += 3_600_000
    expect(line(await refresh(server, refreshToken))).toBe('200')
  })

  test.each<[string, object, string]>([
    [
      'another type',
      { raw: '{"refresh_token":"x"}', contentType: 'text/plain' },
      '415 (text/plain) Expected request with `Content-Type: application/json`',
    ],
    [
      'no type',
      { raw: '{"refresh_token":"x"}', contentType: '' },
      '415 (text/plain) Expected request with `Content-Type: application/json`',
    ],
    ['no JSON', { raw: '{' }, '400 (text/plain) Failed to parse the request body as JSON'],
    [
      'no token',
      { body: {} },
      '422 (text/plain) Failed to deserialize the JSON body into the target type: missing field `refresh_token`',
    ],
  ])('MAS refuses %s in plain text', async (_name, sending, expected) => {
    const { server } = await start({ flavour: 'mas' })
    expect(line(await ask(server, 'POST', '/_matrix/client/v3/refresh', sending))).toBe(expected)
  })

  test('Tuwunel: within 15 seconds a repeat gives the current token, after that it deletes the device', async () => {
    const { server, clock } = await start({ flavour: 'tuwunel' })
    const { accessToken, refreshToken } = server.issueRefreshable('bot', 'DEVICE')
    const first = await refresh(server, refreshToken)
    clock.now += 15_000
    const again = await refresh(server, refreshToken)
    expect(again.body['refresh_token']).toBe(first.body['refresh_token'])
    expect(server.liveTokens()).toStrictEqual([accessToken, first.body['access_token'], again.body['access_token']])
    clock.now += 1
    const late = await refresh(server, refreshToken)
    expect(line(late)).toBe('401 M_UNKNOWN_TOKEN: Refresh token has already been used.')
    expect(late.body['soft_logout']).toBe(false)
    expect([server.liveTokens(), server.devices('bot')]).toStrictEqual([[], []])
    expect(line(await refresh(server, text(first, 'refresh_token')))).toBe(
      '403 M_FORBIDDEN: Refresh token is unrecognized.',
    )
  })

  test('Tuwunel keeps one generation', async () => {
    const { server } = await start({ flavour: 'tuwunel' })
    const { refreshToken } = server.issueRefreshable('bot', 'DEVICE')
    const second = await refresh(server, refreshToken)
    await refresh(server, text(second, 'refresh_token'))
    expect(line(await refresh(server, refreshToken))).toBe('403 M_FORBIDDEN: Refresh token is unrecognized.')
  })

  test.each<[Flavour, boolean]>([
    ['synapse', true],
    ['mas', true],
    ['tuwunel', true],
    ['dendrite', false],
    ['continuwuity', false],
  ])('%s: a login gives a refresh token where it was asked for one: %p', async (flavour, gives) => {
    const { login } = await start({ flavour })
    expect('refresh_token' in (await login('DEVICE', { refresh_token: true })).body).toBe(gives)
    expect('expires_in_ms' in (await login('DEVICE')).body).toBe(false)
  })
})

test.each<[Flavour, boolean]>([
  ['synapse', true],
  ['mas', false],
  ['dendrite', false],
  ['tuwunel', true],
  ['continuwuity', true],
])('%s: a login names the server: %p', async (flavour, names) => {
  const { login } = await start({ flavour })
  expect((await login('DEVICE')).body['home_server']).toBe(names ? 'example.org' : undefined)
})
