import { describe, expect, test } from '@jest/globals'
import { readVerifyInputs, verifyAction } from '../../src/actions/verify.js'
import { explain } from '../../src/explain.js'
import type { HttpResponse, TransportError } from '../../src/http/transport.js'
import { signatureOf } from '../../src/verification/keys.js'
import {
  type Effect,
  fakeClock,
  fixedRandom,
  json,
  noAnswer,
  recordingRunner,
  type ScriptedExchange,
  scriptedTransport,
} from '../support/fakes.js'
import { objectOf } from '../support/homeserver/answers.js'
import { bodyOf } from '../support/run-login.js'
import { makeDeviceKeys } from '../support/verification/signatures.js'
import { type AccountParts, partsOf, VECTORS, type VectorAccount } from '../support/verification/vectors.js'

const BASE = 'https://matrix.example.org'
const API = `${BASE}/_matrix/client/v3`
const TOKEN = 'syt_token_of_the_bot'
const [JS, GO] = VECTORS.accounts
const DEVICE_KEY = '72anzwQk8/vYz4SqPOyFiIw9EN3piiui5vldwd2Hq3U'
const OTHER_KEYS = { [JS.user_id]: { [JS.device_id]: makeDeviceKeys(JS.user_id, JS.device_id) } }
const EMPTY_FAILURES = json(200, { failures: {} })
const NOT_FOUND = json(404, { errcode: 'M_NOT_FOUND', error: 'Account data not found' })
const MASTER = 'm.cross_signing.master'
const SELF_SIGNING = 'm.cross_signing.self_signing'
const DEFAULT_KEY = 'm.secret_storage.default_key'
const keyType = ({ account_data: data }: VectorAccount) => `m.secret_storage.key.${data[DEFAULT_KEY]?.['key']}`

const whoami = (account: VectorAccount, answer?: HttpResponse): ScriptedExchange => [
  `GET ${API}/account/whoami`,
  answer ?? json(200, { user_id: account.user_id, device_id: account.device_id }),
]
const query = (answer: unknown): ScriptedExchange => [`POST ${API}/keys/query`, json(200, answer)]
const upload = (answer: HttpResponse | TransportError = EMPTY_FAILURES): ScriptedExchange => [
  `POST ${API}/keys/signatures/upload`,
  answer,
]
function data(account: VectorAccount, type: string, answer?: HttpResponse): ScriptedExchange {
  const path = `user/${encodeURIComponent(account.user_id)}/account_data/${encodeURIComponent(type)}`
  return [`GET ${API}/${path}`, answer ?? json(200, account.account_data[type])]
}
const storage = (account: VectorAccount) =>
  [DEFAULT_KEY, keyType(account), MASTER, SELF_SIGNING].map((type) => data(account, type))

/** What the server shows, changed by the test. */
function shown(account: VectorAccount, change: (parts: AccountParts) => void = () => {}) {
  const parts = partsOf(account)
  change(parts)
  return parts.answer
}
const shownSigned = (account: VectorAccount, signature = account.expected.signature) =>
  shown(account, ({ device }) =>
    Object.assign(device.signatures[account.user_id] ?? {}, { [account.expected.key_id]: signature }),
  )
const withoutDevice = (account: VectorAccount) =>
  shown(account, ({ answer }) => Object.assign(answer, { device_keys: {} }))

const happy = (account: VectorAccount) => [
  whoami(account),
  query(shown(account)),
  ...storage(account),
  upload(),
  query(shownSigned(account)),
]

async function run(inputs: Readonly<Record<string, string>>, script: readonly ScriptedExchange[]) {
  const runner = recordingRunner({ inputs: { homeserver: BASE, 'access-token': TOKEN, ...inputs } })
  const transport = scriptedTransport(script, runner.effects)
  const clock = fakeClock()
  let failure: ReturnType<typeof explain> | undefined
  try {
    await verifyAction({ runner, log: runner, masks: runner, transport, clock, random: fixedRandom() })
  } catch (error) {
    failure = explain(error, clock.now())
  }
  expect(transport.rest).toStrictEqual([])
  return { runner, transport, clock, failure }
}

