import { afterEach, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'

afterEach(clearFixtures)

test('sets four variables for later steps, and no others', async () => {
  const { server, job } = await setFixture()
  const login = await job.runAction('.', { ...botInputs(server), 'export-env': 'true' })
  const shown = await job.runScript('env | grep ^MATRIX_ | sort')
  expect(shown.log).toBe(
    `MATRIX_ACCESS_TOKEN=***\nMATRIX_DEVICE_ID=${login.outputs['device-id']}\n` +
      `MATRIX_HOMESERVER=${server.url}\nMATRIX_USER_ID=@bot:example.org\n`,
  )
  const used = await job.runScript(
    'curl --silent --header "Authorization: Bearer $MATRIX_ACCESS_TOKEN" "$MATRIX_HOMESERVER/_matrix/client/v3/account/whoami"',
  )
  expect(JSON.parse(used.log)).toMatchObject({ user_id: '@bot:example.org', device_id: login.outputs['device-id'] })
})

test('is off unless asked for', async () => {
  const { server, job } = await setFixture()
  await job.runAction('.', botInputs(server))
  expect((await job.runScript('env | grep -c ^MATRIX_ || true')).log).toBe('0\n')
})
