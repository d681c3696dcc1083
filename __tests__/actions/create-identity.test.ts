import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from '@jest/globals'
import { explain } from '../../src/explain.js'
import { Failure } from '../../src/failures.js'
import { toolkitTransport } from '../../src/http/toolkit-transport.js'
import { MatrixClient } from '../../src/matrix/client.js'
import { parseUser } from '../../src/matrix/identifiers.js'
import { Secret } from '../../src/secret.js'
import { withWaitBudget } from '../../src/session/connect.js'
import { createIdentity } from '../../src/verification/create-identity.js'
import { decodeRecoveryKey } from '../../src/verification/keys.js'
import { KeysApi } from '../../src/verification/keys-api.js'
import { verifyDevice } from '../../src/verification/verify-device.js'
import { type Effect, fakeClock, fixedRandom, recordingRunner } from '../support/fakes.js'
import { clearFixtures, PASSWORD, stopLater } from '../support/fixture.js'
import { objectOf } from '../support/homeserver/answers.js'
import { type HomeserverOptions, startHomeserver } from '../support/homeserver.js'
import { isValid, makeDeviceKeys } from '../support/verification/signatures.js'

const USER = '@bot:example.org'
const DEVICE = 'COMMANDLINE'

afterEach(clearFixtures)

/** The use case against a homeserver, with everything that it does written down in order. */
async function setCommand(options: HomeserverOptions = {}, maxWaitMs = 0) {
  const users = [{ localpart: 'bot', password: PASSWORD }]
  const server = stopLater(await startHomeserver({ users, ...options }))
  const runner = recordingRunner()
  const { effects } = runner
  const live = toolkitTransport('test', () => undefined)
  const transport: typeof live = (request) => {
    effects.push(['request', `${request.method} ${decodeURIComponent(request.url.replace(/^.*\/v3\//, ''))}`])
    return live(request)
  }
  const clock = fakeClock()
  const token = server.issueToken('bot', DEVICE)
  const ports = withWaitBudget({ log: runner, masks: runner, transport, clock, random: fixedRandom() }, maxWaitMs)
  const api = new KeysApi(new MatrixClient(server.url, ports), new Secret(token))
  const delivered: string[] = []
  const deliver = (key: Secret) => {
    effects.push(['deliver'])
    delivered.push(key.reveal())
    return Promise.resolve()
  }
  const askPassword = () => {
    effects.push(['ask'])
    return Promise.resolve(new Secret(PASSWORD))
  }
  const outside = {
    api,
    masks: runner,
    log: runner,
    random: { bytes: (count: number) => randomBytes(count) },
    deliver,
    askPassword,
  }
  const warned = () => runner.messages('warning').join()
  const create = (changes: Partial<typeof outside> = {}) =>
    outcomeOf(createIdentity({ ...outside, ...changes }, undefined))
  const order = () => effects.filter(([kind]) => ['request', 'deliver', 'ask'].includes(kind)).map(describeEffect)
  const changes = () => order().filter((effect) => /^(PUT|POST keys\/device_signing)/.test(effect))
  return { server, runner, api, outside, create, delivered, order, changes, warned }
}

const describeEffect = ([kind, request]: Effect) => request ?? kind

/** What a person reads instead of a rejection. */
async function outcomeOf<Result>(promise: Promise<Result>): Promise<Result | ReturnType<typeof explain>> {
  try {
    return await promise
  } catch (error) {
    return explain(error, 0)
  }
}

const data = (method: string) => (type: string) => `${method} user/${USER}/account_data/${type}`
const [read, written] = [data('GET'), data('PUT')]
const SECRETS = ['master', 'self_signing', 'user_signing'].map((kind) => `m.cross_signing.${kind}`)
const LOOK = ['GET account/whoami', 'POST keys/query', read('m.secret_storage.default_key')]
const UPLOAD = 'POST keys/device_signing/upload'

