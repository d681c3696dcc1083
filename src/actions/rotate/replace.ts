import type { ActiveSession, IssuedSession } from '../../credentials/kind.js'
import { Failure } from '../../failures.js'
import { describeUser, isSameUser } from '../../matrix/identifiers.js'
import { printable } from '../../redaction.js'
import { CommandFileError } from '../../runner/ports.js'
import { Secret } from '../../secret.js'
import { abandon, issueSession } from '../../session/attempt.js'
import { deviceDisplayName, readRunContext } from '../../session/device-id.js'
import {
  type LoginAttempt,
  loginContext,
  SessionRecorder,
  verifyWithWhoami,
  warnOfOtherDevice,
} from '../../session/record.js'
import { deviceBase, rotationDeviceId } from '../../session/rotation.js'
import { refusedEverywhere, reportWrites, storedIn, type Written, writeEverywhere } from '../../stores/write.js'
import { setSessionOutputs } from '../deliver.js'
import type { Rotation } from './rotation.js'

/** A session whose token every target stored. */
interface StoredSession {
  /** The common name prefix of all sessions of this secret. */
  readonly base: string
  /** `<base>-<time>`, the name that this rotation requested. */
  readonly name: string
  readonly session: ActiveSession
  readonly written: readonly Written[]
  readonly attempt: LoginAttempt
}

/**
 * Opens a new session and stores its token. Each rotation has its own device (with `keep-device`, its own session
 * name), so that only older sessions are ever retired.
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
  // Lets a user finish a partial rotation by hand.
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
 * Returns the device of the current token, which the new token must belong to as well.
 * @throws Failure `invalid-input` if the server names a device that cannot be requested or printed
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

/** Opens the new session and verifies it. After a failure the session is ended: its token is not stored yet. */
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
 * Marks the session as `storing`: the new token may be stored from now on, so the post step must not end its session.
 * @param isElsewhere whether the session is on a device that was not requested; such a session is never ended
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

/**
 * Ends a session whose token was not stored. After a failure the post step tries again: the saved phase is still
 * `open`.
 */
async function endUnstored(issued: IssuedSession, attempt: LoginAttempt, isElsewhere: boolean): Promise<void> {
  if (isElsewhere) return attempt.recorder.end()
  try {
    attempt.recorder.update({ phase: 'open' })
  } catch (error) {
    // The state cannot be written. What the targets said is the reason to report, and the session is ended here.
    if (!(error instanceof CommandFileError)) throw error
  }
  await abandon(issued, attempt)
}
