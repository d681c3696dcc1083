import { Failure } from '../../failures.js'
import { describeUser, isSameUser } from '../../matrix/identifiers.js'
import { issueSession, type LoginAttempt, verifySession } from '../../session/attempt.js'
import { SessionRecorder } from '../../session/record.js'
import { setSessionOutputs, setTokenOutputs } from '../deliver.js'
import { reportWrites, storedIn, writeEverywhere } from '../write-targets.js'
import type { Rotation } from './rotate.js'

/**
 * Renews a session by its refresh token. Servers let the old refresh token be repeated at most until the new pair is
 * used, so both are stored before either is; the refresh token first, because the access token can be had again with it.
 * There is one session and one device: nothing is retired, and nothing is ended whatever fails.
 */
export async function refreshStored(rotation: Rotation): Promise<void> {
  const { ports, inputs, targets } = rotation
  const { runner } = ports
  const attempt = prepare(rotation)
  const issued = await issueSession(attempt)
  if (issued.refreshToken === undefined) throw new Error('a refresh token without a successor')
  const values = [
    [inputs.refreshSecretName, issued.refreshToken.reveal()],
    [inputs.secretName, issued.accessToken.reveal()],
  ] as const
  const written = await writeEverywhere(targets, values, runner)
  runner.setOutput('stored-in', storedIn(written))
  reportWrites(written)
  const session = await verifySession(issued, attempt)
  if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId.raw)) {
    throw new Failure(
      'wrong-user',
      `The refresh token belongs to ${session.userId}, not to ${describeUser(inputs.user)}. It is stored.`,
    )
  }
  setSessionOutputs(runner, session)
  runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString())
  runner.setOutput('retired', '')
  runner.info(`Refreshed ${inputs.secretName} and ${inputs.refreshSecretName} of ${session.userId}.`)
}

function prepare({ ports, inputs, client }: Rotation): LoginAttempt {
  const { credential, user, allowHttp } = inputs
  const { runner, clock } = ports
  const { mask, warning, group } = runner
  const recorder = new SessionRecorder(runner, { logout: 'never', homeserverUrl: client.baseUrl, deviceId: '', user: '' })
  // The session has its device already.
  const device = { deviceId: '', displayName: '' }
  const context = { client, allowHttp, user, device, now: clock.now, mask, warning, group }
  runner.info(`Logging in with ${credential.description}…`)
  return { credential, context, log: runner, recorder, onIssued: (tokens) => setTokenOutputs(runner, tokens) }
}
