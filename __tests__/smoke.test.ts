import { afterEach, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture, stopLater } from './support/fixture.js'
import { startForge } from './support/forge.js'
import { createJob, type StepOptions } from './support/runner.js'

// Each action once as it is shipped, a process for each step. All the rest of it: npm run test:bundle.
afterEach(clearFixtures)

const ownProcess: StepOptions = { ownProcess: true }
const PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='

test('the bundle logs in and ends the session in its post step', async () => {
  const { server, job } = await setFixture()
  const login = await job.runAction('.', { ...botInputs(server), logout: 'always' }, ownProcess)
  expect(login.annotations).toStrictEqual([])
  expect(login.rawStdout).toContain(`::add-mask::${login.outputs['access-token']}\n`)
  expect(server.isAlive(login.outputs['access-token'] ?? '')).toBe(true)
  const [post] = await job.finish()
  expect([post?.exitCode, post?.annotations]).toStrictEqual([0, []])
  expect(server.liveTokens()).toStrictEqual([])
})

test('the bundle seals, unseals in another job and logs out', async () => {
  const { server, job } = await setFixture()
  const login = await job.runAction('.', { ...botInputs(server), 'seal-passphrase': PASSPHRASE }, ownProcess)
  const other = await createJob({ secrets: () => [...server.secrets(), PASSPHRASE] })
  stopLater({ stop: () => other.dispose() })
  const sealed = login.outputs['sealed-credentials'] ?? ''
  const inputs = { 'sealed-credentials': sealed, passphrase: PASSPHRASE }
  const { outputs } = await other.runAction('unseal', inputs, ownProcess)
  expect(outputs['access-token']).toBe(login.outputs['access-token'])
  const token = { homeserver: server.url, 'access-token': outputs['access-token'] ?? '' }
  const logout = await other.runAction('logout', token, ownProcess)
  expect(logout.outputs['logged-out']).toBe('true')
  expect(server.liveTokens()).toStrictEqual([])
})

test('the bundle rotates: the store has the new token', async () => {
  const { server } = await setFixture()
  const forge = stopLater(await startForge())
  const job = await createJob({ secrets: () => [...server.secrets(), forge.token], github: { api_url: forge.url } })
  stopLater({ stop: () => job.dispose() })
  const rotated = await job.runAction('rotate', { ...botInputs(server), 'store-token': forge.token }, ownProcess)
  expect(rotated.annotations).toStrictEqual([])
  const stored = forge.secrets.get('/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN')?.value
  expect(stored).toBe(rotated.outputs['access-token'])
  expect(server.isAlive(stored ?? '')).toBe(true)
})

test('a failure of the bundle has exit status 1, one annotation and the word of the failure', async () => {
  const { server, job } = await setFixture()
  const login = await job.runAction('.', { ...botInputs(server), password: 'not this one at all' }, ownProcess)
  expect([login.exitCode, login.outputs['failure']]).toStrictEqual([1, 'wrong-credentials'])
  expect(login.annotations).toHaveLength(1)
})