const recovery = (account: VectorAccount) => ({ 'recovery-key': account.recovery_key })
const hexOf = (text: string) => Buffer.from(text, 'base64').toString('hex')

/** Names the effects whose order the contract lays down. */
function orderOf(effects: readonly Effect[], account: VectorAccount): string[] {
  const names = new Map([
    [TOKEN, 'token'],
    [account.recovery_key, 'recovery key'],
    [account.storage_key_hex, 'storage key'],
    [hexOf(account.private_keys_base64.master), 'master'],
    [hexOf(account.private_keys_base64.self_signing), 'self-signing'],
  ])
  return effects
    .filter(([kind]) => ['mask', 'request', 'output'].includes(kind))
    .flatMap(([kind, text = '', value]) => {
      if (kind === 'mask') return names.has(text) ? [`mask ${names.get(text)}`] : []
      if (kind === 'output') return [`output ${text}=${value}`]
      return [decodeURIComponent(text.replace(`${API}/`, ''))]
    })
    .filter((effect, index, all) => !effect.startsWith('mask recovery') || all.indexOf(effect) === index)
}

describe.each([JS, GO].map((account) => [account.made_with, account] as const))('%s', (_name, account) => {
  test('everything in the order of the contract, and the signature that its judge took', async () => {
    const { runner, transport, failure } = await run(recovery(account), happy(account))
    expect(failure).toBeUndefined()
    const { user_id: user } = account
    const path = `GET user/${user}/account_data`
    expect(orderOf(runner.effects, account)).toStrictEqual([
      'mask recovery key',
      'mask token',
      'GET account/whoami',
      'POST keys/query',
      `${path}/${DEFAULT_KEY}`,
      `${path}/${keyType(account)}`,
      'mask storage key',
      `${path}/${MASTER}`,
      'mask master',
      `${path}/${SELF_SIGNING}`,
      'mask self-signing',
      'POST keys/signatures/upload',
      'POST keys/query',
      'output verified=true',
      `output user-id=${user}`,
      `output device-id=${account.device_id}`,
      `output device-key=${account.expected.signed_bytes_utf8.match(/"ed25519:[^"]+":"([^"]+)"/)?.[1]}`,
      'output failure=',
    ])
    expect(bodyOf(transport.requests.at(-2))).toStrictEqual(account.expected.upload_body)
    // The keys of all devices can be more than 1 MiB: some 1,200 of them are.
    expect(bodyOf(transport.requests[1])).toStrictEqual({ device_keys: { [user]: [account.device_id] } })
  })

  test('a signature that is valid already is enough: nothing is uploaded', async () => {
    const script = [whoami(account), query(shownSigned(account)), ...storage(account)]
    const { runner, failure } = await run(recovery(account), script)
    expect(failure).toBeUndefined()
    expect(runner.output('verified')).toBe('true')
  })

  test('with the self-signing key no account data is read', async () => {
    const script = [whoami(account), query(shown(account)), upload(), query(shownSigned(account))]
    const { runner, failure } = await run({ 'self-signing-key': account.private_keys_base64.self_signing }, script)
    expect(failure).toBeUndefined()
    expect(runner.output('verified')).toBe('true')
  })
})

