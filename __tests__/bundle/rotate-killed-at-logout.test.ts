import { afterEach, describe, expect, test } from '@jest/globals'
import { MOMENTS } from '../support/gate.js'
import { clearScene, stopLater } from '../support/scene.js'
import { atRequest } from '../support/sweep/kill.js'
import { settledStage } from '../support/sweep/series.js'
import { settingOf } from '../support/sweep/settings.js'
import { recover } from '../support/sweep/whole.js'

afterEach(clearScene)

describe('killed while it ends the session that no target took', () => {
  test.each(MOMENTS.flatMap((moment) => [true, false].map((post) => [moment, post] as const)))(
    '%s the logout, post step: %p – the stored token works, and the next rotations clean up',
    async (moment, post) => {
      const stage = stopLater(await settledStage(settingOf({}), 3))
      const [tokens, sessions] = [stage.tokens(), stage.sessions()]
      stage.forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'no' } })
      const queued = await stage.queue()
      // Public key, whoami, login, whoami, write, logout.
      const { killed } = await atRequest({ number: 6, moment }, 'logout').kill(stage, queued)
      expect(killed).toBe(true)
      expect(stage.server.requests.at(-1)?.path).toContain('/logout')
      if (post) await queued.job.finish()
      await queued.job.dispose()
      expect(stage.tokens()).toEqual(tokens)
      await stage.claimStoredAlive('after the kill')
      // Nobody holds it: the post step ends it, unless the logout has done so already.
      expect(stage.sessions().length - sessions.length).toBe(moment === 'before' && !post ? 1 : 0)
      await recover(stage, { reads: 0, rounds: 3, post })
    },
  )
})
