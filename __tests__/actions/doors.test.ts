import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { Secret } from '../../src/secret.js'
import { proofOf } from '../../src/session/record.js'
import { json, noAnswer } from '../support/fakes.js'
import { type Answers, type DoorRun, rawJson, runDoor, runDoorPost } from '../support/run-doors.js'

const SERVER = 'https://matrix.example.org'
const AUTH = 'https://auth.example.org'
const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'
const WHOSE = { user_id: '@bot:example.org', device_id: 'MYDEVICE' }
const BASE = { homeserver: SERVER, user: '@bot:example.org', 'device-id': 'MYDEVICE', 'max-wait': '0' }
const PASSWORD = { ...BASE, password: 'a password of the test' }
const APPSERVICE = { ...BASE, 'appservice-token': 'as_token_of_the_test' }
const ADMIN = { 'mas-client-id': '01CLIENT', 'mas-client-secret': 'client secret of the test'.replaceAll(' ', '-') }
const PERSONAL = { ...BASE, ...ADMIN }
const LOGIN = /^POST .*\/login$/
const WHOAMI = /whoami$/
const MODES = ['never', 'always', 'on-failure'] as const

/** Requests that end something. */
const ends = ({ requests }: DoorRun) => requests.filter((line) => /logout|revoke|delete|DELETE/.test(line))
const answered = (members: object): Answers => [[LOGIN, json(200, { ...WHOSE, access_token: TOKEN, ...members })]]
const post = ({ state }: DoorRun, inputs: Readonly<Record<string, string>> = {}) =>
  runDoorPost(state, [], { ...inputs, 'job-status': 'failure' })

/** Matrix Authentication Service, with a second session on the device. */
function mas(made: object = {}, more: Answers = []): Answers {
  const other = { scope: 'urn:matrix:client:device:MYDEVICE', human_name: 'x', actor_user_id: '01USER' }
  const session = { id: '01NEW', attributes: { access_token: 'mpt_token_of_the_test', expires_at: null }, ...made }
  return [
    ...more,
    [/auth_metadata$/, json(200, { issuer: `${AUTH}/`, token_endpoint: `${AUTH}/oauth2/token` })],
    [/oauth2\/token$/, json(200, { access_token: 'mat_admin_of_the_test' })],
    [/by-username/, json(200, { data: { id: '01USER', attributes: { locked_at: null, deactivated_at: null } } })],
    [/POST .*personal-sessions$/, json(201, { data: session })],
    [/GET .*personal-sessions/, json(200, { data: [{ id: '01OLD', attributes: other }], links: {} })],
    [WHOAMI, json(200, WHOSE)],
  ]
}

/** Devices that are not the requested one. */
const OTHER_DEVICES: readonly (readonly [string, unknown])[] = [
  ['another', 'PHONE'],
  ['in other letters', 'mydevice'],
  ['with a blank behind it', 'MYDEVICE '],
  ['with a blank before it', ' MYDEVICE'],
  ['with a zero-width blank in it', 'MY\u200bDEVICE'],
  ['a longer one', 'MYDEVICE-2'],
]
/** What is no device at all. */
const NO_DEVICES: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a number', 7],
  ['a list of it', ['MYDEVICE']],
  ['an object', { device_id: 'MYDEVICE' }],
  ['empty', ''],
  ['1,025 characters', 'D'.repeat(1025)],
  ['a line break in it', 'MYDEVICE\n'],
  ['missing', undefined],
]

