import { resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'

afterEach(clearFixtures)

const preload = (name: string) => `--require ${resolve(`__tests__/support/preload/${name}.cjs`)}`

/** Kills the process at one of its effects. The runner is told nothing, and goes on to the post step. */
const killAt = (kind: 'append' | 'write', count: number, moment: 'before' | 'after') => ({
  env: { NODE_OPTIONS: preload('kill-at-effect'), KILL_AT: `${kind}:${count}:${moment}` },
})

describe('killed at any write to a command file', () => {
  // Four keys of the state claimed, state before the request, token, state after it, its owner, eleven outputs, the summary.
  const writes = Array.from({ length: 20 }, (_, index) => index + 1)
  const moments = writes.flatMap((count) => [[count, 'before'] as const, [count, 'after'] as const])

  test.each(moments)('%i, %s: no session is left that nobody holds or names', async (count, moment) => {
    const { server, job } = await setFixture()
    const login = await job.runAction('.', { ...botInputs(server), logout: 'always' }, killAt('append', count, moment))
    expect(login.signal).toBe('SIGKILL')
    const [post] = await job.finish()
    expect(post?.outcome).toBe('success')
    const [device] = server.devices('bot')
    const warnings = post?.annotations.map(({ message }) => message).join() ?? ''
    expect(device === undefined || warnings.includes(device.device_id)).toBe(true)
  })

  test('the twenty are all there are', async () => {
    const { server, job } = await setFixture()
    const login = await job.runAction('.', { ...botInputs(server), logout: 'always' }, killAt('append', 21, 'before'))
    expect(login.outcome).toBe('success')
    await job.finish()
  })
})

test('a mask has reached the runner before the token is in any file, even if the process dies at that moment', async () => {
  const { server, job } = await setFixture()
  // The sixth write to a command file is the token's, in the state.
  const login = await job.runAction('.', { ...botInputs(server), logout: 'always' }, killAt('append', 6, 'after'))
  expect(login.rawStdout).toContain(`::add-mask::${login.state['access-token']}\n`)
  expect(login.state['access-token']).toMatch(/^syt_/)
  await job.finish()
})

test('a process whose event loop runs dry fails: it never succeeds silently', async () => {
  const { server, job } = await setFixture()
  const step = { env: { NODE_OPTIONS: preload('never-settles') } }
  const login = await job.runAction('.', botInputs(server), step)
  expect(login.exitCode).toBe(1)
  expect(login.outputs['failure']).toBe('internal')
  expect(login.annotations[0]?.message).toContain('ended before its work was done')
})
