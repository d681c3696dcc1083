import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../../support/fixture.js'
import { startHomeserver } from '../../support/homeserver.js'
import { REAL_HOMESERVERS } from '../support/homeservers.js'
import { PASSWORD } from '../support/session-watch.js'
import { observe, type Subject, summary } from './observe.js'
import { SCENARIOS } from './scenarios.js'

const users = SCENARIOS.map((_scenario, index) => `user${index}`)

// The embedded homeserver stands for the real ones in most tests, so it has to answer as they do: same status, same words,
// same headers, same effect on the sessions that there are.
describe.each(REAL_HOMESERVERS)('$name', ({ name, start }) => {
  const flavour = name === 'Synapse' ? 'synapse' : 'dendrite'
  let real: Subject
  let embedded: Subject

  beforeAll(async () => {
    const server = await start()
    for (const user of users) await endRegistration(server, await server.register(user, PASSWORD))
    const { serverName } = server
    const options = {
      flavour,
      serverName,
      users: users.map((localpart) => ({ localpart, password: PASSWORD })),
    } as const
    real = { url: server.url, serverName, password: PASSWORD }
    embedded = { url: stopLater(await startHomeserver(options)).url, serverName, password: PASSWORD }
  })
  afterAll(clearFixtures)

  test.each(SCENARIOS.map((scenario, index) => ({ ...scenario, user: users[index] ?? '' })))(
    '$name',
    async ({ user, ...scenario }) => {
      const seen = await observe(scenario, real, user)
      expect(summary(seen)).toBe(scenario[flavour])
      expect(await observe(scenario, embedded, user)).toStrictEqual(seen)
    },
  )
})

/** The registration opens a session with a device of its own, which the embedded homeserver has not. */
async function endRegistration(
  server: { call(method: string, path: string, options: { token: string; body: object }): Promise<unknown> },
  token: string,
): Promise<void> {
  await server.call('POST', '/_matrix/client/v3/logout', { token, body: {} })
}
