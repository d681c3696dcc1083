import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { rotationDeviceId } from '../../src/session/rotation.js'
import { makeCertificate } from '../support/certificate.js'
import { botInputs, clearFixtures, PASSWORD, setFixture, stopLater } from '../support/fixture.js'
import { startProxy } from '../support/proxy.js'
import { setHarness } from '../support/rotation-harness.js'
import type { StepResult } from '../support/runner.js'
import { serverOf, setUpAccount } from '../support/verification/account.js'
import { partsOf, VECTORS } from '../support/verification/vectors.js'
import { blocksOf, stepsOf } from './blocks.js'

const [FIRST] = VECTORS.accounts

afterEach(clearFixtures)

const PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='
const DAY = 24 * 60 * 60_000
const LOGIN = { method: 'POST', path: /\/login$/, times: 9 }
const CLIENT = { id: '01J44QC8BCY7FCFM7WGHQGKMTJ', secret: 'secret of the client', auth: 'basic' as const, admin: true }
const FORK = {
  github: { event_name: 'pull_request' },
  event: { pull_request: { head: { repo: { full_name: 'fork/demo' } }, base: { repo: { full_name: 'octo/demo' } } } },
}

/** The headings of docs/troubleshooting.md that are lines of a log, and what each matches. */
const headings = [...readFileSync('docs/troubleshooting.md', 'utf8').matchAll(/^### (`+) ?(.+?) ?\1$/gm)].map(
  ([, , text = '']) => {
    const parts = text.split('…').map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return { text, pattern: new RegExp(parts.join('[\\s\\S]*?')) }
  },
)

const messages = ({ annotations }: StepResult) => annotations.map(({ message }) => message)

/** Each makes one thing go wrong as it goes wrong for people, and returns what they see. */
const CASES: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  'no credential': async () => messages(await login({ homeserver: 'https://matrix.example.org', user: 'bot' })),
  'no credential, from a fork': async () => {
    const { job } = await setFixture({}, FORK)
    return messages(await job.runAction('.', { user: '@bot:example.org' }))
  },
  'no credential, for Dependabot': async () => {
    const { job } = await setFixture({}, { github: { actor: 'dependabot[bot]' } })
    return messages(await job.runAction('.', { user: '@bot:example.org' }))
  },
  'two credentials': async () =>
    messages(await login({ user: '@bot:example.org', password: PASSWORD, 'access-token': 'syt_another_credential' })),
  'no server': async () => messages(await login({ user: 'bot', password: PASSWORD })),
  'plain HTTP': async () =>
    messages(await login({ homeserver: 'http://example.org', user: 'bot', password: PASSWORD })),
  'two problems': async () => messages(await login({ user: 'bot', password: PASSWORD, logout: 'yes' })),
  'a line break behind the password': async () => {
    const { server, job } = await setFixture()
    return messages(await job.runAction('.', { ...botInputs(server), password: `${PASSWORD}\n` }))
  },
  'a token of two lines': async () =>
    messages(await login({ user: '@bot:example.org', 'appservice-token': 'half_of_a_token\nand_the_other_half' })),
  'a device ID of two words': async () =>
    messages(await login({ user: '@bot:example.org', password: PASSWORD, 'device-id': 'my bot' })),
  'a credentials file that is there already': async () => {
    const { server, job } = await setFixture()
    writeFileSync(join(job.temp, 'matrix.json'), '')
    return messages(await job.runAction('.', { ...botInputs(server), 'credentials-file': 'matrix.json' }))
  },
  'an answer that Ansible would run': async () => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'alter', members: { device_id: '{% if true %}' } })
    return messages(await job.runAction('.', { ...botInputs(server), 'credentials-file': 'matrix.json' }))
  },
  'a web page': async () => {
    const { server, job } = await setFixture()
    const body = '<html><head><title>Welcome</title></head></html>'
    server.inject(LOGIN, { kind: 'respond', status: 404, headers: { 'content-type': 'text/html' }, body })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'a redirect': async () => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'respond', status: 301, headers: { location: 'https://www.example.org/' } })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'a server name that is a web site': async () => {
    const certificate = stopLater(makeCertificate('example.org'))
    const { server } = await setFixture({ tls: certificate })
    const { port } = stopLater(await startProxy(Number(new URL(server.url).port)))
    const env = { NODE_EXTRA_CA_CERTS: certificate.certFile, HTTPS_PROXY: `http://127.0.0.1:${port}` }
    const { job } = await setFixture({}, { env })
    const body = '<html><head><title>Welcome</title></head></html>'
    server.inject(
      { path: '.well-known' },
      { kind: 'respond', status: 200, headers: { 'content-type': 'text/html' }, body },
    )
    return messages(await job.runAction('.', { user: '@bot:example.org', password: PASSWORD }))
  },
  'nobody there': async () =>
    messages(await login({ homeserver: 'http://127.0.0.1:9', user: 'bot', password: PASSWORD, 'max-wait': '0' })),
  'a certificate of nobody': async () => {
    const { server, job } = await setFixture({ tls: stopLater(makeCertificate('127.0.0.1')) })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'a server that wants a client certificate': async () => {
    const { key, cert } = stopLater(makeCertificate('127.0.0.1'))
    const tls = { key, cert, requestCert: true, maxVersion: 'TLSv1.2' }
    const { server, job } = await setFixture({ tls })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'a proxy that wants a password': async () => {
    const { port } = stopLater(await startProxy(9, { refuseWith: 407 }))
    const { job } = await setFixture({}, { env: { HTTPS_PROXY: `http://127.0.0.1:${port}` } })
    return messages(
      await job.runAction('.', { homeserver: 'https://matrix.example.org', user: 'bot', password: PASSWORD }),
    )
  },
  'a proxy that is none': async () => {
    const { job } = await setFixture({}, { env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' } })
    return messages(
      await job.runAction('.', { homeserver: 'https://matrix.example.org', user: 'bot', password: PASSWORD }),
    )
  },
  'a cut': async () => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'cut-after-headers' })
    return messages(await job.runAction('.', { ...botInputs(server), 'max-wait': '0' }))
  },
  'a rate limit': async () => {
    const { server, job } = await setFixture()
    const body = { errcode: 'M_LIMIT_EXCEEDED', error: 'Too Many Requests', retry_after_ms: 333_000 }
    server.inject(LOGIN, { kind: 'respond', status: 429, body })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'a wrong password': async () => {
    const { server, job } = await setFixture()
    return messages(await job.runAction('.', { ...botInputs(server), password: 'not the password at all' }))
  },
  'a device limit': async () => {
    const { server, job } = await setFixture({ flavour: 'mas' })
    // MAS: crates/handlers/src/compat/login.rs.
    const error = 'You have reached your hard device limit. Please visit your account page to sign some out.'
    server.inject(LOGIN, { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN', error } })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'no password login': async () => {
    const { server, job } = await setFixture({ passwordLogin: false })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'no right to an ID token': async () =>
    messages(await login({ homeserver: 'https://matrix.example.org', 'oidc-audience': 'https://matrix.example.org' })),
  'an input of another credential': async () =>
    messages(await login({ user: '@bot:example.org', password: PASSWORD, 'valid-for': '1h' })),
  'a JWT that is refused': async () => {
    const { server, job } = await setFixture({ jwt: { secret: 'the secret of jwt_config' } })
    const jwt = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJib3QifQ.c2lnbmVkIGJ5IG5vYm9keQ'
    return messages(await job.runAction('.', { homeserver: server.url, jwt }))
  },
  'an admin API that is hidden': async () => {
    const { server, job } = await setFixture({ synapseAdmin: 'hidden' })
    const inputs = { user: '@bot:example.org', 'synapse-admin-token': 'syt_of_an_administrator' }
    return messages(await job.runAction('.', { homeserver: server.url, ...inputs }))
  },
  'a client of MAS that is unknown': async () => messages(await logInWithClient('another secret altogether', [CLIENT])),
  'a client of MAS that may not administer': async () =>
    messages(await logInWithClient(CLIENT.secret, [{ ...CLIENT, admin: false }])),
  'a refresh token that was used': async () => {
    const { server, job } = await setFixture()
    const inputs = { homeserver: server.url, 'refresh-token': 'syr_a_token_that_was_used' }
    return messages(await job.runAction('.', inputs))
  },
  'a dead token': async () => {
    const { server, job } = await setFixture()
    return messages(await job.runAction('.', { homeserver: server.url, 'access-token': 'syt_a_token_that_is_dead' }))
  },
  'somebody else': async () => {
    const { server, job } = await setFixture()
    server.inject({ path: /\/login$/ }, { kind: 'alter', members: { user_id: '@mallory:example.org' } })
    return messages(await job.runAction('.', botInputs(server)))
  },
  'nothing to unseal': async () => {
    const { job } = await setFixture()
    return messages(await job.runAction('unseal', { 'sealed-credentials': '', passphrase: PASSPHRASE }))
  },
  'another passphrase': async () => {
    const { job, sealed } = await seal()
    return messages(await job.runAction('unseal', { 'sealed-credentials': sealed, passphrase: `${PASSPHRASE}!` }))
  },
  'a sealed value that was cut': async () => {
    const { job, sealed } = await seal()
    return messages(
      await job.runAction('unseal', { 'sealed-credentials': sealed.slice(0, 80), passphrase: PASSPHRASE }),
    )
  },
  'another run': async () => {
    const { sealed } = await seal()
    const { job } = await setFixture({}, { github: { run_id: '99' } })
    return messages(await job.runAction('unseal', { 'sealed-credentials': sealed, passphrase: PASSPHRASE }))
  },
  'a store that refuses': async () => {
    const { forge, rotate } = await setHarness()
    const body = { message: 'Resource not accessible by integration' }
    forge.inject({ path: /public-key$/, times: 9 }, { kind: 'respond', status: 403, body })
    return messages(await rotate())
  },
  'a store on Gitea that refuses': async () => {
    const { rotate } = await setHarness({}, { kind: 'gitea', isAdministrator: false })
    return messages(await rotate())
  },
  'a store that refuses before a refresh': async () => {
    const { rotate } = await setHarness({}, { isAdministrator: false })
    const refresh = { 'refresh-token': 'syr_AAAAAAAAAAAA', 'refresh-secret-name': 'MATRIX_REFRESH_TOKEN' }
    return messages(await rotate({ password: '', user: '', ...refresh }))
  },
  'one store of two that refuses': async () => {
    const { forge, rotate } = await setHarness()
    forge.inject({ method: 'PUT', path: /octo\/other/, times: 9 }, { kind: 'respond', status: 403, body: {} })
    return messages(await rotate({ 'store-in': 'repos/octo/demo\nrepos/octo/other' }))
  },
  'a new token that is dead on arrival': async () => {
    const { server, rotate } = await setHarness()
    server.inject({ path: /whoami$/, times: 9 }, { kind: 'respond', status: 401, body: { errcode: 'M_UNKNOWN_TOKEN' } })
    return messages(await rotate())
  },
  'a stored token that is dead': async () => {
    const { rotate } = await setHarness()
    return messages(await rotate({}, 'syt_a_token_that_is_dead'))
  },
  'a stored token made by hand': async () => {
    const { server, rotate } = await setHarness()
    return messages(await rotate({}, server.issueToken('bot', 'HANDMADE')))
  },
  'a bot without keys': async () => verify({ device_keys: {} }),
  'an account without an identity': async () => verify({ master_keys: {} }),
  'a recovery key of another account': async () => verify({}, VECTORS.accounts[1].recovery_key),
  'an identity that was reset': async () => verify({ master_keys: { [FIRST.user_id]: partsOf(FIRST).selfSigning } }),
  'device keys that are not signed': async () =>
    verify({ device_keys: { [FIRST.user_id]: { BOTDEVICE1: { ...partsOf(FIRST).device, algorithms: [] } } } }),
  'device keys that were replaced': async () => {
    const { device } = partsOf(FIRST)
    Object.assign(device.signatures[FIRST.user_id] ?? {}, { [FIRST.expected.key_id]: 'A'.repeat(86) })
    return verify({ device_keys: { [FIRST.user_id]: { BOTDEVICE1: device } } })
  },
  'a log-out that fails': async () => {
    const { server, job } = await setFixture()
    await job.runAction('.', { ...botInputs(server), logout: 'always' })
    server.inject({ path: /\/logout$/, times: 9 }, { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN' } })
    return (await job.finish()).flatMap(messages)
  },
  'an answer that never comes': async () => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'lose-answer' })
    await job.runAction('.', { ...botInputs(server), logout: 'always', 'max-wait': '0' })
    return (await job.finish()).flatMap(messages)
  },
  'a token that does not log out': async () => {
    const { server, job } = await setFixture({ flavour: 'mas' })
    const token = server.issueToken('bot', 'ELEMENT', 'mat_a_token_copied_from_element')
    return messages(await job.runAction('logout', { homeserver: server.url, 'access-token': token }))
  },
  'a variable that is too long': async () => {
    const script = 'export VALUE="$(printf %140000s x)"; /bin/true'
    const { stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { LC_ALL: 'C' } })
    return Promise.resolve([stderr])
  },
  'a login step without an id': async () => {
    const { job } = await setFixture()
    const script = stepsOf(blocksOf('README.md')[0]?.text ?? '').find(({ run }) => run !== undefined)?.run ?? ''
    const { log, outcome } = await job.runScript(script, {
      env: { TOKEN: '', HOMESERVER: '', ROOM: '!room:example.org' },
    })
    expect(outcome).toBe('failure')
    return [log]
  },
  'an earlier attempt': async () => {
    const { sealed } = await seal()
    const { job } = await setFixture({}, { github: { run_attempt: '2' } })
    return messages(await job.runAction('unseal', { 'sealed-credentials': sealed, passphrase: PASSPHRASE }))
  },
  'a stored token that is too old': async () => {
    const { server, job } = await setFixture()
    const token = server.issueToken('bot', rotationDeviceId('BASE', Date.now() - 40 * DAY, randomBytes))
    const inputs = { homeserver: server.url, 'access-token': token, 'max-age': '30d' }
    return messages(await job.runAction('.', inputs))
  },
  'a stored token of unknown age': async () => {
    const { server, job } = await setFixture()
    const inputs = { homeserver: server.url, 'access-token': server.issueToken('bot', 'HANDMADE'), 'max-age': '30d' }
    return messages(await job.runAction('.', inputs))
  },
  'an old Node': async () => {
    const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})"
    const { stdout } = spawnSync(process.execPath, ['--import', old, resolve(join('dist', 'login.js'))], {
      encoding: 'utf8',
      env: {},
    })
    return Promise.resolve([stdout])
  },
}

