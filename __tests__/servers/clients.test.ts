import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import { REAL_HOMESERVERS } from './support/homeservers.js'
import { installed } from './support/real-process.js'
import type { RealServer } from './support/real-server.js'
import { runClient } from './support/run-client.js'
import { devicesOf, newJob, PASSWORD, remember } from './support/session-watch.js'

const CLIENTS = [
  ['matrix-nio', 'MATRIX_TEST_NIO_PYTHON', '__tests__/servers/support/clients/bot.py'],
  ['matrix-js-sdk', 'MATRIX_TEST_NODE24', '__tests__/servers/support/clients/bot.mjs'],
] as const

afterEach(clearFixtures)

describe.each(REAL_HOMESERVERS)('$name', ({ start }) => {
  let server: RealServer
  let host: string
  beforeAll(async () => {
    server = await start()
    host = remember(await server.register('host', PASSWORD))
    remember(await server.register('bot', PASSWORD))
  })
  afterAll(() => server.stop())

  test.each(CLIENTS)(
    '%s syncs, joins, sends and reads back with the session of the outputs',
    async (name, interpreter, script) => {
      await invite()
      const job = await newJob()
      const inputs = { homeserver: server.url, user: 'bot', password: PASSWORD, logout: 'always' }
      const { outputs } = await job.runAction('.', inputs)
      const token = remember(outputs['access-token'])
      const seen = await runClient(installed(interpreter), script, {
        MATRIX_HOMESERVER: outputs['homeserver-url'] ?? '',
        MATRIX_USER_ID: outputs['user-id'] ?? '',
        MATRIX_DEVICE_ID: outputs['device-id'] ?? '',
        MATRIX_ACCESS_TOKEN: token,
      })
      expect(seen).toMatchObject({
        user_id: outputs['user-id'],
        device_id: outputs['device-id'],
        sender: outputs['user-id'],
        body: `Hello from ${name}`,
      })
      expect((await devicesOf(server, token)).map(({ device_id: id }) => id)).toContain(outputs['device-id'])
      await job.finish()
    },
  )

  async function invite(): Promise<void> {
    const body = { preset: 'private_chat', invite: [`@bot:${server.serverName}`] }
    await server.call('POST', '/_matrix/client/v3/createRoom', { token: host, body })
  }
})
