import { afterEach, describe, expect, test } from '@jest/globals'
import { decodeRecoveryKey } from '../../src/verification/keys.js'
import { startServer } from '../support/browser-login-harness.js'
import { runCommand, startCommand } from '../support/command.js'
import { clearFixtures, PASSWORD, stopLater } from '../support/fixture.js'
import { startForge } from '../support/forge.js'
import type { Homeserver, HomeserverOptions } from '../support/homeserver.js'
import { setUpRecovery } from '../support/verification/account.js'
import { makeDeviceKeys } from '../support/verification/signatures.js'

afterEach(clearFixtures)

const USER = '@bot:example.org'
const DEVICE = 'BOTDEVICE'
const SECRET = '/repos/octo/demo/actions/secrets/MATRIX_RECOVERY_KEY'

async function start(options: HomeserverOptions = {}) {
  const server = await startServer(options)
  const token = server.issueToken('bot', DEVICE)
  const { keys } = makeDeviceKeys(USER, DEVICE)
  server.keys.setDeviceKeys(USER, DEVICE, makeDeviceKeys(USER, DEVICE))
  return { server, env: { MATRIX_ACCESS_TOKEN: token }, keys }
}

const signaturesOf = ({ keys }: Homeserver) => {
  const device = keys.devicesOf(USER)[DEVICE]
  return Object.keys(Object(Object(device?.['signatures'])[USER])).length
}
const isKey = (text: string) => 'key' in decodeRecoveryKey(text)
const written = ({ requests }: Homeserver) =>
  requests.filter(({ method, path }) => method === 'PUT' || path.endsWith('/upload'))

