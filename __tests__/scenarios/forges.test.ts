import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'
import { CompositeAction, FORGEJO_RUNNER, GITEA_RUNNER } from '../support/runner/flavor.js'
import type { Job } from '../support/runner.js'

// What docs/forges.md says about Forgejo, Gitea and composite actions.

afterEach(clearFixtures)

/** Inputs that a workflow evaluates again for the post step. */
const withStatus = (inputs: Readonly<Record<string, string>>, status: () => string) => () => ({
  ...inputs,
  'job-status': status(),
})

async function failLater(job: Job): Promise<void> {
  await job.runScript('exit 1')
  await job.finish()
}

describe('logout: on-failure', () => {
  test.each([
    ['Gitea', GITEA_RUNNER],
    ['Forgejo', FORGEJO_RUNNER],
  ])('with job-status written out ends the session of a failed job on %s', async (_name, flavor) => {
    const { server, job } = await setFixture({}, { flavor })
    await job.runAction(
      '.',
      withStatus({ ...botInputs(server), logout: 'on-failure' }, () => job.status),
    )
    await failLater(job)
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('with job-status written out keeps the session of a job that succeeded on Gitea', async () => {
    const { server, job } = await setFixture({}, { flavor: GITEA_RUNNER })
    await job.runAction(
      '.',
      withStatus({ ...botInputs(server), logout: 'on-failure' }, () => job.status),
    )
    await job.finish()
    expect(server.liveTokens()).toHaveLength(1)
  })

  test('in a composite action follows the job where the job passes its status on, and else the composite action', async () => {
    for (const passed of [true, false]) {
      const { server, job } = await setFixture()
      const inputs = { ...botInputs(server), logout: 'on-failure' }
      const given = passed ? withStatus(inputs, () => job.status) : inputs
      await job.runAction('.', given, { composite: new CompositeAction() })
      await failLater(job)
      expect(server.liveTokens()).toHaveLength(passed ? 0 : 1)
    }
  })
})

test('logout: always in a composite action ends the session', async () => {
  const { server, job } = await setFixture()
  await job.runAction('.', { ...botInputs(server), logout: 'always' }, { composite: new CompositeAction() })
  await failLater(job)
  expect(server.liveTokens()).toStrictEqual([])
})

test('a job that exceeds its own time on Forgejo leaves its session; a step that does leaves none', async () => {
  for (const left of [1, 0]) {
    const { server, job } = await setFixture({}, { flavor: FORGEJO_RUNNER })
    await job.runAction('.', { ...botInputs(server), logout: 'always' })
    if (left === 1) job.expire()
    else await expect(job.runScript('exec sleep 60', { timeoutMs: 50 })).rejects.toThrow('did not end')
    await job.finish()
    expect(server.liveTokens()).toHaveLength(left)
  }
})
