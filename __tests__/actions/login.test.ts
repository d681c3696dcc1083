import { describe, expect, test } from '@jest/globals'
import { type Effect, json, noAnswer, type ScriptedExchange, text } from '../support/fakes.js'
import { bodyOf, orderOf, runLogin } from '../support/run-login.js'

const SERVER = 'https://matrix.example.org'
const LOGIN = `POST ${SERVER}/_matrix/client/v3/login`
const LOGOUT = `POST ${SERVER}/_matrix/client/v3/logout`
const WHOAMI = `GET ${SERVER}/_matrix/client/v3/account/whoami`
const FLOWS = `GET ${SERVER}/_matrix/client/v3/login`
const VERSIONS = `GET ${SERVER}/_matrix/client/versions`
const AUTH_METADATA = `GET ${SERVER}/_matrix/client/v1/auth_metadata`

const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'
const PASSWORD = 'correct horse battery staple'
const BASE = { homeserver: SERVER, user: '@bot:example.org', password: PASSWORD }
const SUCCESS = { user_id: '@bot:example.org', access_token: TOKEN, device_id: 'GHA-ABCDEFGHIJKL' }

/** The phases that the post step would have found, in order. */
const phases = (effects: readonly Effect[]) =>
  effects
    .filter(([kind, key]) => kind === 'state' && key === 'session')
    .flatMap(([, , value = '']) => (value === '' ? [] : [JSON.parse(value).phase]))

describe('the order of effects', () => {
  test('inputs are masked, the device is saved, the request leaves; the token is masked and saved before all else', async () => {
    const { runner } = await runLogin({ ...BASE, logout: 'always' }, [[LOGIN, json(200, SUCCESS)]])
    expect(orderOf(runner.effects, TOKEN)).toStrictEqual([
      'mask input',
      'state sent',
      `request ${LOGIN}`,
      'mask token',
      'state access-token',
      'state open',
      'output access-token',
      'output refresh-token',
      'output user-id',
      'output device-id',
      'output homeserver-url',
      'output expires-at',
      'output authenticated',
      'output rotated-at',
      'output sealed-credentials',
      'output credentials-file',
      'output failure',
    ])
  })

  test('a token in an answer that is otherwise nonsense is masked and saved too', async () => {
    const { runner, failure } = await runLogin(BASE, [[LOGIN, json(200, { access_token: TOKEN, user_id: 7 })]])
    expect(orderOf(runner.effects, TOKEN).slice(3)).toStrictEqual([
      'mask token',
      // The session is named, because a log-out would end the token of the run before as well. This comes before the token:
      // if the process were killed in between, the post step would log out the device that the server names.
      'state ended',
      'state access-token',
    ])
    expect(runner.messages('warning').at(-1)).toMatch(
      /^A session of @bot:example\.org on device GHA-[A-Z2-7]{12} at https:\/\/matrix\.example\.org may remain/,
    )
    expect(failure?.code).toBe('server-error')
  })

  test('a refresh token that nobody asked for is masked as well', async () => {
    const { runner } = await runLogin(BASE, [[LOGIN, json(200, { ...SUCCESS, refresh_token: 'syr_refresh' })]])
    expect(runner.messages('mask')).toContain('syr_refresh')
    expect(runner.output('refresh-token')).toBe('syr_refresh')
  })
})

