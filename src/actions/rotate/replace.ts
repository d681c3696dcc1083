import type { ActiveSession, IssuedSession } from '../../credentials/kind.js'
import { Failure } from '../../failures.js'
import { describeUser, isSameUser } from '../../matrix/identifiers.js'
import { printable } from '../../redaction.js'
import { readRunContext } from '../../runner/run-context.js'
import { Secret } from '../../secret.js'
import { abandon, issueSession, verifyWithWhoami } from '../../session/attempt.js'
import { deviceDisplayName } from '../../session/device-id.js'
import { type LoginAttempt, loginContext, SessionRecorder, warnOfOtherDevice } from '../../session/record.js'
import { deviceBase, rotationDeviceId } from '../../session/rotation.js'
import { refusedEverywhere, reportWrites, storedIn, type Written, writeEverywhere } from '../../stores/write.js'
import { setSessionOutputs } from '../deliver.js'
import type { Rotation } from './rotation.js'

/** A session whose token every target took. */
interface StoredSession {
  /** What the sessions of this secret have in common in their names. */
  readonly base: string
  /** `<base>-<when>`, which this rotation asked for. */
  readonly name: string
  readonly session: ActiveSession
  readonly written: readonly Written[]
  readonly attempt: LoginAttempt
}

/**
 * Opens a session of its own and stores its token. Each rotation has its own device (or, where the device is kept, a
 * session of its own name), so that only what is older than that is ever retired.
 * @throws Failure, ApiError, NetworkError
 */
export async function replaceStored(rotation: Rotation): Promise<StoredSession> {
  const { ports, inputs, targets } = rotation
  const { runner } = ports
  const { base, name, attempt } = prepare(rotation)
  const { issued, session } = await openVerified(rotation, attempt)
  const isElsewhere = attempt.recorder.phase === 'ended'
  await beginStoring(issued, attempt, isElsewhere)
  const written = await writeEverywhere(targets, [[inputs.secretName, session.accessToken.reveal()]], runner)
  if (refusedEverywhere(written)) await endUnstored(issued, attempt, isElsewhere)
  // A person must be able to finish by hand what is half done.
  else setSessionOutputs(runner, session)
  runner.setOutput('stored-in', storedIn(written).join('\n'))
  reportWrites(written, 'untouched')
  runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString())
  return { base, name, session, written, attempt }
}

function prepare(rotation: Rotation): { base: string; name: string; attempt: LoginAttempt } {
  const { ports, inputs, client } = rotation
  const { runner, clock, random } = ports
  const { credential, user, allowHttp, keepDevice } = inputs
  const run = readRunContext(runner)
  const derived = deviceBase(client.baseUrl, run.forge, run.repository, inputs.secretName)
  const base = inputs.deviceId === '' ? derived : inputs.deviceId
  const name = rotationDeviceId(base, clock.now(), random.bytes)
  const deviceId = keepDevice ? keptDevice(rotation, base) : name
  const hasDevice = credential.device !== 'existing'
  if (hasDevice) runner.info(keepDevice ? `Device: ${deviceId} (kept), session: ${name}` : `Device: ${name}`)
  const recorder = new SessionRecorder(runner, {
    logout: 'always',
    homeserverUrl: client.baseUrl,
    deviceId: hasDevice ? deviceId : '',
    ...(keepDevice ? { sessionName: name } : {}),
    user: user === undefined ? '' : describeUser(user),
  })
  const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run), sessionName: name }
  const context = loginContext(ports, { client, allowHttp, user, device })
  runner.info(`Logging in with ${credential.description}…`)
  const tokensInUse = [new Secret(inputs.currentToken)]
  return { base, name, attempt: { credential, context, log: runner, recorder, tokensInUse } }
}

/**
 * The device that the new token belongs to, too.
 * @throws Failure `invalid-input` where a server names a device that cannot be asked for, or not be shown
 */
function keptDevice({ ports, inputs, current }: Rotation, base: string): string {
  if (inputs.deviceId !== '') return inputs.deviceId
  if (current === undefined && inputs.currentToken !== '') {
    ports.runner.warning(
      `The device of \`current-token\` is not known any more, so the new token is on device ${base}. ` +
        'If the bot has its encryption keys on another one, set `device-id` to that.',
    )
  }
  const device = current?.deviceId
  if (device === undefined) return base
  if (printable(device.raw) === device.raw && !/\s/u.test(device.raw)) return device.raw
  throw new Failure(
    'invalid-input',
    `The device of \`current-token\` (${device}) has an ID that no new token can be asked for. Nothing was changed.`,
    'Set `device-id`, or leave `keep-device` out: then each new token has a device of its own.',
  )
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
    await abandon(issued, attempt)
    throw error
  }
}

/**
 * From here on the new token may be stored, so the post step must not end its session.
 * @param isElsewhere whether it is on a device that was not asked for: it is not ended in any case
 */
async function beginStoring(issued: IssuedSession, attempt: LoginAttempt, isElsewhere: boolean): Promise<void> {
  try {
    attempt.recorder.update({ phase: 'storing' })
  } catch (error) {
    if (!isElsewhere) await abandon(issued, attempt)
    throw error
  }
}

function anotherUser({ homeserverUrl, userId }: ActiveSession, wanted: string): Failure {
  return new Failure('wrong-user', `${homeserverUrl} logged in ${userId}, not ${wanted}. Nothing was stored.`)
}

/** Where this fails the post step tries again, because the state still says that the session is open. */
async function endUnstored(issued: IssuedSession, attempt: LoginAttempt, isElsewhere: boolean): Promise<void> {
  if (isElsewhere) return attempt.recorder.end()
  attempt.recorder.update({ phase: 'open' })
  await abandon(issued, attempt)
}
