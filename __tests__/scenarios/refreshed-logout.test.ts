import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, setFixture } from '../support/fixture.js'
import type { Flavour } from '../support/homeserver.js'

afterEach(clearFixtures)

const LONG_MS = 8 * 24 * 3_600_000

/** A login with a refresh token, and what happens to its session in a job that lasts longer than the access token. */
async function longJob(flavour: Flavour) {
  let passedMs = 0
  const { server, job } = await setFixture({ flavour, now: () => Date.now() + passedMs })
  const { refreshToken } = server.issueRefreshable('bot', 'REFRESHED')
  const inputs = { homeserver: server.url, 'refresh-token': refreshToken, logout: 'always' }
  const login = await job.runAction('.', inputs)
  expect(login.outputs['failure']).toBe('')
  passedMs = LONG_MS
  return { server, job }
}

describe.each(['synapse', 'mas', 'tuwunel'] as const)('%s: logout: always after a refresh', (flavour) => {
  test('ends the session also where the access token has expired', async () => {
    const { server, job } = await longJob(flavour)
    const [post] = await job.finish()
    expect(post?.log).toContain('Logged out')
    expect(server.devices('bot')).toStrictEqual([])
  })
})
