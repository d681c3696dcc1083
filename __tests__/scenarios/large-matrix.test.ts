import { afterEach, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'

// docs/troubleshooting.md, "Argument list too long": the kernel refuses an environment variable of 128 KiB or more.

afterEach(clearFixtures)

const OWN_PROCESS = { ownProcess: true } as const
const matrix = { name: 'alpha', list: 'x'.repeat(140 * 1024) }

test('a matrix of 140 KiB keeps the step from starting', async () => {
  const { server, job } = await setFixture({}, { matrix })
  expect(() => job.startAction('.', botInputs(server), OWN_PROCESS)).toThrow('E2BIG')
  expect(server.requests).toStrictEqual([])
})

test('with a short job-matrix the step and its post step start, and each text has a device of its own', async () => {
  const { server, job } = await setFixture({}, { matrix })
  const logIn = (name: string) => job.runAction('.', { ...botInputs(server), 'job-matrix': name }, OWN_PROCESS)
  const [alpha, again, beta] = [await logIn('alpha'), await logIn('alpha'), await logIn('beta')]
  expect(alpha.outcome).toBe('success')
  expect(again.outputs['device-id']).toBe(alpha.outputs['device-id'])
  expect(beta.outputs['device-id']).not.toBe(alpha.outputs['device-id'])
  for (const post of await job.finish()) expect(post.outcome).toBe('success')
})
