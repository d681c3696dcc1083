import { deviceDisplayName } from '../device.js'
import { Failure } from '../failures.js'
import { type RotateInputs, readRotateInputs } from '../inputs/rotate.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { isUnknownToken, logout } from '../matrix/logout.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Session } from '../matrix/session.js'
import { type TokenOwner, whoami } from '../matrix/whoami.js'
import { deviceBase, rotationDeviceId } from '../rotation.js'
import { readRunContext } from '../runner/run-context.js'
import { Secret } from '../secret.js'
import { openStore } from '../stores/index.js'
import type { Writable } from '../stores/store.js'
import { type ActionPorts, connect, withPatience } from './connect.js'
import { deliverSkipped, setSessionOutputs } from './deliver.js'
import { type Opening, openSession, takeTokens } from './opening.js'
import { retire } from './retire.js'
import { type SessionPhase, saveSession } from './session-state.js'
import { writeTargets } from './write-targets.js'

/** A rotation that is under way. */
interface Rotation {
  readonly ports: ActionPorts
  readonly inputs: RotateInputs
  readonly client: MatrixClient
  readonly base: string
  /** Whose `current-token` is; `undefined` where it is empty or dead. */
  readonly current: TokenOwner | undefined
  readonly opening: Opening
}

/**
 * Replaces a stored token. Nothing that may be the stored token is touched before every target took the new one:
 * `current-token` is what the secret held when the run was queued, and may be stale. So each rotation opens a device of
 * its own, and only what is older than that is ever retired.
 */
export async function rotate(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  const inputs = readRotateInputs(runner)
  if ('skipped' in inputs) return deliverSkipped(runner, inputs.skipped)
  const targets = await prepareTargets(ports, inputs)
  const client = await connect(ports, inputs)
  const current = await checkCurrentToken(ports, inputs, client)
  const rotation = prepare(ports, inputs, client, current)
  const session = await openVerified(rotation)
  rotation.opening.save('writing')
  await writeTargets(targets, session, ports, () => endNewSession(rotation, session))
  setSessionOutputs(runner, session)
  runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString())
  const retired = await retire({ ...rotation, session })
  runner.setOutput('retired', retired.join('\n'))
  runner.setOutput('failure', '')
  summarize(rotation, session, retired)
}

async function prepareTargets(ports: ActionPorts, inputs: RotateInputs): Promise<readonly Writable[]> {
  const store = openStore(
    inputs.forge,
    new Secret(inputs.storeToken),
    inputs.secretName,
    withPatience(ports, inputs.maxWaitMs),
  )
  const prepared: Writable[] = []
  for (const target of inputs.targets) prepared.push(await store.prepare(target))
  return prepared
}

/** A dead token is no reason to stop: replacing it is what the rotation is for. */
async function checkCurrentToken(
  { runner }: ActionPorts,
  { currentToken, user }: RotateInputs,
  client: MatrixClient,
): Promise<TokenOwner | undefined> {
  if (currentToken === '') {
    runner.info(
      'current-token is empty: the first rotation, or a misspelt name. Nothing older than this rotation depends on it.',
    )
    return undefined
  }
  try {
    const owner = await whoami(client, new Secret(currentToken))
    if (user === undefined || isSameUser(user, owner.userId)) return owner
    const whose = cleanServerText(owner.userId)
    throw new Failure(
      'wrong-user',
      `current-token belongs to ${whose}, not to ${describeUser(user)}. Nothing was changed.`,
    )
  } catch (error) {
    if (!isUnknownToken(error)) throw error
    runner.warning('current-token does not work any more. The rotation goes on and stores a new one.')
    return undefined
  }
}

function prepare(
  ports: ActionPorts,
  inputs: RotateInputs,
  client: MatrixClient,
  current: TokenOwner | undefined,
): Rotation {
  const { runner, clock, random } = ports
  const run = readRunContext(runner)
  const base = inputs.deviceId === '' ? deviceBase(client.baseUrl, run.repository, inputs.secretName) : inputs.deviceId
  const deviceId = rotationDeviceId(base, clock.now(), random.bytes)
  runner.info(`Device: ${deviceId}`)
  const user = inputs.user === undefined ? '' : describeUser(inputs.user)
  const save = (phase: SessionPhase) =>
    saveSession(runner, { phase, logout: 'always', homeserverUrl: client.baseUrl, deviceId, user })
  const context = {
    client,
    user: inputs.user,
    device: { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) },
    now: clock.now,
    issued: (answer: Parameters<typeof takeTokens>[1]) => takeTokens(runner, answer, save),
    warning: runner.warning,
  }
  return { ports, inputs, client, base, current, opening: { context, runner, save } }
}

/** Opens the new session and proves it. Whatever fails here ends it again: it is stored nowhere yet. */
async function openVerified(rotation: Rotation): Promise<Session> {
  const { inputs, client, current, opening } = rotation
  const session = await openSession(inputs.credential, opening)
  try {
    const owner = await whoami(client, session.accessToken)
    for (const wanted of [owner.userId, current?.userId ?? owner.userId]) {
      if (wanted !== session.userId) throw anotherUser(session, cleanServerText(wanted))
    }
    if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId))
      throw anotherUser(session, describeUser(inputs.user))
    return session
  } catch (error) {
    await endNewSession(rotation, session)
    throw error
  }
}

function anotherUser(session: Session, wanted: string): Failure {
  const whose = cleanServerText(session.userId)
  return new Failure('wrong-user', `${session.homeserverUrl} logged in ${whose}, not ${wanted}. Nothing was stored.`)
}

/** Where this fails the post step tries again, because the state still says that the session is open. */
async function endNewSession({ client, opening }: Rotation, session: Session): Promise<void> {
  opening.save('open')
  try {
    await logout(client, session.accessToken)
    opening.save('over')
  } catch {
    opening.runner.info('The new session could not be ended; the post step tries again.')
  }
}

function summarize({ ports, inputs }: Rotation, session: Session, retired: readonly string[]): void {
  const { runner } = ports
  const kept = inputs.retire === 'next-rotation' ? ' The replaced token works until the next rotation.' : ''
  runner.info(
    `Rotated ${inputs.secretName} of ${session.userId}: now device ${session.deviceId ?? '(none)'}.${kept} ` +
      (retired.length === 0 ? 'Nothing was retired.' : `Retired: ${retired.join(', ')}.`),
  )
}
