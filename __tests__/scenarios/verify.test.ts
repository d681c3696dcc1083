import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, setFixture } from '../support/fixture.js'
import { ALL_FLAVOURS, type Flavour } from '../support/homeserver.js'
import { ownerSecrets, serverOf, setUpAccount } from '../support/verification/account.js'
import { isValid, makeDeviceKeys } from '../support/verification/signatures.js'
import { partsOf, VECTORS } from '../support/verification/vectors.js'

const [JS, GO] = VECTORS.accounts
const OTHER_KEYS = makeDeviceKeys(JS.user_id, JS.device_id)

/** The step never sees these: it needs neither the user-signing key nor, with the recovery key, the passphrase. */
const userSigning = Buffer.from(JS.private_keys_base64.user_signing, 'base64')
const UNSEEN = [JS.recovery_passphrase, ...(['base64', 'hex'] as const).map((form) => userSigning.toString(form))]
const SEEN = ownerSecrets(JS).filter((secret) => !UNSEEN.some((unseen) => unseen?.startsWith(secret)))

afterEach(clearFixtures)

/** A server with the account on it, and a job that is searched for its keys too. */
async function setAccount(account = JS, flavour: Flavour = 'synapse') {
  const fixture = await setFixture(
    { ...serverOf(account), flavour },
    { debug: true, secrets: () => [...ownerSecrets(account), ...fixture.server.secrets()] },
  )
  const { server, job } = fixture
  const token = setUpAccount(server, account)
  const inputs = { homeserver: server.url, 'access-token': token, 'recovery-key': account.recovery_key }
  const signature = () => {
    const { signatures } = server.keys.devicesOf(account.user_id)[account.device_id] ?? {}
    return Object(Object(signatures)[account.user_id])[account.expected.key_id]
  }
  const verify = (more: Readonly<Record<string, string>> = {}) => job.runAction('verify', { ...inputs, ...more })
  return { server, job, token, inputs, signature, verify }
}

const paths = (requests: readonly { method: string; path: string }[]) =>
  requests.map(({ method, path }) => `${method} ${decodeURIComponent(path.replace('/_matrix/client/v3', ''))}`)

describe.each(ALL_FLAVOURS.filter((flavour) => flavour !== 'r0-only'))('%s', (flavour) => {
  test('signs the device as the judge of the vector took it, and a second run uploads nothing', async () => {
    const { server, verify, signature } = await setAccount(JS, flavour)
    const first = await verify()
    expect(first.outputs).toStrictEqual({
      verified: 'true',
      'user-id': JS.user_id,
      'device-id': JS.device_id,
      'device-key': partsOf(JS).device.keys[`ed25519:${JS.device_id}`],
      failure: '',
    })
    expect(signature()).toBe(JS.expected.signature)
    const before = server.requests.length
    expect((await verify()).outputs).toStrictEqual(first.outputs)
    expect(paths(server.requests.slice(before))).not.toContain('POST /keys/signatures/upload')
    expect(server.liveTokens()).toHaveLength(1)
  })
})

test('the requests stand in the order of the contract, and none of them ends or opens a session', async () => {
  const { server, verify } = await setAccount(GO)
  await verify()
  const data = `GET /user/${GO.user_id}/account_data/`
  expect(paths(server.requests)).toStrictEqual([
    'GET /account/whoami',
    'POST /keys/query',
    `${data}m.secret_storage.default_key`,
    `${data}m.secret_storage.key.xiXmBcPwjdl2qvwYZ6FGcK4t1n/gLFWT`,
    `${data}m.cross_signing.master`,
    `${data}m.cross_signing.self_signing`,
    'POST /keys/signatures/upload',
    'POST /keys/query',
  ])
})

