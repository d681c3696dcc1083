import type { OpeningContext } from '../credentials/credential.js'
import { canonicalMatrix, deviceDisplayName, randomDeviceId, stableDeviceId } from '../device.js'
import { Failure } from '../failures.js'
import { type LoginInputs, readLoginInputs } from '../inputs/login.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { logout } from '../matrix/logout.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Session } from '../matrix/session.js'
import type { Runner } from '../runner/ports.js'
import { readRunContext } from '../runner/run-context.js'
import { type ActionPorts, connect } from './connect.js'
import { createCredentialsFile } from './credentials-file.js'
import { deliver, deliverSkipped } from './deliver.js'
import { type Opening, openSession, takeTokens } from './opening.js'
import { type SessionPhase, saveSession } from './session-state.js'

/** A credential becomes a session, and the session is handed to the steps that need it. */
export async function login(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  const inputs = readLoginInputs(runner)
  if ('skipped' in inputs) return deliverSkipped(runner, inputs.skipped)
  const file = createCredentialsFile(runner, ports.files, inputs.credentialsFile)
  const client = await connect(ports, inputs)
  const step = prepare(ports, inputs, client)
  const session = await openSession(inputs.credential, step)
  await checkUser(session, inputs, step)
  await deliver(runner, session, inputs, file)
}

function prepare(ports: ActionPorts, inputs: LoginInputs, client: MatrixClient): Opening {
  const { runner, random, clock } = ports
  const run = readRunContext(runner)
  const matrix = canonicalMatrix(inputs.jobMatrix)
  const stable = inputs.logout === 'never'
  const derived = () => (stable ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes))
  const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId
  const user = inputs.user === undefined ? '' : describeUser(inputs.user)
  const save = (phase: SessionPhase) =>
    saveSession(runner, { phase, logout: inputs.logout, homeserverUrl: client.baseUrl, deviceId, user })
  if (inputs.credential.opensSession) logDevice(runner, inputs, deviceId)
  const context: OpeningContext = {
    client,
    user: inputs.user,
    device: { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) },
    now: clock.now,
    issued: (answer) => takeTokens(runner, answer, save),
    warning: runner.warning,
  }
  return { context, runner, save }
}

function logDevice(runner: Runner, { logout: mode, deviceId: given }: LoginInputs, deviceId: string): void {
  runner.info(`Device: ${deviceId}`)
  if (mode === 'never') {
    runner.info(
      'The session stays (logout: never). Logging in on this device again ends the token of the run before on Matrix ' +
        'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token alive ' +
        'until a logout. Use logout: always if only this job needs the token, rotate if a deployment does, and a ' +
        'concurrency group if runs overlap.',
    )
  } else if (given !== '') {
    runner.notice(
      `The session on device ${deviceId} ends after the job (logout: ${mode}), and Synapse and Tuwunel end every token ` +
        'of that device with it. Leave device-id out to end nothing but this session.',
    )
  }
}

/** A session of somebody else is ended again if it was opened here; a token that was given is left alone. */
async function checkUser(session: Session, inputs: LoginInputs, { context, save, runner }: Opening): Promise<void> {
  const { user, credential } = inputs
  if (user === undefined || isSameUser(user, session.userId)) return
  const whose = cleanServerText(session.userId)
  const message = `${session.homeserverUrl} says that this is ${whose}, not ${describeUser(user)}.`
  if (!credential.opensSession) throw new Failure('wrong-user', message)
  try {
    await logout(context.client, session.accessToken)
    save('over')
  } catch {
    runner.warning(`The session of ${whose} on device ${session.deviceId ?? '(none)'} could not be ended.`)
  }
  throw new Failure('wrong-user', `${message} The session was ended again, nothing was handed over.`)
}
