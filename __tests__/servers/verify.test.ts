import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { toolkitTransport } from '../../src/http/toolkit-transport.js'
import { MatrixClient } from '../../src/matrix/client.js'
import { Secret } from '../../src/secret.js'
import { withWaitBudget } from '../../src/session/connect.js'
import { createIdentity } from '../../src/verification/create-identity.js'
import { KeysApi } from '../../src/verification/keys-api.js'
import { fakeClock, fixedRandom, recordingRunner } from '../support/fakes.js'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { objectOf } from '../support/homeserver/answers.js'
import { REAL_HOMESERVERS } from './support/homeservers.js'
import { installed, makeDirectory } from './support/real-process.js'
import type { RealServer } from './support/real-server.js'
import { runClient } from './support/run-client.js'
import { newJob, PASSWORD, remember } from './support/session-watch.js'

const OWNER_CLIENT = '__tests__/servers/support/clients/owner.mjs'
const BOT = '__tests__/servers/support/clients/encrypted-bot.py'
const PASSPHRASE = 'pä§s wörd 漢字 🙂'

let server: RealServer
afterEach(clearFixtures)

/** A session on a device, in the variables that clients read. */
async function logIn(localpart: string, deviceId: string): Promise<Record<string, string>> {
  const identifier = { type: 'm.id.user', user: localpart }
  const body = { type: 'm.login.password', identifier, password: PASSWORD, device_id: deviceId }
  const answer = await server.call('POST', '/_matrix/client/v3/login', { body })
  return {
    MATRIX_HOMESERVER: server.url,
    MATRIX_USER_ID: `@${localpart}:${server.serverName}`,
    MATRIX_DEVICE_ID: deviceId,
    MATRIX_ACCESS_TOKEN: remember(String(answer.body['access_token'])),
  }
}

/** Runs one task of matrix-js-sdk in a session. */
async function owner(
  task: string,
  session: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
) {
  const env = { ...session, ...more, MATRIX_TASK: task, MATRIX_PASSWORD: PASSWORD }
  return objectOf(await runClient(installed('MATRIX_TEST_NODE24'), OWNER_CLIENT, env))
}

/** Logs in with the action and starts the bot of another library, which uploads its keys. */
async function startBot(localpart: string, deviceId: string) {
  const job = await newJob()
  const inputs = { homeserver: server.url, user: localpart, password: PASSWORD, 'device-id': deviceId }
  const { outputs } = await job.runAction('.', inputs)
  const session = {
    MATRIX_HOMESERVER: server.url,
    MATRIX_USER_ID: outputs['user-id'] ?? '',
    MATRIX_DEVICE_ID: deviceId,
    MATRIX_ACCESS_TOKEN: remember(outputs['access-token']),
  }
  const store = makeDirectory('bot')
  stopLater({ stop: () => Promise.resolve(rmSync(store, { recursive: true })) })
  const bot = async (task: string, expected = 0) => {
    const env = { ...session, MATRIX_STORE: store, MATRIX_TASK: task, MATRIX_EXPECTED: String(expected) }
    return objectOf(await runClient(installed('MATRIX_TEST_NIO_PYTHON'), BOT, env))
  }
  const start = async () => String((await bot('start'))['device_key'])
  const read = async (expected: number) => (await bot('read', expected))['texts']
  const verify = (more: Readonly<Record<string, string>>) =>
    job.runAction('verify', { homeserver: server.url, 'access-token': session.MATRIX_ACCESS_TOKEN, ...more })
  return { session, start, read, verify }
}

let strangers = 0

/** What a stranger's client says of a device. It sends room keys to signed devices only. */
async function judge(bot: Readonly<Record<string, string>>, body = 'Hello'): Promise<unknown> {
  strangers += 1
  const name = `stranger${strangers}`
  remember(await server.register(name, PASSWORD))
  return owner('judge', await logIn(name, 'STRANGER'), {
    MATRIX_BOT_USER: bot['MATRIX_USER_ID'] ?? '',
    MATRIX_BOT_DEVICE: bot['MATRIX_DEVICE_ID'] ?? '',
    MATRIX_BOT_TOKEN: bot['MATRIX_ACCESS_TOKEN'] ?? '',
    MATRIX_BODY: body,
  })
}