describe.each(['synapse', 'dendrite', 'mas'] as const)('%s', (flavour) => {
  test('everything in the order of the contract', async () => {
    const { server, create, delivered, order } = await setCommand({ flavour })
    const created = await create()
    const { key: keyId } = objectOf(server.keys.accountData(USER, 'm.secret_storage.default_key'))
    expect(keyId).toMatch(/^[0-9a-f]{32}$/)
    const keyType = `m.secret_storage.key.${keyId}`
    expect(order()).toStrictEqual([
      ...LOOK,
      'deliver',
      UPLOAD,
      ...[keyType, ...SECRETS, 'm.secret_storage.default_key'].map(written),
      ...['m.secret_storage.default_key', keyType, ...SECRETS].map(read),
      'POST keys/query',
    ])
    const [masterId] = Object.keys(objectOf(server.keys.identity(USER).master?.['keys']))
    expect(created).toStrictEqual({ userId: USER, masterKey: masterId?.replace('ed25519:', '') })
    expect(delivered[0]).toMatch(/^(Es\w\w)( \w{4}){11}$/)
  })

  test('the keys are as clients want them: unpadded, and signed by the master key', async () => {
    const { server, create } = await setCommand({ flavour })
    await create()
    const { master, self_signing: selfSigning, user_signing: userSigning } = server.keys.identity(USER)
    const [[masterId = '', masterKey = ''] = []] = Object.entries(objectOf(master?.['keys']))
    for (const [key, usage] of [
      [master, 'master'],
      [selfSigning, 'self_signing'],
      [userSigning, 'user_signing'],
    ] as const) {
      const [[id, value] = []] = Object.entries(objectOf(key?.['keys']))
      expect(id).toBe(`ed25519:${value}`)
      expect(value).toMatch(/^[\w+/]{43}$/)
      expect(key).toMatchObject({ user_id: USER, usage: [usage] })
      if (usage !== 'master') expect(isValid(key ?? {}, USER, masterId, String(masterKey))).toBe(true)
    }
  })

  test('its recovery key verifies a device', async () => {
    const { server, create, delivered, outside } = await setCommand({ flavour })
    await create()
    server.keys.setDeviceKeys(USER, DEVICE, makeDeviceKeys(USER, DEVICE))
    const decoded = decodeRecoveryKey(delivered[0] ?? '')
    if ('problem' in decoded) throw new Error(decoded.problem)
    const request = {
      user: undefined,
      secret: { kind: 'recovery-key', key: decoded.key },
      expectedKey: undefined,
    } as const
    expect(await verifyDevice(outside, request)).toMatchObject({ userId: USER, deviceId: DEVICE })
  })
})

test('a self-signing key is masked by the use case too, whoever calls it', async () => {
  const { runner, outside } = await setCommand()
  const seed = randomBytes(32)
  const request = { user: undefined, secret: { kind: 'self-signing-key', seed }, expectedKey: undefined } as const
  await outcomeOf(verifyDevice(outside, request))
  expect(runner.messages('mask')).toStrictEqual(expect.arrayContaining([seed.toString('hex'), seed.toString('base64')]))
})

test('every private key is masked before the first of them leaves, in base64 and hex', async () => {
  const { runner, create, delivered } = await setCommand()
  await create()
  const upto = runner.effects.findIndex(([kind]) => kind === 'deliver')
  const masks = runner.effects.slice(0, upto).flatMap(([kind, text = '']) => (kind === 'mask' ? [text] : []))
  expect(masks).toStrictEqual(expect.arrayContaining([delivered[0], delivered[0]?.replaceAll(' ', '')]))
  for (const form of [/^[0-9a-f]{64}$/, /^[\w+/]{43}=$/, /^[\w+/]{43}$/])
    expect(masks.filter((text) => form.test(text)).length).toBeGreaterThan(3)
})

describe('what is there is never replaced: nothing is delivered, and nothing changes', () => {
  test.each(['master', 'self_signing', 'user_signing'] as const)('a key of an identity: %s', async (member) => {
    const { server, create, order } = await setCommand()
    server.keys.setIdentity(USER, { [member]: { user_id: USER } })
    expect(await create()).toMatchObject({
      code: 'denied',
      message: expect.stringContaining('already has a cross-signing'),
    })
    expect(order()).toStrictEqual(LOOK.slice(0, 2))
  })

  test('secret storage', async () => {
    const { server, create, order } = await setCommand()
    server.keys.setAccountData(USER, 'm.secret_storage.default_key', { key: 'other' })
    expect(await create()).toMatchObject({
      code: 'denied',
      message: expect.stringContaining('already has secret storage'),
    })
    expect(order()).toStrictEqual(LOOK)
  })

  test('but an empty default key, which a reset leaves, is none', async () => {
    const { server, create } = await setCommand()
    server.keys.setAccountData(USER, 'm.secret_storage.default_key', {})
    expect(await create()).toMatchObject({ userId: USER })
  })

  test('an identity that is made while the password is asked for', async () => {
    const { server, create, changes } = await setCommand({ identityNeedsPassword: true })
    const other = { user_id: USER, usage: ['master'], keys: {} }
    const askPassword = () => {
      server.keys.setIdentity(USER, { master: other })
      return Promise.resolve(new Secret(PASSWORD))
    }
    expect(await create({ askPassword })).toMatchObject({ code: 'denied' })
    expect(changes()).toStrictEqual([UPLOAD])
    expect(server.keys.identity(USER)).toStrictEqual({ master: other })
  })
})

