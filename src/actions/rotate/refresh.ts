import { Failure } from '../../failures.js'
import { describeUser, isSameUser } from '../../matrix/identifiers.js'
import { issueSession } from '../../session/attempt.js'
import { type LoginAttempt, loginContext, SessionRecorder, verifySession } from '../../session/record.js'
import { proveWriting, reportWrites, storedIn, writeEverywhere } from '../../stores/write.js'
import { setRefreshTokenOutput, setSessionOutputs, setTokenOutputs } from '../deliver.js'
import type { Rotation, RotationResult } from './rotation.js'

/**
 * Renews a session with its refresh token. Write access is verified before the refresh, because the refresh uses the
 * stored token up. Servers accept the old refresh token again at most until one of the new tokens is used, so both are
 * stored before either is used. The refresh token is stored first, because it can renew the access token. There is one
 * session and one device: no session is retired, and none is ended after a failure.
 * @throws Failure `store-refused` before and after the refresh, `store-partial`, `wrong-user`
 */
export async function refreshStored(rotation: Rotation): Promise<RotationResult> {
  const { ports, inputs, targets } = rotation
  const { runner, random } = ports
  await proveWriting(targets, [inputs.refreshSecretName, inputs.secretName], { log: runner, random })
  const attempt = prepare(rotation)
  const issued = await issueSession(attempt)
  // A server may keep the refresh token that was sent valid.
  const refreshToken = issued.refreshToken ?? issued.held
  if (refreshToken === undefined) throw new Error('a refresh without a refresh token')
  const values = [
    [inputs.refreshSecretName, refreshToken.reveal()],
    [inputs.secretName, issued.accessToken.reveal()],
  ] as const
  const written = await writeEverywhere(targets, values, runner)
  // A later step can store what a target did not store.
  if (written.some(({ failed }) => failed !== undefined)) setTokenOutputs(runner, issued)
  runner.setOutput('stored-in', storedIn(written).join('\n'))
  reportWrites(written, issued.refreshToken === undefined ? 'untouched' : 'used-up')
  const session = await verifySession(issued, attempt)
  if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId.raw)) {
    throw new Failure(
      'wrong-user',
      `The refresh token belongs to ${session.userId}, not to ${describeUser(inputs.user)}. Its successor is stored.`,
      'Check which account `refresh-token` belongs to. The new tokens of that account are stored, because the old refresh token is used up.',
    )
  }
  setSessionOutputs(runner, session)
  runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString())
  runner.setOutput('retired', '')
  runner.info(`Refreshed ${inputs.secretName} and ${inputs.refreshSecretName} of ${session.userId}.`)
  return { session, written }
}

function prepare({ ports, inputs, client }: Rotation): LoginAttempt {
  const { credential, user, allowHttp } = inputs
  const { runner } = ports
  const recorder = new SessionRecorder(runner, {
    logout: 'never',
    homeserverUrl: client.baseUrl,
    deviceId: '',
    user: '',
  })
  // The session already has its device.
  const device = { deviceId: '', displayName: '' }
  const context = loginContext(ports, { client, allowHttp, user, device })
  runner.info(`Logging in with ${credential.description}…`)
  return { credential, context, log: runner, recorder, onIssued: (tokens) => setRefreshTokenOutput(runner, tokens) }
}
