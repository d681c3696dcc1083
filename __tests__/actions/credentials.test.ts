import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { json, noAnswer, type ScriptedExchange } from '../support/fakes.js'
import { bodyOf, orderOf, runLogin } from '../support/run-login.js'

const SERVER = 'https://matrix.example.org'
const AUTH = 'https://auth.example.org'
const LOGIN = `POST ${SERVER}/_matrix/client/v3/login`
const FLOWS = `GET ${SERVER}/_matrix/client/v3/login`
const REFRESH = `POST ${SERVER}/_matrix/client/v3/refresh`
const WHOAMI = `GET ${SERVER}/_matrix/client/v3/account/whoami`
const LOGOUT = `POST ${SERVER}/_matrix/client/v3/logout`
const METADATA = `GET ${SERVER}/_matrix/client/v1/auth_metadata`
const TOKEN_ENDPOINT = `POST ${AUTH}/oauth2/token`
const ADMIN_LOGIN = `POST ${SERVER}/_synapse/admin/v1/users/%40bot%3Aexample.org/login`
const SESSIONS = `${AUTH}/api/admin/v1/personal-sessions`

const BASE = { homeserver: SERVER, user: '@bot:example.org' }
const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'
const BOT_DEVICE = { user_id: '@bot:example.org', device_id: 'GHA-ABCDEFGHIJKL' }
const SUCCESS = { ...BOT_DEVICE, access_token: TOKEN }
const OAUTH: ScriptedExchange = [
  METADATA,
  json(200, {
    issuer: `${AUTH}/`,
    token_endpoint: `${AUTH}/oauth2/token`,
    revocation_endpoint: `${AUTH}/oauth2/revoke`,
  }),
]
const proven: ScriptedExchange = [WHOAMI, json(200, BOT_DEVICE)]

