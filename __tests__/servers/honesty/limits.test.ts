import { afterEach, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../../support/fixture.js'
import { startHomeserver } from '../../support/homeserver.js'
import { startDendrite } from '../support/dendrite.js'
import { PASSWORD } from '../support/session-watch.js'
import { startSynapse } from '../support/synapse.js'

afterEach(clearFixtures)

/** The first refusal of a server that was asked too often, with the times in it replaced. */
async function askTooOften(url: string) {
  const identifier = { type: 'm.id.user', user: 'bot' }
  for (let tries = 0; tries < 20; tries += 1) {
    const response = await fetch(`${url}/_matrix/client/v3/login`, {
      method: 'POST',
      // What Dendrite counts by; Synapse looks at the address.
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1' },
      body: JSON.stringify({ type: 'm.login.password', identifier, password: PASSWORD }),
    })
    const answer: unknown = await response.json()
    if (response.status === 200) continue
    const body = typeof answer === 'object' && answer !== null ? { ...answer } : {}
    const isTimed = 'retry_after_ms' in body && typeof body.retry_after_ms === 'number' && body.retry_after_ms > 0
    const retryAfter = response.headers.get('retry-after')
    return {
      status: response.status,
      contentType: response.headers.get('content-type')?.split(';')[0],
      retryAfter: retryAfter === null ? 'none' : /^\d+$/.test(retryAfter) ? '<seconds>' : retryAfter,
      body: isTimed ? { ...body, retry_after_ms: '<ms>' } : body,
    }
  }
  throw new Error('never limited')
}

test.each([
  ['synapse', () => startSynapse({}), 5],
  ['dendrite', () => startDendrite({ rateLimiting: { threshold: 5, cooloffMs: 60_000 } }), 5],
] as const)('%s: what is answered to one login too many', async (flavour, start, burst) => {
  const server = stopLater(await start())
  await server.register('bot', PASSWORD)
  const users = [{ localpart: 'bot', password: PASSWORD }]
  const rateLimit = { burst, perSecond: 0.003 }
  const embedded = stopLater(await startHomeserver({ flavour, serverName: server.serverName, users, rateLimit }))
  expect(await askTooOften(embedded.url)).toStrictEqual(await askTooOften(server.url))
})