async function login(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const { job } = await setFixture({}, { secrets: () => [PASSWORD] })
  return job.runAction('.', inputs)
}

/** Logs in at a MAS that has the given clients. */
async function logInWithClient(secret: string, clients: readonly (typeof CLIENT)[]): Promise<StepResult> {
  const { server, job } = await setFixture({ flavour: 'mas', mas: { clients } })
  const client = { 'mas-client-id': CLIENT.id, 'mas-client-secret': secret }
  return job.runAction('.', { homeserver: server.url, user: '@bot:example.org', ...client })
}

/** Verifies a device of an account of which the server shows something else. */
async function verify(members: Readonly<Record<string, unknown>>, recoveryKey = FIRST.recovery_key): Promise<string[]> {
  const { server, job } = await setFixture(serverOf(FIRST))
  const token = setUpAccount(server, FIRST)
  server.inject({ path: '/keys/query', times: 9 }, { kind: 'alter', members })
  const inputs = { 'access-token': token, 'recovery-key': recoveryKey, 'max-wait': '0' }
  return messages(await job.runAction('verify', { homeserver: server.url, ...inputs }))
}

async function seal() {
  const { server, job } = await setFixture()
  const { outputs } = await job.runAction('.', { ...botInputs(server), 'seal-passphrase': PASSPHRASE })
  return { job, sealed: outputs['sealed-credentials'] ?? '' }
}

const seen: string[] = []

test.each(Object.entries(CASES))('%s has a heading', async (_name, run) => {
  const said = await run()
  seen.push(...said)
  expect(said.join('\n')).not.toBe('')
  expect(headings.filter(({ pattern }) => said.some((message) => pattern.test(message)))).not.toStrictEqual([])
})

test('every heading is a line that one of these says', () => {
  expect(headings.length).toBeGreaterThan(25)
  expect(
    headings.filter(({ pattern }) => !seen.some((message) => pattern.test(message))).map(({ text }) => text),
  ).toStrictEqual([])
})