describe('the request', () => {
  test('has an identifier, an explicit device and no refresh_token', async () => {
    const { transport } = await runLogin({ ...BASE, 'device-id': 'MYDEVICE' }, [[LOGIN, json(200, SUCCESS)]])
    expect(bodyOf(transport.requests[0])).toStrictEqual({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: '@bot:example.org' },
      password: PASSWORD,
      device_id: 'MYDEVICE',
      initial_device_display_name: expect.stringContaining('GitHub Actions: o/r'),
    })
  })

  test('carries the password as it was given, blanks and all, but for one trailing line break', async () => {
    const { transport, runner } = await runLogin({ ...BASE, password: '  secret with blanks \n' }, [
      [LOGIN, json(200, SUCCESS)],
    ])
    expect(bodyOf(transport.requests[0])).toMatchObject({ password: '  secret with blanks ' })
    expect(runner.messages('warning')[0]).toContain('line break')
  })

  test.each([
    ['bot', { type: 'm.id.user', user: 'bot' }],
    ['bot@example.org', { type: 'm.id.thirdparty', medium: 'email', address: 'bot@example.org' }],
    // Synapse refuses m.id.phone as the specification writes it (synapse/handlers/auth.py wants a member `number`).
    ['+44 1632 960123', { type: 'm.id.thirdparty', medium: 'msisdn', address: '441632960123' }],
  ])('names %s as the server understands it', async (user, identifier) => {
    const { transport } = await runLogin({ ...BASE, user }, [[LOGIN, json(200, SUCCESS)]])
    expect(bodyOf(transport.requests[0])).toMatchObject({ identifier })
  })

  test('is repeated on the same device when the answer was lost, and never without one', async () => {
    const { transport } = await runLogin({ ...BASE, logout: 'always' }, [
      [LOGIN, noAnswer('reset')],
      [LOGIN, json(200, SUCCESS)],
    ])
    expect(transport.requests[1]?.body).toBe(transport.requests[0]?.body)
    expect(bodyOf(transport.requests[0])).toMatchObject({ device_id: expect.stringMatching(/^GHA-[A-Z2-7]{12}$/) })
  })

  test('404 M_UNKNOWN is repeated once: Synapse answers so while the device is being logged out', async () => {
    const race = json(404, { errcode: 'M_UNKNOWN', error: 'No row found (devices)' })
    const { failure } = await runLogin(BASE, [
      [LOGIN, race],
      [LOGIN, json(200, SUCCESS)],
    ])
    expect(failure).toBeUndefined()
  })

  test('r0 is tried once where v3 is not recognised and /versions lists nothing newer', async () => {
    const unrecognized = json(404, { errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' })
    const { failure } = await runLogin(BASE, [
      [LOGIN, unrecognized],
      [VERSIONS, json(200, { versions: ['r0.5.0', 'r0.6.1'] })],
      [`POST ${SERVER}/_matrix/client/r0/login`, json(200, SUCCESS)],
    ])
    expect(failure).toBeUndefined()
  })
})

describe('discovery', () => {
  const WELL_KNOWN = 'GET https://example.org/.well-known/matrix/client'
  const byName = { user: '@bot:example.org', password: PASSWORD }

  test('a server name is looked up, without its port', async () => {
    const { runner } = await runLogin({ ...byName, homeserver: 'example.org:8448' }, [
      [WELL_KNOWN, json(200, { 'm.homeserver': { base_url: `${SERVER}/` } })],
      [LOGIN, json(200, SUCCESS)],
    ])
    expect(runner.output('homeserver-url')).toBe(SERVER)
  })

  test('404 means the server name itself, with its port', async () => {
    const { failure } = await runLogin({ ...byName, homeserver: 'example.org:8448' }, [
      [WELL_KNOWN, text(404, 'not here')],
      ['POST https://example.org:8448/_matrix/client/v3/login', json(200, SUCCESS)],
    ])
    expect(failure).toBeUndefined()
  })

  test.each([
    ['a web page with 200', text(200, '<!doctype html><title>Welcome</title>'), 'not-a-homeserver'],
    ['no base_url', json(200, {}), 'not-a-homeserver'],
    ['a base_url that is none', json(200, { 'm.homeserver': { base_url: 'matrix' } }), 'not-a-homeserver'],
    ['403', text(403, 'forbidden'), 'not-a-homeserver'],
    [
      'plain HTTP, to loopback too',
      json(200, { 'm.homeserver': { base_url: 'http://127.0.0.1:8008' } }),
      'insecure-url',
    ],
  ])('%s ends the search, and nothing is sent', async (_name, answer, word) => {
    const { failure } = await runLogin(byName, [[WELL_KNOWN, answer]])
    expect(failure?.code).toBe(word)
  })

  // https://github.com/element-hq/synapse/issues/18332: what is in the way of the file, and what to do about that.
  test('a bot check in front of the file is named as such', async () => {
    const headers = { 'content-type': 'text/html', server: 'cloudflare' }
    const page = text(403, '<html><title>Just a moment...</title></html>', headers)
    const { failure } = await runLogin(byName, [[WELL_KNOWN, page]])
    expect(failure?.message).toContain('it said 403, text/html, title “Just a moment...”, server cloudflare.')
    expect(failure?.hint).toContain('/.well-known/matrix/client')
  })

  test('redirects are followed, to https only', async () => {
    const { failure } = await runLogin(byName, [
      [WELL_KNOWN, text(301, '', { location: 'https://www.example.org/wk' })],
      ['GET https://www.example.org/wk', text(302, '', { location: '/wk2' })],
      ['GET https://www.example.org/wk2', text(302, '', { location: 'http://www.example.org/wk3' })],
    ])
    expect(failure?.code).toBe('not-a-homeserver')
  })

  test('503 keeps its meaning', async () => {
    const { failure } = await runLogin({ ...byName, 'max-wait': '0' }, [[WELL_KNOWN, text(503, '')]])
    expect(failure?.code).toBe('server-error')
  })
})

describe('refusals', () => {
  const flows = (...types: string[]) => json(200, { flows: types.map((type) => ({ type })) })
  const refused = (status: number, errcode: string, error = 'no') => json(status, { errcode, error })
  const password = flows('m.login.password')

  test.each<[string, ScriptedExchange[], string]>([
    [
      '403 M_FORBIDDEN',
      [
        [LOGIN, refused(403, 'M_FORBIDDEN')],
        [FLOWS, password],
      ],
      'wrong-credentials',
    ],
    // Continuwuity answers so for an unknown user.
    [
      '404 M_NOT_FOUND',
      [
        [LOGIN, refused(404, 'M_NOT_FOUND')],
        [FLOWS, password],
      ],
      'wrong-credentials',
    ],
    // Dendrite, for a user name of another server.
    [
      '401 M_INVALID_USERNAME',
      [
        [LOGIN, refused(401, 'M_INVALID_USERNAME')],
        [FLOWS, password],
      ],
      'wrong-credentials',
    ],
    ['M_USER_DEACTIVATED', [[LOGIN, refused(403, 'M_USER_DEACTIVATED')]], 'account-deactivated'],
    ['M_USER_LOCKED', [[LOGIN, refused(401, 'M_USER_LOCKED')]], 'account-locked'],
    ['M_USER_LIMIT_EXCEEDED', [[LOGIN, refused(403, 'M_USER_LIMIT_EXCEEDED')]], 'device-limit'],
    // Matrix Authentication Service has no errcode of its own for it.
    [
      'a device limit in words',
      [[LOGIN, refused(403, 'M_FORBIDDEN', 'You have reached your hard device limit.')]],
      'device-limit',
    ],
    [
      'a policy',
      [
        [LOGIN, refused(403, 'M_FORBIDDEN', 'Login denied by the policy')],
        [FLOWS, password],
      ],
      'denied',
    ],
    [
      'passwords switched off (Synapse: 400)',
      [
        [LOGIN, refused(400, 'M_UNKNOWN', 'Password login has been disabled.')],
        [FLOWS, flows('m.login.sso')],
        [AUTH_METADATA, text(404, '')],
      ],
      'method-unavailable',
    ],
    [
      'a server with OAuth only',
      [
        [LOGIN, refused(404, 'M_UNRECOGNIZED')],
        [VERSIONS, json(200, { versions: ['v1.12'] })],
        [FLOWS, refused(404, 'M_UNRECOGNIZED')],
        [`GET ${SERVER}/_matrix/client/r0/login`, refused(404, 'M_UNRECOGNIZED')],
        [AUTH_METADATA, json(200, { issuer: 'https://account.example.org/' })],
      ],
      'method-unavailable',
    ],
    [
      'any other 4xx',
      [
        [LOGIN, refused(400, 'M_TOO_LARGE')],
        [FLOWS, password],
      ],
      'denied',
    ],
    ['a web page', [[LOGIN, text(200, '<html>', { 'content-type': 'text/html' })]], 'not-a-homeserver'],
    ['404 that no Matrix server sends', [[LOGIN, text(404, 'page not found')]], 'not-a-homeserver'],
    ['a redirect', [[LOGIN, text(307, '', { location: 'https://evil.example' })]], 'redirected'],
    ['200 without a token', [[LOGIN, json(200, { user_id: '@bot:example.org' })]], 'server-error'],
    ['200 that is no JSON', [[LOGIN, text(200, 'ok')]], 'server-error'],
  ])('%s', async (_name, script, word) => {
    const { failure, runner } = await runLogin(BASE, script)
    expect(failure?.code).toBe(word)
    expect(failure?.message).toContain(SERVER)
    expect(runner.output('access-token')).toBeUndefined()
  })

  test('the message has status, errcode, the server’s words and what to do', async () => {
    const { failure } = await runLogin(BASE, [
      [LOGIN, refused(403, 'M_FORBIDDEN', 'Invalid username or password')],
      [FLOWS, flows('m.login.password', 'm.login.sso')],
    ])
    expect(failure?.message).toBe(
      'https://matrix.example.org refused to log in: 403 M_FORBIDDEN, “Invalid username or password”.',
    )
    expect(failure?.hint).toContain('single sign-on')
  })

  test('a limit that does not fit max-wait fails at once, with the time at which a retry can work', async () => {
    const limited = json(429, { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1000 }, { 'retry-after': '333' })
    const { failure, clock } = await runLogin(BASE, [[LOGIN, limited]])
    expect(failure?.code).toBe('rate-limited')
    expect(failure?.message).toContain('from 2026-01-02T03:09:38.000Z on (in 333 s)')
    expect(clock.pauses).toStrictEqual([])
  })

  test.each([
    [10, 'info', 'Trying again in 10.0 s: '],
    [11, 'notice', 'Trying again in 11.0 s, at 03:04:16 UTC: '],
  ] as const)('a wait of %i s for a limit is said as %s', async (seconds, kind, text) => {
    const limited = json(429, { errcode: 'M_LIMIT_EXCEEDED' }, { 'retry-after': `${seconds}` })
    const { runner } = await runLogin(BASE, [
      [LOGIN, limited],
      [LOGIN, json(200, SUCCESS)],
    ])
    expect(runner.messages(kind)).toContainEqual(expect.stringContaining(text))
  })
})

describe('what is left for the post step', () => {
  test('nothing, after a refusal', async () => {
    const { runner } = await runLogin(BASE, [[LOGIN, json(403, { errcode: 'M_USER_DEACTIVATED' })]])
    expect(phases(runner.effects)).toStrictEqual(['sent', 'ended'])
  })

  test('nothing, where no connection came about', async () => {
    const { runner } = await runLogin({ ...BASE, 'max-wait': '0' }, [[LOGIN, noAnswer('refused')]])
    expect(phases(runner.effects)).toStrictEqual(['sent', 'ended'])
  })

  test('a session that may exist, where an answer was lost on the way, even if a later try was refused', async () => {
    const { runner } = await runLogin(BASE, [
      [LOGIN, noAnswer('truncated')],
      [LOGIN, json(403, { errcode: 'M_USER_LOCKED' })],
    ])
    expect(phases(runner.effects)).toStrictEqual(['sent'])
  })
})

test('a session on another device than the requested one is handed over; a warning names it, and the post step does not end it', async () => {
  const inputs = { ...BASE, logout: 'always', 'device-id': 'REQUESTED' }
  const { runner, failure } = await runLogin(inputs, [[LOGIN, json(200, SUCCESS)]])
  expect([failure, runner.output('device-id')]).toStrictEqual([undefined, SUCCESS.device_id])
  expect(runner.messages('warning')).toStrictEqual([
    expect.stringContaining('on device GHA-ABCDEFGHIJKL instead of the requested REQUESTED. Nothing is ended'),
  ])
  // Never open: killed at any point, the post step ends nothing.
  expect([...new Set(phases(runner.effects))]).toStrictEqual(['sent', 'ended'])
})

// What a log-out ends is the device that the server chose, and it may be one that something else uses.
test.each<[string, object]>([
  ['another device and no user', { ...SUCCESS, user_id: undefined }],
  ['another device and an odd user', { ...SUCCESS, user_id: 'bot' }],
  ['no device', { ...SUCCESS, device_id: undefined }],
  ['a device with a line break', { ...SUCCESS, device_id: 'REQUESTED\n' }],
  ['another device and a refresh token that is none', { ...SUCCESS, refresh_token: 7 }],
])('an answer with %s: the session is named, and nothing is ended', async (_name, answer) => {
  const inputs = { ...BASE, logout: 'always', 'device-id': 'REQUESTED' }
  const { runner, failure } = await runLogin(inputs, [[LOGIN, json(200, answer)]])
  expect(failure?.code).toBe('server-error')
  expect(runner.messages('warning')).toStrictEqual([expect.stringContaining('may remain')])
  expect([...new Set(phases(runner.effects))]).toStrictEqual(['sent', 'ended'])
})

test('an answer with the requested device and no user: the session is ended again', async () => {
  const inputs = { ...BASE, logout: 'always', 'device-id': SUCCESS.device_id }
  const answer = json(200, { ...SUCCESS, user_id: undefined })
  const { failure } = await runLogin(inputs, [
    [LOGIN, answer],
    [LOGOUT, json(200, {})],
  ])
  expect(failure?.code).toBe('server-error')
})

describe('whoami names another device than the requested one, which the answer to the login named', () => {
  const { password: _password, ...NAMED } = BASE
  const inputs = { ...NAMED, 'appservice-token': 'as_token', logout: 'always', 'device-id': SUCCESS.device_id }
  const other = (members: object = {}) =>
    [WHOAMI, json(200, { user_id: SUCCESS.user_id, device_id: 'OTHER', ...members })] as const

  test('the session is handed over, a warning names it, and the post step does not end it', async () => {
    const { runner, failure } = await runLogin(inputs, [[LOGIN, json(200, SUCCESS)], other()])
    expect([failure, runner.output('device-id')]).toStrictEqual([undefined, 'OTHER'])
    expect(runner.messages('warning')).toStrictEqual([
      expect.stringContaining('on device OTHER instead of the requested'),
    ])
    expect(phases(runner.effects).at(-1)).toBe('ended')
  })

  test('somebody else: nothing is ended', async () => {
    const script = [[LOGIN, json(200, SUCCESS)] as const, other({ user_id: '@mallory:example.org' })]
    const { runner, failure } = await runLogin(inputs, script)
    expect(failure?.code).toBe('wrong-user')
    expect(runner.output('access-token')).toBeUndefined()
    expect(phases(runner.effects).at(-1)).toBe('ended')
  })
})

// The token of an administrator or of an application service is used elsewhere, and must not be logged out.
test.each([
  ['appservice-token', LOGIN],
  ['synapse-admin-token', `POST ${SERVER}/_synapse/admin/v1/users/${encodeURIComponent(SUCCESS.user_id)}/login`],
])('a server that gives out the %s as the new token does not get it ended', async (input, request) => {
  const { password: _password, ...rest } = BASE
  const inputs = { ...rest, user: SUCCESS.user_id, [input]: TOKEN, logout: 'always', 'device-id': SUCCESS.device_id }
  const { runner, failure } = await runLogin(inputs, [[request, json(200, { ...SUCCESS, user_id: 'odd' })]])
  expect(failure?.code).toBe('server-error')
  expect(phases(runner.effects)).toStrictEqual(['sent', 'ended'])
})

describe('somebody else', () => {
  test('a session of another user is ended again, and nothing is handed over', async () => {
    const { runner, failure } = await runLogin({ ...BASE, 'device-id': SUCCESS.device_id }, [
      [LOGIN, json(200, { ...SUCCESS, user_id: '@mallory:example.org' })],
      [LOGOUT, json(200, {})],
    ])
    expect(failure?.code).toBe('wrong-user')
    expect(runner.output('access-token')).toBeUndefined()
  })

  test('a session of another user on another device than the requested one is named, and nothing is ended', async () => {
    const { runner, failure } = await runLogin({ ...BASE, logout: 'always', 'device-id': 'REQUESTED' }, [
      [LOGIN, json(200, { ...SUCCESS, user_id: '@mallory:example.org' })],
    ])
    expect(failure?.code).toBe('wrong-user')
    expect(runner.output('access-token')).toBeUndefined()
    expect(runner.messages('warning')).toStrictEqual([
      'The session of @mallory:example.org on device GHA-ABCDEFGHIJKL could not be ended.',
    ])
    // The post step would end whatever else is on that device.
    expect(phases(runner.effects).at(-1)).toBe('ended')
  })

  test('letter case does not make another user', async () => {
    const { failure } = await runLogin({ ...BASE, user: '@BOT:Example.org' }, [[LOGIN, json(200, SUCCESS)]])
    expect(failure).toBeUndefined()
  })

  test('the session of a given refresh token of another user is left alone, by the post step, too', async () => {
    const inputs = { homeserver: SERVER, user: 'bot', 'refresh-token': 'syr_given', logout: 'always' }
    const { runner, failure } = await runLogin(inputs, [
      [`POST ${SERVER}/_matrix/client/v3/refresh`, json(200, { access_token: TOKEN, refresh_token: 'syr_next' })],
      [WHOAMI, json(200, { user_id: '@mallory:example.org', device_id: 'X' })],
    ])
    expect(failure?.code).toBe('wrong-user')
    expect([runner.output('access-token'), runner.output('refresh-token')]).toStrictEqual([undefined, 'syr_next'])
    expect(phases(runner.effects).at(-1)).toBe('ended')
  })

  test('a given token of somebody else is left alone', async () => {
    const { failure } = await runLogin({ homeserver: SERVER, user: 'bot', 'access-token': TOKEN }, [
      [WHOAMI, json(200, { user_id: '@mallory:example.org', device_id: 'X' })],
    ])
    expect(failure?.code).toBe('wrong-user')
  })
})

describe('a given token', () => {
  const given = { homeserver: SERVER, 'access-token': ` ${TOKEN}\n` }

  test('is trimmed, checked with one request, and handed on; there is nothing for the post step', async () => {
    const { runner, transport } = await runLogin(given, [
      [WHOAMI, json(200, { user_id: '@bot:example.org', device_id: 'D' })],
    ])
    expect(transport.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`)
    expect(runner.output('access-token')).toBe(TOKEN)
    expect(runner.output('device-id')).toBe('D')
    expect(runner.effects.filter(([kind, , value]) => kind === 'state' && value !== '')).toStrictEqual([])
  })

  test.each([
    [401, 'M_UNKNOWN_TOKEN', 'token-invalid'],
    [403, 'M_FORBIDDEN', 'token-invalid'],
    [401, 'M_USER_LOCKED', 'account-locked'],
  ])('%i %s is %s', async (status, errcode, word) => {
    const { failure } = await runLogin(given, [[WHOAMI, json(status, { errcode, error: 'no' })]])
    expect(failure?.code).toBe(word)
  })

  test('of Element’s kind gets a warning that it expires in minutes', async () => {
    const { runner } = await runLogin({ homeserver: SERVER, 'access-token': 'mat_abcdefghijklmnopqrstuvwxyz' }, [
      [WHOAMI, json(200, { user_id: '@bot:example.org', device_id: 'D' })],
    ])
    expect(runner.messages('warning')[0]).toContain('It is valid for minutes')
  })
})

test('skipped: a warning, authenticated is false, nothing is sent', async () => {
  const { runner, failure } = await runLogin({ homeserver: SERVER, user: 'bot', 'if-no-credentials': 'skip' }, [])
  expect(failure).toBeUndefined()
  expect(runner.output('authenticated')).toBe('false')
  expect(runner.messages('warning')).toHaveLength(1)
})

// Any step can set STATE_… for all that follow through GITHUB_ENV; what main saved wins, if main saved something.
test('every key of the state is claimed before anything else, so that no later step can set one', async () => {
  const { runner } = await runLogin({}, [])
  expect(runner.effects.slice(0, 4)).toStrictEqual(
    ['session', 'access-token', 'refresh-token', 'credentials-file'].map((key) => ['state', key, '']),
  )
})