describe('verify', () => {
  const run = (
    server: Homeserver,
    recoveryKey: string,
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ) =>
    runCommand({
      args: ['verify', '--homeserver', server.url, '--max-wait', '0', ...args],
      input: recoveryKey,
      env,
      secrets: () => [...server.secrets(), recoveryKey.trim(), recoveryKey.replaceAll(/\s/g, '')],
    })

  test.each([
    ['in groups', (key: string) => `${key}\n`],
    ['in one piece', (key: string) => key.replaceAll(' ', '')],
  ])('a recovery key that is piped in, %s: the device is signed', async (_name, form) => {
    const { server, env } = await start()
    const recoveryKey = setUpRecovery(server, USER)
    const { status, stdout } = await run(server, form(recoveryKey), env, ['--user', 'bot'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^@bot:example\.org BOTDEVICE [A-Za-z0-9+/]{43}\n$/)
    expect(signaturesOf(server)).toBe(2)
    expect(server.liveTokens()).toHaveLength(1)
  })

  test.each([
    ['none', '', 'No recovery key was given.'],
    ['a mistyped one', 'EsTc 7777', 'The recovery key has the wrong length'],
    ['a passphrase', 'correct horse 0 staple', 'The recovery key holds a character'],
  ])('%s: nothing is sent, and nothing of it is shown', async (_name, input, message) => {
    const { server, env } = await start()
    const { status, stderr } = await run(server, input, env)
    expect([status, server.requests]).toStrictEqual([1, []])
    expect(stderr).toContain(message)
  })

  test('the recovery key of somebody else', async () => {
    const { server, env } = await start()
    const other = setUpRecovery(server, USER)
    setUpRecovery(server, USER)
    const { status } = await run(server, other, env)
    expect([status, signaturesOf(server)]).toStrictEqual([1, 1])
  })

  test('another device key than the expected one', async () => {
    const { server, env } = await start()
    const expected = Buffer.alloc(32, 7).toString('base64')
    const { status, stderr } = await run(server, setUpRecovery(server, USER), env, ['--device-key', expected])
    expect([status, signaturesOf(server)]).toStrictEqual([1, 1])
    expect(stderr).toContain(DEVICE)
    const malformed = await run(server, 'x', env, ['--device-key', 'AAAA'])
    expect(malformed.status).toBe(2)
    expect(malformed.stderr).toContain('--device-key (4 characters) is not an Ed25519 key')
  })

  test('without a token: standard input is the recovery key, and nothing is sent', async () => {
    const { server } = await start()
    const { status, stderr } = await run(server, setUpRecovery(server, USER), {})
    expect([status, server.requests]).toStrictEqual([1, []])
    expect(stderr).toContain('No access token was given.\nSet MATRIX_ACCESS_TOKEN.')
  })
})

describe('create-identity', () => {
  interface Run {
    readonly args?: readonly string[]
    readonly input?: string
    readonly env?: Readonly<Record<string, string>>
  }
  const options = (server: Homeserver, { args = [], input = '', env = {} }: Run) => ({
    args: ['create-identity', '--homeserver', server.url, '--max-wait', '0', ...args],
    input,
    env,
    secrets: () => server.secrets(),
  })
  const run = (server: Homeserver, more: Run) => runCommand(options(server, more))

  test('the recovery key goes to standard output, and opens what was made', async () => {
    const { server, env } = await start()
    const { status, stdout, stderr } = await run(server, { env, args: ['--user', USER] })
    expect([status, isKey(stdout)]).toStrictEqual([0, true])
    expect(stderr).toContain('The account @bot:example.org has a cross-signing identity now')
    expect(stderr).not.toContain(stdout.trim().slice(0, 14))
    const verified = await runCommand({ args: ['verify', '--homeserver', server.url], input: stdout, env })
    expect([verified.status, signaturesOf(server)]).toStrictEqual([0, 2])
  })

  test('--store: it is stored and shown nowhere', async () => {
    const [{ server, env }, forge] = [await start(), stopLater(await startForge({}))]
    const stores = { GH_TOKEN: forge.token, GITHUB_API_URL: forge.url }
    const { status, stdout } = await run(server, { env: { ...env, ...stores }, args: ['--store', 'repos/octo/demo'] })
    expect([status, stdout]).toStrictEqual([0, ''])
    expect(isKey(forge.secrets.get(SECRET)?.value ?? '')).toBe(true)
  })

  test('a store that refuses: nothing is made', async () => {
    const [{ server, env }, forge] = [await start(), stopLater(await startForge({}))]
    forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'Resource not accessible' } })
    const stores = { GH_TOKEN: forge.token, GITHUB_API_URL: forge.url }
    const { status, stderr } = await run(server, { env: { ...env, ...stores }, args: ['--store', 'repos/octo/demo'] })
    expect(status).toBe(1)
    expect(stderr).toContain('Not every target took the recovery key, so no identity was made:\n- repos/octo/demo: ')
    expect(written(server)).toStrictEqual([])
  })

  test('nobody reads standard output: nothing is made', async () => {
    const { server, env } = await start()
    const command = startCommand(options(server, { env }))
    const reached = () => command.closeOutput()
    server.inject({ path: '/keys/query' }, { kind: 'hold', phase: 'before-effect', until: Promise.resolve(), reached })
    expect((await command.result).status).toBe(1)
    expect(written(server)).toStrictEqual([])
  })

  test('the server wants the password: it is piped in', async () => {
    const { server, env } = await start({ identityNeedsPassword: true })
    const { status, stdout } = await run(server, { env, input: `${PASSWORD}\n` })
    expect([status, isKey(stdout)]).toStrictEqual([0, true])
    const wrong = await start({ identityNeedsPassword: true })
    const refused = await run(wrong.server, { env: wrong.env, input: 'another password' })
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('401 M_FORBIDDEN')
    expect(refused.stderr).not.toContain('another password')
  })

  test('the server wants its own page: the address is printed', async () => {
    const { server, env } = await start({ flavour: 'mas', identityNeedsPassword: true })
    const { status, stderr } = await run(server, { env })
    expect(status).toBe(1)
    expect(stderr).toContain(`${server.url}/account/?action=org.matrix.cross_signing_reset`)
  })

  test('an identity is never replaced', async () => {
    const { server, env } = await start()
    setUpRecovery(server, USER)
    const { status, stdout, stderr } = await run(server, { env })
    expect([status, stdout, written(server)]).toStrictEqual([1, '', []])
    expect(stderr).toContain('already has a cross-signing identity')
  })
})
