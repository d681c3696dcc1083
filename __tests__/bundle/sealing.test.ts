import { resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { maskForms } from '../../src/runner/masks.js'
import { type AgePart, readAgeFile, writeAgeFile } from '../support/age-file.js'
import { botInputs, clearFixtures, PASSWORD, setFixture, stopLater } from '../support/fixture.js'
import type { Homeserver } from '../support/homeserver.js'
import { createJob, type Job, type JobOptions, type StepResult } from '../support/runner.js'

afterEach(clearFixtures)

const PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='

async function newJob(server: Homeserver, options: JobOptions = {}): Promise<Job> {
  const job = await createJob({ secrets: () => [...server.secrets(), PASSPHRASE], ...options })
  stopLater({ stop: () => job.dispose() })
  return job
}

/** A job that logs in and seals, and what of it reaches the next one. */
async function seal(inputs: Readonly<Record<string, string>> = {}, shortSecrets: readonly string[] = ['hunter2']) {
  const { server, job } = await setFixture()
  for (const secret of shortSecrets) job.registerSecret(secret)
  const login = await job.runAction('.', { ...botInputs(server), 'seal-passphrase': PASSPHRASE, ...inputs })
  const { outputs, dropped } = job.jobOutputs({
    token: login.outputs['access-token'] ?? '',
    sealed: login.outputs['sealed-credentials'] ?? '',
  })
  return { server, login, dropped, sealed: outputs['sealed'] ?? '' }
}

/** Another job that opens it. */
async function unseal(server: Homeserver, sealed: string, inputs: Readonly<Record<string, string>> = {}) {
  const job = await newJob(server)
  const opened = await job.runAction('unseal', { 'sealed-credentials': sealed, passphrase: PASSPHRASE, ...inputs })
  return { job, opened }
}

const masks = ({ lines }: StepResult) => lines.flatMap(({ text }) => /^::add-mask::(.*)$/.exec(text)?.[1] ?? [])

describe('from job to job', () => {
  test('sealed credentials pass where the token is dropped, and open in another job, masked there', async () => {
    const { server, login, dropped, sealed } = await seal()
    expect(dropped).toStrictEqual(['token'])
    expect(sealed).toMatch(/^[A-Za-z0-9+/]+=*$/)
    const { job, opened } = await unseal(server, sealed)
    expect(opened.annotations).toStrictEqual([])
    for (const name of ['access-token', 'user-id', 'device-id', 'homeserver-url', 'expires-at', 'refresh-token']) {
      expect(opened.outputs[name]).toBe(login.outputs[name])
    }
    const printed = await job.runScript('echo "token: $TOKEN"; echo "$TOKEN" | base64 -w0', {
      env: { TOKEN: opened.outputs['access-token'] ?? '' },
    })
    expect(printed.log).toContain('token: ***')
    expect(server.isAlive(opened.outputs['access-token'] ?? '')).toBe(true)
  })

  test('unseal masks the token in exactly the forms in which login did', async () => {
    const { server, login, sealed } = await seal()
    const token = login.outputs['access-token'] ?? ''
    const { opened } = await unseal(server, sealed)
    const ofToken = [...maskForms(token)].sort()
    // Itself, hex, and base64 at three alignments.
    expect(ofToken.length).toBeGreaterThanOrEqual(5)
    const others = new Set([...maskForms(PASSPHRASE), ...maskForms(PASSWORD)])
    for (const step of [login, opened]) {
      expect(
        masks(step)
          .filter((mask) => !others.has(mask))
          .sort(),
      ).toStrictEqual(ofToken)
    }
  })

  test('the masks have reached the runner before the first output is written, even if the process dies there', async () => {
    const { server, login, sealed } = await seal()
    const job = await newJob(server)
    const preload = `--require ${resolve('__tests__/support/preload/kill-at-effect.cjs')}`
    const killed = await job.runAction(
      'unseal',
      { 'sealed-credentials': sealed, passphrase: PASSPHRASE },
      { env: { NODE_OPTIONS: preload, KILL_AT: 'append:1:before' } },
    )
    expect(killed.signal).toBe('SIGKILL')
    expect(killed.outputs).toStrictEqual({})
    expect(masks(killed)).toStrictEqual(expect.arrayContaining([...maskForms(login.outputs['access-token'] ?? '')]))
  })

  test('a re-run of the same run may open it', async () => {
    const { server, sealed } = await seal()
    const rerun = await newJob(server, { github: { run_attempt: '2' } })
    const opened = await rerun.runAction('unseal', { 'sealed-credentials': sealed, passphrase: PASSPHRASE })
    expect(opened.outcome).toBe('success')
    expect(opened.annotations).toStrictEqual([
      { level: 'warning', message: expect.stringContaining('"Re-run all jobs"'), title: expect.any(String) },
    ])
  })

  test.each([
    ['another run', { run_id: '99' }, '`sealed-credentials` come from another run, 1234567890.'],
    [
      'another repository',
      { repository: 'octo/other' },
      '`sealed-credentials` come from another repository, octo/demo.',
    ],
  ])('%s may not, unless it is allowed', async (_name, github, message) => {
    const { server, sealed } = await seal()
    const inputs = { 'sealed-credentials': sealed, passphrase: PASSPHRASE }
    const other = await newJob(server, { github })
    const refused = await other.runAction('unseal', inputs)
    expect(refused.annotations.map((annotation) => annotation.message)).toStrictEqual([
      expect.stringContaining(message),
    ])
    expect(refused.outputs).toStrictEqual({ failure: 'unsealing-failed' })
    expect((await other.runAction('unseal', { ...inputs, 'allow-other-runs': 'true' })).outcome).toBe('success')
  })

  test('export-env of unseal sets the four variables in the second job', async () => {
    const { server, login, sealed } = await seal()
    const { job } = await unseal(server, sealed, { 'export-env': 'true' })
    const shown = await job.runScript(
      'echo "$MATRIX_USER_ID $MATRIX_DEVICE_ID $MATRIX_HOMESERVER $MATRIX_ACCESS_TOKEN"',
    )
    expect(shown.log.trim()).toBe(`@bot:example.org ${login.outputs['device-id']} ${server.url} ***`)
  })
})

describe('what does not open', () => {
  const damaged = '`sealed-credentials` is damaged: it is not a complete age file'
  const wrong = '`passphrase` does not open `sealed-credentials`.'

  let sealedOnce: ReturnType<typeof seal> | undefined

  async function expectRefusal(inputs: (sealed: string) => Record<string, string>, message: string) {
    // Sealing is slow on purpose, and nothing here changes what was sealed.
    sealedOnce ??= seal()
    const { server, sealed } = await sealedOnce
    const { opened } = await unseal(server, sealed, inputs(sealed))
    expect(opened.annotations).toStrictEqual([
      { level: 'error', message: expect.stringContaining(message), title: expect.any(String) },
    ])
    expect(opened.outputs).toStrictEqual({ failure: 'unsealing-failed' })
    expect(opened.rawStderr).toBe('')
  }

  test('another passphrase', () => expectRefusal(() => ({ passphrase: 'this one opens nothing here' }), wrong))

  // The key is wrapped with the passphrase and the salt: where one of these was changed, the passphrase looks wrong.
  test.each<[AgePart, string]>([
    ['version', damaged],
    ['stanza', wrong],
    ['salt', wrong],
    ['workFactor', damaged],
    ['wrappedKey', wrong],
    ['mac', damaged],
    ['nonce', damaged],
    ['payload', damaged],
  ])('a changed byte in: %s', (part, message) =>
    expectRefusal((sealed) => ({ 'sealed-credentials': changed(sealed, part) }), message),
  )

  test.each([
    ['its last byte is another', (sealed: string) => flip(sealed, -1)],
    ['its last byte is missing', (sealed: string) => cut(sealed, -1)],
    [
      'it ends behind the header',
      (sealed: string) => cut(sealed, readAgeFile(Buffer.from(sealed, 'base64')).parts.nonce),
    ],
    ['it is half of the header', (sealed: string) => sealed.slice(0, 80)],
    ['it is no age file', () => 'aGVsbG8='],
    ['it is no base64', () => '*** ***'],
    ['it is what the runner shows of a masked value', () => '***'],
  ])('%s', (_name, change) => expectRefusal((sealed) => ({ 'sealed-credentials': change(sealed) }), damaged))

  test.each([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['no user', JSON.stringify({ access_token: 'made-up-token-for-a-test', homeserver: 'https://example.org' })],
    [
      'a token of two lines',
      JSON.stringify({ access_token: 'made-up-token\nof-two-lines', user_id: '@a:b', homeserver: 'x' }),
    ],
  ])('an age file with something else in it: %s', (_name, text) =>
    expectRefusal(
      () => ({ 'sealed-credentials': base64(writeAgeFile(text, PASSPHRASE, 10)) }),
      'not a credentials document',
    ),
  )

  test('an empty value says why that may be', async () => {
    const { server } = await setFixture()
    const { opened } = await unseal(server, '')
    expect(opened.outputs['failure']).toBe('missing-credentials')
    expect(opened.annotations[0]?.message).toContain('outputs:')
  })
})

const base64 = (file: Buffer) => file.toString('base64')
const cut = (sealed: string, at: number) => base64(Buffer.from(sealed, 'base64').subarray(0, at))

/** With another byte at a place, counted from the end where negative. */
function flip(sealed: string, at: number): string {
  const file = Buffer.from(sealed, 'base64')
  const index = (at + file.length) % file.length
  file[index] = (file[index] ?? 0) ^ 1
  return base64(file)
}

/** With another character, one that is allowed there, in a part of the file. */
function changed(sealed: string, part: AgePart): string {
  const file = Buffer.from(sealed, 'base64')
  const at = readAgeFile(file).parts[part]
  if (part === 'nonce' || part === 'payload') return flip(sealed, at)
  file[at] = (file[at] ?? 0) === 0x42 ? 0x43 : 0x42
  return base64(file)
}

// 840 kB, which would cost every login more than all the rest of it.
test.each([
  ['not by a login that seals nothing', {}, 'success'],
  ['by one that seals', { 'seal-passphrase': PASSPHRASE }, 'failure'],
] as const)('the cryptography is loaded on demand: %s', async (_name, inputs, outcome) => {
  const { server, job } = await setFixture()
  const env = { NODE_OPTIONS: `--require ${resolve('__tests__/support/preload/without-age.cjs')}` }
  const login = await job.runAction('.', { ...botInputs(server), ...inputs }, { env })
  expect(login.outcome).toBe(outcome)
})

describe('the format', () => {
  test('is an age file that another implementation opens; in it are the credentials and the run', async () => {
    const { server, login, sealed } = await seal()
    const file = readAgeFile(Buffer.from(sealed, 'base64'))
    expect(file.workFactor).toBe(15)
    expect(JSON.parse(file.open(PASSPHRASE))).toStrictEqual({
      access_token: login.outputs['access-token'],
      user_id: '@bot:example.org',
      device_id: login.outputs['device-id'],
      homeserver: server.url,
      repository: 'octo/demo',
      run_id: '1234567890',
      run_attempt: '1',
    })
  })

  // `age --passphrase | base64` has a work factor of 18 and lines of 76 characters.
  test('what another implementation seals opens, in lines too', async () => {
    const { server } = await setFixture()
    const token = server.issueToken('bot', 'BYHAND')
    const json = JSON.stringify({
      access_token: token,
      refresh_token: 'made-up-refresh-token-of-a-test',
      user_id: '@bot:example.org',
      homeserver: server.url,
      expires_at: '2030-01-02T03:04:05.000Z',
      repository: 'octo/demo',
      run_id: '1234567890',
    })
    const lines = base64(writeAgeFile(`${json}\n`, PASSPHRASE, 18)).replace(/.{76}/g, '$&\n')
    const { opened } = await unseal(server, lines)
    expect(opened.outputs).toStrictEqual({
      'access-token': token,
      'refresh-token': 'made-up-refresh-token-of-a-test',
      'user-id': '@bot:example.org',
      'device-id': '',
      'homeserver-url': server.url,
      'expires-at': '2030-01-02T03:04:05.000Z',
      failure: '',
    })
    expect(masks(opened)).toStrictEqual(expect.arrayContaining([...maskForms('made-up-refresh-token-of-a-test')]))
  })

  test('two logins seal the same into different texts', async () => {
    const salts = await Promise.all([seal(), seal()])
    const [first, second] = salts.map(({ sealed }) => readAgeFile(Buffer.from(sealed, 'base64')).salt.toString('hex'))
    expect(first).not.toBe(second)
  })
})

describe('the job-output check', () => {
  /** How many texts of so many characters there are, and how many of them stand in the sealed one. */
  function occurring(sealed: string, length: number): number {
    const seen = new Set<string>()
    for (let at = 0; at + length <= sealed.length; at += 1) seen.add(sealed.slice(at, at + length))
    return seen.size / 64 ** length
  }

  // A text of n characters has at most n different pieces of a length: these are bounds, not luck.
  test('a secret of one character always collides, of two one in five, of three one in 300, of four one in 20 000', async () => {
    const { sealed } = await seal()
    expect(sealed.length).toBeLessThan(800)
    expect(occurring(sealed, 1)).toBeGreaterThan(0.9)
    expect(occurring(sealed, 2)).toBeLessThan(1 / 5)
    expect(occurring(sealed, 3)).toBeLessThan(1 / 300)
    expect(occurring(sealed, 4)).toBeLessThan(1 / 20_000)
  })

  // The header is always the same, and the runner masks the base64 of a secret too (src/Sdk/DTLogging/Logging/ValueEncoders.cs).
  test.each(['e', 'age', 'org'])(
    'the secret “%s” always drops it: it, or its base64, stands in the header',
    async (secret) => {
      expect((await seal({}, [secret])).sealed).toBe('')
    },
  )

  // Of four and five letters the runner masks base64 of four characters as well, so these collide twice as often.
  test('from six characters on it takes more than luck', async () => {
    const secrets = ['123456', 'staging', 'hunter2', 'scrypt', 'octocat', '@bot:example.org', 'https://example.org']
    const { sealed } = await seal({}, secrets)
    expect(sealed).not.toBe('')
  })
})

describe('seal-passphrase', () => {
  test.each([
    ['a passphrase under 16 characters', { 'seal-passphrase': 'fifteen letters' }],
    ['15 characters and a line break', { 'seal-passphrase': 'fifteen letters\n' }],
    ['15 characters outside the BMP', { 'seal-passphrase': '🔑'.repeat(15) }],
    ['logout: always', { 'seal-passphrase': PASSPHRASE, logout: 'always' }],
  ])('%s is invalid-input, and nothing is sent', async (_name, inputs) => {
    const { server, job } = await setFixture()
    expect((await job.runAction('.', { ...botInputs(server), ...inputs })).outputs['failure']).toBe('invalid-input')
    expect(server.requests).toStrictEqual([])
  })

  test('under 24 characters it gets a warning with the command that makes a better one', async () => {
    const { login } = await seal({ 'seal-passphrase': 'eighteen letters!!' })
    expect(login.annotations[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('openssl rand -base64 32'),
    })
  })

  test('a line break at its end is left out on both sides, with a warning on both', async () => {
    const { server, login, sealed } = await seal({ 'seal-passphrase': `${PASSPHRASE}\n` })
    const { opened } = await unseal(server, sealed, { passphrase: `${PASSPHRASE}\r\n` })
    for (const step of [login, opened]) {
      expect(step.annotations).toStrictEqual([
        {
          level: 'warning',
          message: expect.stringContaining('has a line break at its end'),
          title: expect.any(String),
        },
      ])
    }
    expect(opened.outputs['user-id']).toBe('@bot:example.org')
    expect((await unseal(server, sealed)).opened.outcome).toBe('success')
  })
})
