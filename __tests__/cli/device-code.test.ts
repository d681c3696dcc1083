import { afterEach, describe, expect, test } from '@jest/globals'
import { startServer } from '../support/browser-login-harness.js'
import { type CommandOptions, startCommand } from '../support/command.js'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { startForge } from '../support/forge.js'
import type { Homeserver } from '../support/homeserver.js'
import { REPOSITORY } from '../support/publisher.js'
import { createJob } from '../support/runner.js'

afterEach(clearFixtures)

const CODE = /and enter this code, within 20 min:\n\n {2}(\w+)\n/
const TOKEN = '/oauth2/token'

const startOAuth = () => startServer({ flavour: 'oauth-only' })
const bodiesTo = ({ requests }: Homeserver, path: string) =>
  requests.filter((request) => request.path.endsWith(path)).map(({ body }) => body)

/** The command, and the code that it showed. Pauses pass a hundred times as fast. */
async function begin(server: Homeserver, options: Partial<CommandOptions> = {}) {
  const { args = ['--output', 'json'], ...rest } = options
  const command = startCommand({
    args: ['browser-login', '--homeserver', server.url, ...args],
    secrets: () => server.secrets(),
    fast: true,
    ...rest,
  })
  const [, code = ''] = await command.said(CODE)
  return { command, code }
}

/** What a person does while the n-th time is asked for the tokens. */
function atPoll(server: Homeserver, deeds: readonly (() => void)[]): void {
  for (const deed of deeds) {
    let release = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const reached = () => {
      deed()
      release()
    }
    server.inject({ method: 'POST', path: TOKEN }, { kind: 'hold', phase: 'before-effect', until, reached })
  }
}

const nothing = () => {}

/** One code, and what becomes of it. The first poll waits for the code to be known here. */
async function play(
  server: Homeserver,
  deeds: (code: () => string) => readonly (() => void)[],
  options: Partial<CommandOptions> = {},
) {
  atPoll(
    server,
    deeds(() => server.deviceGrant.codes().at(-1) ?? ''),
  )
  const { command } = await begin(server, options)
  return command.result
}

