import { afterEach, describe, expect, test } from '@jest/globals'
import { ADMIN, CREDENTIAL_ROWS, type CredentialRow } from '../support/credential-rows.js'
import { clearFixtures, setFixture, USERS } from '../support/fixture.js'
import type { Flavour, Homeserver } from '../support/homeserver.js'
import type { StepResult } from '../support/runner.js'

afterEach(clearFixtures)

const cases = CREDENTIAL_ROWS.flatMap((row) => row.flavours.map((flavour) => ({ flavour, row })))

async function setRow(row: CredentialRow, flavour: Flavour) {
  const fixture = await setFixture({ flavour, users: [...USERS, ADMIN], ...row.server })
  const inputs = { homeserver: fixture.server.url, ...row.inputs(fixture.server) }
  return { ...fixture, inputs }
}

function expectSession(login: StepResult, server: Homeserver, row: CredentialRow) {
  expect(login.outputs).toMatchObject({
    'user-id': '@bot:example.org',
    'homeserver-url': server.url,
    authenticated: 'true',
    failure: '',
  })
  expect(server.isAlive(login.outputs['access-token'] ?? '')).toBe(true)
  const device = login.outputs['device-id'] ?? ''
  if (row.device === 'chosen') expect(device).toMatch(/^GHA-[A-Z2-7]{12}$/)
  else if (row.device === 'none') expect(device).toBe('')
  else expect(device).toMatch(/^(?!GHA-)./)
  expect(login.outputs['expires-at'] !== '').toBe(row.expires)
}

describe.each(cases)('$row.input at $flavour', ({ row, flavour }) => {
  test('becomes a session that works in the next step', async () => {
    const { server, job, inputs } = await setRow(row, flavour)
    const login = await job.runAction('.', inputs)
    expect(login.annotations).toStrictEqual([])
    expectSession(login, server, row)
    const printed = await job.runScript('echo "token: $TOKEN"; echo "$TOKEN" | base64 -w0', {
      env: { TOKEN: login.outputs['access-token'] ?? '' },
    })
    expect(printed.log).toContain('token: ***')
    await job.finish()
    expect(server.isAlive(login.outputs['access-token'] ?? '')).toBe(true)
  })

  test(row.canEnd ? 'logout: always ends it' : 'logout: always does not go with it', async () => {
    const { server, job, inputs } = await setRow(row, flavour)
    const before = server.liveTokens()
    const login = await job.runAction('.', { ...inputs, logout: 'always' })
    if (!row.canEnd) return expect(login.outputs['failure']).toBe('invalid-input')
    expectSession(login, server, row)
    const token = login.outputs['access-token'] ?? ''
    const [post] = await job.finish()
    expect(post?.annotations).toStrictEqual([])
    expect(post?.log).toContain('Logged out')
    expect(server.isAlive(token)).toBe(false)
    // Whatever else lived before lives on, but for the session itself where it was there already.
    const gone = before.filter((other) => !server.isAlive(other))
    if (row.device === 'chosen') expect(gone).toStrictEqual([])
  })
})