/** Makes an identity as the command does. @returns the recovery key */
async function create(token: string): Promise<string> {
  const runner = recordingRunner()
  const live = {
    log: runner,
    masks: runner,
    transport: toolkitTransport('test', () => undefined),
    clock: fakeClock(),
    random: fixedRandom(),
  }
  const delivered: string[] = []
  await createIdentity(
    {
      api: new KeysApi(new MatrixClient(server.url, withWaitBudget(live, 0)), new Secret(token)),
      masks: runner,
      log: runner,
      random: { bytes: (count) => randomBytes(count) },
      deliver: (key) => Promise.resolve(void delivered.push(key.reveal())),
      askPassword: () => Promise.resolve(new Secret(PASSWORD)),
    },
    undefined,
  )
  return remember(delivered[0])
}

describe.each(REAL_HOMESERVERS)('$name', ({ start, keepsFirstSignature }) => {
  beforeAll(async () => {
    server = await start()
  })
  afterAll(() => server.stop())

  describe('an account that matrix-js-sdk set up', () => {
    let recoveryKey = ''
    beforeAll(async () => {
      remember(await server.register('bot', PASSWORD))
      const found = await owner('set-up', await logIn('bot', 'OWNERDEV'), { MATRIX_PASSPHRASE: PASSPHRASE })
      expect(found['ready']).toBe(true)
      recoveryKey = remember(String(found['recovery_key']))
    })

    test.each([
      ['recovery-key', 'BOT-1', () => recoveryKey],
      ['recovery-passphrase', 'BOT-2', () => PASSPHRASE],
    ])(
      'a matrix-nio bot is sent room keys once its device is signed, with %s: matrix-js-sdk says so',
      async (input, id, secret) => {
        const bot = await startBot('bot', id)
        const deviceKey = await bot.start()
        expect(await judge(bot.session, 'before')).toStrictEqual({ signedByOwner: false, identity: true })
        const { outputs } = await bot.verify({ [input]: secret(), 'device-key': deviceKey })
        expect(outputs).toStrictEqual({
          verified: 'true',
          'user-id': bot.session.MATRIX_USER_ID,
          'device-id': id,
          'device-key': deviceKey,
          failure: '',
        })
        expect(await judge(bot.session, 'after')).toStrictEqual({ signedByOwner: true, identity: true })
        expect(await bot.read(2)).toStrictEqual(expect.arrayContaining([null, 'after']))
      },
    )

    test('a bot that lost its store comes back on its old device ID: on Synapse it can never be verified again', async () => {
      const bot = await startBot('bot', 'BOT-3')
      await bot.start()
      expect((await bot.verify({ 'recovery-key': recoveryKey })).outputs['verified']).toBe('true')
      await server.call('POST', '/_matrix/client/v3/logout', { token: bot.session.MATRIX_ACCESS_TOKEN, body: {} })
      const again = await startBot('bot', 'BOT-3')
      await again.start()
      const { outputs, annotations } = await again.verify({ 'recovery-key': recoveryKey })
      // Dendrite forgets the signature with the device.
      expect(outputs['failure']).toBe(keepsFirstSignature ? 'device-key-mismatch' : '')
      expect(annotations.map(({ message }) => message.includes('never used'))).toStrictEqual(
        keepsFirstSignature ? [true] : [],
      )
    })

    test('without keys of the device, and with another recovery key, nothing is signed', async () => {
      const bot = await startBot('bot', 'BOT-4')
      const early = await bot.verify({ 'recovery-key': recoveryKey, 'max-wait': '1' })
      expect(early.outputs).toStrictEqual({ failure: 'no-device-keys' })
      await bot.start()
      const other = 'EsSz ykH7 LCZx 7Cae cmKD wcmY JRXi Ybtu 8iQ3 t8Ez nRwK pUY1'
      expect((await bot.verify({ 'recovery-key': other })).outputs).toStrictEqual({ failure: 'wrong-recovery-key' })
      expect(await judge(bot.session)).toStrictEqual({ signedByOwner: false, identity: true })
    })
  })

  describe('an account whose identity create-identity made', () => {
    test('matrix-js-sdk takes it, and the device of a bot is signed by its owner', async () => {
      const token = remember(await server.register('fresh', PASSWORD))
      const bot = await startBot('fresh', 'BOT-1')
      await bot.start()
      const { outputs: before } = await bot.verify({ 'self-signing-key': randomBytes(32).toString('base64') })
      expect(before).toStrictEqual({ failure: 'not-cross-signed' })
      const recoveryKey = await create(token)
      expect((await bot.verify({ 'recovery-key': recoveryKey })).outputs['verified']).toBe('true')
      expect(await judge(bot.session)).toStrictEqual({ signedByOwner: true, identity: true })
      const opened = await owner('open', await logIn('fresh', 'ELEMENT'), { MATRIX_RECOVERY_KEY: recoveryKey })
      expect(opened).toStrictEqual({ ready: true, stored: true, signedByOwner: true, crossSigningVerified: true })
    })
  })
})
