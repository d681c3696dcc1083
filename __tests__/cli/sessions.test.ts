import { afterEach, describe, expect, test } from '@jest/globals'
import { rotationDeviceId } from '../../src/session/rotation.js'
import { startServer } from '../support/browser-login-harness.js'
import { runCommand, startCommand } from '../support/command.js'
import { clearFixtures, PASSWORD } from '../support/fixture.js'
import type { Homeserver } from '../support/homeserver.js'

afterEach(clearFixtures)

const DAY = 86_400_000
const daysAgo = (days: number) => Date.now() - days * DAY
const ROTATED = rotationDeviceId('GHA-ABCDEFGHIJKL', daysAgo(10), (count) => new Uint8Array(count))

function pileUp(server: Homeserver): void {
  server.pileUp('bot', [
    { deviceId: 'OLDCURL', displayName: 'curl', lastSeenAt: daysAgo(100) },
    { deviceId: 'NEWCURL', displayName: 'curl', lastSeenAt: daysAgo(1) },
    { deviceId: 'NEVERSEEN', displayName: 'curl' },
    { deviceId: 'ELEMENT', displayName: 'Element', lastSeenAt: daysAgo(200) },
    { deviceId: ROTATED, displayName: 'curl', lastSeenAt: daysAgo(99) },
  ])
}

