import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from '@jest/globals'
import { maskForms } from '../../src/runner/masks.js'
import { readAgeFile } from '../support/age-file.js'
import { ADMIN, CREDENTIAL_ROWS } from '../support/credential-rows.js'
import { clearFixtures, setFixture, stopLater, USERS } from '../support/fixture.js'
import { createJob, type StepResult } from '../support/runner.js'

afterEach(clearFixtures)

const PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='
const SHARED = ['access-token', 'refresh-token', 'user-id', 'device-id', 'homeserver-url', 'expires-at']

/** The members of the JSON, as far as there is something to say. */
function membersOf({ outputs }: StepResult): Record<string, string> {
  const members = {
    access_token: outputs['access-token'],
    refresh_token: outputs['refresh-token'],
    user_id: outputs['user-id'],
    device_id: outputs['device-id'],
    homeserver: outputs['homeserver-url'],
    expires_at: outputs['expires-at'],
    repository: 'octo/demo',
    run_id: '1234567890',
    run_attempt: '1',
  }
  return Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

// One flavour for each row: what differs between them is the login, not what is done with its session.
describe.each(CREDENTIAL_ROWS.map((row) => ({ row, flavour: row.flavours[0] ?? 'synapse' })))(
  'a session from $row.input at $flavour',
  ({ row, flavour }) => {
    test('is the same in the outputs, the file, the variables, and in another job', async () => {
      const { server, job } = await setFixture({ flavour, users: [...USERS, ADMIN], ...row.server })
      const login = await job.runAction('.', {
        homeserver: server.url,
        ...row.inputs(server),
        'seal-passphrase': PASSPHRASE,
        'credentials-file': 'matrix.json',
        'export-env': 'true',
      })
      expect(login.annotations).toStrictEqual([])
      const members = membersOf(login)
      const sealed = job.jobOutputs({ sealed: login.outputs['sealed-credentials'] ?? '' }).outputs['sealed'] ?? ''
      expect(JSON.parse(readFileSync(login.outputs['credentials-file'] ?? '', 'utf8'))).toStrictEqual(members)
      expect(JSON.parse(readAgeFile(Buffer.from(sealed, 'base64')).open(PASSPHRASE))).toStrictEqual(members)
      const shown = await job.runScript(
        'echo "$MATRIX_USER_ID|$MATRIX_DEVICE_ID|$MATRIX_HOMESERVER|$MATRIX_ACCESS_TOKEN"',
      )
      expect(shown.log).toBe(`${members['user_id']}|${members['device_id'] ?? ''}|${server.url}|***\n`)

      const other = await createJob({ secrets: () => [...server.secrets(), PASSPHRASE] })
      stopLater({ stop: () => other.dispose() })
      const opened = await other.runAction('unseal', { 'sealed-credentials': sealed, passphrase: PASSPHRASE })
      for (const name of SHARED) expect([name, opened.outputs[name]]).toStrictEqual([name, login.outputs[name]])
      const masked = opened.lines.flatMap(({ text }) => /^::add-mask::(.*)$/.exec(text)?.[1] ?? [])
      const secrets = [PASSPHRASE, members['access_token'] ?? '', members['refresh_token'] ?? '']
      expect(masked.sort()).toStrictEqual(secrets.flatMap((secret) => maskForms(secret)).sort())
    })
  },
)
