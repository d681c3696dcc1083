import type { ActiveSession, Credential, IssuedSession } from '../credentials/kind.js'
import { Failure } from '../failures.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { endIssued } from '../session/abandon.js'
import { isAnswerLost, issueSession, type LoginAttempt, verifySession } from '../session/attempt.js'
import { fitDisplayName, randomDeviceId } from '../session/device-id.js'
import { SessionRecorder } from '../session/record.js'
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
 * ended again, so that no orphaned session is left.
 * @throws Failure, AnswerError, NoAnswerError, InterruptedError
 */
export async function logIn(ports: CommandPorts, login: Login): Promise<ActiveSession> {
  const attempt = prepare(ports, login)
  ports.log.info(`Logging in with ${login.credential.description}…`)
  const issued = await issue(ports, attempt)
  let mayBeHeld = false
  try {
    const session = await verifySession(issued, attempt)
    checkUser(session, login.options)
    if (ports.isInterrupted()) throw new InterruptedError()
    ports.log.info(describeLogin(session))
    await deliver(session, login.delivery, ports, (held) => {
      mayBeHeld = held
    })
    return session
  } catch (error) {
    if (!mayBeHeld) await endAgain(issued, attempt)
    throw error
  }
}

function prepare(ports: CommandPorts, { credential, client, options }: Login): LoginAttempt {
  const { log, masks, clock, random, terminal } = ports
  const { allowHttp, user, deviceName } = options
  const deviceId = randomDeviceId(random.bytes, DEVICE_PREFIX)
  const name = deviceName === '' ? `matrix-access-token on ${terminal.hostName}` : deviceName
  const device = { deviceId, displayName: fitDisplayName(name) }
  const { warning, group } = log
  const context = { client, allowHttp, user, device, now: clock.now, mask: masks.mask, warning, group }
  const record = { logout: 'always', homeserverUrl: client.baseUrl, deviceId, user: '' } as const
  return { credential, context, log, recorder: new SessionRecorder(undefined, record) }
}

async function issue({ log }: CommandPorts, attempt: LoginAttempt): Promise<IssuedSession> {
  try {
    return await issueSession(attempt)
  } catch (error) {
    const { client, device } = attempt.context
    if (attempt.recorder.phase === 'sent' && isAnswerLost(error)) {
      log.warning(
        `The answer was lost: an orphaned session on device ${device.deviceId} may remain at ${client.baseUrl}. End it in ` +
          'the list of sessions of the account if it is there.',
      )
    }
    throw error
  }
}

/** In a browser another account than the expected one may be logged in. */
function checkUser({ userId, homeserverUrl }: ActiveSession, { user }: SessionOptions): void {
  if (user === undefined || isSameUser(user, userId.raw)) return
  const message = `${homeserverUrl} says that this is ${userId}, not ${describeUser(user)}.`
  throw new Failure(
    'wrong-user',
    message,
    'Log out there in the browser, or use a private window, and run the command again.',
  )
}

function describeLogin({ userId, deviceId, homeserverUrl, expiresAt }: ActiveSession): string {
  const device = deviceId === undefined ? 'without a device' : `device ${deviceId}`
  const end = expiresAt === undefined ? 'no expiry named' : `until ${new Date(expiresAt).toISOString()}`
  return `Logged in as ${userId}, ${device}, at ${homeserverUrl}, ${end}.`
}

async function endAgain(issued: IssuedSession, attempt: LoginAttempt): Promise<void> {
  const { log, context } = attempt
  try {
    await endIssued(issued, attempt)
    log.info('The session was ended again.')
  } catch {
    const device = issued.deviceId ?? context.device.deviceId
    log.warning(
      `The session on device ${device} at ${context.client.baseUrl} could not be ended. End it in the ` +
        'list of sessions of the account.',
    )
  }
}
