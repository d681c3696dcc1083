import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, PASSWORD, setFixture, stopLater } from '../support/fixture.js'

afterEach(clearFixtures)

/** In bytes. What a login by password may load: docs/decisions/bundle.md. */
const MAX_LOGIN_BYTES = 150_000

/** Where the action reports what it loaded. */
function report() {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'))
  stopLater({ stop: () => Promise.resolve(rmSync(folder, { recursive: true })) })
  const file = join(folder, 'loaded')
  const preload = resolve('__tests__/support/preload/report-loaded.cjs')
  return {
    env: { NODE_OPTIONS: `--require ${preload}`, LOADED_REPORT: file },
    files: () => readFileSync(file, 'utf8').trim().split('\n'),
  }
}

/** Logs in, ends the job, and tells which files of dist/ the two steps loaded. */
async function loadedBy(inputs: Readonly<Record<string, string>>) {
  const { env, files } = report()
  const { server, job } = await setFixture({}, { env })
  const run = await job.runAction('.', { ...botInputs(server), ...inputs })
  const loaded = files()
  await job.finish()
  return { run, loaded, afterwards: files().slice(loaded.length) }
}

const names = (files: readonly string[]) => files.map((file) => basename(file))
const bytesOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0)

describe('a login loads what it needs', () => {
  test('with a password, at most 150 kB', async () => {
    const { run, loaded, afterwards } = await loadedBy({ logout: 'always' })
    expect(run.outcome).toBe('success')
    expect(names(loaded)).toStrictEqual(['login.js', 'launch.cjs', 'index.js', 'core.js'])
    expect(bytesOf(loaded)).toBeLessThanOrEqual(MAX_LOGIN_BYTES)
    const common = ['login-post.js', 'launch.cjs', 'index.js', 'core.js']
    expect(names(afterwards)).toStrictEqual([...common, 'logout-main.js', 'given-token.js'])
  })

  // V8 checks the properties of a literal when it loads the file: `lazyPattern` builds such a pattern at its first use.
  test.each(['core.js', 'index.js'])('%s has no pattern with Unicode properties in a literal', (file) => {
    expect(readFileSync(join('dist', file), 'utf8')).not.toMatch(/(?<!\\)\\p\{/i)
  })

  test('the texts of failures only when it fails', async () => {
    const { run, loaded } = await loadedBy({ password: `${PASSWORD}!` })
    expect(run.outputs['failure']).toBe('wrong-credentials')
    expect(names(loaded)).toStrictEqual(['login.js', 'launch.cjs', 'index.js', 'core.js', 'explain.js'])
  })

  test('the lookup of a server name only with one, and nothing else with it', async () => {
    // Whatever listens at port 443 of this machine, it is no homeserver.
    const { run, loaded } = await loadedBy({ homeserver: '', user: '@bot:localhost', 'max-wait': '0' })
    expect(run.outcome).toBe('failure')
    expect(names(loaded).slice(4)).toStrictEqual(['discovery.js', 'explain.js'])
  })

  test('age only where it seals', async () => {
    const { loaded } = await loadedBy({ 'seal-passphrase': 'a passphrase of a test that is long' })
    expect(names(loaded).slice(4)).toStrictEqual(['options.js', 'age.js'])
  })
})
