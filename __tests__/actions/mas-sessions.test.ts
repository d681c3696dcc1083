import { expect, test } from '@jest/globals'
import { masClient } from '../../src/credentials/mas-admin.js'
import { MatrixClient } from '../../src/matrix/client.js'
import { withWaitBudget } from '../../src/session/connect.js'
import { fakeClock, fixedRandom, json, recordingRunner, scriptedTransport } from '../support/fakes.js'

const SERVER = 'https://matrix.example.org'
const AUTH = 'https://auth.example.org'

// The end of a rotation gives its requests less time: also those with a token that the login asked for.
test('the sessions are listed with the ports of the client that asks, and with the token that is there already', async () => {
  const runner = recordingRunner()
  const clock = fakeClock()
  const portsWith = (script: Parameters<typeof scriptedTransport>[0]) => {
    const transport = scriptedTransport(script)
    return withWaitBudget({ log: runner, masks: runner, transport, clock, random: fixedRandom() }, 0)
  }
  const ofLogin = portsWith([
    [
      `GET ${SERVER}/_matrix/client/v1/auth_metadata`,
      json(200, { issuer: AUTH, token_endpoint: `${AUTH}/oauth2/token` }),
    ],
    [`POST ${AUTH}/oauth2/token`, json(200, { access_token: 'mat_admin_token_1' })],
    [
      `GET ${AUTH}/api/admin/v1/users/by-username/bot`,
      json(200, { data: { id: '01USER', attributes: { locked_at: null, deactivated_at: null } } }),
    ],
  ])
  const query = 'filter%5Bactor_user%5D=01USER&filter%5Bstatus%5D=active&page%5Bfirst%5D=100'
  const ofRetiring = portsWith([
    [`GET ${AUTH}/api/admin/v1/personal-sessions?${query}`, json(200, { data: [], links: {} })],
  ])
  const { mask, warning, group } = runner
  const context = {
    client: new MatrixClient(SERVER, ofLogin),
    allowHttp: false,
    user: { kind: 'localpart', localpart: 'bot' },
    device: { deviceId: 'DEVICE', displayName: '' },
    now: clock.now,
    mask,
    warning,
    group,
  } as const
  const credential = masClient.read({
    secret: '01CLIENT',
    companion: () => 'client secret',
    text: () => '',
    environment: () => '',
    validForMs: undefined,
  })
  await credential.requestTokens(context)
  if (typeof credential.previousSessions !== 'function') throw new Error('no directory')
  const directory = credential.previousSessions({ ...context, client: context.client.withPorts(ofRetiring) })
  expect(await directory.list()).toStrictEqual([])
})
