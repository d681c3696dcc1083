import { afterEach, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture, stopLater, USERS } from '../support/fixture.js'
import { randomText, seededRandom } from '../support/random-text.js'
import { createJob } from '../support/runner.js'

afterEach(clearFixtures)

/** What later steps print by accident, with the tools that wrap their lines. */
const SCRIPTS = [
  'echo "$TOKEN" | base64',
  'echo "$TOKEN" | openssl base64',
  'echo -n "$TOKEN" | base64 | tr "+/" "-_"',
  `printf '{"homeserver":"https://matrix.example.org","access_token":"%s","device_id":"ABCDEFGHIJ"}' "$TOKEN" | base64`,
  `printf '{"user_id":"@bot:example.org","access_token":"%s","device_id":"ABCDEFGHIJ"}' "$TOKEN" | openssl base64`,
  // xxd -p: 60 columns.
  'echo "$TOKEN" | od -An -v -tx1 | tr -d " \\n" | fold -w 60',
]

// Each run is searched for every 12 characters of the token in a row, in each encoding: support/runner/leaks.ts.
test.each([39, 57, 100, 300])('a token of %i characters, as tools wrap it', async (length) => {
  const { server } = await setFixture()
  const token = randomText(seededRandom(length), length)
  const job = await createJob({ secrets: () => [...server.secrets(), token] })
  stopLater({ stop: () => job.dispose() })
  server.inject({ method: 'POST', path: '/login' }, { kind: 'alter', members: { access_token: token } })
  const login = await job.runAction('.', botInputs(server))
  expect(login.outputs['access-token']).toBe(token)
  for (const script of SCRIPTS) {
    const { log } = await job.runScript(script, { env: { TOKEN: token } })
    expect(log).toContain('***')
  }
})

test('a long password that is printed so', async () => {
  const password = randomText(seededRandom(1), 200)
  const { server, job } = await setFixture({ users: [...USERS, { localpart: 'careful', password }] })
  await job.runAction('.', { ...botInputs(server), user: 'careful', password })
  for (const script of SCRIPTS) {
    const { log } = await job.runScript(script, { env: { TOKEN: password } })
    expect(log).toContain('***')
  }
})
