import { describe, expect, test } from '@jest/globals'
import { loginPostAction } from '../../src/actions/login-post.js'
import type { SessionTeardown } from '../../src/credentials/kind.js'
import { LOGOUT as LOGOUT_TEARDOWN } from '../../src/credentials/login-flow.js'
import { Secret } from '../../src/secret.js'
import { proofOf } from '../../src/session/record.js'
import {
  fakeClock,
  fakeFiles,
  fixedRandom,
  json,
  noAnswer,
  recordingRunner,
  type ScriptedExchange,
  scriptedTransport,
  text,
} from '../support/fakes.js'

const SERVER = 'https://matrix.example.org'
const LOGOUT = `POST ${SERVER}/_matrix/client/v3/logout`
const WHOAMI = `GET ${SERVER}/_matrix/client/v3/account/whoami`
const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'
const UNKNOWN = json(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'gone' })

interface Saved {
  readonly phase?: string
  readonly sessionName?: string
  readonly logout?: string
  readonly token?: string
  readonly refreshToken?: string
  readonly teardown?: SessionTeardown
}

/** The client that main knew, as it proves the state. */
function adminIn({ 'mas-client-id': clientId, 'mas-client-secret': secret }: Readonly<Record<string, string>>) {
  return clientId === undefined || secret === undefined ? undefined : { clientId, clientSecret: new Secret(secret) }
}

async function run(
  saved: Saved | undefined,
  script: readonly ScriptedExchange[],
  inputs: Readonly<Record<string, string>> = {},
  inputsOfMain = inputs,
) {
  const {
    phase = 'open',
    logout = 'always',
    token = TOKEN,
    refreshToken = '',
    teardown = LOGOUT_TEARDOWN,
  } = saved ?? {}
  const session = JSON.stringify({
    phase,
    logout,
    homeserverUrl: SERVER,
    deviceId: 'GHA-ABCDEFGHIJKL',
    sessionName: saved?.sessionName ?? '',
    user: '@bot:example.org',
    teardown,
    proof: proofOf(teardown, adminIn(inputsOfMain)),
  })
  const state = saved === undefined ? {} : { session, 'access-token': token, 'refresh-token': refreshToken }
  const runner = recordingRunner({ inputs, state })
  const transport = scriptedTransport(script, runner.effects)
  const clock = fakeClock()
  await loginPostAction({
    runner,
    log: runner,
    masks: runner,
    transport,
    clock,
    random: fixedRandom(),
    files: () => Promise.resolve(fakeFiles()),
  })
  expect(transport.rest).toStrictEqual([])
  expect(runner.messages('fail')).toStrictEqual([])
  return { runner, transport, clock }
}