describe('only the device that was asked for leads to an end', () => {
  test.each([...OTHER_DEVICES, ...NO_DEVICES])(
    'a personal session, whoami names %s: no other session is ended',
    async (_name, id) => {
      const run = await runDoor(PERSONAL, mas({}, [[WHOAMI, json(200, { ...WHOSE, device_id: id })]]))
      expect([
        run.failure,
        ends(run),
        run.requests.filter((line) => /GET .*personal-sessions/.test(line)),
      ]).toStrictEqual([undefined, [], []])
      expect(run.said('warning')).toStrictEqual([expect.stringContaining('instead of the requested MYDEVICE')])
    },
  )

  test('a personal session on the requested device: the other one is ended', async () => {
    expect(ends(await runDoor(PERSONAL, mas()))).toStrictEqual([
      `POST ${AUTH}/api/admin/v1/personal-sessions/01OLD/revoke`,
    ])
  })

  describe.each(MODES)('logout: %s', (logout) => {
    test.each(OTHER_DEVICES)('the login names %s: neither the step nor its post step ends it', async (_name, id) => {
      const run = await runDoor({ ...PASSWORD, logout }, answered({ device_id: id }))
      expect([run.failure, ends(run), ends(await post(run))]).toStrictEqual([undefined, [], []])
      expect(run.said('warning')).toStrictEqual([expect.stringContaining('instead of the requested MYDEVICE')])
    })

    test.each(NO_DEVICES)('the login names no device (%s): named, and neither ends it', async (_name, id) => {
      const run = await runDoor({ ...PASSWORD, logout }, answered({ device_id: id }))
      expect(run.failure?.code).toBe('server-error')
      expect([ends(run), ends(await post(run))]).toStrictEqual([[], []])
      expect(run.said('warning')).toStrictEqual([
        expect.stringMatching(/^A session of @bot:example\.org on device .* may remain/),
      ])
      expect(run.output('access-token')).toBe('')
    })

    test.each(OTHER_DEVICES)('a wrong user on a device that is %s: neither ends it', async (_name, id) => {
      const run = await runDoor({ ...PASSWORD, logout }, answered({ user_id: '@mallory:example.org', device_id: id }))
      expect([run.failure?.code, ends(run), ends(await post(run))]).toStrictEqual(['wrong-user', [], []])
      expect(run.said('warning')).toHaveLength(1)
    })

    test.each([...OTHER_DEVICES, ...NO_DEVICES])('only whoami names it (%s): neither ends it', async (_name, id) => {
      const answers: Answers = [[WHOAMI, json(200, { ...WHOSE, device_id: id })], ...answered({})]
      const run = await runDoor({ ...APPSERVICE, logout }, answers)
      expect([run.failure, ends(run), ends(await post(run))]).toStrictEqual([undefined, [], []])
      expect(run.said('warning')).toStrictEqual([expect.stringContaining('instead of the requested MYDEVICE')])
    })

    test('the requested one: the post step ends it, where it is asked to', async () => {
      const run = await runDoor({ ...PASSWORD, logout }, answered({}))
      expect(ends(await post(run))).toStrictEqual(logout === 'never' ? [] : [`POST ${SERVER}/_matrix/client/v3/logout`])
    })
  })
})

describe('a login that is answered with 200, but oddly', () => {
  const LIFETIMES = [
    '"60000"',
    '""',
    '"NaN"',
    '"soon"',
    '-1',
    '-1e-9',
    '9e15',
    '1e400',
    '{}',
    '[]',
    '[60000]',
    'true',
    'false',
  ]

  test.each(LIFETIMES)(
    'expires_in_ms is %s: no end is named, a warning says so, and all else goes on',
    async (value) => {
      const body = `{"user_id":"@bot:example.org","device_id":"MYDEVICE","access_token":"${TOKEN}","expires_in_ms":${value}}`
      const run = await runDoor({ ...PASSWORD, 'export-env': 'true' }, [[LOGIN, rawJson(body)]])
      expect([run.failure, run.output('access-token'), run.output('expires-at'), ends(run)]).toStrictEqual([
        undefined,
        TOKEN,
        '',
        [],
      ])
      expect(run.said('warning')).toStrictEqual([expect.stringContaining('lifetime')])
    },
  )

  test.each([
    ['60000', '2026-01-02T03:05:05.000Z'],
    ['0', '2026-01-02T03:04:05.000Z'],
    ['0.5', '2026-01-02T03:04:05.000Z'],
    ['null', ''],
  ])('expires_in_ms is %s: %s, without a warning', async (value, end) => {
    const body = `{"user_id":"@bot:example.org","device_id":"MYDEVICE","access_token":"${TOKEN}","expires_in_ms":${value}}`
    const run = await runDoor(PASSWORD, [[LOGIN, rawJson(body)]])
    expect([run.failure, run.output('expires-at'), run.said('warning')]).toStrictEqual([undefined, end, []])
  })

  test.each(['soon', '', 7, {}, true, ['2026-01-02T15:04:05Z'], '2026-13-45T00:00:00Z'])(
    'a personal session’s expires_at is %j: the same',
    async (end) => {
      const attributes = { access_token: 'mpt_token_of_the_test', expires_at: end }
      const run = await runDoor({ ...PERSONAL, logout: 'always' }, mas({ attributes }))
      expect([run.failure, run.output('expires-at'), run.said('warning').length]).toStrictEqual([undefined, '', 1])
    },
  )

  const USERS = [
    undefined,
    null,
    7,
    '',
    'bot',
    '@bot',
    '@bot:',
    '@bot:exa mple.org',
    ['@bot:example.org'],
    '@b\not:example.org',
    `@${'b'.repeat(1100)}:example.org`,
  ]

  test.each(USERS)('user_id is %j: ended again where it ends nothing else, named where it may', async (user) => {
    const always = await runDoor({ ...PASSWORD, logout: 'always' }, answered({ user_id: user }))
    expect([always.failure?.code, ends(always)]).toStrictEqual([
      'server-error',
      [`POST ${SERVER}/_matrix/client/v3/logout`],
    ])
    const never = await runDoor(PASSWORD, answered({ user_id: user }))
    expect([never.failure?.code, ends(never)]).toStrictEqual(['server-error', []])
    expect(never.said('warning')).toStrictEqual([expect.stringContaining('on device MYDEVICE')])
  })
})