describe('a code that somebody enters', () => {
  test('pending, which MAS answers with 403; then tokens, the client and how to keep them', async () => {
    const server = await startOAuth()
    const { status, stdout, stderr, pauses } = await play(server, (code) => [
      nothing,
      nothing,
      () => server.deviceGrant.approve(code(), 'bot'),
    ])
    expect(status).toBe(0)
    expect(pauses.slice(0, 3)).toStrictEqual([5_000, 5_000, 5_000])
    const session = JSON.parse(stdout)
    expect(session).toStrictEqual({
      access_token: expect.stringMatching(/^mat_/),
      refresh_token: expect.stringMatching(/^mar_/),
      oauth_client_id: expect.any(String),
      user_id: '@bot:example.org',
      device_id: expect.stringMatching(/^MAT-[A-Z2-7]{12}$/),
      homeserver: server.url,
      expires_at: expect.stringMatching(/Z$/),
    })
    expect(server.isAlive(session.access_token)).toBe(true)
    expect(stderr).toContain(`Open this address in a browser, on any machine:\n\n  ${server.url}/link\n`)
    expect(stderr).toContain(
      'its access token ends in minutes, and the refresh token that renews it is used up each time',
    )
    expect(stderr).toContain(`oauth-client-id: ${session.oauth_client_id}\n`)
  })

  test('asks for the stable scopes on a device of its own, as a client that registers itself', async () => {
    const server = await startOAuth()
    await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')])
    expect(bodiesTo(server, '/oauth2/registration').map((body) => JSON.parse(body))).toStrictEqual([
      {
        client_name: 'matrix-access-token',
        client_uri: `https://github.com/${REPOSITORY}`,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      },
    ])
    const [asked = ''] = bodiesTo(server, '/oauth2/device')
    expect(new URLSearchParams(asked).get('scope')).toMatch(
      /^urn:matrix:client:api:\* urn:matrix:client:device:MAT-[A-Z2-7]{12}$/,
    )
  })

  test('slow_down: five seconds more from then on', async () => {
    const server = await startOAuth()
    const { status, pauses } = await play(server, (code) => [
      () => server.deviceGrant.slowDownOnce(code()),
      nothing,
      () => server.deviceGrant.approve(code(), 'bot'),
    ])
    expect(status).toBe(0)
    expect(pauses.slice(0, 3)).toStrictEqual([5_000, 10_000, 10_000])
  })

  test.each([
    [
      'denied',
      (server: Homeserver, code: string) => server.deviceGrant.deny(code),
      'The login was refused in the browser.',
    ],
    [
      'expired',
      (server: Homeserver, code: string) => server.deviceGrant.expire(code),
      'The code was not entered in time.',
    ],
  ] as const)('%s', async (_name, deed, message) => {
    const server = await startOAuth()
    const { status, stdout, stderr } = await play(server, (code) => [nothing, () => deed(server, code())])
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain(`Error: ${message}`)
    expect(bodiesTo(server, TOKEN)).toHaveLength(2)
  })

  test.each([
    ['the server fails', { kind: 'respond', status: 503, body: {} }, [5_000, 10_000]],
    ['an answer is lost', { kind: 'refuse' }, [5_000, 10_000]],
    ['429, as Tuwunel says it', { kind: 'respond', status: 429, body: { error: 'slow_down' } }, [5_000, 10_000]],
    ['429 with a delay', { kind: 'respond', status: 429, headers: { 'retry-after': '60' }, body: {} }, [5_000, 60_000]],
    [
      'pending as RFC 8628 says it',
      { kind: 'respond', status: 400, body: { error: 'authorization_pending' } },
      [5_000, 5_000],
    ],
  ] as const)('%s: it asks on', async (_name, fault, pauses) => {
    const server = await startOAuth()
    server.inject({ method: 'POST', path: TOKEN }, fault)
    const result = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')])
    expect(result.status).toBe(0)
    expect(result.pauses.slice(0, 2)).toStrictEqual(pauses)
  })

  test('invalid_scope: the older names, with a code of their own', async () => {
    const server = await startOAuth()
    server.inject({ path: '/oauth2/device' }, { kind: 'respond', status: 400, body: { error: 'invalid_scope' } })
    const { status } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')])
    expect(status).toBe(0)
    expect(bodiesTo(server, '/oauth2/device').map((body) => new URLSearchParams(body).get('scope'))).toStrictEqual([
      expect.stringMatching(/^urn:matrix:client:api:\* urn:matrix:client:device:MAT-\w+$/),
      expect.stringMatching(
        /^urn:matrix:org\.matrix\.msc2967\.client:api:\* urn:matrix:org\.matrix\.msc2967\.client:device:MAT-\w+$/,
      ),
    ])
  })

  test('somebody else than --user entered it: the session is revoked again', async () => {
    const server = await startOAuth()
    const { status, stderr } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'mallory')], {
      args: ['--output', 'json', '--user', 'bot'],
    })
    expect(status).toBe(1)
    expect(stderr).toContain('says that this is @mallory:example.org, not bot.')
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('somebody else entered it, and whoami names another device: a revocation ends this session alone', async () => {
    const server = await startOAuth()
    server.inject({ path: '/account/whoami' }, { kind: 'alter', members: { device_id: 'OTHER' } })
    const { status, stderr } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'mallory')], {
      args: ['--output', 'json', '--user', 'bot'],
    })
    expect([status, stderr.includes('The session was ended again.')]).toStrictEqual([1, true])
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('Ctrl-C while it waits: nothing is asked any more', async () => {
    const server = await startOAuth()
    const { command } = await begin(server, { env: { PAUSES: '/dev/null', NODE_OPTIONS: '' } })
    command.kill('SIGINT')
    const { status, stdout } = await command.result
    expect([status, stdout]).toStrictEqual([130, ''])
    expect(bodiesTo(server, TOKEN)).toStrictEqual([])
  })
})

describe('where its tokens go', () => {
  test('a pipe takes one value: the access token alone would be of no use, so nothing is done', async () => {
    const server = await startOAuth()
    const { status, stdout, stderr } = await startCommand({ args: ['browser-login', '--homeserver', server.url] })
      .result
    expect([status, stdout]).toStrictEqual([2, ''])
    expect(stderr).toContain('This server gives access tokens of minutes')
    expect(stderr).toContain('--output refresh-token')
    expect(server.requests.filter(({ method }) => method === 'POST')).toStrictEqual([])
  })

  test('--output refresh-token: for the secret that rotate reads', async () => {
    const server = await startOAuth()
    const { stdout } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')], {
      args: ['--output', 'refresh-token'],
    })
    expect(stdout).toMatch(/^mar_\w+\n$/)
  })

  test('--store keeps both, the refresh token first, and rotate goes on from there', async () => {
    const [server, forge] = [await startOAuth(), stopLater(await startForge())]
    const result = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')], {
      args: ['--store', 'repos/octo/demo'],
      env: { GH_TOKEN: forge.token, GITHUB_API_URL: forge.url },
    })
    expect([result.status, result.stdout]).toStrictEqual([0, ''])
    const stored = (name: string) => forge.secrets.get(`/repos/octo/demo/actions/secrets/${name}`)?.value ?? ''
    expect([...forge.secrets.keys()].map((path) => path.split('/').at(-1))).toStrictEqual([
      'MATRIX_REFRESH_TOKEN',
      'MATRIX_ACCESS_TOKEN',
    ])
    const [first, refreshToken] = [stored('MATRIX_ACCESS_TOKEN'), stored('MATRIX_REFRESH_TOKEN')]
    const job = await createJob({ secrets: () => [...server.secrets(), forge.token], github: { api_url: forge.url } })
    stopLater({ stop: () => job.dispose() })
    const rotated = await job.runAction('rotate', {
      homeserver: server.url,
      'refresh-token': refreshToken,
      'oauth-client-id': /oauth-client-id: (\S+)/.exec(result.stderr)?.[1] ?? '',
      'refresh-secret-name': 'MATRIX_REFRESH_TOKEN',
      'store-token': forge.token,
    })
    expect(rotated.annotations).toStrictEqual([])
    expect(stored('MATRIX_ACCESS_TOKEN')).not.toBe(first)
    expect(server.isAlive(stored('MATRIX_ACCESS_TOKEN'))).toBe(true)
  })

  test('no target took them: the session is revoked', async () => {
    const [server, forge] = [await startOAuth(), stopLater(await startForge())]
    forge.inject({ method: 'PUT', times: 2 }, { kind: 'respond', status: 403, body: {} })
    const { status, stderr } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')], {
      args: ['--store', 'repos/octo/demo'],
      env: { GH_TOKEN: forge.token, GITHUB_API_URL: forge.url },
    })
    expect(status).toBe(1)
    expect(stderr).toContain('The session was ended again')
    expect(server.liveTokens()).toStrictEqual([])
  })
})

