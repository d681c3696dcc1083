import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'

afterEach(clearFixtures)

describe('killed in the middle', () => {
  test('before the answer: the post step names the device that may be left, and does not fail the job', async () => {
    const { server, job } = await setFixture()
    let release = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    await new Promise<void>((resolve) => {
      const reached = () => {
        running.kill('SIGKILL')
        void running.result.then(() => resolve())
      }
      server.inject({ method: 'POST' }, { kind: 'hold', until, phase: 'after-effect', reached })
      const running = job.startAction('.', { ...botInputs(server), logout: 'always' })
    })
    release()
    const [post] = await job.finish()
    expect(server.liveTokens()).toHaveLength(1)
    expect(post?.annotations[0]?.message).toContain(server.devices('bot')[0]?.device_id ?? 'no device')
    expect(post?.outcome).toBe('success')
  })

  test('by a cancellation: a request that is under way may finish, and the post step ends its session', async () => {
    const { server, job } = await setFixture()
    let release = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const reached = () => {
      running.kill('SIGINT')
      release()
    }
    server.inject({ method: 'POST' }, { kind: 'hold', until, phase: 'after-effect', reached })
    const running = job.startAction('.', { ...botInputs(server), logout: 'always' })
    await running.result
    job.status = 'cancelled'
    await job.finish()
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('by a cancellation in a pause: the pause ends at once', async () => {
    const { server, job } = await setFixture()
    server.inject({ method: 'POST' }, { kind: 'respond', status: 429, headers: { 'retry-after': '100' } })
    const running = job.startAction('.', botInputs(server), {
      onLine: ({ text }) => {
        if (text.includes('Trying again')) running.kill('SIGINT')
      },
    })
    const { outputs } = await running.result
    expect(outputs.failure).toBe('rate-limited')
  })
})
