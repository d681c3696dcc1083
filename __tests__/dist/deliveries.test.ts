import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Homeserver } from '../support/homeserver.js'
import { createJob, type Job, type JobOptions } from '../support/runner.js'
import { botInputs, clearScene, setScene, stopLater } from '../support/scene.js'

afterEach(clearScene)

const PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='

async function newJob(server: Homeserver, options: JobOptions = {}): Promise<Job> {
  const job = await createJob({ secrets: () => [...server.secrets(), PASSPHRASE], ...options })
  stopLater({ stop: () => job.dispose() })
  return job
}

describe('from job to job', () => {
  async function seal(inputs: Readonly<Record<string, string>> = {}) {
    const { server, job } = await setScene()
    // A short secret of the same job, which must not happen to occur in the sealed text for it to pass.
    job.registerSecret('hunter2')
    const login = await job.runAction('.', { ...botInputs(server), 'seal-passphrase': PASSPHRASE, ...inputs })
    const { outputs, dropped } = job.jobOutputs({
      token: login.outputs['access-token'] ?? '',
      sealed: login.outputs['sealed-credentials'] ?? '',
    })
    return { server, login, dropped, sealed: outputs['sealed'] ?? '' }
  }

  test('sealed credentials pass where the token is dropped, and open in another job, masked before they are set', async () => {
    const { server, login, dropped, sealed } = await seal()
    expect(dropped).toEqual(['token'])
    expect(sealed).toMatch(/^[A-Za-z0-9+/]+=*$/)
    const job = await newJob(server)
    const opened = await job.runAction('unseal', { 'sealed-credentials': sealed, passphrase: PASSPHRASE })
    expect(opened.annotations).toEqual([])
    for (const name of ['access-token', 'user-id', 'device-id', 'homeserver-url', 'expires-at', 'refresh-token']) {
      expect(opened.outputs[name]).toBe(login.outputs[name])
    }
    const printed = await job.runScript('echo "token: $TOKEN"; echo "$TOKEN" | base64 -w0', {
      env: { TOKEN: opened.outputs['access-token'] ?? '' },
    })
    expect(printed.log).toContain('token: ***')
    expect(server.isAlive(opened.outputs['access-token'] ?? '')).toBe(true)
  })

  test('a re-run of the same run may open it; another run and another repository may not, unless allowed', async () => {
    const { server, sealed } = await seal()
    const inputs = { 'sealed-credentials': sealed, passphrase: PASSPHRASE }
    const rerun = await newJob(server, { github: { run_attempt: '2' } })
    expect((await rerun.runAction('unseal', inputs)).outcome).toBe('success')
    for (const github of [{ run_id: '99' }, { repository: 'octo/other' }]) {
      const other = await newJob(server, { github })
      const refused = await other.runAction('unseal', inputs)
      expect(refused.outputs['failure']).toBe('unsealing-failed')
      expect(refused.outputs['access-token']).toBeUndefined()
      expect((await other.runAction('unseal', { ...inputs, 'allow-other-runs': 'true' })).outcome).toBe('success')
    }
  })

  test.each([
    [
      'another passphrase',
      (sealed: string) => ({ 'sealed-credentials': sealed, passphrase: 'another passphrase entirely' }),
    ],
    ['a byte that was changed', (sealed: string) => ({ 'sealed-credentials': flip(sealed), passphrase: PASSPHRASE })],
    ['half of it', (sealed: string) => ({ 'sealed-credentials': sealed.slice(0, 80), passphrase: PASSPHRASE })],
    ['no age file', () => ({ 'sealed-credentials': 'aGVsbG8=', passphrase: PASSPHRASE })],
  ])('%s is unsealing-failed', async (_name, inputs) => {
    const { server, sealed } = await seal()
    const job = await newJob(server)
    expect((await job.runAction('unseal', inputs(sealed))).outputs['failure']).toBe('unsealing-failed')
  })

  test('an empty value says why that may be', async () => {
    const { server } = await setScene()
    const job = await newJob(server)
    const empty = await job.runAction('unseal', { passphrase: PASSPHRASE })
    expect(empty.outputs['failure']).toBe('missing-credentials')
    expect(empty.annotations[0]?.message).toContain('outputs:')
  })

  test.each([
    ['a passphrase under 16 characters', { 'seal-passphrase': 'fifteen letters' }],
    ['logout: always', { 'seal-passphrase': PASSPHRASE, logout: 'always' }],
  ])('%s is invalid-input, and nothing is sent', async (_name, inputs) => {
    const { server, job } = await setScene()
    expect((await job.runAction('.', { ...botInputs(server), ...inputs })).outputs['failure']).toBe('invalid-input')
    expect(server.requests).toEqual([])
  })

  test('a passphrase under 24 characters gets a warning with the command that makes a better one', async () => {
    const { login } = await seal({ 'seal-passphrase': 'eighteen letters!!' })
    expect(login.annotations[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('openssl rand -base64 32'),
    })
  })
})