describe('a refresh token that is none goes nowhere', () => {
  const ODD = [
    'm'.repeat(150_000),
    'm'.repeat(32_001),
    'mar_\0null',
    'mar_ blank',
    '',
    'mar',
    'mär_umlaut',
    7,
    true,
    {},
    ['mar_listed'],
  ]

  test.each(ODD.map((token) => [JSON.stringify(token).slice(0, 40), token] as const))('%s', async (_shown, token) => {
    for (const logout of MODES) {
      const run = await runDoor({ ...PASSWORD, logout }, answered({ refresh_token: token }))
      expect(run.failure?.code).toBe('server-error')
      expect(Object.values(run.state).join('').length).toBeLessThan(32_000)
      expect(run.said('mask')).not.toContain(token)
      expect([run.output('access-token'), run.output('refresh-token')]).toStrictEqual(['', ''])
      expect(ends(run).length + run.said('warning').length).toBe(1)
    }
  })

  test('two that fit alone and not together: the state stays small enough to start the post step', async () => {
    const [access, refresh] = [`syt_${'a'.repeat(20_000)}`, `syr_${'b'.repeat(20_000)}`]
    const run = await runDoor(
      { ...PASSWORD, logout: 'always' },
      answered({ access_token: access, refresh_token: refresh }),
    )
    expect([run.failure?.code, ends(run).length]).toStrictEqual(['server-error', 1])
    expect(Object.values(run.state).join('').length).toBeLessThanOrEqual(32_000)
  })
})

describe('a file of the runner that cannot be written any more', () => {
  const VARIABLES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE'] as const
  const opening: readonly (readonly [string, Readonly<Record<string, string>>, Answers, RegExp])[] = [
    ['a password', PASSWORD, answered({}), LOGIN],
    ['an application service', APPSERVICE, [[WHOAMI, json(200, WHOSE)], ...answered({})], LOGIN],
    ['an administrator of MAS', PERSONAL, mas(), /POST .*personal-sessions$/],
  ]

  describe.each(opening)('after a login by %s', (_name, inputs, answers, after) => {
    test.each(VARIABLES.flatMap((variable) => MODES.map((logout) => [variable, logout] as const)))(
      '%s, logout: %s – the session is ended or named, and the cause is said',
      async (variable, logout) => {
        const run = await runDoor({ ...inputs, logout, 'export-env': 'true' }, answers, { variable, after })
        expect(run.failure).toMatchObject({ code: 'internal', message: expect.stringContaining(`${variable} names`) })
        expect(run.failure?.message).toContain('ENOSPC')
        const own = ends(run).filter((line) => /logout$|01NEW\/revoke$/.test(line))
        const named = run.said('warning').filter((text) => text.includes('MYDEVICE'))
        expect(own.length + named.length).toBe(1)
        // What the outputs lack, no later step may find in the state either.
        if (own.length === 1) expect(ends(await post(run, inputs)).length).toBeLessThanOrEqual(1)
      },
    )
  })

  test.each(MODES)('before anything is sent, logout: %s – nothing is sent', async (logout) => {
    const run = await runDoor({ ...PASSWORD, logout, homeserver: 'example.org' }, [], {
      variable: 'GITHUB_STATE',
      after: /./,
    })
    expect(run.requests.filter((line) => LOGIN.test(line))).toStrictEqual([])
  })

  test.each([
    ['a given token', { homeserver: SERVER, 'access-token': TOKEN }],
    ['a refresh token', { homeserver: SERVER, 'refresh-token': 'syr_of_the_test' }],
  ])('%s is not ended: this action did not open its session', async (_name, inputs) => {
    const answers: Answers = [
      [WHOAMI, json(200, WHOSE)],
      [/refresh$/, json(200, { access_token: TOKEN, refresh_token: 'syr_next_of_the_test' })],
    ]
    for (const variable of VARIABLES) {
      const run = await runDoor({ ...inputs, 'export-env': 'true' }, answers, { variable, after: /whoami|refresh/ })
      expect(ends(run)).toStrictEqual([])
    }
  })
})

