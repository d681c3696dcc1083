import { describe, expect, test } from '@jest/globals'
import { loginAction } from '../../src/actions/login.js'
import { unsealAction } from '../../src/actions/unseal.js'
import { explain } from '../../src/explain.js'
import type { SecretFiles } from '../../src/runner/secret-file.js'
import { sealText } from '../../src/sealing/session-file.js'
import { fakeClock, fakeFiles, fixedRandom, json, recordingRunner, scriptedTransport } from '../support/fakes.js'

const SERVER = 'https://matrix.example.org'
const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'
const PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='
const CREDENTIALS = {
  access_token: TOKEN,
  refresh_token: 'made-up-refresh-token',
  user_id: '@bot:example.org',
  homeserver: SERVER,
  repository: 'o/r',
  run_id: '1',
}
const RUN = { GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '1', GITHUB_ENV: '/some/file' }

async function failureOf(action: Promise<void>) {
  return action.then(
    () => undefined,
    (error: unknown) => explain(error, 0),
  )
}

async function runUnseal(
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = RUN,
) {
  const sealed = await sealText(JSON.stringify(CREDENTIALS), PASSPHRASE)
  const runner = recordingRunner({
    inputs: { 'sealed-credentials': sealed, passphrase: PASSPHRASE, ...inputs },
    environment,
  })
  return { runner, failure: await failureOf(unsealAction(runner)) }
}

interface LoginHarness {
  readonly environment?: Readonly<Record<string, string>>
  readonly files?: SecretFiles
  /** Members of the answer. */
  readonly answered?: Readonly<Record<string, string>>
}

async function runLogin(
  inputs: Readonly<Record<string, string>>,
  { environment = RUN, files = fakeFiles(), answered = {} }: LoginHarness = {},
) {
  const answer = { user_id: '@bot:example.org', access_token: TOKEN, device_id: 'GHA-ABCDEFGHIJKL', ...answered }
  const runner = recordingRunner({
    inputs: { homeserver: SERVER, user: 'bot', password: 'correct horse battery staple', ...inputs },
    environment,
  })
  const transport = scriptedTransport([[`POST ${SERVER}/_matrix/client/v3/login`, json(200, answer)]], runner.effects)
  const ports = { runner, log: runner, masks: runner, transport, clock: fakeClock(), random: fixedRandom() }
  const failure = await failureOf(loginAction({ ...ports, files: () => Promise.resolve(files) }))
  return { runner, transport, failure }
}

describe('unseal', () => {
  test('masks the passphrase, then the tokens, then sets outputs, then variables', async () => {
    const { runner, failure } = await runUnseal({ 'export-env': 'true' })
    expect(failure).toBeUndefined()
    const order = runner.effects.filter(([kind]) => kind !== 'info').map(([kind, name]) => `${kind} ${name}`)
    expect(order).toStrictEqual([
      `mask ${PASSPHRASE}`,
      `mask ${TOKEN}`,
      'mask made-up-refresh-token',
      'output access-token',
      'output refresh-token',
      'output user-id',
      'output device-id',
      'output homeserver-url',
      'output expires-at',
      'env MATRIX_ACCESS_TOKEN',
      'env MATRIX_USER_ID',
      'env MATRIX_DEVICE_ID',
      'env MATRIX_HOMESERVER',
      'output failure',
    ])
  })

  test('masks the tokens of another run too, before it refuses them', async () => {
    const { runner, failure } = await runUnseal({}, { ...RUN, GITHUB_RUN_ID: '2' })
    expect(failure?.code).toBe('unsealing-failed')
    expect(runner.messages('mask')).toStrictEqual([PASSPHRASE, TOKEN, 'made-up-refresh-token'])
    expect(runner.messages('output')).toStrictEqual([])
  })

  test('names all problems of its inputs at once', async () => {
    const { failure } = await runUnseal({
      'sealed-credentials': ' ',
      passphrase: '\n',
      'export-env': 'yes',
      'allow-other-runs': 'no',
    })
    expect(failure?.code).toBe('invalid-input')
    for (const name of ['sealed-credentials', 'passphrase', 'export-env', 'allow-other-runs']) {
      expect(failure?.message).toContain(`- \`${name}\``)
    }
  })
})

// Without the file `core.exportVariable` falls back to `::set-env`, which prints the value.
describe('export-env on a runner without GITHUB_ENV', () => {
  const environment = { GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '1' }

  test('is invalid-input before anything is sent', async () => {
    const { failure, transport } = await runLogin({ 'export-env': 'true' }, { environment })
    expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('GITHUB_ENV') })
    expect(transport.requests).toStrictEqual([])
  })

  test('is invalid-input before anything is opened', async () => {
    const { failure, runner } = await runUnseal({ 'export-env': 'true' }, environment)
    expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('GITHUB_ENV') })
    expect(runner.messages('mask')).toStrictEqual([PASSPHRASE])
  })

  test('does not matter where nothing is exported', async () => {
    expect((await runLogin({}, { environment })).failure).toBeUndefined()
  })
})

/** A file that takes what is written to it, or does not. */
function fileThat(write: (text: string) => void): SecretFiles {
  return { ...fakeFiles(), create: (path: string) => ({ path, realPath: path, write }) }
}

test('a credentials file that cannot be written is no bug of ours: the message names it and the cause', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const files = fileThat(() => {
    throw full
  })
  const { failure, runner } = await runLogin({ 'credentials-file': '/somewhere/matrix.json' }, { files })
  expect(failure?.message).toBe('`credentials-file` /somewhere/matrix.json cannot be written: ENOSPC.')
  expect(runner.output('access-token')).toBeUndefined()
})

// Ansible templates the values of `-e @file`, and these are the server's words.
test.each([
  ['user_id', "@{{ lookup('pipe', 'id') }}:example.org"],
  ['device_id', '{% if true %}'],
  ['access_token', "{{lookup('pipe','id')}}"],
])('a %s that Ansible would run never reaches the file', async (member, value) => {
  const written: string[] = []
  const harness = { files: fileThat((text) => written.push(text)), answered: { [member]: value } }
  const inputs = { user: 'bot@mail.example' }
  const { failure, runner } = await runLogin({ ...inputs, 'credentials-file': '/somewhere/matrix.json' }, harness)
  expect(failure).toMatchObject({ code: 'server-error', message: expect.stringContaining('Ansible') })
  expect(written).toStrictEqual([])
  expect(runner.output('access-token')).toBeUndefined()
  expect((await runLogin(inputs, harness)).failure).toBeUndefined()
})
