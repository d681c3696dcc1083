import type { ActiveSession, IssuedSession } from '../../credentials/kind.js'
import { Failure } from '../../failures.js'
import { describeUser, isSameUser } from '../../matrix/identifiers.js'
import { readRunContext } from '../../runner/run-context.js'
import {
  abandon,
  issueSession,
  type LoginAttempt,
  namesOtherDevice,
  verifyWithWhoami,
  warnOfOtherDevice,
} from '../../session/attempt.js'
import { deviceDisplayName } from '../../session/device-id.js'
import { SessionRecorder } from '../../session/record.js'
import { deviceBase, rotationDeviceId } from '../../session/rotation.js'
import { refusedEverywhere, reportWrites, storedIn, writeEverywhere } from '../../stores/write.js'
import { setSessionOutputs } from '../deliver.js'
import type { Rotation } from './rotate.js'

/**
 * Opens a session of its own, stores its token, then retires what is older. Each rotation has its own device (or, where the
 * device is kept, a session of its own name), and only what is older than that is ever retired.
 * @throws Failure, AnswerError, NoAnswerError
 */
export async function replaceStored(rotation: Rotation): Promise<void> {
  const { ports, inputs, targets } = rotation
  const { runner } = ports
  const { base, name, attempt } = prepare(rotation)
  const { issued, session } = await openVerified(rotation, attempt)
  await beginStoring(issued, attempt)
  const written = await writeEverywhere(targets, [[inputs.secretName, session.accessToken.reveal()]], runner)
  if (refusedEverywhere(written)) await endUnstored(issued, attempt)
  // A person must be able to finish by hand what is half done.
  else setSessionOutputs(runner, session)
  runner.setOutput('stored-in', storedIn(written).join('\n'))
  reportWrites(written, 'untouched')
  runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString())
  const { retire } = await import('./retire.js')
  const retired = await retire({ ...rotation, base, name, session, attempt })
  runner.setOutput('retired', retired.join('\n'))
  summarize(rotation, session, retired)
}

function prepare({ ports, inputs, client, current }: Rotation): { base: string; name: string; attempt: LoginAttempt } {
  const { runner, clock, random } = ports
  const { credential, user, allowHttp, keepDevice } = inputs
  const run = readRunContext(runner)
  const derived = deviceBase(client.baseUrl, run.forge, run.repository, inputs.secretName)
  const base = inputs.deviceId === '' ? derived : inputs.deviceId
  const name = rotationDeviceId(base, clock.now(), random.bytes)
  const kept = inputs.deviceId === '' ? (current?.deviceId?.raw ?? base) : inputs.deviceId
  const deviceId = keepDevice ? kept : name
  const hasDevice = credential.device !== 'existing'
  if (hasDevice) runner.info(keepDevice ? `Device: ${deviceId} (kept), session: ${name}` : `Device: ${name}`)
  const recorder = new SessionRecorder(runner, {
    logout: 'always',
    homeserverUrl: client.baseUrl,
    deviceId: hasDevice ? deviceId : '',
    user: user === undefined ? '' : describeUser(user),
  })
  const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run), sessionName: name }
  const { mask, warning, group } = runner
  const context = { client, allowHttp, user, device, now: clock.now, mask, warning, group }
  runner.info(`Logging in with ${credential.description}…`)
  return { base, name, attempt: { credential, context, log: runner, recorder } }
}

/** Opens the new session and verifies it. Whatever fails here ends it again: it is stored nowhere yet. */
async function openVerified(
  { inputs, current }: Rotation,
  attempt: LoginAttempt,
): Promise<{ issued: IssuedSession; session: ActiveSession }> {
  const issued = await issueSession(attempt)
  warnOfOtherDevice(issued, attempt)
  try {
    const session = await verifyWithWhoami(issued, attempt)
    for (const wanted of [issued.userId ?? session.userId, current?.userId ?? session.userId]) {
      if (wanted.raw !== session.userId.raw) throw anotherUser(session, `${wanted}`)
    }
    if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId.raw))
      throw anotherUser(session, describeUser(inputs.user))
    return { issued, session }
  } catch (error) {
    await endUnstored(issued, attempt)
    throw error
  }
}

/** From here on the new token may be stored, so the post step must not end its session. */
async function beginStoring(issued: IssuedSession, attempt: LoginAttempt): Promise<void> {
  try {
    attempt.recorder.update({ phase: 'storing' })
  } catch (error) {
    await abandon(issued, attempt)
    throw error
  }
}

function anotherUser({ homeserverUrl, userId }: ActiveSession, wanted: string): Failure {
  return new Failure('wrong-user', `${homeserverUrl} logged in ${userId}, not ${wanted}. Nothing was stored.`)
}

/** Where this fails the post step tries again, because the state still says that the session is open. */
async function endUnstored(issued: IssuedSession, attempt: LoginAttempt): Promise<void> {
  if (namesOtherDevice(issued, attempt)) return attempt.recorder.end()
  attempt.recorder.update({ phase: 'open' })
  await abandon(issued, attempt)
}

function summarize({ ports, inputs }: Rotation, session: ActiveSession, retired: readonly string[]): void {
  const kept = inputs.retire === 'next-rotation' ? ' The replaced token is valid until the next rotation.' : ''
  ports.runner.info(
    `Rotated ${inputs.secretName} of ${session.userId}: now device ${session.deviceId ?? '(none)'}.${kept} ` +
      (retired.length === 0 ? 'Nothing was retired.' : `Retired: ${retired.join(', ')}.`),
  )
}
