import { afterEach, describe, expect, test } from '@jest/globals'
import { rotationDeviceId } from '../../src/session/rotation.js'
import { startServer } from '../support/browser-login-harness.js'
import { runCommand } from '../support/command.js'
import { clearFixtures, PASSWORD } from '../support/fixture.js'
import type { Homeserver } from '../support/homeserver.js'

afterEach(clearFixtures)

const run = (
  server: Homeserver,
  args: readonly string[],
  more: { input?: string; env?: Record<string, string> } = {},
) => runCommand({ args: [...args, '--homeserver', server.url], secrets: () => server.secrets(), ...more })

describe('login', () => {
  test('a password that is piped in, without its line break', async () => {
    const server = await startServer({})
    const { status, stdout } = await run(server, ['login', '--user', '@bot:example.org'], { input: `${PASSWORD}\r\n` })
    expect(status).toBe(0)
    expect(server.liveTokens()).toStrictEqual([stdout.trim()])
  })

  test('a password keeps its blanks', async () => {
    const server = await startServer({ users: [{ localpart: 'bot', password: '  blanks at both ends  ' }] })
    expect((await run(server, ['login', '--user', 'bot'], { input: '  blanks at both ends  \n' })).status).toBe(0)
  })

  test('a server that repeats the password and the token in its refusals: neither is shown', async () => {
    const server = await startServer({})
    const error = `“${PASSWORD}” is wrong`
    server.inject(
      { method: 'POST', path: '/login' },
      { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN', error } },
    )
    const login = await run(server, ['login', '--user', 'bot'], { input: PASSWORD })
    expect(login.stderr).toContain('“***” is wrong')
    const token = server.issueToken('bot', 'LAPTOP')
    const body = { errcode: 'M_UNKNOWN_TOKEN', error: `no ${token}` }
    server.inject({ path: '/whoami' }, { kind: 'respond', status: 401, body })
    expect((await run(server, ['whoami'], { input: token })).stderr).toContain('“no ***”')
  })

  test('a wrong one', async () => {
    const server = await startServer({})
    const { status, stdout, stderr } = await run(server, ['login', '--user', 'bot'], { input: 'another password' })
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain('Error: ')
    expect(stderr).toContain('403 M_FORBIDDEN, “Invalid username or password”')
  })

  test.each([
    ['none', '', 1, 'No password was given'],
    ['a blank one', '  \n', 1, 'No password was given'],
  ])('%s', async (_name, input, expected, message) => {
    const server = await startServer({})
    const { status, stderr } = await run(server, ['login', '--user', 'bot'], { input })
    expect(status).toBe(expected)
    expect(stderr).toContain(message)
    expect(server.requests).toStrictEqual([])
  })

  test('nobody’s password', async () => {
    const server = await startServer({})
    const { status, stderr } = await run(server, ['login'], { input: PASSWORD })
    expect(status).toBe(2)
    expect(stderr).toContain('--user is missing')
  })

  test('everything that is wrong, at once', async () => {
    const { status, stderr } = await runCommand({
      args: ['login', '--homeserver', 'ftp://x', '--user', '@bot', '--max-wait', 'long'],
    })
    expect(status).toBe(2)
    expect(stderr).toContain('have 3 problems')
  })

  test('in clear to another machine: refused, and allowed where it is said', async () => {
    const { status, stderr } = await runCommand({
      args: ['login', '--homeserver', 'http://matrix.example', '--user', 'bot'],
    })
    expect(status).toBe(1)
    expect(stderr).toContain('--homeserver (21 characters) sends credentials in clear text')
    expect(stderr).toContain('--allow-http')
  })
})

describe('whoami', () => {
  test.each(['a variable', 'standard input'])('with the token in %s', async (place) => {
    const server = await startServer({})
    const token = server.issueToken('bot', 'LAPTOP')
    const given = place === 'a variable' ? { env: { MATRIX_ACCESS_TOKEN: token } } : { input: `${token}\n` }
    const { status, stdout } = await run(server, ['whoami'], given)
    expect([status, stdout]).toStrictEqual([0, '@bot:example.org LAPTOP\n'])
  })

  test('a dead token', async () => {
    const server = await startServer({})
    const { status, stdout, stderr } = await run(server, ['whoami'], { input: 'syt_this_is_dead' })
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain('401 M_UNKNOWN_TOKEN')
    expect(stderr).not.toContain('syt_this_is')
  })

  test('no token', async () => {
    const server = await startServer({})
    const { status, stderr } = await run(server, ['whoami'])
    expect(status).toBe(1)
    expect(stderr).toContain('No access token was given.\nSet MATRIX_ACCESS_TOKEN, or pipe the token in.')
    expect(server.requests).toStrictEqual([])
  })
})

describe('whoami --max-age', () => {
  const DAY = 86_400_000
  const rotated = (days: number, base = 'GHA-ABCDEFGHIJKL') =>
    rotationDeviceId(base, Date.now() - days * DAY, (count) => new Uint8Array(count))

  test.each([
    ['younger', rotated(29), 0, ''],
    ['older', rotated(31), 1, 'days ago.\nRun the workflow that rotates it.'],
    ['older, with a device-id of its own', rotated(31, 'alerts-bot'), 1, '31.0 days ago.'],
    [
      'of unknown age',
      'LAPTOP',
      0,
      'Warning: The age of the token is not known: its device was not made by `rotate`. --max-age',
    ],
  ])('a token that is %s', async (_name, device, expected, message) => {
    const server = await startServer({})
    const token = server.issueToken('bot', device)
    const { status, stdout, stderr } = await run(server, ['whoami', '--max-age', '30d'], { input: token })
    expect([status, stdout]).toStrictEqual([expected, `@bot:example.org ${device}\n`])
    expect(stderr).toContain(message)
  })

  test('a time that is none: nothing is sent', async () => {
    const server = await startServer({})
    const { status, stderr } = await run(server, ['whoami', '--max-age', '30'], { input: 'syt_token' })
    expect([status, server.requests]).toStrictEqual([2, []])
    expect(stderr).toContain('--max-age (2 characters) must be a length of time')
  })
})

describe('logout', () => {
  test('ends this session and no other', async () => {
    const server = await startServer({})
    const [mine, other] = [server.issueToken('bot', 'MINE'), server.issueToken('bot', 'OTHER')]
    const { status, stdout, stderr } = await run(server, ['logout'], { input: mine })
    expect([status, stdout]).toStrictEqual([0, ''])
    expect(stderr).toContain('Logged out.')
    expect(server.liveTokens()).toStrictEqual([other])
  })

  test('what is dead already is fine', async () => {
    const server = await startServer({})
    const { status, stderr } = await run(server, ['logout'], { input: 'syt_this_is_dead' })
    expect(status).toBe(0)
    expect(stderr).toContain('The token was invalid already.')
  })

  test('an OAuth token of MAS lives on, and that is said', async () => {
    const server = await startServer({ flavour: 'mas' })
    const { accessToken } = server.issueOAuthSession('bot', 'ABCDEFGHIJ', 'client')
    const { status, stderr } = await run(server, ['logout'], { input: accessToken })
    expect(status).toBe(1)
    expect(stderr).toContain('belongs to an OAuth session')
  })
})

describe('what people expect of a command', () => {
  test.each([
    ['--help', 0, 'Usage: matrix-access-token'],
    ['browser-login --help', 0, 'Usage: matrix-access-token browser-login'],
    ['--version', 0, '1.0.0'],
  ])('%s is what was asked for: standard output', async (line, expected, text) => {
    const { status, stdout, stderr } = await runCommand({ args: line.split(' ') })
    expect([status, stderr]).toStrictEqual([expected, ''])
    expect(stdout).toContain(text)
  })

  test.each([
    ['', 'Usage: matrix-access-token'],
    ['log-in', "unknown command 'log-in'\n(Did you mean login?)"],
    ['whoami --homserver example.org', "unknown option '--homserver'\n(Did you mean --homeserver?)"],
    ['whoami --homeserver', "option '--homeserver <server>' argument missing"],
    ['logout syt_not_here', "too many arguments for 'logout'"],
    ['login --output xml', 'Allowed choices are access-token, refresh-token, json'],
    ['whoami', '--homeserver is missing'],
  ])('“%s” is a mistake: standard error, 2', async (line, text) => {
    const { status, stdout, stderr } = await runCommand({ args: line.split(' ').filter((word) => word !== '') })
    expect([status, stdout]).toStrictEqual([2, ''])
    expect(stderr).toContain(text)
  })

  test('a token as argument is refused, and not repeated', async () => {
    const { status, stderr } = await runCommand({
      args: ['logout', '--homeserver', 'example.org', 'syt_Ym90_not_a_token'],
    })
    expect(status).toBe(2)
    expect(stderr).not.toContain('syt_')
  })

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 is overruled', async () => {
    const { stderr } = await runCommand({ args: ['--version'], env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } })
    expect(stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored')
  })
})
