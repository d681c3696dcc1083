import { endOpened, isAnswerLost, type Opening, openSession, prepareOpening, proveSession } from '../actions/opening.js'
import { SessionLog } from '../actions/session-state.js'
import type { Credential, Opened, OpenSession } from '../credentials/credential.js'
import { fitDisplayName, randomDeviceId } from '../device.js'
import { Failure } from '../failures.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { cleanServerText } from '../matrix/server-text.js'
import { type Delivery, deliver } from './delivery.js'
import type { SessionOptions } from './options.js'
import { type CommandPorts, InterruptedError } from './terminal.js'

/** Tells the devices of this command from those of workflows. */
const DEVICE_PREFIX = 'MAT'

/** A login that is due: with what, where, and where its token goes. */
export interface Login {
  readonly credential: Credential
  readonly client: MatrixClient
  readonly options: SessionOptions
  readonly delivery: Delivery
}

/**
 * A credential becomes a session on a device of its own, and the session is handed over. What cannot be handed over is
 * ended again, so that no session is left that nobody holds.
 */
export async function logIn(ports: CommandPorts, login: Login): Promise<OpenSession> {
  const opening = prepare(ports, login)
  const opened = await open(ports, opening)
  let mayBeHeld = false
  try {
    const session = await proveSession(opened, opening)
    checkUser(session, login.options)
    if (ports.isInterrupted()) throw new InterruptedError()
    ports.runner.info(describeLogin(session))
    await deliver(session, login.delivery, ports, (held) => {
      mayBeHeld = held
    })
    return session
  } catch (error) {
    if (!mayBeHeld) await endAgain(opened, opening)
    throw error
  }
}

function prepare(ports: CommandPorts, { credential, client, options }: Login): Opening {
  const { allowHttp, user, deviceName } = options
  const deviceId = randomDeviceId(ports.random.bytes, DEVICE_PREFIX)
  const name = deviceName === '' ? `matrix-access-token on ${ports.terminal.hostName}` : deviceName
  const device = { deviceId, displayName: fitDisplayName(name) }
  const log = new SessionLog(ports.runner, { logout: 'always', homeserverUrl: client.baseUrl, deviceId, user: '' })
  return prepareOpening(ports, { credential, client, allowHttp, user, device, log, onReplaced: () => {} })
}

async function open({ runner }: CommandPorts, opening: Opening): Promise<Opened> {
  try {
    return await openSession(opening)
  } catch (error) {
    const cause = error instanceof Failure ? error.cause : error
    const { client, device } = opening.context
    if (opening.log.phase === 'sent' && isAnswerLost(cause)) {
      runner.warning(
        `The answer never came: a session on device ${device.deviceId} may exist at ${client.baseUrl} whose token nobody ` +
          'holds. End it in the list of sessions of the account if it is there.',
      )
    }
    throw error
  }
}

/** In a browser it is easy to be somebody else than meant: whoever is logged in there. */
function checkUser({ userId, homeserverUrl }: OpenSession, { user }: SessionOptions): void {
  if (user === undefined || isSameUser(user, userId)) return
  const message = `${homeserverUrl} says that this is ${cleanServerText(userId)}, not ${describeUser(user)}.`
  throw new Failure(
    'wrong-user',
    message,
    'Log out there in the browser, or use a private window, and run the command again.',
  )
}

function describeLogin({ userId, deviceId, homeserverUrl, expiresAt }: OpenSession): string {
  const device = deviceId === undefined ? 'without a device' : `device ${cleanServerText(deviceId)}`
  const end = expiresAt === undefined ? 'no expiry named' : `until ${new Date(expiresAt).toISOString()}`
  return `Logged in as ${cleanServerText(userId)}, ${device}, at ${homeserverUrl}, ${end}.`
}

async function endAgain(opened: Opened, opening: Opening): Promise<void> {
  const { runner, context } = opening
  try {
    await endOpened(opened, opening)
    runner.info('The session was ended again: nobody holds its token.')
  } catch {
    const device = opened.deviceId ?? context.device.deviceId
    runner.warning(
      `The session on device ${cleanServerText(device)} at ${context.client.baseUrl} could not be ended. End it in the ` +
        'list of sessions of the account.',
    )
  }
}