interface Run {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

const run = (server: Homeserver, args: readonly string[], { input = '', env = {} }: Run = {}) =>
  runCommand({
    args: ['sessions', '--homeserver', server.url, '--max-wait', '0', ...args],
    input,
    env,
    secrets: () => server.secrets(),
  })

const withPassword = ['--user', 'bot']
const devices = (server: Homeserver) => server.devices('bot').map(({ device_id: id }) => id)
const deletions = ({ requests }: Homeserver) => requests.filter(({ path }) => path.endsWith('/delete_devices'))
const rows = (stdout: string) => stdout.trimEnd().split('\n').slice(1)
const listed = (stdout: string) => rows(stdout).map((row) => row.split(' ')[0])

describe('with the password', () => {
  test('lists the sessions, ends none, and ends the session that it opened', async () => {
    const server = await startServer({})
    pileUp(server)
    const before = devices(server)
    const { status, stdout, stderr } = await run(server, withPassword, { input: `${PASSWORD}\n` })
    expect(status).toBe(0)
    expect(listed(stdout).slice(0, 4)).toStrictEqual(['NEWCURL', ROTATED, 'OLDCURL', 'ELEMENT'])
    expect(rows(stdout).at(-2)).toMatch(/^MAT-\w+ +matrix-access-token on .+ never +this command +in use, never ended$/)
    expect(stdout).toMatch(/^DEVICE ID +NAME +LAST SEEN \(UTC\) +MADE BY +NOTE\n/)
    expect(stdout).toMatch(/ELEMENT +Element +\d{4}-\d\d-\d\d \d\d:\d\d\n/)
    expect(stdout).toMatch(/rotate action +ended by rotate only/)
    expect(stderr).toContain('The account has 6 sessions; 6 match. --end ends 4 of them.')
    expect(devices(server)).toStrictEqual(before)
    expect(deletions(server)).toStrictEqual([])
  })

  // The list has no pages: some 5,000 sessions are 1 MiB, and accounts with more of them are what this command is for.
  test('lists sessions that are more than 1 MiB together', async () => {
    const server = await startServer({})
    const many = Array.from({ length: 400 }, (_, at) => ({ deviceId: `OLD${at}`, displayName: 'x'.repeat(3_000) }))
    server.pileUp('bot', many)
    const { status, stdout, stderr } = await run(server, withPassword, { input: `${PASSWORD}\n` })
    expect([status, stderr]).toStrictEqual([0, expect.stringContaining('The account has 401 sessions; 401 match.')])
    expect(listed(stdout)).toHaveLength(401)
  })

  test('ends what matches in one request, and neither its own session nor that of rotate', async () => {
    const server = await startServer({})
    pileUp(server)
    const args = [...withPassword, '--older-than', '90d', '--name', 'cu*', '--end', '--yes']
    const { status, stdout, stderr } = await run(server, args, { input: PASSWORD })
    expect([status, listed(stdout)]).toStrictEqual([0, ['OLDCURL', 'NEVERSEEN']])
    expect(stderr).toContain('Ended 2 sessions.')
    expect(deletions(server).map(({ status: answered }) => answered)).toStrictEqual([200])
    expect(devices(server)).toStrictEqual(['NEWCURL', 'ELEMENT', ROTATED])
  })

  test('the newest are kept', async () => {
    const server = await startServer({})
    pileUp(server)
    await run(server, [...withPassword, '--keep', '1', '--end', '--yes'], { input: PASSWORD })
    expect(devices(server)).toStrictEqual(['NEWCURL', ROTATED])
  })

  test('nothing matches: nothing is asked for', async () => {
    const server = await startServer({})
    pileUp(server)
    const { status, stdout } = await run(server, [...withPassword, '--name', 'x', '--end', '--yes'], {
      input: PASSWORD,
    })
    expect([status, stdout]).toStrictEqual([0, ''])
    expect(deletions(server)).toStrictEqual([])
  })

  test.each([
    ['the list fails', { path: '/devices' }],
    ['the deletion fails', { path: '/delete_devices' }],
  ])('%s: the session that was opened is ended all the same', async (_name, match) => {
    const server = await startServer({})
    pileUp(server)
    const before = devices(server)
    server.inject(match, { kind: 'respond', status: 403, body: { errcode: 'M_UNKNOWN', error: 'no' } })
    const { status, stderr } = await run(server, [...withPassword, '--end', '--yes'], { input: PASSWORD })
    expect(status).toBe(1)
    expect(stderr).toContain('The session was ended again.')
    expect(devices(server)).toStrictEqual(before)
  })

  test('nobody reads the table: the session that was opened is ended all the same', async () => {
    const server = await startServer({})
    const command = startCommand({ args: ['sessions', '--homeserver', server.url, ...withPassword], input: PASSWORD })
    const reached = () => command.closeOutput()
    server.inject({ path: '/devices' }, { kind: 'hold', phase: 'before-effect', until: Promise.resolve(), reached })
    expect((await command.result).status).toBe(1)
    expect(devices(server)).toStrictEqual([])
  })

  test('interrupted: nothing is ended but the session that was opened', async () => {
    const server = await startServer({})
    pileUp(server)
    const before = devices(server)
    const args = ['sessions', '--homeserver', server.url, ...withPassword, '--end', '--yes']
    const command = startCommand({ args, input: PASSWORD })
    const reached = () => command.kill('SIGINT')
    const until = command.said(/Interrupting/).then(() => undefined)
    server.inject({ path: '/devices' }, { kind: 'hold', phase: 'before-effect', until, reached })
    expect((await command.result).status).toBe(130)
    expect(devices(server)).toStrictEqual(before)
  })

  test('2,000 sessions are listed and ended in one request', async () => {
    const server = await startServer({})
    const pile = Array.from({ length: 2_000 }, (_each, index) => ({
      deviceId: `CURL${index}`,
      displayName: 'curl',
      lastSeenAt: daysAgo(100),
    }))
    server.pileUp('bot', [...pile, { deviceId: ROTATED, lastSeenAt: daysAgo(100) }])
    const { status, stdout } = await run(server, [...withPassword, '--older-than', '90d', '--end', '--yes'], {
      input: PASSWORD,
    })
    expect([status, rows(stdout).length]).toStrictEqual([0, 2_000])
    expect(deletions(server)).toHaveLength(1)
    expect(devices(server)).toStrictEqual([ROTATED])
  })
})

describe('with MATRIX_ACCESS_TOKEN', () => {
  const start = async (options: Parameters<typeof startServer>[0] = {}) => {
    const server = await startServer(options)
    pileUp(server)
    const token = server.issueToken('bot', 'LAPTOP')
    return { server, token, env: { MATRIX_ACCESS_TOKEN: token } }
  }

  test('no session is opened, and the one in use stays', async () => {
    const { server, token, env } = await start()
    const { status, stdout } = await run(server, ['--end', '--yes'], { env, input: PASSWORD })
    expect(status).toBe(0)
    expect(listed(stdout)).not.toContain('LAPTOP')
    expect(devices(server)).toStrictEqual([ROTATED, 'LAPTOP'])
    expect(server.isAlive(token)).toBe(true)
    expect(server.requests.some(({ path }) => path.endsWith('/login'))).toBe(false)
  })

  test('a wrong password: nothing is ended', async () => {
    const { server, env } = await start()
    const before = devices(server)
    const { status, stderr } = await run(server, ['--end', '--yes'], { env, input: 'another password' })
    expect(status).toBe(1)
    expect(stderr).toContain('401 M_FORBIDDEN')
    expect(stderr).toContain('No session was ended.')
    expect(stderr).not.toContain('another password')
    expect(devices(server)).toStrictEqual(before)
  })

  test('somebody else’s token', async () => {
    const { server, env } = await start()
    const { status, stderr } = await run(server, ['--user', 'mallory', '--end', '--yes'], { env })
    expect(status).toBe(1)
    expect(stderr).toContain('belongs to @bot:example.org, not to mallory')
    expect(deletions(server)).toStrictEqual([])
  })

  test('a token whose device the server does not name: nothing is ended', async () => {
    const { server, env } = await start()
    server.inject({ path: '/whoami' }, { kind: 'respond', status: 200, body: { user_id: '@bot:example.org' } })
    const { status, stderr } = await run(server, ['--end', '--yes'], { env, input: PASSWORD })
    expect(status).toBe(1)
    expect(stderr).toContain('cannot be told from the others')
    expect(deletions(server)).toStrictEqual([])
  })

  test('a token that cannot be one is not sent', async () => {
    const server = await startServer({})
    const { status, stderr } = await run(server, [], { env: { MATRIX_ACCESS_TOKEN: 'syt_two words' } })
    expect(status).toBe(1)
    expect(stderr).toContain('holds white space or characters that no token has')
    expect(server.requests).toStrictEqual([])
  })

  test('single sign-on: the server asks for another harness', async () => {
    const { server, env } = await start({ singleSignOn: true, passwordLogin: false })
    const before = devices(server)
    const { status, stderr } = await run(server, ['--end', '--yes'], { env })
    expect(status).toBe(1)
    expect(stderr).toContain('asks for m.login.sso instead of the password. No session was ended.')
    expect(stderr).toContain('End them in the list of sessions of the account')
    expect(devices(server)).toStrictEqual(before)
  })

  test.each([
    ['several', [], 'action=org.matrix.devices_list'],
    ['one', ['--name', 'Element'], 'action=org.matrix.device_delete&device_id=ELEMENT'],
  ])('Matrix Authentication Service, %s: its account page is printed', async (_name, args, query) => {
    const { server, env } = await start({ flavour: 'mas' })
    const before = devices(server)
    const { status, stderr } = await run(server, [...args, '--end', '--yes'], { env })
    expect(status).toBe(1)
    expect(stderr).toContain(`${server.url}/account/?${query}\n`)
    expect(devices(server)).toStrictEqual(before)
  })

  test('a hostile list: names write no control characters, and dates that are none are no failure', async () => {
    const { server, env } = await start()
    const hostile = [
      { device_id: 'A\u001b[2J', display_name: `x\n::error::y ${'z'.repeat(500)}`, last_seen_ts: 1e300 },
      { device_id: 7 },
      null,
    ]
    server.inject({ path: '/devices' }, { kind: 'alter', members: { devices: hostile } })
    const { status, stdout } = await run(server, [], { env })
    expect(status).toBe(0)
    expect(rows(stdout)).toHaveLength(1)
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain('unknown')
    expect(rows(stdout)[0]?.length).toBeLessThan(120)
  })
})

describe('with the admin API of Matrix Authentication Service', () => {
  const CLIENT = {
    id: '01J44RKQYM4G3TNVANTMTDYTX6',
    secret: 'secret-of-the-admin-client',
    auth: 'basic',
    admin: true,
  } as const
  const env = { MAS_CLIENT_ID: CLIENT.id, MAS_CLIENT_SECRET: CLIENT.secret }

  const start = async () => {
    const server = await startServer({ flavour: 'mas', mas: { clients: [CLIENT] } })
    pileUp(server)
    server.issueOAuthSession('bot', 'OAUTHDEVICE', 'some-client')
    server.pileUp('mallory', [{ deviceId: 'MALLORYS' }])
    return server
  }

  test('lists and ends sessions of each kind, of this account only', async () => {
    const server = await start()
    const list = await run(server, withPassword, { env })
    expect(list.status).toBe(0)
    expect(listed(list.stdout)).toStrictEqual(expect.arrayContaining(['OLDCURL', 'OAUTHDEVICE', ROTATED]))
    expect(list.stdout).toMatch(/OAUTHDEVICE .*oauth2/)
    expect(list.stdout).toMatch(/OLDCURL .*compat/)
    const { status, stderr } = await run(server, [...withPassword, '--end', '--yes'], { env })
    expect(status).toBe(0)
    expect(stderr).toContain('Ended 5 sessions.')
    expect(devices(server)).toStrictEqual([ROTATED])
    expect(server.devices('mallory')).toHaveLength(1)
  })

  test('personal sessions too, more than one page of them, and never the one in use', async () => {
    const server = await startServer({ flavour: 'mas', mas: { clients: [CLIENT] } })
    const token = server.issueToken('bot', 'LAPTOP')
    server.pileUp(
      'bot',
      Array.from({ length: 130 }, (_each, index) => ({ deviceId: `CURL${index}`, lastSeenAt: daysAgo(100) })),
    )
    const { status } = await run(server, ['--end', '--yes'], { env: { ...env, MATRIX_ACCESS_TOKEN: token } })
    expect([status, devices(server)]).toStrictEqual([0, ['LAPTOP']])
  })

  test('what could not be ended is named, and the others are ended', async () => {
    const server = await start()
    server.inject({ method: 'POST', path: '/finish' }, { kind: 'respond', status: 403, body: {} })
    const { status, stderr } = await run(server, [...withPassword, '--end', '--yes'], { env })
    expect(status).toBe(1)
    expect(stderr).toMatch(/The compat session \w+ was not ended/)
    expect(stderr).toContain('1 of 5 sessions could not be ended.')
    expect(devices(server)).toHaveLength(2)
  })

  test('one variable without the other', async () => {
    const server = await start()
    const { status, stderr } = await run(server, withPassword, { env: { MAS_CLIENT_ID: CLIENT.id } })
    expect([status, server.requests]).toStrictEqual([2, []])
    expect(stderr).toContain('MAS_CLIENT_ID is set, but MAS_CLIENT_SECRET is not.')
  })
})

test.each([
  ['no user', [], 2, '--user is missing'],
  ['--end without anybody to ask', [...withPassword, '--end'], 2, 'Add --yes.'],
  ['not a number', [...withPassword, '--keep', 'all'], 2, '--keep (3 characters) must be a whole number'],
  ['not a time', [...withPassword, '--older-than', '90'], 2, '--older-than (2 characters) must be a length of time'],
])('%s: nothing is sent', async (_name, args, expected, message) => {
  const server = await startServer({})
  const { status, stderr } = await run(server, args, { input: PASSWORD })
  expect([status, server.requests]).toStrictEqual([expected, []])
  expect(stderr).toContain(message)
})