describe('what is given', () => {
  test('the passphrase, as typed', async () => {
    const { runner, failure } = await run({ 'recovery-passphrase': `${JS.recovery_passphrase}\n` }, happy(JS))
    expect(failure).toBeUndefined()
    expect(runner.messages('mask')).toContain(JS.recovery_passphrase)
  })

  test.each([
    ['padded', `${JS.private_keys_base64.self_signing}=`],
    ['with blanks', JS.private_keys_base64.self_signing.replace(/(.{8})/g, '$1 ')],
  ])('the self-signing key %s', async (_name, key) => {
    const script = [whoami(JS), query(shownSigned(JS))]
    const { runner, failure } = await run({ 'self-signing-key': key }, script)
    expect(failure).toBeUndefined()
    const { self_signing: unpadded } = JS.private_keys_base64
    expect(runner.messages('mask')).toStrictEqual(
      expect.arrayContaining([key.trim(), unpadded, `${unpadded}=`, hexOf(unpadded)]),
    )
  })

  test.each([
    ['in one piece', JS.recovery_key.replaceAll(' ', '')],
    ['in lines', JS.recovery_key.replaceAll(' ', '\n')],
    ['as Element shows it', JS.recovery_key],
  ])('the recovery key %s: it is masked in each of its forms before the first request', async (_name, key) => {
    const { runner, failure } = await run({ 'recovery-key': key }, happy(JS))
    expect(failure).toBeUndefined()
    const first = runner.effects.findIndex(([kind]) => kind === 'request')
    const masks = runner.effects.slice(0, first).filter(([kind]) => kind === 'mask')
    expect(masks.map(([, text]) => text)).toStrictEqual(
      expect.arrayContaining([key, JS.recovery_key, JS.recovery_key.replaceAll(' ', '')]),
    )
  })

  test.each([
    ['unpadded', DEVICE_KEY],
    ['padded', `${DEVICE_KEY}=`],
    ['with blanks', ` ${DEVICE_KEY.replace(/(.{4})/g, '$1 ')}`],
  ])('the device key %s', async (_name, key) => {
    const { failure } = await run({ ...recovery(JS), 'device-key': key }, happy(JS))
    expect(failure).toBeUndefined()
  })

  test.each(['@vector.js:synapse.lab', 'vector.js', 'Vector.JS'])('the user %s', async (user) => {
    expect((await run({ ...recovery(JS), user }, happy(JS))).failure).toBeUndefined()
  })
})

describe('inputs that are not sound: nothing is sent', () => {
  const { wrong } = VECTORS.recovery_keys
  test.each([
    ['no secret', {}, 'missing-credentials', /one of `recovery-key`/],
    ['no token', { ...recovery(JS), 'access-token': ' ' }, 'missing-credentials', /access-token/],
    ['nothing', { 'access-token': '' }, 'missing-credentials', /`access-token` and one of/],
    ['two secrets', { ...recovery(JS), 'recovery-passphrase': 'x' }, 'invalid-input', /Only one/],
    ['parity', { 'recovery-key': wrong['parity'] ?? '' }, 'wrong-recovery-key', /check digit/],
    ['length', { 'recovery-key': wrong['too_short'] ?? '' }, 'wrong-recovery-key', /length/],
    ['prefix', { 'recovery-key': wrong['prefix'] ?? '' }, 'wrong-recovery-key', /begin/],
    ['alphabet', { 'recovery-key': wrong['alphabet'] ?? '' }, 'wrong-recovery-key', /character/],
    ['a passphrase in its place', { 'recovery-key': 'correct horse battery' }, 'wrong-recovery-key', /recovery-key/],
    ['a short self-signing key', { 'self-signing-key': 'AAAA' }, 'invalid-input', /32 bytes/],
    ['a self-signing key in base64url', { 'self-signing-key': `${'-'.repeat(43)}` }, 'invalid-input', /32 bytes/],
    ['a device key that is none', { ...recovery(JS), 'device-key': 'ABCD EFGH' }, 'invalid-input', /device-key/],
    ['a token that is none', { ...recovery(JS), 'access-token': 'syt a' }, 'token-invalid', /access-token/],
    ['no server', { ...recovery(JS), homeserver: '' }, 'invalid-input', /homeserver/],
    ['plain HTTP', { ...recovery(JS), homeserver: 'http://example.org' }, 'insecure-url', /http:/],
    ['a user that is none', { ...recovery(JS), user: '@bot' }, 'invalid-input', /user/],
  ])('%s', async (_name, inputs, word, message) => {
    const { failure, transport } = await run(inputs, [])
    expect(failure).toMatchObject({ code: word, message: expect.stringMatching(message) })
    expect(transport.requests).toStrictEqual([])
  })
})

