import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type Flavour, type HomeserverOptions, startHomeserver } from '../support/homeserver.js'
import { ask, line, logOut, text, whoami } from './asking.js'

afterEach(clearFixtures)

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const USERS = [
  { localpart: 'root', admin: true },
  { localpart: 'bot' },
  { localpart: 'locked', locked: true },
  { localpart: 'gone', deactivated: true },
]
const start = async (options: HomeserverOptions = {}) =>
  stopLater(await startHomeserver({ users: USERS, now: () => NOW, ...options }))

async function logInAs(options: HomeserverOptions, userId: string, body: unknown = {}, as = 'root') {
  const server = await start(options)
  const token = as === '' ? undefined : server.issueToken(as, `${as.toUpperCase()}DEVICE`)
  const path = `/_synapse/admin/v1/users/${encodeURIComponent(userId)}/login`
  return { server, admin: token, answer: await ask(server, 'POST', path, { token, body }) }
}

describe('POST /_synapse/admin/v1/users/{user}/login', () => {
  test.each<[Flavour, string, string, unknown, string, string]>([
    ['synapse', 'a user', '@bot:example.org', {}, 'root', '200'],
    ['synapse', 'no body', '@bot:example.org', undefined, 'root', '200'],
    ['synapse', 'no administrator', '@bot:example.org', {}, 'bot', '403 M_FORBIDDEN: You are not a server admin'],
    ['synapse', 'no token', '@bot:example.org', {}, '', '401 M_MISSING_TOKEN: Missing access token'],
    ['synapse', 'nobody', '@nobody:example.org', {}, 'root', '404 M_NOT_FOUND: User not found'],
    ['synapse', 'in capitals', '@Bot:example.org', {}, 'root', '404 M_NOT_FOUND: User not found'],
    ['synapse', 'elsewhere', '@bot:other.example', {}, 'root', '400 M_UNKNOWN: Only local users can be logged in as'],
    ['synapse', 'a localpart', 'bot', {}, 'root', '400 M_UNKNOWN: Only local users can be logged in as'],
    ['synapse', 'self', '@root:example.org', {}, 'root', '400 M_UNKNOWN: Cannot use admin API to login as self'],
    [
      'synapse',
      'a text',
      '@bot:example.org',
      { valid_until_ms: '1' },
      'root',
      "400 M_UNKNOWN: 'valid_until_ms' parameter must be an int",
    ],
    [
      'synapse',
      'a fraction',
      '@bot:example.org',
      { valid_until_ms: 1.5 },
      'root',
      "400 M_UNKNOWN: 'valid_until_ms' parameter must be an int",
    ],
    ['tuwunel', 'a user', '@bot:example.org', {}, 'root', '200'],
    [
      'tuwunel',
      'no administrator',
      '@bot:example.org',
      {},
      'bot',
      '403 M_FORBIDDEN: Only server administrators can use this endpoint',
    ],
    ['tuwunel', 'nobody', '@nobody:example.org', {}, 'root', '404 M_NOT_FOUND: User not found'],
    [
      'tuwunel',
      'elsewhere',
      '@bot:other.example',
      {},
      'root',
      '400 M_INVALID_PARAM: Only local users can be logged in as',
    ],
    ['tuwunel', 'self', '@root:example.org', {}, 'root', '400 M_INVALID_PARAM: Cannot use admin API to login as self'],
    ['mas', 'a user', '@bot:example.org', {}, 'root', '404 M_UNRECOGNIZED: Unrecognized request'],
    ['dendrite', 'a user', '@bot:example.org', {}, 'root', '404 M_UNRECOGNIZED: Unrecognized request'],
    ['continuwuity', 'a user', '@bot:example.org', {}, 'root', '404 M_UNRECOGNIZED: Unrecognized request'],
  ])('%s: %s', async (flavour, _name, userId, body, as, expected) => {
    expect(line((await logInAs({ flavour }, userId, body, as)).answer)).toBe(expected)
  })

  test('a token that nobody knows', async () => {
    const server = await start()
    const path = '/_synapse/admin/v1/users/%40bot%3Aexample.org/login'
    const answer = await ask(server, 'POST', path, { token: 'syt_x', body: {} })
    expect(line(answer)).toBe('401 M_UNKNOWN_TOKEN: Invalid access token passed.')
  })

  test('behind a proxy that does not forward it, a page', async () => {
    const { answer } = await logInAs({ synapseAdmin: 'hidden' }, '@bot:example.org')
    expect(line(answer)).toBe('404 (text/html) 404 Not Found')
  })

  test('Synapse: no device, and a token that names the administrator', async () => {
    const { server, answer } = await logInAs({}, '@bot:example.org')
    expect(Object.keys(answer.body)).toStrictEqual(['access_token'])
    const token = text(answer, 'access_token')
    expect(token).toMatch(/^syt_cm9vdA_[A-Za-z]{20}_[0-9A-Za-z]{6}$/)
    expect((await whoami(server, token)).body).toStrictEqual({ user_id: '@bot:example.org', is_guest: false })
    expect(server.devices('bot')).toStrictEqual([])
    expect(server.secrets()).toContain(token)
  })

  test('Tuwunel: a device that everybody sees', async () => {
    const { server, answer } = await logInAs({ flavour: 'tuwunel' }, '@bot:example.org')
    const [device] = server.devices('bot')
    expect(device?.display_name).toBe('Admin login')
    expect((await whoami(server, text(answer, 'access_token'))).body['device_id']).toBe(device?.device_id)
  })

  test.each<[Flavour, string, object, string]>([
    ['synapse', 'gone', {}, '200'],
    ['synapse', 'locked', {}, '401 M_USER_LOCKED: User account has been locked'],
    ['synapse', 'bot', { valid_until_ms: NOW + 1 }, '200'],
    ['synapse', 'bot', { valid_until_ms: NOW }, '401 M_UNKNOWN_TOKEN: Access token has expired'],
    ['tuwunel', 'bot', { valid_until_ms: NOW }, '401 M_UNKNOWN_TOKEN: Expired access token.'],
  ])('%s: 200 for %s with %j; the token itself', async (flavour, name, body, expected) => {
    const { server, answer } = await logInAs({ flavour }, `@${name}:example.org`, body)
    const token = text(answer, 'access_token')
    const answered = await whoami(server, token)
    expect(line(answered)).toBe(expected)
    expect(server.isAlive(token)).toBe(!/expired/i.test(expected))
    if (answered.status === 401) expect(answered.body['soft_logout']).toBe(true)
  })

  test('a logout ends that token and no other', async () => {
    const { server, admin, answer } = await logInAs({}, '@bot:example.org')
    const other = server.issueToken('bot', 'PHONE')
    expect(line(await logOut(server, text(answer, 'access_token')))).toBe('200')
    expect(server.liveTokens()).toStrictEqual([admin, other])
  })

  test('the token of a locked user, and an expired one, can be logged out', async () => {
    for (const [name, body] of [
      ['locked', {}],
      ['bot', { valid_until_ms: NOW }],
    ] as const) {
      const { server, answer } = await logInAs({}, `@${name}:example.org`, body)
      expect(line(await logOut(server, text(answer, 'access_token')))).toBe('200')
    }
  })
})
