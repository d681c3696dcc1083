import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ExampleOrg, startExampleOrg } from '../support/example-org.js'
import { PASSWORD } from '../support/session-watch.js'
import { type ActRunner, createActRunner } from './support/act.js'
import { PASSPHRASE } from './support/act-harness.js'
import { READERS_SCRIPTS, shownWorkflows } from './support/workflows.js'

const workflows = shownWorkflows()

describe('run as they are printed, on act, against Synapse at example.org', () => {
  let site: ExampleOrg
  let runner: ActRunner
  let room: string
  let token: string

  beforeAll(async () => {
    site = await startExampleOrg()
    runner = createActRunner([site.names.command])
    token = await site.synapse.register('bot', PASSWORD)
    const created = await site.synapse.call('POST', '/_matrix/client/v3/createRoom', { token, body: {} })
    room = String(created.body['room_id'])
  })
  afterAll(async () => {
    await runner.stop()
    await site.stop()
  })

  const runnable = workflows.filter(({ leftOut }) => leftOut === undefined)
  test.each(runnable)('$name', async ({ text, event }) => {
    const old = await logInByHand()
    const before = site.tap.tokens.length
    const certificates = site.authority.certificateFile
    const run = await runner.run({
      // The one thing that a reader must replace.
      workflow: text.replaceAll('!room:example.org', room),
      event,
      files: { ...READERS_SCRIPTS, '../running-token': old },
      secrets: { MATRIX_PASSWORD: PASSWORD, OLD_MATRIX_ACCESS_TOKEN: old, SEAL_PASSPHRASE: PASSPHRASE },
      env: {
        NODE_EXTRA_CA_CERTS: certificates,
        CURL_CA_BUNDLE: certificates,
        MATRIX_HOMESERVER: site.clientApi,
        RUNNING_TOKEN_FILE: runner.path('running-token'),
      },
    })
    expect(run.leaks([PASSWORD, PASSPHRASE, token, old, ...site.tap.tokens])).toStrictEqual([])
    expect(run.log).not.toContain('Job failed')
    expect(run.exitCode).toBe(0)
    const fresh = site.tap.tokens.slice(before)
    const alive = await Promise.all([old, ...fresh].map(isAlive))
    // What the workflow leaves: the session it was to replace is over where it logs out, its own where it says always.
    expect(alive[0]).toBe(!/OLD_MATRIX|running-token/.test(text))
    if (/logout: always|log-out:/.test(text)) expect(alive.slice(1)).toStrictEqual(fresh.map(() => false))
  })

  async function logInByHand(): Promise<string> {
    const identifier = { type: 'm.id.user', user: 'bot' }
    const body = { type: 'm.login.password', identifier, password: PASSWORD }
    return String((await site.synapse.call('POST', '/_matrix/client/v3/login', { body })).body['access_token'])
  }

  async function isAlive(given: string): Promise<boolean> {
    return (await site.synapse.call('GET', '/_matrix/client/v3/account/whoami', { token: given })).status === 200
  }
})

// Not silently: each one is named here, with the words in it that are the reason.
test.each(workflows.filter(({ leftOut }) => leftOut !== undefined))(
  '$name is left out: $leftOut',
  ({ text, leftOut }) => {
    expect(text).toContain(leftOut?.split(' ')[0] ?? '')
  },
)

test('some are run', () => {
  expect(workflows.some(({ leftOut }) => leftOut === undefined)).toBe(true)
})
