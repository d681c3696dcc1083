import type { Opened, OpenSession } from '../credentials/credential.js'
import { canonicalMatrix, deviceDisplayName, randomDeviceId, stableDeviceId } from '../device.js'
import { explain } from '../explain.js'
import { Failure } from '../failures.js'
import { type LoginInputs, readLoginInputs } from '../inputs/login.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { cleanServerText } from '../matrix/server-text.js'
import { readRunContext } from '../runner/run-context.js'
import { type ActionPorts, connect } from './connect.js'
import { createCredentialsFile } from './credentials-file.js'
import { deliver, deliverSkipped, setTokenOutputs } from './deliver.js'
import { logDevice } from './log-device.js'
import { endOpened, type Opening, openSession, prepareOpening, proveSession } from './opening.js'
import { claimState, SessionLog } from './session-state.js'

/** A credential becomes a session, and the session is handed to the steps that need it. */
export async function login(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  claimState(runner)
  const inputs = readLoginInputs(runner)
  if ('skipped' in inputs) return deliverSkipped(runner, inputs.skipped)
  const file = createCredentialsFile(runner, ports.files, inputs.credentialsFile)
  const client = await connect(ports, inputs)
  const opening = prepare(ports, inputs, client)
  const opened = await openSession(opening)
  noteOwner(opened, opening)
  await checkUser(opened.userId, opened, inputs, opening)
  const session = await prove(opened, inputs, opening)
  await checkUser(session.userId, opened, inputs, opening)
  if (inputs.logout === 'never') await replaceEarlier(session, opening)
  await deliver(runner, session, inputs, file)
}

function prepare(ports: ActionPorts, inputs: LoginInputs, client: MatrixClient): Opening {
  const { runner, random } = ports
  const { credential, user, allowHttp } = inputs
  const run = readRunContext(runner)
  const matrix = canonicalMatrix(inputs.jobMatrix)
  const stable = inputs.logout === 'never'
  const derived = () => (stable ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes))
  const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId
  logDevice(runner, inputs, deviceId)
  const log = new SessionLog(runner, {
    logout: inputs.logout,
    homeserverUrl: client.baseUrl,
    deviceId: credential.device === 'existing' ? '' : deviceId,
    user: user === undefined ? '' : describeUser(user),
  })
  const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) }
  const onReplaced: Parameters<typeof prepareOpening>[1]['onReplaced'] = (tokens) => setTokenOutputs(runner, tokens)
  return prepareOpening(ports, { credential, client, allowHttp, user, device, log, onReplaced })
}

/**
 * A token that turns out dead is handed to nobody, so its session is ended where that ends nothing else. A logout of
 * this step's stable device would end the token of the run before, too.
 */
async function prove(opened: Opened, { logout }: LoginInputs, opening: Opening): Promise<OpenSession> {
  const { credential, runner } = opening
  try {
    return await proveSession(opened, opening)
  } catch (error) {
    if (logout === 'never' && credential.opensSession && credential.device !== 'login') {
      await endAgain(opened, opening, () => runner.info('The session that was opened could not be ended again.'))
    }
    throw error
  }
}

/** Whose session it is, and where, so that the post step can name it. */
function noteOwner({ userId, deviceId }: Opened, { log }: Opening): void {
  if (userId !== undefined && deviceId !== undefined) log.update({ user: userId, deviceId })
}

/** A session of somebody else is ended again if it was opened here; a token that was given is left alone. */
async function checkUser(
  userId: string | undefined,
  opened: Opened,
  { user }: LoginInputs,
  opening: Opening,
): Promise<void> {
  if (userId === undefined || user === undefined || isSameUser(user, userId)) return
  const { credential, context, runner } = opening
  const whose = cleanServerText(userId)
  const message = `${context.client.baseUrl} says that this is ${whose}, not ${describeUser(user)}.`
  if (!credential.opensSession) throw new Failure('wrong-user', message)
  let ended = 'The session was ended again, nothing was handed over.'
  await endAgain(opened, opening, () => {
    ended = 'Nothing was handed over.'
    runner.warning(
      `The session of ${whose} on device ${cleanServerText(opened.deviceId ?? '(none)')} could not be ended.`,
    )
  })
  throw new Failure('wrong-user', `${message} ${ended}`)
}

async function endAgain(opened: Opened, opening: Opening, otherwise: () => void): Promise<void> {
  try {
    await endOpened(opened, opening)
    opening.log.update({ phase: 'over' })
  } catch {
    otherwise()
  }
}

/** The new session works and stays; what it takes the place of is a matter of order, not of success. */
async function replaceEarlier(session: OpenSession, { credential, context, runner }: Opening): Promise<void> {
  try {
    await credential.replaceEarlier?.(context, session)
  } catch (error) {
    const { message } = explain(error, context.now())
    runner.warning(`Earlier sessions on device ${session.deviceId ?? '(none)'} could not be ended. ${message}`)
  }
}