describe('a server that answers oddly', () => {
  const failing = async (server: Homeserver) => {
    const args = ['browser-login', '--homeserver', server.url, '--output', 'json', '--max-wait', '0']
    return startCommand({ args, secrets: () => server.secrets(), fast: true }).result
  }

  test.each([
    ['a page that is no web page', { verification_uri: 'javascript:alert(1)' }, 'it has no usable verification_uri'],
    ['a page in clear', { verification_uri: 'http://matrix.example/link' }, 'it has no usable verification_uri'],
    ['a code that steers the terminal', { user_code: '\u001b[2J' }, 'it has no usable user_code'],
    ['a code without end', { expires_in: 'never' }, 'its expires_in is not a length of time'],
    ['no code', { device_code: 7 }, 'it has no usable device_code'],
  ])('%s', async (_name, members, message) => {
    const server = await startOAuth()
    server.inject({ path: '/oauth2/device' }, { kind: 'alter', members })
    const { status, stderr } = await failing(server)
    expect(status).toBe(1)
    expect(stderr).toContain(message)
  })

  test('a client that may not register', async () => {
    const server = await startOAuth()
    const body = { error: 'invalid_client_metadata', error_description: 'no strangers' }
    server.inject({ path: '/oauth2/registration' }, { kind: 'respond', status: 400, body })
    const { status, stderr } = await failing(server)
    expect(status).toBe(1)
    expect(stderr).toContain(
      'refused to register this program as an OAuth client: 400 invalid_client_metadata, “no strangers”',
    )
  })

  test('a client ID as Continuwuity makes them, which must be percent-encoded in forms', async () => {
    const server = await startOAuth()
    server.inject({ path: '/oauth2/registration' }, { kind: 'alter', members: { client_id: 'a+b/c=' } })
    await failing(server)
    expect(bodiesTo(server, '/oauth2/device')[0]).toContain('client_id=a%2Bb%2Fc%3D&')
  })

  test.each([
    ['codes', 'device_authorization_endpoint', 'has no login by a code in the browser'],
    ['registration', 'registration_endpoint', 'does not let a program register itself'],
  ])('no %s at all', async (_name, member, message) => {
    const server = await startOAuth()
    server.inject({ path: '/auth_metadata' }, { kind: 'alter', members: { [member]: undefined } })
    const { status, stderr } = await failing(server)
    expect(status).toBe(1)
    expect(stderr).toContain(message)
  })

  test('an interval of nothing is not taken at its word', async () => {
    const server = await startOAuth()
    server.inject({ path: '/oauth2/device' }, { kind: 'alter', members: { interval: 0 } })
    const { pauses } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')])
    expect(pauses[0]).toBe(1_000)
  })

  test('no interval: five seconds, as RFC 8628 has it', async () => {
    const server = await startOAuth()
    server.inject({ path: '/oauth2/device' }, { kind: 'alter', members: { interval: undefined } })
    const { pauses } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')])
    expect(pauses[0]).toBe(5_000)
  })

  // 2147484 s are 1 ms more than a timer can hold: it fires at once, and the server gets a flood.
  test.each([2_147_484, 90, 1e9])('an interval of %d s: one minute', async (interval) => {
    const server = await startOAuth()
    server.inject({ path: '/oauth2/device' }, { kind: 'alter', members: { interval } })
    const { pauses } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')])
    expect(pauses).toStrictEqual([60_000])
  })

  test('an address with the code in it is shown, too', async () => {
    const server = await startOAuth()
    const complete = `${server.url}/link?code=ABCDEF`
    server.inject({ path: '/oauth2/device' }, { kind: 'alter', members: { verification_uri_complete: complete } })
    const { stderr } = await play(server, (code) => [() => server.deviceGrant.approve(code(), 'bot')])
    expect(stderr).toContain(`Or open ${complete}\n`)
  })
})
