import { afterEach, describe, expect, test } from '@jest/globals'
import { comeBackUrl, navigate } from '../support/browser.js'
import { beginBrowserLogin, startServer } from '../support/browser-login-harness.js'
import { type CommandResult, runCommand } from '../support/command.js'
import { clearFixtures, PASSWORD, stopLater } from '../support/fixture.js'
import { type Forge, startForge } from '../support/forge.js'
import type { Homeserver } from '../support/homeserver.js'

afterEach(clearFixtures)

const SECRETS = '/repos/octo/demo/actions/secrets'

async function startStore(options: Parameters<typeof startForge>[0] = {}): Promise<Forge> {
  return stopLater(await startForge(options))
}

interface LoginOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** With a password, which asks for the least. */
function login(server: Homeserver, forge: Forge, { args = [], env = {} }: LoginOptions = {}): Promise<CommandResult> {
  return runCommand({
    args: [
      'login',
      '--homeserver',
      server.url,
      '--user',
      'bot',
      '--store',
      'repos/octo/demo',
      '--max-wait',
      '0',
      ...args,
    ],
    env: { GH_TOKEN: forge.token, GITHUB_API_URL: forge.url, ...env },
    input: `${PASSWORD}\n`,
    secrets: () => [...server.secrets(), forge.token],
  })
}

describe('--store', () => {
  test.each(['github', 'forgejo'] as const)('%s: the token is stored and shown nowhere', async (kind) => {
    const [server, forge] = [await startServer({}), await startStore({ kind })]
    const { status, stdout, stderr } = await login(server, forge)
    expect([status, stdout]).toStrictEqual([0, ''])
    expect(stderr).toContain('Stored MATRIX_ACCESS_TOKEN in repos/octo/demo.')
    expect([...forge.secrets.keys()]).toStrictEqual([`${SECRETS}/MATRIX_ACCESS_TOKEN`])
    expect(server.isAlive(forge.secrets.get(`${SECRETS}/MATRIX_ACCESS_TOKEN`)?.value ?? '')).toBe(true)
  })

  test('--max-wait is the time of all pauses: those for the store are spent for the login, too', async () => {
    const [server, forge] = [await startServer({}), await startStore()]
    const limited = { kind: 'respond', status: 429, body: {}, headers: { 'retry-after': '1' } } as const
    forge.inject({ path: 'public-key' }, limited)
    server.inject({ path: '/login', method: 'POST' }, limited)
    const { status, stderr } = await login(server, forge, { args: ['--max-wait', '1'] })
    expect([status, forge.secrets.size]).toStrictEqual([1, 0])
    expect(stderr.match(/Trying again in 1\.0 s/g)).toHaveLength(1)
  })

  test('several targets, and another name', async () => {
    const [server, forge] = [await startServer({}), await startStore()]
    const args = [
      '--store',
      'repos/octo/other/environments/prod',
      '--store',
      'dependabot:repos/octo/demo',
      '--secret-name',
      'TOKEN',
    ]
    expect((await login(server, forge, { args })).status).toBe(0)
    expect([...forge.secrets.keys()]).toStrictEqual([
      `${SECRETS}/TOKEN`,
      '/repos/octo/other/environments/prod/secrets/TOKEN',
      '/repos/octo/demo/dependabot/secrets/TOKEN',
    ])
    expect(server.liveTokens()).toHaveLength(1)
  })

  test('after a login in the browser', async () => {
    const [server, forge] = [await startServer(), await startStore()]
    const env = { GH_TOKEN: forge.token, GITHUB_API_URL: forge.url }
    const { command, printed } = await beginBrowserLogin(server, { args: ['--store', 'repos/octo/demo'], env })
    await navigate(await comeBackUrl(server, printed, 'bot'))
    expect(await command.result).toMatchObject({ status: 0, stdout: '' })
    expect(server.isAlive(forge.secrets.get(`${SECRETS}/MATRIX_ACCESS_TOKEN`)?.value ?? '')).toBe(true)
  })

  test('a target that cannot be written is found before anybody logs in', async () => {
    const [server, forge] = [await startServer({}), await startStore()]
    const { status, stderr } = await login(server, forge, { env: { GH_TOKEN: 'github_pat_of_somebody_else' } })
    expect(status).toBe(1)
    expect(stderr).toContain('public key be read: 401, “Bad credentials”. GH_TOKEN is wrong')
    expect(server.requests).toStrictEqual([])
  })

  test('no target took it: the session is ended again', async () => {
    const [server, forge] = [await startServer({}), await startStore()]
    forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'Resource not accessible' } })
    const { status, stdout, stderr } = await login(server, forge)
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain('No target took the new token')
    expect(stderr).toContain('The session was ended again')
    expect(server.liveTokens()).toStrictEqual([])
  })

  test.each([
    ['one took it', { kind: 'respond', status: 403, body: { message: 'no' } }],
    ['one may have taken it', { kind: 'lose-answer' }],
  ] as const)('%s: what may be stored lives', async (_name, fault) => {
    const [server, forge] = [await startServer({}), await startStore()]
    forge.inject({ method: 'PUT', path: '/octo/other/' }, fault)
    const { status, stderr } = await login(server, forge, { args: ['--store', 'repos/octo/other'] })
    expect(status).toBe(1)
    expect(stderr).toContain('Not every target took the new token')
    expect(server.isAlive(forge.secrets.get(`${SECRETS}/MATRIX_ACCESS_TOKEN`)?.value ?? '')).toBe(true)
  })

  test.each([
    [
      'without GH_TOKEN',
      [],
      { GH_TOKEN: '' },
      '--store needs a token that may write secrets, in the variable GH_TOKEN',
    ],
    ['no target', ['--store', 'octo/demo'], {}, '--store (9 characters) (target 2) is not repos/OWNER/REPO'],
    ['no name', ['--secret-name', 'GITHUB_X'], {}, '--secret-name (8 characters) begins with GITHUB_'],
    ['one name twice', ['--refresh-secret-name', 'matrix_access_token'], {}, 'are the same'],
    ['an API in clear', [], { GITHUB_API_URL: 'http://api.example' }, 'would carry the token without TLS'],
    ['with --output', ['--output', 'json'], {}, '--output is about standard output'],
  ])('%s: nothing is sent', async (_name, args, env, message) => {
    const [server, forge] = [await startServer({}), await startStore()]
    const { status, stderr } = await login(server, forge, { args, env })
    expect(stderr).toContain(message)
    expect(status).toBe(message.includes('without TLS') ? 1 : 2)
    expect([...server.requests, ...forge.requests]).toStrictEqual([])
  })
})

