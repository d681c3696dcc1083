import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { MOMENTS } from '../support/gate.js'
import { atRequest } from '../support/sweep/kill.js'
import { settledHarness } from '../support/sweep/series.js'
import { settingOf } from '../support/sweep/settings.js'
import { recover } from '../support/sweep/whole.js'

afterEach(clearFixtures)

describe('killed while it ends the session that no target took', () => {
  test.each(MOMENTS.flatMap((moment) => [true, false].map((post) => [moment, post] as const)))(
    '%s the logout, post step: %p – the stored token works, and the next rotations clean up',
    async (moment, post) => {
      const harness = stopLater(await settledHarness(settingOf({}), 3))
      const [tokens, sessions] = [harness.tokens(), harness.sessions()]
      harness.forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'no' } })
      const queued = await harness.queue()
      // Public key, whoami, login, whoami, write, logout.
      const { killed } = await atRequest({ number: 6, moment }, 'logout').kill(harness, queued)
      expect(killed).toBe(true)
      expect(harness.server.requests.at(-1)?.path).toContain('/logout')
      if (post) await queued.job.finish()
      await queued.job.dispose()
      expect(harness.tokens()).toStrictEqual(tokens)
      await harness.claimStoredAlive('after the kill')
      // Nobody holds it: the post step ends it, unless the logout has done so already.
      expect(harness.sessions().length - sessions.length).toBe(moment === 'before' && !post ? 1 : 0)
      await recover(harness, { reads: 0, rounds: 3, post })
    },
  )
})
