import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'

afterEach(clearFixtures)

test('login by password at a base URL is one request, with nothing of the run in the user agent', async () => {
  const { server, job } = await setFixture({ basePath: '/matrix' })
  await job.runAction('.', { ...botInputs(server), homeserver: `${server.url}/_matrix/client/` })
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toStrictEqual([
    'POST /matrix/_matrix/client/v3/login',
  ])
  expect(server.requests[0]?.headers['user-agent']).toMatch(/^matrix-access-token\/\d+\.\d+\.\d+$/)
})

describe('logout: on-failure', () => {
  test.each([
    ['failure', false],
    ['cancelled', false],
    ['success', true],
  ] as const)('job status %s: the session lives on: %s', async (status, lives) => {
    const { server, job } = await setFixture()
    await job.runAction('.', { ...botInputs(server), logout: 'on-failure' })
    job.status = status
    await job.finish()
    expect(server.liveTokens()).toHaveLength(lives ? 1 : 0)
  })
})

describe('job outputs', () => {
  test('the token is dropped between jobs, and everything else survives', async () => {
    const { server, job } = await setFixture()
    const { outputs } = await job.runAction('.', botInputs(server))
    const { dropped, outputs: passed } = job.jobOutputs({ ...outputs })
    expect(dropped).toStrictEqual(['access-token'])
    expect(Object.keys(passed)).toStrictEqual(
      expect.arrayContaining(['user-id', 'device-id', 'homeserver-url', 'authenticated']),
    )
  })
})

test('debug logging tells each exchange, and nothing of what is secret in it', async () => {
  const { server, job } = await setFixture({}, { debug: true })
  const login = await job.runAction('.', botInputs(server))
  expect(login.log).toMatch(/##\[debug\]POST http:\S+\/login: 200, application\/json, \d+ bytes, \d+ ms/)
})
