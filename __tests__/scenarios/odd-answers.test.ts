import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { loginPostAction } from '../../src/actions/login-post.js'
import { fakeFiles, fixedRandom, json, recordingRunner } from '../support/fakes.js'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { createJob, type Job, type JobOptions, type StepResult } from '../support/runner.js'

afterEach(clearFixtures)

/**
 * Servers of a few lines, written from what this action promises and the servers' own answers alone, so that what our fakes and our
 * code both misunderstand can show.
 */
interface Asked {
  readonly line: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly base: string
  /** All requests so far. */
  readonly asked: readonly Asked[]
}
type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>]
type Route = readonly [line: RegExp, answer: Answer | ((asked: Asked) => Answer)]

const UNRECOGNIZED: Answer = [404, { errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }]

async function serve(routes: readonly Route[]): Promise<{ url: string; asked: Asked[]; lines: () => string[] }> {
  const asked: Asked[] = []
  let base = ''
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      const line = `${request.method} ${request.url}`
      const now = { line, headers: request.headers, body: Buffer.concat(chunks).toString(), base, asked }
      asked.push(now)
      const found = routes.find(([pattern]) => pattern.test(line))?.[1] ?? UNRECOGNIZED
      const [status, body, headers = {}] = typeof found === 'function' ? found(now) : found
      const type = typeof body === 'string' ? 'text/plain' : 'application/json'
      response.writeHead(status, { 'content-type': type, ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const stop = async () => {
    server.closeAllConnections()
    server.close()
  }
  stopLater({ stop })
  return { url: base, asked, lines: () => asked.map(({ line }) => line) }
}

async function jobWith(options: JobOptions = {}): Promise<Job> {
  const job = await createJob(options)
  stopLater({ stop: () => job.dispose() })
  return job
}

const TOKEN = 'syt_Ym90_ABCDEFGHIJKLMNOPQRST_1a2B3c'
const OLD_TOKEN = 'syt_Ym90_oldoldoldoldoldoldol_aaaaaa'
const BOT = { user_id: '@bot:example.org' }
const WHOAMI: Route = [/whoami/, [200, { ...BOT, device_id: 'DEVICE' }]]
const PASSWORD_FLOWS: Route = [/GET .*\/login$/, [200, { flows: [{ type: 'm.login.password' }] }]]
const LOGIN: Route = [
  /POST .*\/login$/,
  ({ body }) => [200, { ...BOT, access_token: TOKEN, device_id: member(body, 'device_id') }],
]
const PUBLIC_KEY: Route = [
  /public-key/,
  [200, { key_id: 'key-1', key: Buffer.from(Array.from({ length: 32 }, () => 9)).toString('base64') }],
]
const STORES: Route = [/^PUT /, [201, {}]]
const DEVICES: Route = [/devices/, [200, { devices: [] }]]
const LOGOUT: Route = [/\/logout/, [200, {}]]
const STORE_TOKEN = 'github_pat_STORESTORESTORESTORE'
const PASSWORD = { user: '@bot:example.org', password: 'correct horse battery staple' }
const ADMIN = { user: '@bot:example.org', 'synapse-admin-token': 'syt_admin_ADMINADMINADMINADMIN' }
const MAS = { user: 'bot', 'mas-client-id': '01MASCLIENT', 'mas-client-secret': 'client secret of some length' }
const REFRESH = { 'refresh-token': 'syr_refreshrefreshrefresh' }

function member(body: string, name: string): unknown {
  const value: unknown = JSON.parse(body)
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}

/** A run of an action against one server, which is homeserver, MAS and forge at once. */
async function run(
  action: '.' | 'rotate' | 'logout',
  inputs: Readonly<Record<string, string>>,
  routes: readonly Route[],
  options: JobOptions = {},
) {
  const server = await serve(routes)
  const job = await jobWith({ github: { api_url: server.url }, ...options })
  const store = action === 'rotate' ? { 'store-token': STORE_TOKEN } : {}
  const result = await job.runAction(action, { homeserver: server.url, 'max-wait': '0', ...store, ...inputs })
  return { server, job, result, message: errorOf(result) }
}

/** Names the device of the last login for the new token, as servers do. */
function whoamiOnRequestedDevice(): Route {
  return [
    /whoami/,
    ({ asked }) => {
      const login = asked.findLast(({ line }) => /^POST .*\/login$/.test(line))
      return [200, { ...BOT, device_id: member(login?.body ?? '{}', 'device_id') }]
    },
  ]
}

function errorOf({ annotations }: StepResult): string {
  return annotations.find(({ level }) => level === 'error')?.message ?? ''
}

const masRoutes = (
  tokenAnswer: Answer = [200, { access_token: 'mat_adminadminadminadmin', expires_in: 300 }],
): Route[] => [
  [/auth_metadata/, ({ base }) => [200, { issuer: `${base}/`, token_endpoint: `${base}/token` }]],
  [/\/token$/, tokenAnswer],
  [/by-username/, [200, { data: { id: '01USER', attributes: { locked_at: null, deactivated_at: null } } }]],
]

describe('a token that the homeserver does not take', () => {
  const asOld =
    (answer: Answer) =>
    ({ headers }: Asked): Answer =>
      headers.authorization === `Bearer ${OLD_TOKEN}` ? answer : [200, { ...BOT, device_id: 'DEVICE' }]
  const rotateWith = (whoami: Route, current = OLD_TOKEN) =>
    run('rotate', { ...PASSWORD, 'current-token': current }, [PUBLIC_KEY, STORES, LOGIN, LOGOUT, DEVICES, whoami])

  test.each([
    [401, { errcode: 'M_USER_LOCKED', soft_logout: true }, 'account-locked'],
    [403, { errcode: 'M_USER_DEACTIVATED' }, 'account-deactivated'],
    [401, {}, 'token-invalid'],
  ])('rotate: current-token is answered %i %j, which is %s', async (status, body, word) => {
    const { result } = await rotateWith([/whoami/, asOld([status, body])])
    expect(result.outputs['failure']).toBe(word)
  })

  test.each([
    [{ errcode: 'M_USER_LOCKED', soft_logout: true }, 'account-locked'],
    [{ errcode: 'M_UNKNOWN_TOKEN' }, 'token-invalid'],
  ])('rotate: the new token is answered 401 %j, which is %s, and its session is ended', async (body, word) => {
    const { result, server } = await run('rotate', PASSWORD, [
      PUBLIC_KEY,
      STORES,
      LOGIN,
      LOGOUT,
      [/whoami/, [401, body]],
    ])
    expect(server.lines().at(-1)).toContain('/logout')
    expect(result.outputs['failure']).toBe(word)
  })

  test('rotate: a current-token with a line break in it is dead, and the rotation goes on with a warning', async () => {
    const { result, server } = await rotateWith(whoamiOnRequestedDevice(), 'syt_half\nof_a_token_and_more')
    expect(result.outputs['failure']).toBe('')
    expect(result.annotations.map(({ level }) => level)).toStrictEqual(['warning'])
    expect(server.lines().some((line) => line.startsWith('PUT '))).toBe(true)
  })

  test.each([
    [401, {}, 'token-invalid'],
    [401, { errcode: 'M_MISSING_TOKEN' }, 'token-invalid'],
    [401, { errcode: 'M_USER_LOCKED', soft_logout: true }, 'account-locked'],
  ])('logout: %i %j is %s', async (status, body, word) => {
    const { result } = await run('logout', { 'access-token': TOKEN }, [[/logout/, [status, body]]])
    expect(result.outputs['failure']).toBe(word)
  })
})

describe('a token that cannot stand in a header', () => {
  const broken = 'half_of_a_token\nand_the_other_half'

  test.each([
    ['.', 'appservice-token', { user: 'bot' }],
    ['.', 'synapse-admin-token', { user: '@bot:example.org' }],
    ['logout', 'access-token', {}],
  ] as const)('%s: %s is refused without a try', async (action, input, others) => {
    const { result, server, message } = await run(action, { ...others, [input]: broken }, [])
    expect(server.lines()).toStrictEqual([])
    expect(result.outputs['failure']).toBe('token-invalid')
    expect(message).not.toContain('may exist')
  })

  test('rotate: a store-token of two lines is not called a server that cannot be reached', async () => {
    const { result } = await run('rotate', { ...PASSWORD, 'store-token': broken }, [PUBLIC_KEY])
    expect(['invalid-input', 'store-refused']).toContain(result.outputs['failure'])
  })
})

describe('a refresh whose answer holds a refresh token that is none', () => {
  const odd = ['', 5, 'two\nlines', 'two words'] as const

  test.each(odd)('login: %j is a malformed success', async (refreshToken) => {
    const answer = { access_token: TOKEN, refresh_token: refreshToken }
    const { result } = await run('.', REFRESH, [[/refresh/, [200, answer]], WHOAMI])
    expect(result.outputs['failure']).toBe('server-error')
  })

  test.each(odd)('rotate: %j replaces no stored refresh token', async (refreshToken) => {
    const answer = { access_token: TOKEN, refresh_token: refreshToken }
    const inputs = { ...REFRESH, 'refresh-secret-name': 'MATRIX_REFRESH_TOKEN' }
    const { server } = await run('rotate', inputs, [PUBLIC_KEY, STORES, [/refresh/, [200, answer]], WHOAMI])
    expect(server.lines().filter((line) => line.startsWith('PUT '))).toStrictEqual([
      expect.stringMatching(/_WRITE_CHECK$/),
    ])
  })
})

describe('OAuth 2.0', () => {
  test('logout: always revokes a session whose refresh gave no new refresh token', async () => {
    let alive = true
    const metadata: Route = [
      /auth_metadata/,
      ({ base }) => [200, { issuer: base, token_endpoint: `${base}/token`, revocation_endpoint: `${base}/revoke` }],
    ]
    const revoke: Route = [
      /\/revoke$/,
      () => {
        alive = false
        return [200, '']
      },
    ]
    const whoami: Route = [
      /whoami/,
      () => (alive ? [200, { ...BOT, device_id: 'DEVICE' }] : [401, { errcode: 'M_UNKNOWN_TOKEN' }]),
    ]
    const inputs = { ...REFRESH, 'oauth-client-id': 'client+/=', logout: 'always' }
    const { job } = await run('.', inputs, [metadata, [/\/token$/, [200, { access_token: TOKEN }]], revoke, whoami])
    const [post] = await job.finish()
    expect(post?.annotations).toStrictEqual([])
    expect(alive).toBe(false)
  })

  test('a token endpoint that is neither https nor on this machine gets no client secret', async () => {
    const { result } = await run('.', MAS, [
      [/auth_metadata/, ({ base }) => [200, { issuer: base, token_endpoint: 'ftp://mas.invalid/token' }]],
    ])
    expect(['insecure-url', 'server-error']).toContain(result.outputs['failure'])
  })

  test.each([[{}], ['Unauthorized']])('a client secret that is refused with 401 %j is wrong', async (body) => {
    const { result } = await run('.', MAS, masRoutes([401, body]))
    expect(result.outputs['failure']).toBe('wrong-credentials')
  })
})

describe('a kind of login that is not offered: the message lists what is', () => {
  test.each<[string, Record<string, string>, readonly Route[]]>([
    ['synapse-admin-token', ADMIN, []],
    ['mas-client-id', MAS, []],
    ['refresh-token', REFRESH, []],
    ['refresh-token with oauth-client-id', { ...REFRESH, 'oauth-client-id': 'client' }, []],
    [
      'appservice-token',
      { user: 'bot', 'appservice-token': 'as_token_as_token_as' },
      [[/POST .*\/login/, [400, { errcode: 'M_APPSERVICE_LOGIN_UNSUPPORTED' }]]],
    ],
  ])('%s', async (_kind, inputs, routes) => {
    const { result, message } = await run('.', inputs, [...routes, PASSWORD_FLOWS])
    expect(result.outputs['failure']).toBe('method-unavailable')
    expect(message).toContain('m.login.password')
  })
})

describe('messages say what is true', () => {
  test('wrong-user: a session that could not be ended is not said to be', async () => {
    const { result, message } = await run('.', ADMIN, [
      [/_synapse/, [200, { access_token: TOKEN }]],
      [/whoami/, [200, { user_id: '@eve:example.org' }]],
      [/logout/, [500, {}]],
    ])
    expect(result.outputs['failure']).toBe('wrong-user')
    expect(message).not.toContain('was ended')
  })

  test('shared-secret: a device list that is full is said so, also of the proof as a password', async () => {
    const full = { errcode: 'M_FORBIDDEN', error: 'You have reached your hard device limit.' }
    const login: Route = [
      /POST .*\/login/,
      ({ body }) => (body.includes('m.login.password') ? [403, full] : [400, { errcode: 'M_UNKNOWN' }]),
    ]
    const inputs = { user: '@bot:example.org', 'shared-secret': 'secret of all the accounts' }
    const { result } = await run('.', inputs, [login, PASSWORD_FLOWS])
    expect(result.outputs['failure']).toBe('device-limit')
  })

  test('an ID token service that answers with a web page is not called a homeserver', async () => {
    const service = await serve([[/./, [200, '<html><title>Sign in</title></html>', { 'content-type': 'text/html' }]]])
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${service.url}/token?v=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token-of-the-test',
    }
    const { message } = await run('.', { 'oidc-audience': 'matrix' }, [], { env })
    expect(message).not.toMatch(/Matrix homeserver/i)
    expect(message).toContain('ID token service')
  })

  test('what is missing of a credential hides no other problem', async () => {
    const { result, message } = await run('.', { 'mas-client-id': '01MASCLIENT' }, [])
    expect(result.outputs['failure']).toBe('invalid-input')
    expect(message).toContain('mas-client-secret')
    expect(message).toContain('`user` is missing')
  })
})

describe('text of a server in the log', () => {
  const longest = (result: StepResult) => Math.max(...result.lines.map(({ text }) => text.length))

  test.each<[string, Record<string, string>, readonly Route[]]>([
    ['device ID', PASSWORD, [[/login/, [200, { ...BOT, access_token: TOKEN, device_id: 'D'.repeat(5000) }]]]],
    [
      'issuer',
      MAS,
      [
        [
          /auth_metadata/,
          ({ base }) => [200, { issuer: `${base}/${'i'.repeat(5000)}`, token_endpoint: `${base}/token` }],
        ],
        [/\/token$/, [200, { access_token: TOKEN }]],
        [/by-username/, [403, {}]],
      ],
    ],
  ])('a long %s is cut', async (_what, inputs, routes) => {
    const { result } = await run('.', inputs, routes)
    expect(longest(result)).toBeLessThan(1200)
  })

  test('a token that the server also puts into a header is in no line of the debug log', async () => {
    const server = await serve([
      [
        /login/,
        [200, { ...BOT, access_token: TOKEN, device_id: 'D' }, { 'content-type': `application/json; t=${TOKEN}` }],
      ],
    ])
    const job = await jobWith({ debug: true })
    const { lines } = await job.runAction('.', { homeserver: server.url, ...PASSWORD })
    const printed = lines.map(({ text }) => text).filter((text) => !text.startsWith('::add-mask::'))
    expect(printed.join('\n')).not.toContain(TOKEN.slice(0, 12))
  })
})

describe('rotate', () => {
  test('an organization’s selected repositories are kept also where the server gives fewer on a page', async () => {
    const ids = Array.from({ length: 75 }, (_, index) => index + 1)
    const repositories: Route = [
      /\/repositories/,
      ({ line }) => {
        const page = Number(/[?&]page=(\d+)/.exec(line)?.[1] ?? 1)
        const here = ids.slice((page - 1) * 30, page * 30).map((id) => ({ id }))
        return [200, { total_count: ids.length, repositories: here }]
      },
    ]
    const secret: Route = [/GET .*secrets\/MATRIX_ACCESS_TOKEN$/, [200, { visibility: 'selected' }]]
    const devices: Route = [/devices/, [200, { devices: [] }]]
    const inputs = { ...PASSWORD, 'store-in': 'orgs/octo' }
    const { server } = await run('rotate', inputs, [PUBLIC_KEY, repositories, secret, STORES, LOGIN, WHOAMI, devices])
    const put = server.asked.find(({ line }) => line.startsWith('PUT '))
    expect(member(put?.body ?? '{}', 'selected_repository_ids')).toStrictEqual(ids)
  })

  test('a server that chooses the device itself does not lose the token that was just stored', async () => {
    const older = 'BASE-0AAAAA'
    const devices: Route = [
      /devices/,
      [
        200,
        { devices: [1, 2].map((number) => ({ device_id: `${older}${number}xyz` })).concat({ device_id: 'ITS-OWN' }) },
      ],
    ]
    let stored = 'alive'
    const login: Route = [/POST .*\/login$/, () => [200, { ...BOT, access_token: TOKEN, device_id: 'ITS-OWN' }]]
    const logout: Route = [
      /logout/,
      () => {
        stored = 'dead'
        return [200, {}]
      },
    ]
    const inputs = { ...PASSWORD, 'device-id': 'BASE' }
    const { result } = await run('rotate', inputs, [PUBLIC_KEY, STORES, login, logout, WHOAMI, devices])
    expect(result.outputs['failure']).toBe('')
    expect({ stored, retired: result.outputs['retired'] }).toStrictEqual({ stored: 'alive', retired: '' })
  })

  test('a public key that nothing can be sealed to is store-refused before any login', async () => {
    const zeros: Answer = [200, { key_id: 'key-1', key: Buffer.from(new Uint8Array(32)).toString('base64') }]
    const { result, server } = await run('rotate', PASSWORD, [[/public-key/, zeros], STORES, LOGIN, LOGOUT, WHOAMI])
    expect(result.outputs['failure']).toBe('store-refused')
    expect(server.lines().some((line) => line.includes('/login'))).toBe(false)
  })

  test('retire: now ends a personal access token that was made by hand, on a device of its own', async () => {
    const scope = 'urn:matrix:client:api:* urn:matrix:client:device:MADEBYHAND'
    const attributes = { actor_user_id: '01USER', human_name: 'by hand', scope, revoked_at: null }
    const current = 'mpt_byhandbyhandbyhandbyhandbyhand_abcdef'
    let newDevice = ''
    const routes: Route[] = [
      PUBLIC_KEY,
      STORES,
      ...masRoutes(),
      [/POST .*\/revoke$/, [200, { data: {} }]],
      [
        /POST .*personal-sessions$/,
        ({ body }) => {
          newDevice = String(member(body, 'scope')).split('client:device:')[1] ?? ''
          return [201, { data: { id: '01NEW', attributes: { access_token: TOKEN } } }]
        },
      ],
      [/GET .*personal-sessions/, [200, { data: [{ id: '01BYHAND', attributes }], links: {} }]],
      [/logout/, [401, { errcode: 'M_UNKNOWN_TOKEN' }]],
      [
        /whoami/,
        ({ headers }) => {
          const isCurrent = headers.authorization?.includes(current) === true
          return [200, { ...BOT, device_id: isCurrent ? 'MADEBYHAND' : newDevice }]
        },
      ],
    ]
    const { server } = await run('rotate', { ...MAS, 'current-token': current, retire: 'now' }, routes)
    expect(server.lines()).toContain('POST /api/admin/v1/personal-sessions/01BYHAND/revoke')
  })
})

describe('retries', () => {
  test('a Retry-After of more digits than a calendar has is not taken for none', async () => {
    const inputs = { ...PASSWORD, 'max-wait': '30' }
    const { server, result } = await run('.', inputs, [[/login/, [429, {}, { 'retry-after': '99999999999' }]]])
    expect(result.outputs['failure']).toBe('rate-limited')
    expect(server.lines()).toHaveLength(1)
  })

  test('r0 is tried where /versions lists nothing at all', async () => {
    const routes: Route[] = [
      [/versions/, [200, { versions: [] }]],
      [/POST .*\/r0\/login/, [200, { ...BOT, access_token: TOKEN, device_id: 'D' }]],
    ]
    const { result } = await run('.', PASSWORD, routes)
    expect(result.outputs['failure']).toBe('')
  })

  test('the post step is over after 20 s, pauses and slow answers together', async () => {
    let now = 0
    const clock = {
      now: () => now,
      sleep: (ms: number) => {
        now += ms
        return Promise.resolve(true)
      },
    }
    const transport = () => {
      now += 6_000
      return Promise.resolve(json(429, { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 18_000 }))
    }
    const record = {
      phase: 'open',
      logout: 'always',
      homeserverUrl: 'https://matrix.example.org',
      deviceId: 'D',
      user: '',
    }
    const state = { session: JSON.stringify({ ...record, teardown: { kind: 'logout' } }), 'access-token': TOKEN }
    const runner = recordingRunner({ state })
    await loginPostAction({
      runner,
      log: runner,
      masks: runner,
      transport,
      clock,
      random: fixedRandom(),
      files: () => Promise.resolve(fakeFiles()),
    })
    expect(runner.messages('warning')).toHaveLength(1)
    expect(now).toBeLessThanOrEqual(20_000)
  })
})

test('the post step names the user of a session that it could not end, also where no user was given', async () => {
  const login: Route = [/POST .*\/login$/, [200, { ...BOT, access_token: TOKEN, device_id: 'ITS-OWN' }]]
  const inputs = { 'login-token': 'syl_login_token_of_this_run', logout: 'always', 'device-id': 'ITS-OWN' }
  const { job } = await run('.', inputs, [login, [/logout/, [403, {}]]])
  const [post] = await job.finish()
  expect(post?.annotations[0]?.message).toContain('@bot:example.org, device ITS-OWN')
})

test('Matrix Authentication Service: one session on the device that cannot be revoked does not keep the others', async () => {
  let scope = ''
  const list: Route = [
    /GET .*personal-sessions/,
    () => {
      const attributes = { actor_user_id: '01USER', human_name: 'earlier', scope, revoked_at: null }
      return [200, { data: ['01FIRST', '01SECOND'].map((id) => ({ id, attributes })), links: {} }]
    },
  ]
  const make: Route = [
    /POST .*personal-sessions$/,
    ({ body }) => {
      scope = String(member(body, 'scope'))
      return [201, { data: { id: '01NEW', attributes: { access_token: TOKEN } } }]
    },
  ]
  const whoami: Route = [/whoami/, () => [200, { ...BOT, device_id: scope.split('client:device:')[1] }]]
  const revoke: Route = [/\/revoke$/, ({ line }) => (line.includes('01FIRST') ? [500, {}] : [200, { data: {} }])]
  const { server, result } = await run('.', MAS, [...masRoutes(), revoke, make, list, whoami])
  expect(result.outputs['failure']).toBe('')
  expect(server.lines()).toContain('POST /api/admin/v1/personal-sessions/01SECOND/revoke')
})

test('unseal: a value that lost its last character is damaged', async () => {
  const server = await serve([LOGIN])
  const job = await jobWith()
  const passphrase = 'seventeen letters and some more'
  const inputs = { homeserver: server.url, ...PASSWORD, 'seal-passphrase': passphrase }
  const sealed = (await job.runAction('.', inputs)).outputs['sealed-credentials'] ?? ''
  const cut = await job.runAction('unseal', { 'sealed-credentials': sealed.slice(0, -1), passphrase })
  expect(cut.outputs['failure']).toBe('unsealing-failed')
})