describe('whether the session ends', () => {
  test.each<[string, Saved | undefined, Record<string, string>, boolean]>([
    ['always', { logout: 'always' }, { 'job-status': 'success' }, true],
    ['never', { logout: 'never' }, { 'job-status': 'failure' }, false],
    ['on-failure, failed', { logout: 'on-failure' }, { 'job-status': 'failure' }, true],
    ['on-failure, cancelled', { logout: 'on-failure' }, { 'job-status': 'cancelled' }, true],
    ['on-failure, successful', { logout: 'on-failure' }, { 'job-status': 'success' }, false],
    ['already over', { phase: 'ended' }, {}, false],
    ['nothing was saved', undefined, {}, false],
  ])('%s', async (_name, saved, inputs, ends) => {
    const { transport } = await run(saved, ends ? [[LOGOUT, json(200, {})]] : [], inputs)
    expect(transport.requests).toHaveLength(ends ? 1 : 0)
  })

  test('inputs that a later step could steer are not looked at', async () => {
    const { transport } = await run({}, [[LOGOUT, json(200, {})]], {
      homeserver: 'https://evil.example',
      logout: 'never',
      'access-token': 'other',
    })
    expect(transport.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`)
  })

  test('the token is masked before anything else: some runners forget masks with the process', async () => {
    const { runner } = await run({}, [[LOGOUT, json(200, {})]])
    expect(runner.effects[0]).toStrictEqual(['mask', TOKEN])
  })
})

describe('what counts as ended', () => {
  test('401 M_UNKNOWN_TOKEN', async () => {
    const { runner } = await run({}, [[LOGOUT, UNKNOWN]])
    expect(runner.messages('warning')).toStrictEqual([])
  })

  describe('401 M_UNKNOWN_TOKEN, while a refresh token may still open the session', () => {
    const REFRESH = `POST ${SERVER}/_matrix/client/v3/refresh`
    const refreshToken = 'syr_current_AAAAAAAAAAAA_0aBcDe'
    const renewed = json(200, {
      access_token: 'syt_renewed_AAAAAAAAAAAA_0aBcDe',
      refresh_token: 'syr_next_AAAAAAAA_0aBcDe',
    })

    test('the session is refreshed and logged out, and the new tokens are masked', async () => {
      const { runner, transport } = await run({ refreshToken }, [
        [LOGOUT, UNKNOWN],
        [REFRESH, renewed],
        [LOGOUT, json(200, {})],
      ])
      expect(transport.requests[2]?.headers.authorization).toBe('Bearer syt_renewed_AAAAAAAAAAAA_0aBcDe')
      expect(runner.messages('mask')).toStrictEqual(expect.arrayContaining(['syt_renewed_AAAAAAAAAAAA_0aBcDe']))
      expect(runner.messages('info').join()).toContain('Logged out')
    })

    test('where the refresh token is unknown, too, the session is over', async () => {
      const { runner } = await run({ refreshToken }, [
        [LOGOUT, UNKNOWN],
        [REFRESH, UNKNOWN],
      ])
      expect(runner.messages('warning')).toStrictEqual([])
      expect(runner.messages('info').join()).toContain('over already')
    })

    // Synapse says so of a refresh token whose successor is in use: a later step refreshed the session.
    test.each([
      ['is refused', json(403, { errcode: 'M_FORBIDDEN', error: "refresh token isn't valid anymore" })],
      ['gives no token', json(200, {})],
    ])('where the refresh %s, the session may be active: a warning says so', async (_name, answer) => {
      const { runner } = await run({ refreshToken }, [
        [LOGOUT, UNKNOWN],
        [REFRESH, answer],
        [`GET ${SERVER}/_matrix/client/v1/auth_metadata`, json(404, { errcode: 'M_UNRECOGNIZED' })],
      ])
      expect(runner.messages('warning').join()).toContain('could not be ended and is still active')
    })
  })

  // Matrix Authentication Service answers so to its own OAuth and personal tokens while they live.
  test.each(['mat_', 'mpt_'])('not so for %s tokens: whoami decides', async (prefix) => {
    const token = `${prefix}abcdefghijklmnopqrstuvwxyz`
    const alive = await run({ token }, [
      [LOGOUT, UNKNOWN],
      [WHOAMI, json(200, { user_id: '@bot:example.org' })],
    ])
    expect(alive.runner.messages('warning')).toHaveLength(1)
    const dead = await run({ token }, [
      [LOGOUT, UNKNOWN],
      [WHOAMI, UNKNOWN],
    ])
    expect(dead.runner.messages('warning')).toStrictEqual([])
  })

  test.each([
    ['any other 401', json(401, { errcode: 'M_MISSING_TOKEN' })],
    ['a 200 that is no JSON object', text(200, 'ok')],
    ['a login page', text(200, '<html>', { 'content-type': 'text/html' })],
    ['a redirect', text(302, '', { location: '/login' })],
  ])('not %s: a warning names user, device and server', async (_name, answer) => {
    const { runner } = await run({}, [[LOGOUT, answer]])
    const [warning = ''] = runner.messages('warning')
    for (const part of ['@bot:example.org', 'GHA-ABCDEFGHIJKL', SERVER]) expect(warning).toContain(part)
  })
})

describe('the account page of the server', () => {
  const METADATA = `GET ${SERVER}/_matrix/client/v1/auth_metadata`
  const REFUSED: ScriptedExchange = [LOGOUT, json(401, { errcode: 'M_MISSING_TOKEN' })]
  const names = (uri: string): ScriptedExchange => [METADATA, json(200, { account_management_uri: uri })]
  const warningOf = async (script: readonly ScriptedExchange[], saved: Saved = {}) =>
    (await run(saved, script)).runner.messages('warning').join()

  test('stands in the warning, with the action and the device', async () => {
    expect(await warningOf([REFUSED, names('https://account.example.org/account/')])).toContain(
      'https://account.example.org/account/?action=org.matrix.device_delete&device_id=GHA-ABCDEFGHIJKL',
    )
  })

  test('of a login whose answer was lost, too', async () => {
    const warning = await warningOf([names('https://account.example.org/')], { phase: 'sent', token: '' })
    expect(warning).toContain('https://account.example.org/?action=')
  })

  test('of a session that shares its device deletes no device', async () => {
    const saved = { phase: 'sent', token: '', sessionName: 'GHA-ABCDEFGHIJKL-0000000000' }
    const warning = await warningOf([names('https://account.example.org/')], saved)
    expect(warning).toMatch(/https:\/\/account\.example\.org\/\?action=org\.matrix\.devices_list$/)
  })

  test.each([
    ['in its path', `https://account.example.org/${TOKEN}/`],
    ['in its query', `https://account.example.org/?token=${TOKEN}`],
    ['in its host', 'https://0123456789abcdef.example.org/'],
    ['in lines', 'https://account.example.org/\n::error::x'],
  ])('shows nothing that could be a secret %s', async (_name, uri) => {
    const warning = await warningOf([REFUSED, names(uri)])
    for (const part of ['Ym90', '0123456789ab', '::error']) expect(warning).not.toContain(part)
    expect(warning).toMatch(/account\.example\.org\/\?action|End it in the list of sessions/)
  })

  test('is asked for within the 20 s of the step, and its failure is none', async () => {
    const { transport, runner } = await run({}, [REFUSED, [METADATA, noAnswer('timeout')]])
    expect(transport.requests[1]?.deadlineMs).toBeLessThanOrEqual(10_000)
    expect(runner.messages('warning')).toStrictEqual([expect.stringContaining('End it in the list of sessions')])
  })

  test('is not asked for where the server gives no answer', async () => {
    const { transport } = await run({}, [[LOGOUT, noAnswer('certificate')]])
    expect(transport.requests).toHaveLength(1)
  })
})

test('pauses and requests stay within 20 s, whatever the server asks for', async () => {
  const limited = json(429, { errcode: 'M_LIMIT_EXCEEDED' }, { 'retry-after': '15' })
  const { clock, transport } = await run({}, [
    [LOGOUT, limited],
    [LOGOUT, limited],
  ])
  expect(clock.pauses).toStrictEqual([15_000])
  expect(transport.requests[1]?.deadlineMs).toBe(5_000)
})

test('no connection is tried again, then named in a warning', async () => {
  const { runner, clock } = await run({}, [
    [LOGOUT, noAnswer()],
    [LOGOUT, json(200, {})],
  ])
  expect(clock.pauses).toHaveLength(1)
  expect(runner.messages('warning')).toStrictEqual([])
})

test('a login whose answer never came is named: a session may exist that nobody holds', async () => {
  const { runner } = await run({ phase: 'sent', token: '' }, [])
  expect(runner.messages('warning')[0]).toContain('GHA-ABCDEFGHIJKL')
})

// The proof of a shared secret, for example, is sent by main and not known to the post step.
test.each([
  ['hex in capitals', 'A3F94B0C27D15E8860B9A3F94B0C27D15E8860B9A3F94B0C27D15E'],
  ['the same in groups', 'A3F94B0C27D15E8860B9.A3F94B0C27D15E8860B9.A3F94B0C27D15E8860'],
  ['behind a prefix', 'M_A3F94B0C27D15E8860B9'],
  ['letter and digit by turns', 'M_A3F_9B0C_27D'],
])('no errcode is shown that can be an echo: %s', async (_name, errcode) => {
  const { runner } = await run({}, [[LOGOUT, json(403, { errcode, error: 'no' })]])
  const [warning = ''] = runner.messages('warning')
  expect(warning).toContain('refused to log out: 403.')
  expect(warning).not.toContain(errcode)
})

test.each(['M_FORBIDDEN', 'ORG.MATRIX.MSC3823.USER_ACCOUNT_SUSPENDED', 'ORG_MATRIX_EXPIRED_ACCOUNT', 'invalid_grant'])(
  'the errcode %s is shown',
  async (errcode) => {
    const { runner } = await run({}, [[LOGOUT, json(403, { errcode, error: 'no' })]])
    expect(runner.messages('warning')[0]).toContain(`refused to log out: 403 ${errcode}.`)
  },
)

describe('sessions that end in other ways than by /logout', () => {
  const AUTH = 'https://auth.example.org'
  const REVOKE = `POST ${AUTH}/oauth2/revoke`
  const revocation: SessionTeardown = {
    kind: 'revocation',
    revocationEndpoint: `${AUTH}/oauth2/revoke`,
    clientId: 'CLIENT',
  }
  const personal: SessionTeardown = {
    kind: 'personal-session',
    tokenEndpoint: `${AUTH}/oauth2/token`,
    issuer: AUTH,
    sessionId: '01SESSION',
  }
  const admin = { 'mas-client-id': '01CLIENT', 'mas-client-secret': 'client+secret/=%:' }
  const ADMIN_TOKEN: ScriptedExchange = [`POST ${AUTH}/oauth2/token`, json(200, { access_token: 'mat_admin_token_1' })]
  const REVOKE_SESSION = `POST ${AUTH}/api/admin/v1/personal-sessions/01SESSION/revoke`

  test('an OAuth session is revoked with the current refresh token, without a hint, and the token asked whether it lives', async () => {
    const { runner, transport } = await run({ teardown: revocation, refreshToken: 'mar_current' }, [
      [REVOKE, text(200, '')],
      [WHOAMI, UNKNOWN],
    ])
    expect(new URLSearchParams(transport.requests[0]?.body).toString()).toBe('token=mar_current&client_id=CLIENT')
    expect(transport.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(runner.messages('info').at(-1)).toContain('Logged out')
    expect(runner.messages('mask')).toContain('mar_current')
  })

  // Matrix Authentication Service says 200 and revokes nothing where the refresh token was used up in between.
  const alive: ScriptedExchange = [WHOAMI, json(200, { user_id: '@bot:example.org', device_id: 'D' })]

  // The device goes a moment after the answer, and only then the homeserver refuses the token.
  test('a token that answers a moment longer is asked again', async () => {
    const { runner, clock } = await run({ teardown: revocation, refreshToken: 'mar_current' }, [
      [REVOKE, text(200, '')],
      alive,
      [WHOAMI, UNKNOWN],
    ])
    expect(runner.messages('info').at(-1)).toContain('Logged out')
    expect(clock.pauses).toStrictEqual([1000])
  })

  test('a revocation that changes nothing is a warning', async () => {
    const { runner } = await run({ teardown: revocation, refreshToken: 'mar_used_up' }, [
      [REVOKE, text(200, '')],
      alive,
      alive,
      alive,
    ])
    expect(runner.messages('warning')[0]).toContain('could not be ended and is still active')
  })

  test.each<[string, { readonly refreshToken?: string; readonly endpoint?: string }, string]>([
    ['without a refresh token', {}, 'no refresh token'],
    ['whose server names no endpoint for it', { refreshToken: 'mar_current', endpoint: '' }, 'no endpoint'],
  ])('a session %s cannot be revoked: a warning says so', async (_name, { refreshToken, endpoint }, part) => {
    const ending = { ...revocation, revocationEndpoint: endpoint ?? 'https://auth.example.org/oauth2/revoke' }
    const { runner } = await run({ teardown: ending, ...(refreshToken === undefined ? {} : { refreshToken }) }, [])
    expect(runner.messages('warning')[0]).toContain(part)
  })

  test.each([
    ['revoked', json(200, { data: {} }), 'Logged out'],
    // 409: the session was revoked already.
    [
      'revoked already',
      json(409, { errors: [{ title: 'Personal session with ID 01SESSION is already revoked' }] }),
      'over already',
    ],
  ])(
    'a personal session is %s through the admin API, with the credentials of the inputs',
    async (_name, answer, said) => {
      const { runner, transport } = await run({ teardown: personal }, [ADMIN_TOKEN, [REVOKE_SESSION, answer]], admin)
      // Basic as it is: Matrix Authentication Service does not undo percent-encoding.
      const basic = Buffer.from('01CLIENT:client+secret/=%:').toString('base64')
      expect(transport.requests[0]?.headers['authorization']).toBe(`Basic ${basic}`)
      expect(transport.requests[1]?.headers['authorization']).toBe('Bearer mat_admin_token_1')
      expect(runner.messages('mask')).toStrictEqual(expect.arrayContaining(['client+secret/=%:', 'mat_admin_token_1']))
      expect(runner.messages('info').at(-1)).toContain(said)
    },
  )

  test('a refusal of the admin API names who refused, although the address is hidden', async () => {
    const { runner } = await run(
      { teardown: personal },
      [ADMIN_TOKEN, [REVOKE_SESSION, json(403, { errors: [{ title: 'no' }] })]],
      admin,
    )
    expect(runner.messages('warning')[0]).toContain(
      'is still active. The authentication service refused to revoke the personal access token: 403.',
    )
    expect(runner.messages('warning')[0]).not.toContain('words above')
  })

  test('a personal session whose answer was lost is on no account page: the admin API is named', async () => {
    const { runner } = await run({ phase: 'sent', token: '' }, [], admin)
    expect(runner.messages('warning')).toStrictEqual([
      expect.stringContaining('/api/admin/v1/personal-sessions/{id}/revoke'),
    ])
  })

  test('a personal session whose administrator is not among the inputs is named in a warning', async () => {
    const { runner } = await run({ teardown: personal }, [])
    expect(runner.messages('warning')[0]).toContain('`mas-client-id` and `mas-client-secret` are not set')
  })
})

// https://github.com/actions/runner/issues/3514: the runner passes the inputs of the outer action to the post step.
test.each<[string, Readonly<Record<string, string>>, string]>([
  ['none', {}, 'Why: `mas-client-id` and `mas-client-secret` did not reach the post step'],
  ['another one', { 'mas-client-id': '01OTHER', 'mas-client-secret': 'x' }, 'Why: the state was not saved with'],
])(
  'the client that ends a personal session is %s here: nothing is sent, a warning says how to end it',
  async (_name, inputs, why) => {
    const [tokenEndpoint, issuer] = ['https://auth.example.org/oauth2/token', 'https://auth.example.org']
    const teardown = { kind: 'personal-session', tokenEndpoint, issuer, sessionId: '01SESSION' } as const
    const admin = { 'mas-client-id': '01CLIENT', 'mas-client-secret': 'client+secret' }
    const { runner } = await run({ teardown }, [], inputs, admin)
    expect(runner.messages('warning')).toStrictEqual([expect.stringContaining(why)])
    expect(runner.messages('warning')[0]).toContain('POST /api/admin/v1/personal-sessions/01SESSION/revoke')
  },
)

describe('what a server says is hidden, and the sentences stay whole', () => {
  const notAsked: ScriptedExchange = [`GET ${SERVER}/_matrix/client/v1/auth_metadata`, json(404, {})]

  test.each<[string, readonly ScriptedExchange[], string]>([
    ['no answer', [[LOGOUT, noAnswer('certificate')]], 'No complete answer from the server: '],
    ['a proxy that refuses', [[LOGOUT, noAnswer('proxy-refused')]], 'No complete answer from the server: '],
    [
      'a redirect',
      [[LOGOUT, text(302, '', { location: 'https://evil.example/login' })], notAsked],
      'a redirect to an unnamed address.',
    ],
    [
      'a web page',
      [[LOGOUT, text(200, '<html></html>', { 'content-type': 'text/html' })], notAsked],
      'asked to log out, it said 200.',
    ],
  ])('%s', async (_name, script, sentence) => {
    const { runner } = await run({}, script)
    const [warning = ''] = runner.messages('warning')
    expect(warning).toContain(sentence)
    expect(warning).not.toMatch(/evil|text\/html/)
  })
})