describe('where it ends in between', () => {
  test('a recovery key that cannot be delivered: nothing was made', async () => {
    const { create, order } = await setCommand()
    const deliver = () => Promise.reject(new Failure('store-refused', 'No.'))
    expect(await create({ deliver })).toMatchObject({ code: 'store-refused' })
    expect(order()).toStrictEqual(LOOK)
  })

  test('an upload that is refused: no account data, and the key opens nothing', async () => {
    const { server, create, changes, warned } = await setCommand()
    server.inject(
      { path: '/device_signing/upload' },
      { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN' } },
    )
    expect(await create()).toMatchObject({ code: 'denied' })
    expect(warned()).toContain('opens nothing')
    expect(changes()).toStrictEqual([UPLOAD])
  })

  test.each([
    ['a lost answer', { kind: 'lose-answer' }, 'unreachable'],
    ['a 500', { kind: 'respond', status: 500 }, 'server-error'],
  ] as const)('%s to the upload: it may have been made', async (_name, fault, word) => {
    const { server, create, changes, warned } = await setCommand()
    server.inject({ path: '/device_signing/upload' }, fault)
    expect(await create()).toMatchObject({ code: word })
    expect(warned()).toContain('may have accepted')
    expect(changes()).toStrictEqual([UPLOAD])
  })

  test('a lost answer that can be repeated: the same keys need no password', async () => {
    const { server, create, changes } = await setCommand({}, 10_000)
    server.inject({ path: '/device_signing/upload' }, { kind: 'lose-answer' })
    expect(await create()).toMatchObject({ userId: USER })
    expect(changes().filter((effect) => effect === UPLOAD)).toHaveLength(2)
  })

  test.each([0, 1, 2, 3, 4])(
    'write %i of secret storage: the keys are lost, and the warning says what to do',
    async (index) => {
      const { server, create, changes, warned } = await setCommand()
      for (let before = 0; before < index; before += 1) server.inject({ method: 'PUT' }, { kind: 'alter', members: {} })
      server.inject({ method: 'PUT' }, { kind: 'respond', status: 413, body: { errcode: 'M_TOO_LARGE' } })
      expect(await create()).toMatchObject({ code: 'denied' })
      expect(warned()).toContain('Reset the identity in Element')
      expect(changes()).toHaveLength(index + 2)
      expect(server.keys.accountData(USER, 'm.secret_storage.default_key')).toBeUndefined()
    },
  )

  test('what is read back is not what was written', async () => {
    const { server, create, warned } = await setCommand()
    server.inject({ method: 'GET', path: /master$/ }, { kind: 'respond', status: 200, body: {} })
    expect(await create()).toMatchObject({ code: 'not-cross-signed' })
    expect(warned()).toContain('Try the recovery key')
  })

  test.each([
    ['self_signing_keys', 'not-cross-signed'],
    ['user_signing_keys', 'identity-mismatch'],
  ])('an identity that the server shows without %s', async (member, word) => {
    const { server, create, warned } = await setCommand()
    server.inject({ path: '/keys/query' }, { kind: 'alter', members: {} })
    server.inject({ path: '/keys/query' }, { kind: 'alter', members: { [member]: {} } })
    expect(await create()).toMatchObject({ code: word })
    expect(warned()).toContain('Try the recovery key')
  })

  test('a token that is dead', async () => {
    const { server, outside } = await setCommand()
    const api = new KeysApi(outside.api.client, new Secret('syt_dead'))
    expect(await outcomeOf(createIdentity({ ...outside, api }, undefined))).toMatchObject({ code: 'token-invalid' })
    expect(server.requests).toHaveLength(1)
  })

  test('a token of somebody else', async () => {
    const { outside, order } = await setCommand()
    const user = parseUser('@other:example.org')
    if ('problem' in user) throw new Error(user.problem)
    expect(await outcomeOf(createIdentity(outside, user))).toMatchObject({ code: 'wrong-user' })
    expect(order()).toStrictEqual(LOOK.slice(0, 1))
  })
})

describe('where the server asks for more', () => {
  test('the password is asked for, masked and sent with the session', async () => {
    const { server, runner, create, order } = await setCommand({ identityNeedsPassword: true })
    expect(await create()).toMatchObject({ userId: USER })
    expect(order().slice(3, 8)).toStrictEqual(['deliver', UPLOAD, 'ask', 'POST keys/query', UPLOAD])
    expect(runner.messages('mask')).toContain(PASSWORD)
    const { auth } = JSON.parse(server.requests.filter(({ path }) => path.endsWith('signing/upload'))[1]?.body ?? '{}')
    expect(auth).toStrictEqual({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: USER },
      password: PASSWORD,
      session: 'uia-session',
    })
  })

  test('a wrong password: nothing was made', async () => {
    const { server, create, warned } = await setCommand({ identityNeedsPassword: true })
    const outcome = await create({ askPassword: () => Promise.resolve(new Secret('wrong')) })
    expect(outcome).toMatchObject({ code: 'wrong-credentials' })
    expect(warned()).toContain('opens nothing')
    expect(server.keys.identity(USER)).toStrictEqual({})
  })

  test.each([
    [
      'with an address',
      { 'org.matrix.cross_signing_reset': { url: 'https://account.example.org/reset' } },
      /at https:\/\/account/,
    ],
    ['without one', {}, /in Element/],
    ['with one that is no web address', { 'm.oauth': { url: 'javascript:alert(1)' } }, /in Element/],
  ])('another harness, %s', async (_name, params, hint) => {
    const { server, create, changes } = await setCommand({ flavour: 'mas' })
    const flows = [{ stages: ['m.oauth'] }, { stages: ['org.matrix.cross_signing_reset'] }]
    server.inject(
      { path: '/device_signing/upload' },
      { kind: 'respond', status: 401, body: { session: 'dummy', flows, params } },
    )
    const outcome = await create()
    expect(outcome).toMatchObject({ code: 'method-unavailable', hint: expect.stringMatching(hint) })
    expect(changes()).toStrictEqual([UPLOAD])
  })
})