describe('one login, with the credential in it', () => {
  const fixedDevice = { 'device-id': 'MYDEVICE' }
  const device = { device_id: 'MYDEVICE', initial_device_display_name: expect.any(String) }
  const proof = createHmac('sha512', 'module secret').update('@bot:example.org').digest('hex')
  const identifier = { type: 'm.id.user', user: '@bot:example.org' }
  const ID_TOKEN = 'https://runner.example.org/idtoken?api-version=2.0'

  test.each<[string, Record<string, string>, object]>([
    ['login-token', { 'login-token': 'syl_once' }, { type: 'm.login.token', token: 'syl_once' }],
    ['jwt', { jwt: 'aaa.bbb.ccc' }, { type: 'org.matrix.login.jwt', token: 'aaa.bbb.ccc' }],
    // Synapse refuses the login types of its modules without an identifier, also where the module ignores it.
    [
      'jwt of another type',
      { jwt: 'aaa.bbb.ccc', 'jwt-login-type': 'com.famedly.login.token.oauth' },
      { type: 'com.famedly.login.token.oauth', identifier, token: 'aaa.bbb.ccc' },
    ],
    [
      'shared-secret',
      { 'shared-secret': 'module secret' },
      { type: 'com.devture.shared_secret_auth', identifier, token: proof },
    ],
  ])('%s', async (_name, inputs, sent) => {
    const { transport, runner, failure } = await runLogin({ ...BASE, ...fixedDevice, ...inputs }, [
      [LOGIN, json(200, SUCCESS)],
    ])
    expect(failure).toBeUndefined()
    expect(bodyOf(transport.requests[0])).toStrictEqual({ ...sent, ...device })
    expect(runner.output('access-token')).toBe(TOKEN)
    for (const value of Object.values(inputs))
      if (value !== inputs['jwt-login-type']) expect(runner.messages('mask')).toContain(value)
  })

  test('what proves the shared secret for an account is as good as its password: masked before it is sent', async () => {
    const { runner } = await runLogin({ ...BASE, 'shared-secret': 'module secret' }, [[LOGIN, json(200, SUCCESS)]])
    const effects = runner.effects.map(([kind, detail]) => `${kind} ${detail}`)
    expect(effects.indexOf(`mask ${proof}`)).toBeGreaterThan(-1)
    expect(effects.indexOf(`mask ${proof}`)).toBeLessThan(effects.indexOf(`request ${LOGIN}`))
  })

  test('where the module offers its proof as a password only, that is tried, and nothing else', async () => {
    const { transport, failure } = await runLogin({ ...BASE, 'shared-secret': 'module secret' }, [
      [LOGIN, json(400, { errcode: 'M_UNKNOWN', error: 'Unknown login type com.devture.shared_secret_auth' })],
      [FLOWS, json(200, { flows: [{ type: 'm.login.password' }] })],
      [LOGIN, json(200, SUCCESS)],
    ])
    expect(failure).toBeUndefined()
    expect(bodyOf(transport.requests[2])).toMatchObject({ type: 'm.login.password', identifier, password: proof })
  })

  test('appservice-token: its own token in the header, the user in the body, and whoami decides', async () => {
    const { transport, failure } = await runLogin({ ...BASE, ...fixedDevice, 'appservice-token': 'as_token' }, [
      [LOGIN, json(200, SUCCESS)],
      proven,
    ])
    expect(failure).toBeUndefined()
    expect(bodyOf(transport.requests[0])).toStrictEqual({ type: 'm.login.application_service', identifier, ...device })
    expect(transport.requests[0]?.headers['authorization']).toBe('Bearer as_token')
    expect(transport.requests[1]?.headers['authorization']).toBe(`Bearer ${TOKEN}`)
  })

  test('oidc-audience: the runner is asked for an ID token, which is masked and used as JWT', async () => {
    const { transport, runner, failure } = await runLogin(
      { ...BASE, 'oidc-audience': 'matrix & co' },
      [
        [`GET ${ID_TOKEN}&audience=matrix+%26+co`, json(200, { value: 'head.claims.signature' })],
        [LOGIN, json(200, SUCCESS)],
      ],
      { environment: { ACTIONS_ID_TOKEN_REQUEST_URL: ID_TOKEN, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request token' } },
    )
    expect(failure).toBeUndefined()
    expect(transport.requests[0]?.headers['authorization']).toBe('Bearer request token')
    expect(bodyOf(transport.requests[1])).toMatchObject({
      type: 'org.matrix.login.jwt',
      token: 'head.claims.signature',
    })
    expect(runner.messages('mask')).toStrictEqual(expect.arrayContaining(['request token', 'head.claims.signature']))
  })
})

describe('synapse-admin-token', () => {
  const inputs = { ...BASE, 'synapse-admin-token': 'syt_admin' }

  test('asks for a token of the whole user ID, with the end that was asked for, and proves it', async () => {
    const { transport, runner, failure } = await runLogin({ ...inputs, 'valid-for': '12h' }, [
      [ADMIN_LOGIN, json(200, { access_token: TOKEN })],
      [WHOAMI, json(200, { user_id: '@bot:example.org' })],
    ])
    expect(failure).toBeUndefined()
    expect(bodyOf(transport.requests[0])).toStrictEqual({ valid_until_ms: Date.UTC(2026, 0, 2, 15, 4, 5) })
    expect(transport.requests[0]?.headers['authorization']).toBe('Bearer syt_admin')
    expect(runner.output('device-id')).toBe('')
    expect(runner.output('expires-at')).toBe('2026-01-02T15:04:05.000Z')
  })

  test('a name alone is a user of the administrator’s server', async () => {
    const { failure } = await runLogin({ ...inputs, user: 'bot' }, [
      [WHOAMI, json(200, { user_id: '@admin:example.org' })],
      [ADMIN_LOGIN, json(200, { access_token: TOKEN })],
      [WHOAMI, json(200, { user_id: '@bot:example.org' })],
    ])
    expect(failure).toBeUndefined()
  })

  // The answer is 200 for a locked user as well; every other request is 401 then (synapse/rest/admin/users.py).
  test('a token that is dead on arrival is not handed over, and its session is ended', async () => {
    const { runner, failure } = await runLogin(inputs, [
      [ADMIN_LOGIN, json(200, { access_token: TOKEN })],
      [WHOAMI, json(401, { errcode: 'M_USER_LOCKED', error: 'User account has been locked', soft_logout: true })],
      [LOGOUT, json(200, {})],
    ])
    expect(failure?.code).toBe('account-locked')
    expect(runner.output('access-token')).toBeUndefined()
  })

  test('is not repeated once an answer was lost, and the message says what that may have left behind', async () => {
    const { failure } = await runLogin(inputs, [[ADMIN_LOGIN, noAnswer('reset')]])
    expect(failure?.code).toBe('unreachable')
    expect(failure?.message).toContain('A token may exist whose value was lost')
  })

  test('is repeated where the request cannot have arrived', async () => {
    const { failure } = await runLogin(inputs, [
      [ADMIN_LOGIN, noAnswer('refused')],
      [ADMIN_LOGIN, json(200, { access_token: TOKEN })],
      [WHOAMI, json(200, { user_id: '@bot:example.org' })],
    ])
    expect(failure).toBeUndefined()
  })
})

describe('a login token', () => {
  test('is not repeated once an answer was lost: it counts as used', async () => {
    const { failure } = await runLogin({ ...BASE, 'login-token': 'syl_once' }, [[LOGIN, noAnswer('timeout')]])
    expect(failure?.code).toBe('unreachable')
    expect(failure?.message).toContain('counts as used')
  })

  test.each(['syt_Ym90_AAAA', 'mct_AAAA', 'mat_AAAA', 'mpt_AAAA'])(
    '%s is an access token: not sent, and said so',
    async (token) => {
      const { failure } = await runLogin({ ...BASE, 'login-token': token }, [])
      expect(failure).toMatchObject({ code: 'token-invalid', hint: 'Give it as `access-token` instead.' })
    },
  )
})

describe('a refresh token', () => {
  const inputs = { ...BASE, 'refresh-token': 'syr_old' }
  const ANSWER = { access_token: TOKEN, refresh_token: 'syr_new', expires_in_ms: 300_000 }

  test('both new tokens are masked and the refresh token is set before anything uses them; the access token once whoami says whose it is', async () => {
    const { runner, transport } = await runLogin(inputs, [[REFRESH, json(200, ANSWER)], proven])
    expect(bodyOf(transport.requests[0])).toStrictEqual({ refresh_token: 'syr_old' })
    expect(orderOf(runner.effects, TOKEN).slice(0, 12)).toStrictEqual([
      'mask input',
      `request ${REFRESH}`,
      'mask token',
      'mask input',
      // It may turn out to be the session of another user than `user`, which is not ended.
      'state ended',
      'state access-token',
      'state refresh-token',
      'output refresh-token',
      `request ${WHOAMI}`,
      'state ended',
      'state open',
      'output access-token',
    ])
    expect(runner.output('refresh-token')).toBe('syr_new')
    expect(runner.output('device-id')).toBe('GHA-ABCDEFGHIJKL')
    expect(runner.output('expires-at')).toBe('2026-01-02T03:09:05.000Z')
  })

  test.each([
    ['with `user`, a session whose owner is not known is not ended', inputs, 'ended'],
    ['without it, the session is ended as `logout` says', { ...inputs, user: '' }, 'open'],
  ])('%s', async (_name, given, phase) => {
    const { runner } = await runLogin({ ...given, logout: 'always', 'max-wait': '0' }, [
      [REFRESH, json(200, ANSWER)],
      [WHOAMI, json(500, {})],
    ])
    const records = runner.effects.filter(([kind, name]) => kind === 'state' && name === 'session')
    expect(JSON.parse(records.at(-1)?.[2] ?? '')).toMatchObject({ phase, logout: 'always' })
  })

  test('whoami that fails leaves the output `refresh-token`, because the old one may be used up', async () => {
    const { runner, failure } = await runLogin(inputs, [
      [REFRESH, json(200, ANSWER)],
      [WHOAMI, json(403, { errcode: 'M_FORBIDDEN' })],
    ])
    expect(failure?.code).toBe('token-invalid')
    expect(runner.output('refresh-token')).toBe('syr_new')
    expect(runner.output('access-token')).toBeUndefined()
  })

  test('of another user is wrong-user: the successor is the only output', async () => {
    const { runner, failure } = await runLogin({ ...inputs, user: '@mallory:example.org' }, [
      [REFRESH, json(200, ANSWER)],
      proven,
    ])
    expect(failure?.code).toBe('wrong-user')
    expect(runner.output('refresh-token')).toBe('syr_new')
    expect(runner.output('access-token')).toBeUndefined()
  })

  test('a server that gives no new one leaves the output empty', async () => {
    const { runner } = await runLogin(inputs, [[REFRESH, json(200, { access_token: TOKEN })], proven])
    expect(runner.output('refresh-token')).toBe('')
  })

  test('a token that the server leaves in force ends the session', async () => {
    const { runner } = await runLogin({ ...inputs, 'oauth-client-id': 'CLIENT', logout: 'always' }, [
      OAUTH,
      [TOKEN_ENDPOINT, json(200, { access_token: 'mat_new', expires_in: 300, token_type: 'Bearer' })],
      proven,
    ])
    expect(runner.output('refresh-token')).toBe('')
    expect(runner.effects).toContainEqual(['state', 'refresh-token', 'syr_old'])
  })

  // Tuwunel deletes the device of a refresh token that is repeated after 15 s (service/users/device.rs).
  test('is repeated within 10 s of its first try only', async () => {
    const slow = json(503, {}, { 'retry-after': '1' })
    const { failure, clock } = await runLogin(inputs, [
      [REFRESH, slow],
      [REFRESH, slow],
      [REFRESH, slow],
      [REFRESH, slow],
      [REFRESH, slow],
    ])
    expect(failure?.code).toBe('server-error')
    expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(10_000)
  })

  test('a lost answer says what is known of the refresh token', async () => {
    const { failure } = await runLogin({ ...inputs, 'max-wait': '0' }, [[REFRESH, noAnswer('truncated')]])
    expect(failure?.message).toContain('Whether the refresh token was used up is not known')
  })

  test('with oauth-client-id: form-encoded at the token endpoint; ended by revocation', async () => {
    const { transport, runner } = await runLogin({ ...inputs, 'oauth-client-id': 'CLI+ENT=', logout: 'always' }, [
      OAUTH,
      [
        TOKEN_ENDPOINT,
        json(200, { access_token: 'mat_new', refresh_token: 'mar_new', expires_in: 300, token_type: 'Bearer' }),
      ],
      proven,
    ])
    const sent = Object.fromEntries(new URLSearchParams(transport.requests[1]?.body))
    expect(sent).toStrictEqual({ grant_type: 'refresh_token', refresh_token: 'syr_old', client_id: 'CLI+ENT=' })
    expect(runner.output('refresh-token')).toBe('mar_new')
    expect(runner.output('expires-at')).toBe('2026-01-02T03:09:05.000Z')
    const [, , saved = ''] = runner.effects.findLast(([kind, key]) => kind === 'state' && key === 'session') ?? []
    expect(JSON.parse(saved)).toMatchObject({
      phase: 'open',
      logout: 'always',
      teardown: { kind: 'revocation', revocationEndpoint: `${AUTH}/oauth2/revoke`, clientId: 'CLI+ENT=' },
    })
  })

  test('a server without OAuth says so; one from before Matrix 1.15 is asked at the unstable path', async () => {
    const unrecognized = json(404, { errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' })
    const { failure } = await runLogin({ ...inputs, 'oauth-client-id': 'CLIENT' }, [
      [METADATA, unrecognized],
      [`GET ${SERVER}/_matrix/client/unstable/org.matrix.msc2965/auth_metadata`, unrecognized],
    ])
    expect(failure).toMatchObject({ code: 'method-unavailable', hint: expect.stringContaining('no OAuth 2.0 API') })
  })

  test.each(['http://auth.example.org/oauth2/token', 'http://127.0.0.1:8080/oauth2/token'])(
    'a homeserver behind TLS that names %s is insecure-url: the token does not go there',
    async (token_endpoint) => {
      const { failure } = await runLogin({ ...inputs, 'oauth-client-id': 'CLIENT' }, [
        [METADATA, json(200, { issuer: `${AUTH}/`, token_endpoint })],
      ])
      expect(failure?.code).toBe('insecure-url')
    },
  )
})

describe('mas-client-id and mas-client-secret', () => {
  const inputs = { ...BASE, 'mas-client-id': '01CLIENT', 'mas-client-secret': 's3cret+/=%:', 'device-id': 'MYDEVICEID' }
  const GRANT: ScriptedExchange = [TOKEN_ENDPOINT, json(200, { access_token: 'mat_admin', expires_in: 300 })]
  const user = (attributes: object = {}): ScriptedExchange => [
    `GET ${AUTH}/api/admin/v1/users/by-username/bot`,
    json(200, {
      data: { type: 'user', id: '01USER', attributes: { locked_at: null, deactivated_at: null, ...attributes } },
    }),
  ]
  const made = {
    type: 'personal-session',
    id: '01NEW',
    attributes: { access_token: 'mpt_token', expires_at: '2026-01-02T15:04:05.123456789Z' },
  }
  const MADE: ScriptedExchange = [`POST ${SESSIONS}`, json(201, { data: made })]
  const owner: ScriptedExchange = [WHOAMI, json(200, { user_id: '@bot:example.org', device_id: 'MYDEVICEID' })]
  const session = (id: string, scope: string, more: object = {}) => ({
    type: 'personal-session',
    id,
    attributes: { actor_user_id: '01USER', scope, human_name: 'x', revoked_at: null, ...more },
  })

  test('a personal session with the API scope, one device scope and the lifetime that was asked for', async () => {
    const { transport, runner, failure } = await runLogin({ ...inputs, logout: 'always', 'valid-for': '90s' }, [
      OAUTH,
      GRANT,
      user(),
      MADE,
      owner,
    ])
    expect(failure).toBeUndefined()
    expect(bodyOf(transport.requests[3])).toStrictEqual({
      actor_user_id: '01USER',
      human_name: expect.stringContaining('GitHub Actions'),
      scope: 'urn:matrix:client:api:* urn:matrix:client:device:MYDEVICEID',
      expires_in: 90,
    })
    // Basic as it is: Matrix Authentication Service does not undo percent-encoding.
    const basic = Buffer.from('01CLIENT:s3cret+/=%:').toString('base64')
    expect(transport.requests[1]?.headers['authorization']).toBe(`Basic ${basic}`)
    expect(runner.messages('mask')).toStrictEqual(expect.arrayContaining(['s3cret+/=%:', 'mat_admin', 'mpt_token']))
    expect(runner.output('access-token')).toBe('mpt_token')
    expect(runner.output('expires-at')).toBe('2026-01-02T15:04:05.123Z')
    expect(runner.messages('state').length).toBeGreaterThan(0)
    expect(JSON.stringify(runner.effects.filter(([kind]) => kind === 'state'))).not.toContain('s3cret')
  })

  test('a client that is registered for the form is tried with Basic first, then with the form', async () => {
    const { transport, failure } = await runLogin({ ...inputs, logout: 'always' }, [
      OAUTH,
      [TOKEN_ENDPOINT, json(401, { error: 'invalid_client' })],
      GRANT,
      user(),
      MADE,
      owner,
    ])
    expect(failure).toBeUndefined()
    expect(transport.requests[2]?.headers['authorization']).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(transport.requests[2]?.body))).toStrictEqual({
      grant_type: 'client_credentials',
      scope: 'urn:mas:admin',
      client_id: '01CLIENT',
      client_secret: 's3cret+/=%:',
    })
  })

  test('logout: never – once the new token is proven, the other personal sessions on that very device are revoked', async () => {
    const device = 'urn:matrix:client:api:* urn:matrix:client:device:MYDEVICEID'
    const query = (after: string) =>
      `filter%5Bactor_user%5D=01USER&filter%5Bscope%5D=urn%3Amatrix%3Aclient%3Adevice%3AMYDEVICEID&filter%5Bstatus%5D=active&page%5Bfirst%5D=100${after}`
    const { failure, runner } = await runLogin(inputs, [
      OAUTH,
      GRANT,
      user(),
      MADE,
      owner,
      [
        `GET ${SESSIONS}?${query('')}`,
        json(200, {
          // Filters that the server does not know are ignored by it, so what it lists is looked at again.
          data: [
            session('01OLD', device),
            session('01OTHER', 'urn:matrix:client:device:ANOTHERDEVICE'),
            session('01FOREIGN', device, { actor_user_id: '01SOMEBODY' }),
            session('01NEW', device),
          ],
          links: { next: '/more' },
        }),
      ],
      [
        `GET ${SESSIONS}?${query('&page%5Bafter%5D=01NEW')}`,
        json(200, { data: [session('01OLDER', device)], links: {} }),
      ],
      GRANT,
      [`POST ${SESSIONS}/01OLD/revoke`, json(200, { data: {} })],
      GRANT,
      [`POST ${SESSIONS}/01OLDER/revoke`, json(409, { errors: [{ title: 'already revoked' }] })],
    ])
    expect(failure).toBeUndefined()
    expect(runner.messages('warning')).toStrictEqual([])
  })

  test('is not made twice: after a lost answer the message says what that may have left behind', async () => {
    const { failure } = await runLogin(inputs, [OAUTH, GRANT, user(), [`POST ${SESSIONS}`, noAnswer('reset')]])
    expect(failure?.code).toBe('unreachable')
    expect(failure?.message).toContain('A personal access token may exist whose value was lost')
  })

  test('earlier sessions that cannot be revoked are a warning: the new token works', async () => {
    const { runner, failure } = await runLogin(inputs, [
      OAUTH,
      GRANT,
      user(),
      MADE,
      owner,
      [TOKEN_ENDPOINT, json(403, { error: 'invalid_scope' })],
    ])
    expect(failure).toBeUndefined()
    expect(runner.messages('warning')[0]).toContain('MYDEVICEID could not be ended')
  })

  test.each([
    ['locked', { locked_at: '2025-01-01T00:00:00Z' }, 'account-locked'],
    ['deactivated', { deactivated_at: '2025-01-01T00:00:00Z' }, 'account-deactivated'],
  ])('an account that is %s gets no token', async (_name, attributes, word) => {
    const { failure } = await runLogin(inputs, [OAUTH, GRANT, user(attributes)])
    expect(failure?.code).toBe(word)
  })

  test('a token for somebody else is revoked again', async () => {
    const { failure, runner } = await runLogin({ ...inputs, logout: 'always' }, [
      OAUTH,
      GRANT,
      user(),
      MADE,
      [WHOAMI, json(200, { user_id: '@mallory:example.org', device_id: 'MYDEVICEID' })],
      GRANT,
      [`POST ${SESSIONS}/01NEW/revoke`, json(200, { data: {} })],
    ])
    expect(failure?.code).toBe('wrong-user')
    expect(runner.output('access-token')).toBeUndefined()
  })
})

describe('what belongs together', () => {
  test.each([
    ['no user for a login type of a module', { jwt: 'a.b.c', 'jwt-login-type': 'x.y', user: '' }, '`user` is missing'],
    ['a name where the whole user ID is needed', { 'shared-secret': 'secret', user: 'bot' }, 'needs the whole of it'],
    [
      'an e-mail address where a name is needed',
      { 'appservice-token': 'as', user: 'bot@example.org' },
      '`user` (15 characters) is not a user ID',
    ],
    [
      'valid-for with a password',
      { password: 'x', 'valid-for': '1h' },
      '`valid-for` goes with `synapse-admin-token` and `mas-client-id` only',
    ],
    [
      'oauth-client-id with a password',
      { password: 'x', 'oauth-client-id': 'C' },
      '`oauth-client-id` goes with `refresh-token` only',
    ],
    [
      'a lifetime of nothing',
      { 'synapse-admin-token': 'x', 'valid-for': '0s' },
      '`valid-for` (2 characters) must be a length of time',
    ],
    [
      'a lifetime without a unit',
      { 'synapse-admin-token': 'x', 'valid-for': '30' },
      '`valid-for` (2 characters) must be a length of time',
    ],
    ['a client without its secret', { 'mas-client-id': '01' }, '`mas-client-secret` is not'],
    ['a secret without its client', { 'mas-client-secret': 's' }, '`mas-client-id` is not'],
    ['two credentials', { jwt: 'a.b.c', 'refresh-token': 'r' }, 'Only one credential'],
    ['white space in the device', { password: 'x', 'device-id': 'MY DEVICE' }, 'white space in it'],
  ])('%s is invalid-input, and nothing is sent', async (_name, inputs, part) => {
    const { failure } = await runLogin({ ...BASE, ...inputs }, [])
    expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(part) })
  })

  test('oidc-audience without id-token: write has its own message', async () => {
    const { failure } = await runLogin({ ...BASE, 'oidc-audience': 'matrix' }, [])
    expect(failure).toMatchObject({ code: 'missing-credentials', hint: expect.stringContaining('id-token: write') })
  })

  const fork = {
    environment: { GITHUB_EVENT_NAME: 'pull_request' },
    event: { pull_request: { head: { repo: { full_name: 'mallory/r' } }, base: { repo: { full_name: 'o/r' } } } },
  }
  const dependabot = { environment: { GITHUB_ACTOR: 'dependabot[bot]' } }

  test.each([
    ['an ID token in a fork', { 'oidc-audience': 'matrix' }, fork],
    ['a client’s secret in a fork', { 'mas-client-id': '01' }, fork],
    ['a client’s secret for Dependabot', { 'mas-client-id': '01' }, dependabot],
  ])('%s counts as no credential', async (_name, inputs, options) => {
    const skipped = await runLogin({ ...BASE, ...inputs, 'if-no-credentials': 'skip' }, [], options)
    expect(skipped.failure).toBeUndefined()
    expect(skipped.runner.output('authenticated')).toBe('false')
    const failed = await runLogin({ ...BASE, ...inputs }, [], options)
    expect(failed.failure?.code).toBe('missing-credentials')
  })

  test('anywhere else skip does not hide a misspelt secret', async () => {
    const { failure } = await runLogin({ ...BASE, 'mas-client-id': '01', 'if-no-credentials': 'skip' }, [])
    expect(failure?.code).toBe('invalid-input')
  })
})
