import { afterEach, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'

// GitHub starts `background` and `parallel` steps while other steps of the job run.

afterEach(clearFixtures)

/** Opens when it was reached `count` times. */
function barrier(count: number) {
  let missing = count
  let open = () => {}
  const until = new Promise<void>((resolve) => {
    open = resolve
  })
  const reached = () => {
    missing -= 1
    if (missing === 0) open()
  }
  return { until, reached }
}

test.each(['before-effect', 'after-effect'] as const)(
  'two logins side by side, held %s: tokens differ, and each post step ends its own session',
  async (phase) => {
    const { server, job } = await setFixture()
    server.inject({ path: /\/login$/, times: 2 }, { kind: 'hold', phase, ...barrier(2) })
    const inputs = { ...botInputs(server), logout: 'always' }
    const [one, two] = await Promise.all(['one', 'two'].map((id) => job.runAction('.', inputs, { id })))
    if (one === undefined || two === undefined) throw new Error('a step is missing')
    expect([one.outcome, two.outcome]).toStrictEqual(['success', 'success'])
    expect(one.outputs['access-token']).not.toBe(two.outputs['access-token'])
    expect(one.outputs['device-id']).not.toBe(two.outputs['device-id'])
    for (const [step, other] of [
      [one, two],
      [two, one],
    ] as const) {
      const state = Object.values(step.state).join('\n')
      expect(state).toContain(step.outputs['access-token'])
      expect(state).toContain(step.outputs['device-id'])
      expect(state).not.toContain(other.outputs['access-token'])
      expect(state).not.toContain(other.outputs['device-id'])
    }
    const [ofTwo, ofOne] = await job.finish()
    expect(ofOne?.log).toContain(`device ${one.outputs['device-id']}`)
    expect(ofTwo?.log).toContain(`device ${two.outputs['device-id']}`)
    expect(server.liveTokens()).toStrictEqual([])
  },
)

test('side by side, the post step of one leaves the session of the other, which stays after the job', async () => {
  const { server, job } = await setFixture()
  server.inject({ path: /\/login$/, times: 2 }, { kind: 'hold', phase: 'before-effect', ...barrier(2) })
  const [, kept] = await Promise.all(
    ['always', 'never'].map((logout) => job.runAction('.', { ...botInputs(server), logout }, { id: logout })),
  )
  await job.finish()
  expect(server.liveTokens()).toStrictEqual([kept?.outputs['access-token']])
})