function flip(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const last = bytes.length - 1
  bytes[last] = (bytes[last] ?? 0) ^ 1
  return bytes.toString('base64')
}

test('export-env sets four variables for later steps', async () => {
  const { server, job } = await setScene()
  const login = await job.runAction('.', { ...botInputs(server), 'export-env': 'true' })
  const shown = await job.runScript(
    'echo "$MATRIX_USER_ID $MATRIX_DEVICE_ID $MATRIX_HOMESERVER ${#MATRIX_ACCESS_TOKEN}"',
  )
  const { outputs } = login
  expect(shown.log.trim()).toBe(
    `@bot:example.org ${outputs['device-id']} ${server.url} ${outputs['access-token']?.length}`,
  )
})

describe('credentials-file', () => {
  test('holds JSON, for its owner only, at an absolute path, and goes with the job', async () => {
    const { server, job } = await setScene()
    const login = await job.runAction('.', { ...botInputs(server), 'credentials-file': 'matrix.json' })
    const path = login.outputs['credentials-file'] ?? ''
    expect(path).toBe(join(job.temp, 'matrix.json'))
    expect(lstatSync(path).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      access_token: login.outputs['access-token'],
      user_id: '@bot:example.org',
      device_id: login.outputs['device-id'],
      homeserver: server.url,
      repository: 'octo/demo',
      run_id: '1234567890',
    })
    await job.finish()
    expect(existsSync(path)).toBe(false)
  })

  test('goes also when the login fails', async () => {
    const { server, job } = await setScene()
    await job.runAction('.', { ...botInputs(server), password: 'not the password', 'credentials-file': 'matrix.json' })
    await job.finish()
    expect(existsSync(join(job.temp, 'matrix.json'))).toBe(false)
  })

  test.each<[string, (job: Job) => string]>([
    [
      'a file that is there',
      (job) => {
        writeFileSync(join(job.temp, 'taken'), 'precious')
        return 'taken'
      },
    ],
    [
      'a symbolic link',
      (job) => {
        symlinkSync(join(job.home, 'target'), join(job.temp, 'link'))
        return 'link'
      },
    ],
    [
      'a folder that is a symbolic link',
      (job) => {
        mkdirSync(join(job.home, 'real'))
        symlinkSync(join(job.home, 'real'), join(job.temp, 'folder'))
        return 'folder/file'
      },
    ],
    ['a folder that is not there', () => 'missing/file'],
  ])('%s in the way is invalid-input; nothing is sent and nothing is touched', async (_name, prepare) => {
    const { server, job } = await setScene()
    const path = prepare(job)
    const login = await job.runAction('.', { ...botInputs(server), 'credentials-file': path })
    expect(login.outputs['failure']).toBe('invalid-input')
    expect(server.requests).toEqual([])
    expect(existsSync(join(job.home, 'target'))).toBe(false)
    await job.finish()
    if (path === 'taken') expect(readFileSync(join(job.temp, 'taken'), 'utf8')).toBe('precious')
  })

  test('inside the workspace gets a warning', async () => {
    const { server, job } = await setScene()
    const path = join(job.workspace, 'matrix.json')
    const login = await job.runAction('.', { ...botInputs(server), 'credentials-file': path })
    expect(login.annotations[0]).toMatchObject({ level: 'warning', message: expect.stringContaining('workspace') })
    await job.finish()
  })
})
