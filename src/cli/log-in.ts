import { ServerText } from '../api/values.js'
import type { ActiveSession, Credential, IssuedSession } from '../credentials/kind.js'
import { Failure } from '../failures.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import type { Log } from '../runner/ports.js'
import { isAnswerLost, issueSession } from '../session/attempt.js'
import { fitDisplayName, randomDeviceId } from '../session/device-id.js'
import { type LoginAttempt, loginContext, SessionRecorder, verifySession } from '../session/record.js'
import { endIssued, whereToEnd } from '../session/teardown.js'
import type { SessionOptions } from './arguments.js'
import { type Delivery, deliverToken } from './delivery.js'
import { type CommandPorts, InterruptedError } from './terminal.js'

/** Distinguishes devices of this command from devices of workflows. */
const DEVICE_PREFIX = 'MAT'

/** A login to run: the credential, the server, and where the token is delivered. */
export interface Login {
  readonly credential: Credential
  readonly client: MatrixClient
  readonly options: Pick<SessionOptions, 'allowHttp' | 'user' | 'deviceName'>
  readonly delivery: Delivery
}

/**
 * Exchanges a credential for a session on a new device and delivers it. A session that cannot be delivered is ended, so
 * that no orphaned session remains.
 * @throws Failure, ApiError, NetworkError, InterruptedError
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
    await deliverToken(session, login.delivery, ports, (held) => {
      mayBeHeld = held
    })
    return session
  } catch (error) {
    if (!mayBeHeld) await endAgain(issued, attempt)
    throw error
  }
}

/**
 * Opens a session, passes it to `use`, and ends it on every path.
 * @throws Failure, ApiError, NetworkError, InterruptedError, and what `use` throws
 */
export async function withTemporarySession(
  ports: CommandPorts,
  login: Omit<Login, 'delivery'>,
  use: (session: ActiveSession, requestedDevice: string) => Promise<void>,
): Promise<void> {
  const attempt = prepare(ports, login)
  ports.log.info(`Logging in with ${login.credential.description}…`)
  const issued = await issue(ports, attempt)
  try {
    const session = await verifySession(issued, attempt)
    checkUser(session, login.options)
    if (ports.isInterrupted()) throw new InterruptedError()
    await use(session, attempt.context.device.deviceId)
  } finally {
    await endAgain(issued, attempt)
  }
}

function prepare(ports: CommandPorts, { credential, client, options }: Omit<Login, 'delivery'>): LoginAttempt {
  const { log, random, terminal } = ports
  const { allowHttp, user, deviceName } = options
  const deviceId = randomDeviceId(random.bytes, DEVICE_PREFIX)
  const name = deviceName === '' ? `matrix-access-token on ${terminal.hostName}` : deviceName
  const device = { deviceId, displayName: fitDisplayName(name) }
  const context = loginContext(ports, { client, allowHttp, user, device })
  const record = { logout: 'always', homeserverUrl: client.baseUrl, deviceId, user: '' } as const
  return { credential, context, log, recorder: new SessionRecorder(undefined, record) }
}

async function issue({ log }: CommandPorts, attempt: LoginAttempt): Promise<IssuedSession> {
  try {
    return await issueSession(attempt)
  } catch (error) {
    const { client, device } = attempt.context
    if (attempt.recorder.phase === 'sent' && isAnswerLost(error)) {
      const where = await whereToEnd(client, device.deviceId, error)
      log.warning(
        `The answer was lost: an orphaned session on device ${device.deviceId} may remain at ${client.baseUrl}. ` +
          `If it is there: ${where}`,
      )
    }
    throw error
  }
}

/** Checks the user: the browser may be logged in to another account than the expected one. */
function checkUser({ userId, homeserverUrl }: ActiveSession, { user }: Login['options']): void {
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
  } catch (error) {
    const { client, device: requested } = context
    const device = issued.deviceId?.raw ?? requested.deviceId
    const where = await whereToEnd(client, device, error)
    log.warning(`The session on device ${new ServerText(device)} at ${client.baseUrl} could not be ended. ${where}`)
  }
}

/** Prints advice about a session that was just delivered. */
export function adviseAfterLogin(log: Log, session: ActiveSession, delivery: Delivery): void {
  const { teardown, homeserverUrl } = session
  if (teardown.kind === 'revocation') {
    adviseRotation(log, session, teardown.clientId, delivery)
  } else {
    log.info(
      'It belongs to no browser, and no log-out in Element ends it. To end it: ' +
        `matrix-access-token logout --homeserver ${homeserverUrl}`,
    )
  }
}

/** Shows the workflow that renews the session. The client ID is not secret. */
function adviseRotation(log: Log, { homeserverUrl }: ActiveSession, clientId: string, delivery: Delivery): void {
  const names = { secretName: 'MATRIX_ACCESS_TOKEN', refreshSecretName: 'MATRIX_REFRESH_TOKEN' }
  const { secretName, refreshSecretName } = delivery.to === 'stores' ? delivery : names
  const kept = delivery.to === 'stores' ? 'is stored as' : 'must be stored, for example as'
  log.info(
    `This is an OAuth session. Its refresh token ${kept} ${refreshSecretName}. Let a scheduled workflow renew it with the ` +
      'action rotate, which needs:\n\n' +
      `  homeserver: ${homeserverUrl}\n` +
      `  refresh-token: \${{ secrets.${refreshSecretName} }}\n` +
      `  oauth-client-id: ${new ServerText(clientId)}\n` +
      `  secret-name: ${secretName}\n` +
      `  refresh-secret-name: ${refreshSecretName}\n\n` +
      'The stored refresh token must be used by nothing else. The session ends on the account page of the server.',
  )
}