describe('no key is ever printed', () => {
  const selfSigning = JS.private_keys_base64.self_signing
  test.each([
    ['the recovery key', {}],
    ['the recovery key in one piece', { 'recovery-key': JS.recovery_key.replaceAll(' ', '') }],
    ['the recovery key in lines', { 'recovery-key': `\n${JS.recovery_key.replaceAll(' ', '\n')}\n` }],
    ['the passphrase', { 'recovery-key': '', 'recovery-passphrase': `${JS.recovery_passphrase}` }],
    ['the self-signing key', { 'recovery-key': '', 'self-signing-key': selfSigning }],
    ['the self-signing key, padded', { 'recovery-key': '', 'self-signing-key': `${selfSigning}=` }],
  ])('%s: not by this step, and masked where a later one prints it', async (_name, more) => {
    const { job, verify } = await setAccount()
    expect((await verify(more)).outputs).toMatchObject({ verified: 'true', failure: '' })
    const used = ['recovery-key' in more && more['recovery-key'] === '' ? '' : JS.recovery_key, ...Object.values(more)]
    const hex = Buffer.from(selfSigning, 'base64').toString('hex')
    const printed = await job.runScript(`echo "$TEXT"; echo "$HEX"`, { env: { TEXT: used.join('\n'), HEX: hex } })
    expect(printed.log).not.toContain(hex.slice(0, 12))
  })

  test('a server that echoes them all shows none', async () => {
    const { server, verify } = await setAccount()
    const failures = Object.fromEntries(
      SEEN.map((secret, index) => [index, { status: 400, errcode: 'M_UNKNOWN', message: `::error::${secret}` }]),
    )
    server.inject({ path: '/signatures/upload' }, { kind: 'alter', members: { failures: { [JS.user_id]: failures } } })
    const { outputs, annotations } = await verify()
    expect(outputs).toStrictEqual({ failure: 'denied' })
    expect(SEEN.length).toBeGreaterThan(7)
    expect(annotations[0]?.message.match(/M_UNKNOWN “: :error: :\*\*\*”/g)).toHaveLength(SEEN.length)
  })

  test('neither is one that is malformed', async () => {
    const { server, verify } = await setAccount()
    const { outputs } = await verify({ 'recovery-key': `${JS.recovery_key.slice(0, -1)}2` })
    expect(outputs).toStrictEqual({ failure: 'wrong-recovery-key' })
    expect(server.requests).toStrictEqual([])
  })
})

describe('what the server answers', () => {
  test('a bot that is still starting uploads its keys while the step waits', async () => {
    const { server, verify } = await setAccount()
    const keys = server.keys.devicesOf(JS.user_id)
    server.inject({ path: '/keys/query' }, { kind: 'alter', members: { device_keys: {} } })
    const { outputs, log } = await verify()
    expect(outputs['verified']).toBe('true')
    expect(log).toContain('Waiting up to 120 s for the encryption keys of the device BOTDEVICE1')
    expect(Object.keys(keys)).toStrictEqual(['BOTDEVICE1'])
  })

  test('Synapse keeps the signature of earlier keys: the step says so, and how to go on', async () => {
    const { server, verify, signature } = await setAccount()
    await verify()
    server.keys.setDeviceKeys(JS.user_id, JS.device_id, OTHER_KEYS)
    const { outputs, annotations } = await verify()
    expect(outputs).toStrictEqual({ failure: 'device-key-mismatch' })
    expect(annotations[0]?.message).toContain('never used')
    expect(signature()).toBe(JS.expected.signature)
  })

  test('Dendrite lets a later signature replace it', async () => {
    const { server, verify } = await setAccount(JS, 'dendrite')
    await verify()
    server.keys.setDeviceKeys(JS.user_id, JS.device_id, OTHER_KEYS)
    expect((await verify()).outputs['verified']).toBe('true')
    const device = server.keys.devicesOf(JS.user_id)[JS.device_id] ?? {}
    expect(isValid(device, JS.user_id, JS.expected.key_id, JS.self_signing_public_key)).toBe(true)
  })

  test.each([
    ['no-device-keys', { device_keys: {} }],
    ['not-cross-signed', { master_keys: {} }],
    ['identity-mismatch', { master_keys: { [JS.user_id]: { ...partsOf(GO).master, user_id: JS.user_id } } }],
    ['device-key-mismatch', { device_keys: { [JS.user_id]: { [JS.device_id]: { ...OTHER_KEYS, algorithms: [] } } } }],
  ])('%s', async (word, members) => {
    const { server, verify, signature } = await setAccount()
    server.inject({ path: '/keys/query', times: 99 }, { kind: 'alter', members })
    const { outputs, annotations } = await verify({ 'max-wait': '0' })
    expect(outputs).toStrictEqual({ failure: word })
    expect(annotations).toHaveLength(1)
    expect(signature()).toBeUndefined()
  })

  test('wrong-recovery-key, wrong-user, token-invalid: nothing is signed', async () => {
    const { signature, verify } = await setAccount()
    const words = []
    for (const more of [
      { 'recovery-key': GO.recovery_key },
      { user: 'other' },
      { 'access-token': 'syt_dead_token_of_a_bot' },
    ])
      words.push((await verify(more)).outputs['failure'])
    expect(words).toStrictEqual(['wrong-recovery-key', 'wrong-user', 'token-invalid'])
    expect(signature()).toBeUndefined()
  })
})

test('no login carries this cryptography along', () => {
  const code = /keys\/signatures\/upload|aes-256-ctr|m\.cross_signing/
  expect(readFileSync('dist/index.js', 'utf8')).not.toMatch(code)
  expect(readFileSync('dist/verify-main.js', 'utf8')).toMatch(code)
})
