import { expect, test } from '@jest/globals'
import { password } from '../../src/credentials/password.js'
import { MatrixClient } from '../../src/matrix/client.js'
import { issueSession } from '../../src/session/attempt.js'
import { withWaitBudget } from '../../src/session/connect.js'
import { type LoginAttempt, SessionRecorder } from '../../src/session/record.js'
import { endOrName } from '../../src/session/teardown.js'
import {
  fakeClock,
  fixedRandom,
  json,
  recordingRunner,
  type ScriptedExchange,
  scriptedTransport,
} from '../support/fakes.js'

const SERVER = 'https://matrix.example.org'
const LOGIN = `POST ${SERVER}/_matrix/client/v3/login`
const LOGOUT = `POST ${SERVER}/_matrix/client/v3/logout`
const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'
const FAILS = json(403, { errcode: 'M_FORBIDDEN' })

/** A login by password on the device MATDEVICE. @param hasPostStep as of an action; a command has none */
function start(script: readonly ScriptedExchange[], hasPostStep: boolean) {
  const runner = recordingRunner()
  const transport = scriptedTransport(script, runner.effects)
  const ports = { log: runner, masks: runner, transport, clock: fakeClock(), random: fixedRandom() }
  const client = new MatrixClient(SERVER, withWaitBudget(ports, 0))
  const { mask, warning, group } = runner
  const attempt: LoginAttempt = {
    credential: password.read({
      secret: 'correct horse',
      companion: () => '',
      text: () => '',
      environment: () => '',
      validForMs: undefined,
    }),
    context: {
      client,
      allowHttp: false,
      user: { kind: 'localpart', localpart: 'bot' },
      device: { deviceId: 'MATDEVICE', displayName: '' },
      now: ports.clock.now,
      mask,
      warning,
      group,
    },
    log: runner,
    recorder: new SessionRecorder(hasPostStep ? runner : undefined, {
      logout: 'always',
      homeserverUrl: SERVER,
      deviceId: 'MATDEVICE',
      user: '@bot:example.org',
    }),
  }
  return { runner, transport, attempt }
}

test.each([
  ['without a post step: it is named, because nothing tries again', false, 1],
  ['with a post step, which tries again: it is not named', true, 0],
])('a session of an odd answer that cannot be ended, %s', async (_name, hasPostStep, warnings) => {
  const { runner, attempt } = start(
    [
      [LOGIN, json(200, { access_token: TOKEN, device_id: 'MATDEVICE' })],
      [LOGOUT, FAILS],
    ],
    hasPostStep,
  )
  await expect(issueSession(attempt)).rejects.toThrow('malformed')
  expect(runner.messages('warning')).toHaveLength(warnings)
  expect(runner.messages('warning').join()).toMatch(hasPostStep ? /^$/ : /on device MATDEVICE .* may remain/)
})

test('a session is ended or named once, whoever asks for it again', async () => {
  const { runner, transport, attempt } = start(
    [
      [LOGIN, json(200, { user_id: '@bot:example.org', access_token: TOKEN, device_id: 'MATDEVICE' })],
      [LOGOUT, FAILS],
    ],
    false,
  )
  const issued = await issueSession(attempt)
  await endOrName(issued, attempt)
  await endOrName(issued, attempt)
  expect(runner.messages('warning')).toHaveLength(1)
  expect(transport.rest).toStrictEqual([])
})
