import { afterEach, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { runLoad } from './support/load.js'
import { PASSWORD } from './support/session-watch.js'
import { startSynapse } from './support/synapse.js'

afterEach(clearFixtures)

// The small version of `npm run bench:load`.
test('forty jobs, eight at once: none fails, and no session is left', async () => {
  const server = stopLater(await startSynapse())
  const load = await runLoad(server, { cycles: 40, parallel: 8, password: PASSWORD })
  expect(load.failures).toStrictEqual([])
  expect(load.cycles).toHaveLength(40)
  expect(load.sessionsLeft).toBe(0)
})