/** Derived at once. */
const FAST = { algorithm: 'm.pbkdf2', iterations: 1, salt: 'salt' }

test.each([
  ['a fork', { GITHUB_EVENT_NAME: 'pull_request' }, { pull_request: { head: { repo: null } } }, /fork/],
  ['Dependabot', { GITHUB_ACTOR: 'dependabot[bot]' }, {}, /Dependabot/],
  ['a misspelt name', {}, {}, /spelling/],
] as const)(
  'missing secrets in a run of %s are explained, without inputs that verify has not',
  (_name, environment, event, hint) => {
    const runner = recordingRunner({ inputs: { homeserver: BASE }, environment, event })
    const failure = outcomeOf(() => readVerifyInputs(runner))
    expect(failure).toMatchObject({ code: 'missing-credentials', hint: expect.stringMatching(hint) })
    expect(failure?.hint).not.toContain('if-no-credentials')
  },
)

function outcomeOf(read: () => unknown): ReturnType<typeof explain> | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    return explain(error, 0)
  }
}

describe('each refusal has its word, and leaves the device unsigned', () => {
  const refused = (status: number, errcode: string) => json(status, { errcode, error: 'No' })
  const upTo = (...script: ScriptedExchange[]) => [whoami(JS), query(shown(JS)), ...script]
  const start = storage(JS).slice(0, 2)
  const key = (change: object) => data(JS, keyType(JS), json(200, { ...JS.account_data[keyType(JS)], ...change }))
  const secretOf = (name: string) => Object(JS.account_data[name]?.['encrypted'])
  const stranger = { ...recovery(JS), 'recovery-key': GO.recovery_key }
  const passphrase = { 'recovery-passphrase': 'not the passphrase' }

  test.each<readonly [string, Readonly<Record<string, string>>, readonly ScriptedExchange[], string, RegExp]>([
    ['a dead token', recovery(JS), [whoami(JS, refused(401, 'M_UNKNOWN_TOKEN'))], 'token-invalid', /access-token/],
    ['a token that whoami refuses', recovery(JS), [whoami(JS, refused(403, 'M_FORBIDDEN'))], 'token-invalid', /403/],
    ['a locked account', recovery(JS), [whoami(JS, refused(401, 'M_USER_LOCKED'))], 'account-locked', /M_USER_LOCKED/],
    [
      'a token that dies meanwhile',
      recovery(JS),
      [whoami(JS), [`POST ${API}/keys/query`, refused(401, 'M_UNKNOWN_TOKEN')]],
      'token-invalid',
      /encryption keys/,
    ],
    ['somebody else', { ...recovery(JS), user: '@bot:synapse.lab' }, [whoami(JS)], 'wrong-user', /not to @bot/],
    ['no device', recovery(JS), [whoami(JS, json(200, { user_id: JS.user_id }))], 'no-device-keys', /no device/],
    [
      'no keys of the device',
      { ...recovery(JS), 'max-wait': '0' },
      [whoami(JS), query(withoutDevice(JS))],
      'no-device-keys',
      /BOTDEVICE1 .* no encryption keys/,
    ],
    [
      'another device key',
      { ...recovery(JS), 'device-key': JS.self_signing_public_key },
      upTo(),
      'device-key-mismatch',
      new RegExp(DEVICE_KEY.replace(/\W/g, '\\$&')),
    ],
    [
      'keys that the device has not signed',
      recovery(JS),
      [whoami(JS), query(shown(JS, ({ device }) => Object.assign(device, { algorithms: [] })))],
      'device-key-mismatch',
      /not signed by the device/,
    ],
    [
      'no identity',
      recovery(JS),
      [whoami(JS), query(shown(JS, ({ answer }) => Object.assign(answer, { master_keys: {} })))],
      'not-cross-signed',
      /no cross-signing identity/,
    ],
    ['no secret storage', recovery(JS), upTo(data(JS, DEFAULT_KEY, NOT_FOUND)), 'not-cross-signed', /secret storage/],
    [
      'one that was removed',
      recovery(JS),
      upTo(data(JS, DEFAULT_KEY, json(200, {}))),
      'not-cross-signed',
      /secret storage/,
    ],
    [
      'no description of its key',
      recovery(JS),
      upTo(data(JS, DEFAULT_KEY), data(JS, keyType(JS), NOT_FOUND)),
      'not-cross-signed',
      /secret storage/,
    ],
    [
      'an algorithm that is not known',
      recovery(JS),
      upTo(data(JS, DEFAULT_KEY), key({ algorithm: 'm.other' })),
      'not-cross-signed',
      /algorithm/,
    ],
    ['another recovery key', stranger, upTo(...start), 'wrong-recovery-key', /does not open/],
    [
      'another passphrase',
      passphrase,
      upTo(data(JS, DEFAULT_KEY), key({ passphrase: FAST })),
      'wrong-recovery-key',
      /does not open/,
    ],
    [
      'a passphrase where the key was random',
      passphrase,
      [whoami(GO), query(shown(GO)), ...storage(GO).slice(0, 2)],
      'wrong-recovery-key',
      /not made from a passphrase/,
    ],
    [
      'a passphrase with endless iterations',
      passphrase,
      upTo(data(JS, DEFAULT_KEY), key({ passphrase: { ...FAST, iterations: 1e9 } })),
      'wrong-recovery-key',
      /iterations/,
    ],
    [
      'another recovery key, which only the secret itself shows',
      stranger,
      upTo(
        data(JS, DEFAULT_KEY),
        data(JS, keyType(JS), json(200, { algorithm: 'm.secret_storage.v1.aes-hmac-sha2' })),
        data(JS, MASTER),
      ),
      'wrong-recovery-key',
      /m\.cross_signing\.master/,
    ],
    [
      'no master key there',
      recovery(JS),
      upTo(...start, data(JS, MASTER, NOT_FOUND)),
      'not-cross-signed',
      /does not hold/,
    ],
    [
      'one that was removed',
      recovery(JS),
      upTo(...start, data(JS, MASTER, json(200, {}))),
      'not-cross-signed',
      /does not hold/,
    ],
    [
      'one of another key only',
      recovery(JS),
      upTo(...start, data(JS, MASTER, json(200, { encrypted: { constructor: {} } }))),
      'not-cross-signed',
      // https://github.com/element-hq/element-web/issues/34878
      /m\.cross_signing\.master .* is not encrypted with its default key/,
    ],
    [
      'one whose entry is not an object',
      recovery(JS),
      upTo(...start, data(JS, MASTER, json(200, { encrypted: { [`${JS.account_data[DEFAULT_KEY]?.['key']}`]: 'x' } }))),
      'not-cross-signed',
      /m\.cross_signing\.master .* is malformed/,
    ],
    [
      'no self-signing key there',
      recovery(JS),
      upTo(...start, data(JS, MASTER), data(JS, SELF_SIGNING, json(200, { encrypted: {} }))),
      'not-cross-signed',
      /self_signing/,
    ],
    [
      'a secret of another name in its place',
      recovery(JS),
      upTo(...start, data(JS, MASTER, json(200, { encrypted: secretOf(SELF_SIGNING) }))),
      'wrong-recovery-key',
      /m\.cross_signing\.master/,
    ],
    [
      'an identity of the server’s own',
      recovery(JS),
      [whoami(JS), query(shown(JS, useIdentityOf(GO))), ...storage(JS)],
      'identity-mismatch',
      /master key/,
    ],
    [
      'the self-signing key of another account',
      { 'self-signing-key': GO.private_keys_base64.self_signing },
      upTo(),
      'identity-mismatch',
      /self-signing key/,
    ],
    [
      'the master key as self-signing key',
      { 'self-signing-key': JS.private_keys_base64.master },
      upTo(),
      'identity-mismatch',
      /self-signing key/,
    ],
    [
      'a signature that the server refuses',
      recovery(JS),
      upTo(
        ...storage(JS),
        upload(
          json(200, {
            failures: {
              [JS.user_id]: { BOTDEVICE1: { status: 400, errcode: 'M_UNKNOWN', message: 'Key does not match' } },
            },
          }),
        ),
      ),
      'denied',
      /400 M_UNKNOWN “Key does not match”/,
    ],
    [
      'a signature that is not shown',
      recovery(JS),
      upTo(...storage(JS), upload(json(200, {})), query(shown(JS))),
      'server-error',
      /no signature/,
    ],
    [
      'an earlier signature that the server keeps',
      recovery(JS),
      [
        whoami(JS),
        query(shownSigned(JS, 'A'.repeat(86))),
        ...storage(JS),
        upload(),
        query(shownSigned(JS, 'A'.repeat(86))),
      ],
      'device-key-mismatch',
      /earlier keys/,
    ],
    [
      'keys of the device that changed meanwhile',
      recovery(JS),
      upTo(
        ...storage(JS),
        upload(),
        query(shown(JS, ({ answer }) => Object.assign(answer, { device_keys: OTHER_KEYS }))),
      ),
      'device-key-mismatch',
      /changed while it was verified/,
    ],
    [
      'a device that is gone after the upload',
      recovery(JS),
      upTo(...storage(JS), upload(), query(withoutDevice(JS))),
      'no-device-keys',
      /BOTDEVICE1/,
    ],
    [
      'an identity that was reset meanwhile',
      recovery(JS),
      upTo(...storage(JS), upload(), query(shown(JS, useIdentityOf(GO)))),
      'identity-mismatch',
      /master key/,
    ],
    [
      'account data of another user',
      recovery(JS),
      upTo(data(JS, DEFAULT_KEY, refused(403, 'M_FORBIDDEN'))),
      'denied',
      /403/,
    ],
  ])('%s', async (_name, inputs, script, word, message) => {
    const { failure, runner } = await run(inputs, script)
    expect(failure).toMatchObject({ code: word, message: expect.stringMatching(message) })
    expect(failure?.hint).toMatch(/\.$|`$/)
    expect(runner.effects.filter(([kind]) => kind === 'output')).toStrictEqual([])
  })
})

/** The server shows an identity of its own in the name of this user. */
function useIdentityOf(other: VectorAccount): (parts: AccountParts) => void {
  return ({ answer }) => {
    const { master, selfSigning } = partsOf(other)
    Object.assign(answer, {
      master_keys: { [JS.user_id]: { ...master, user_id: JS.user_id } },
      self_signing_keys: { [JS.user_id]: { ...selfSigning, user_id: JS.user_id } },
    })
  }
}

describe('waiting for a bot that is starting', () => {
  const waiting = (times: number) => Array.from({ length: times }, () => query(withoutDevice(JS)))

  test('the keys come, and are signed', async () => {
    const [first, ...rest] = happy(JS)
    const { clock, runner, failure } = await run(recovery(JS), [first ?? whoami(JS), ...waiting(6), ...rest])
    expect(failure).toBeUndefined()
    expect(clock.pauses).toStrictEqual([1000, 1500, 2250, 3375, 5000, 5000])
    expect(runner.messages('info').filter((line) => line.startsWith('Waiting up to 120 s'))).toHaveLength(1)
  })

  test('they do not come within max-wait: pauses that do not fit are not begun', async () => {
    const { clock, failure } = await run({ ...recovery(JS), 'max-wait': '5' }, [whoami(JS), ...waiting(4)])
    expect(failure?.code).toBe('no-device-keys')
    expect(clock.pauses).toStrictEqual([1000, 1500, 2250])
  })

  test('retries and waiting share one budget', async () => {
    const script = [whoami(JS), [`POST ${API}/keys/query`, noAnswer()] as const, ...waiting(2)]
    const { clock, failure } = await run({ ...recovery(JS), 'max-wait': '2' }, script)
    expect(failure?.code).toBe('no-device-keys')
    expect(clock.pauses).toStrictEqual([500, 1000])
  })
})

test('a lost answer to the upload is no harm: the same signature is sent again', async () => {
  const script = [
    whoami(JS),
    query(shown(JS)),
    ...storage(JS),
    upload(noAnswer('reset')),
    upload(),
    query(shownSigned(JS)),
  ]
  const { failure, transport } = await run(recovery(JS), script)
  expect(failure).toBeUndefined()
  const [first, second] = transport.requests.filter(({ url }) => url.endsWith('/upload'))
  expect(first?.body).toBe(second?.body)
})

// The answer is keyed by IDs, and an ID can be what a member with a token is called.
test.each(['ci_token', 'access_token', 'token', 'device_code', '__proto__', 'constructor'])(
  'a device that is called %s',
  async (deviceId) => {
    const device: Record<string, unknown> = makeDeviceKeys(JS.user_id, deviceId)
    const seed = Buffer.from(JS.private_keys_base64.self_signing, 'base64')
    const own = Object.values(objectOf(device['signatures']))[0]
    const signatures = { [JS.user_id]: { ...objectOf(own), [JS.expected.key_id]: signatureOf(device, seed) } }
    const keys = Object.fromEntries([[deviceId, { ...device, signatures }]])
    const answer = { ...shown(JS), device_keys: { [JS.user_id]: keys } }
    const who = whoami(JS, json(200, { user_id: JS.user_id, device_id: deviceId }))
    const inputs = { 'self-signing-key': JS.private_keys_base64.self_signing }
    const { runner, failure } = await run(inputs, [who, query(answer)])
    expect(failure).toBeUndefined()
    expect(runner.output('device-id')).toBe(deviceId)
    expect(runner.messages('mask')).not.toContain(runner.output('device-key'))
  },
)

// A lone surrogate has no form in a URL.
test('a key ID of secret storage that is not Unicode is no secret storage', async () => {
  const script = [whoami(JS), query(shown(JS)), data(JS, DEFAULT_KEY, json(200, { key: 'a\ud800' }))]
  expect((await run(recovery(JS), script)).failure?.code).toBe('not-cross-signed')
})

test('a user ID that is not Unicode is an answer that is malformed', async () => {
  const odd = json(200, { user_id: '@bot\ud800:example.org', device_id: 'D' })
  expect((await run(recovery(JS), [whoami(JS, odd)])).failure?.code).toBe('server-error')
})

test('a server that answers just before the deadline, and without the keys, is not waited for longer than max-wait', async () => {
  const runner = recordingRunner({ inputs: { homeserver: BASE, 'access-token': TOKEN, ...recovery(JS) } })
  let now = Date.UTC(2026, 10, 2)
  const pass = (ms: number) => {
    now += ms
    return Promise.resolve(true)
  }
  const owner = json(200, { user_id: JS.user_id, device_id: JS.device_id })
  const transport = async ({ url }: { readonly url: string }) => {
    if (url.endsWith('/whoami')) return owner
    await pass(29_000)
    return json(200, withoutDevice(JS))
  }
  const start = now
  const ports = { runner, log: runner, masks: runner, transport, random: fixedRandom() }
  await expect(verifyAction({ ...ports, clock: { now: () => now, sleep: pass } })).rejects.toThrow(
    'has no encryption keys',
  )
  expect(now - start).toBeLessThanOrEqual(120_000 + 30_000)
})