describe('the post step prints no text of a server', () => {
  const proof = createHmac('sha512', 'shared secret of the test').update('@bot:example.org').digest('hex')
  const ECHOES = [
    json(403, { errcode: 'M_FORBIDDEN', error: `proof ${proof}` }),
    json(403, { errcode: proof, error: 'x' }),
    json(403, { errcode: `M_${proof.toUpperCase()}`, error: 'x' }),
    json(401, { error: 'access_denied', error_description: proof }),
    json(500, { errcode: 'M_UNKNOWN', error: proof }),
    json(429, { errcode: 'M_LIMIT_EXCEEDED', error: proof, retry_after_ms: proof }),
    json(200, [proof]),
    { status: 302, headers: { location: `https://evil.example/${proof}` }, body: new Uint8Array() },
    {
      status: 403,
      headers: { 'content-type': 'text/html' },
      body: new TextEncoder().encode(`<title>${proof}</title>`),
    },
    { status: 502, headers: { 'content-type': `text/${proof}` }, body: new TextEncoder().encode(proof) },
  ]

  test.each(ECHOES.map((answer, at) => [at + 1, answer] as const))('echo %i', async (_at, answer) => {
    const run = await runDoor({ ...BASE, 'shared-secret': 'shared secret of the test', logout: 'always' }, answered({}))
    const { effects, said } = await runDoorPost(run.state, [[/logout/, answer]])
    expect(said('warning')).toHaveLength(1)
    expect(said('warning')[0]).toContain(String(answer.status))
    const shown = JSON.stringify(effects.filter(([kind]) => kind !== 'request'))
    for (let at = 0; at + 12 <= proof.length; at += 1)
      expect(shown.toLowerCase()).not.toContain(proof.slice(at, at + 12))
  })
})

describe('the ID of a personal session that is not plain', () => {
  const IDS = [
    '',
    '.',
    '..',
    '../users',
    'a/b',
    '01NEW/revoke?',
    '01NEW#',
    '%2e%2e',
    'a b',
    'ö',
    '01\nNEW',
    'I'.repeat(256),
    7,
    null,
    {},
    ['01NEW'],
  ]

  test.each(IDS)('%j: refused, no request is made of it, and the session is named', async (id) => {
    for (const logout of MODES) {
      const run = await runDoor({ ...PERSONAL, logout }, mas({ id }))
      expect([run.failure?.code, ends(run), run.output('access-token')]).toStrictEqual(['server-error', [], ''])
      expect(run.said('warning')).toStrictEqual([expect.stringContaining('on device MYDEVICE')])
      expect(ends(await post(run, PERSONAL))).toStrictEqual([])
    }
  })
})