describe('standard output', () => {
  const run = (server: Homeserver, args: readonly string[]) =>
    runCommand({
      args: ['login', '--homeserver', server.url, '--user', 'bot', ...args],
      input: PASSWORD,
      secrets: () => server.secrets(),
    })

  test('--output json: all of it, in one line', async () => {
    const server = await startServer({})
    const { stdout } = await run(server, ['--output', 'json'])
    const token = server.liveTokens()[0]
    expect(JSON.parse(stdout)).toStrictEqual({
      access_token: token,
      user_id: '@bot:example.org',
      device_id: expect.stringMatching(/^MAT-/),
      homeserver: server.url,
    })
    expect(stdout.endsWith('}\n')).toBe(true)
  })

  test('--output refresh-token, where there will be none: nothing is opened', async () => {
    const server = await startServer({})
    const { status, stdout, stderr } = await run(server, ['--output', 'refresh-token'])
    expect([status, stdout]).toStrictEqual([2, ''])
    expect(stderr).toContain('This login gives no refresh token')
    expect(server.requests).toStrictEqual([])
  })

  test('nobody reads it (the command behind the pipe has failed): the session is ended again', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    command.closeOutput()
    await navigate(await comeBackUrl(server, printed, 'bot'))
    const { status, stderr } = await command.result
    expect(status).toBe(1)
    expect(stderr).toContain('Standard output is closed')
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('a session that cannot be ended again is named', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, { args: ['--max-wait', '0'] })
    server.inject({ method: 'POST', path: '/logout' }, { kind: 'respond', status: 503, body: {} })
    command.closeOutput()
    await navigate(await comeBackUrl(server, printed, 'bot'))
    expect((await command.result).stderr).toMatch(/The session on device MAT-\w+ at http:\S+ could not be ended/)
  })

  test('with the account page of the server, where it has one', async () => {
    const server = await startServer({ flavour: 'mas' })
    const { command, printed } = await beginBrowserLogin(server, { args: ['--max-wait', '0'] })
    server.inject({ method: 'POST', path: '/logout' }, { kind: 'respond', status: 503, body: {} })
    command.closeOutput()
    await navigate(await comeBackUrl(server, printed, 'bot'))
    expect((await command.result).stderr).toMatch(
      /could not be ended\. End it on the account page of the server: http:\S+\/account\/\?action=org\.matrix\.device_delete&device_id=MAT-/,
    )
  })
})