describe('a refusal is no lost answer', () => {
  const FLOWS: Answers = [[/^GET .*\/login$/, json(200, { flows: [{ type: 'm.login.sso' }] })]]

  test.each([
    [403, 'M_FORBIDDEN'],
    [400, 'M_UNKNOWN'],
    [400, 'M_BAD_JSON'],
    [404, 'M_NOT_FOUND'],
    [401, 'M_UNAUTHORIZED'],
    [422, ''],
  ])('%i %s, by each kind of credential: the post step has nothing to warn of', async (status, errcode) => {
    const refused: Answers = [...FLOWS, [/POST .*(?:login|personal-sessions)$/, json(status, { errcode, error: 'no' })]]
    for (const inputs of [
      { ...BASE, 'shared-secret': 'shared secret of the test' },
      PASSWORD,
      APPSERVICE,
      { ...BASE, jwt: 'a.b.c' },
    ]) {
      const run = await runDoor({ ...inputs, logout: 'always' }, refused)
      expect(run.failure).toBeDefined()
      expect((await post(run, inputs)).said('warning')).toStrictEqual([])
    }
    const personal = await runDoor({ ...PERSONAL, logout: 'always' }, [...refused, ...mas()])
    expect((await post(personal, PERSONAL)).said('warning')).toStrictEqual([])
  })

  test.each([
    ['an answer that was cut off', noAnswer('truncated')],
    ['a connection that was reset', noAnswer('reset')],
    ['500', json(500, {})],
    ['200 without a token', json(200, WHOSE)],
  ])('%s may have opened a session: it is named, once', async (_name, answer) => {
    const run = await runDoor({ ...PASSWORD, logout: 'always' }, [[LOGIN, answer]])
    const warnings = [...run.said('warning'), ...(await post(run)).said('warning')]
    expect(warnings).toStrictEqual([expect.stringContaining('MYDEVICE')])
  })
})

describe('a post step that finds forged state', () => {
  const evil = {
    kind: 'personal-session',
    tokenEndpoint: 'https://evil.example/token',
    issuer: 'https://evil.example',
    sessionId: '01X',
  } as const
  const good = { ...evil, tokenEndpoint: `${AUTH}/oauth2/token`, issuer: AUTH } as const
  const client = (clientId: string, secret: string) => ({ clientId, clientSecret: new Secret(secret) })
  const real = client(ADMIN['mas-client-id'], ADMIN['mas-client-secret'])
  const forged = (teardown: unknown, proof: unknown) => ({
    session: JSON.stringify({
      phase: 'open',
      logout: 'always',
      homeserverUrl: 'https://evil.example',
      deviceId: 'D',
      user: '@u:evil.example',
      teardown,
      proof,
    }),
    'access-token': 'mpt_forged_token',
  })
  const everything = {
    ...ADMIN,
    password: 'a password of the test',
    'synapse-admin-token': 'syt_admin_of_the_test',
    'shared-secret': 'shared secret of the test',
  }

  test.each<[string, unknown]>([
    ['no proof', undefined],
    ['an empty proof', ''],
    ['a proof that is a list', [proofOf(good, real)]],
    ['a proof of another secret', proofOf(evil, client(ADMIN['mas-client-id'], 'guessed'))],
    ['a proof of an empty secret', proofOf(evil, client(ADMIN['mas-client-id'], ''))],
    ['a proof of another client', proofOf(evil, client('01OTHER', ADMIN['mas-client-secret']))],
    ['the proof of the true address', proofOf(good, real)],
    ['the proof of another session', proofOf({ ...evil, sessionId: '01Y' }, real)],
    ['the proof in other letters', proofOf(evil, real).toUpperCase()],
  ])('%s: the client secret goes nowhere', async (_name, proof) => {
    const run = await runDoorPost(forged(evil, proof), [], everything)
    expect(run.requests).toStrictEqual([])
    expect(run.said('warning')).toHaveLength(1)
  })

  test('of any kind: no secret of the inputs goes anywhere', async () => {
    const teardowns = [
      { kind: 'logout' },
      { kind: 'revocation', revocationEndpoint: 'https://evil.example/revoke', clientId: 'x' },
      { ...evil, kind: 'other' },
      7,
      null,
    ]
    for (const teardown of teardowns) {
      const { sent } = await runDoorPost(forged(teardown, ''), [], everything)
      for (const secret of Object.values(everything).filter((value) => value !== '01CLIENT')) {
        expect(sent).not.toContain(secret)
        expect(sent).not.toContain(Buffer.from(`01CLIENT:${secret}`).toString('base64').slice(12))
      }
    }
  })

  test('what main proved is ended', async () => {
    const run = await runDoorPost(forged(good, proofOf(good, real)), mas(), everything)
    expect(ends(run)).toStrictEqual([`POST ${AUTH}/api/admin/v1/personal-sessions/01X/revoke`])
  })
})
