import type { ActiveSession, IssuedSession } from '../credentials/kind.js'
import { Failure } from '../failures.js'
import { credentialKinds } from '../inputs/credential-kinds.js'
import { type LoginInputs, readLoginInputs } from '../inputs/login.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { CommandFileError, type InputSource, type Log } from '../runner/ports.js'
import type { SecretFile } from '../runner/secret-file.js'
import { abandon, issueSession } from '../session/attempt.js'
import { type ActionPorts, connect } from '../session/connect.js'
import {
  canonicalMatrix,
  deviceDisplayName,
  type RunContext,
  randomDeviceId,
  readRunContext,
  stableDeviceId,
} from '../session/device-id.js'
import {
  initializeState,
  type LoginAttempt,
  loginContext,
  SessionRecorder,
  verifySession,
  warnOfOtherDevice,
} from '../session/record.js'
import { deliver, deliverSkipped, setRefreshTokenOutput } from './deliver.js'

/** Exchanges a credential for a session and delivers it to later steps. @throws Failure, ApiError, NetworkError */
export async function loginAction(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  initializeState(runner)
  const inputs = readLoginInputs(runner, await credentialKinds('login', runner))
  if ('skipped' in inputs) return deliverSkipped(runner, inputs.skipped)
  const file = await createFile(ports, inputs)
  try {
    await logIn(ports, inputs, file)
  } catch (error) {
    const { withHints } = await import('../explain.js')
    throw await withHints(error, inputs.hintsFor, ports.clock.now())
  }
}

async function createFile(ports: ActionPorts, { credentialsFile }: LoginInputs): Promise<SecretFile | undefined> {
  if (credentialsFile === '') return undefined
  const { createCredentialsFile } = await import('./credentials-file.js')
  return createCredentialsFile(ports.runner, await ports.files(), credentialsFile)
}

async function logIn(ports: ActionPorts, inputs: LoginInputs, file: SecretFile | undefined): Promise<void> {
  const client = await connect(ports, inputs)
  const attempt = prepareLogin(ports, inputs, client)
  const issued = await issueSession(attempt)
  try {
    await handOver(ports, inputs, issued, attempt, file)
  } catch (error) {
    // Without its command files the runner starts no post step that knows this session.
    if (error instanceof CommandFileError) await abandon(issued, attempt)
    throw error
  }
}

async function handOver(
  ports: ActionPorts,
  inputs: LoginInputs,
  issued: IssuedSession,
  attempt: LoginAttempt,
  file: SecretFile | undefined,
): Promise<void> {
  noteOwner(issued, attempt)
  await checkUser(issued.userId, issued, inputs, attempt)
  warnOfOtherDevice(issued, attempt)
  const session = await verify(issued, attempt)
  await checkUser(session.userId, session, inputs, attempt)
  // Now it is known to be the session of `user`.
  if (!attempt.credential.opensSession && attempt.recorder.phase !== undefined)
    attempt.recorder.update({ phase: 'open' })
  const rotatedAt = attempt.credential.device === 'existing' ? await checkAge(session, inputs, ports) : undefined
  if (inputs.logout === 'never') await endPrevious(session, attempt)
  await deliver(ports.runner, session, { ...inputs, rotatedAt }, file).catch(async (error: unknown) => {
    if (!(error instanceof CommandFileError)) await abandon(session, attempt)
    throw error
  })
}

/** Checks the age of a token that may come from a rotation. @returns when it was issued, in milliseconds since 1970 */
async function checkAge(session: ActiveSession, inputs: LoginInputs, ports: ActionPorts): Promise<number | undefined> {
  const { checkTokenAge } = await import('../session/rotation.js')
  return checkTokenAge(session, inputs.maxAgeMs, ports.clock.now(), ports.runner)
}

/**
 * Verifies the session. An invalid token is not delivered; its session is ended if no other session would be affected.
 */
async function verify(issued: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  try {
    return await verifySession(issued, attempt)
  } catch (error) {
    if (attempt.recorder.record.logout === 'never') await abandon(issued, attempt)
    throw error
  }
}

/** Records the owner and the device of the session, so that the post step can name it. */
function noteOwner({ userId, deviceId }: IssuedSession, { recorder }: LoginAttempt): void {
  if (userId !== undefined && deviceId !== undefined) recorder.update({ user: `${userId}`, deviceId: `${deviceId}` })
}

/** Checks the user of the session. A session of another user is ended if it was opened here; a given token is kept. */
async function checkUser(
  userId: IssuedSession['userId'],
  issued: IssuedSession,
  { user }: LoginInputs,
  attempt: LoginAttempt,
): Promise<void> {
  if (userId === undefined || user === undefined || isSameUser(user, userId.raw)) return
  const message = `${attempt.context.client.baseUrl} says that this is ${userId}, not ${describeUser(user)}.`
  if (!attempt.credential.opensSession) {
    // The post step already knows the session of a refresh token.
    if (attempt.recorder.phase !== undefined) attempt.recorder.end()
    throw new Failure('wrong-user', message)
  }
  const outcome = await endWrongUser(issued, attempt)
  throw new Failure('wrong-user', `${message} ${outcome}`)
}

async function endWrongUser(issued: IssuedSession, attempt: LoginAttempt): Promise<string> {
  try {
    const { endIssued } = await import('../session/teardown.js')
    await endIssued(issued, attempt)
    attempt.recorder.end()
    return 'The session was ended again, and no output was set.'
  } catch {
    const device = issued.deviceId ?? attempt.context.device.deviceId
    attempt.log.warning(`The session of ${issued.userId ?? 'this user'} on device ${device} could not be ended.`)
    return 'No output was set.'
  }
}

async function endPrevious(session: ActiveSession, attempt: LoginAttempt): Promise<void> {
  const { previousSessions } = attempt.credential
  if (typeof previousSessions !== 'function') return
  const { endPreviousOnDevice } = await import('../session/teardown.js')
  await endPreviousOnDevice(session, attempt, previousSessions)
}

/** Chooses the device of a login, logs the consequences, and prepares the state for the post step. */
function prepareLogin(ports: ActionPorts, inputs: LoginInputs, client: MatrixClient): LoginAttempt {
  const { runner, random } = ports
  const { credential, user, allowHttp, logout } = inputs
  const run = readRunContext(runner)
  const matrix = canonicalMatrix(inputs.jobMatrix)
  const derived = () =>
    logout === 'never' ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes)
  const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId
  logDevice(runner, inputs, deviceId, run)
  if (logout === 'on-failure' && isGitea(runner)) runner.notice(FROZEN_STATUS)
  const recorder = new SessionRecorder(runner, {
    logout,
    homeserverUrl: client.baseUrl,
    deviceId: credential.device === 'existing' ? '' : deviceId,
    user: user === undefined ? '' : describeUser(user),
  })
  const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) }
  runner.info(`Logging in with ${credential.description}…`)
  return {
    credential,
    context: loginContext(ports, { client, allowHttp, user, device }),
    log: runner,
    recorder,
    ...(credential.singleUse ? { onIssued: (tokens) => setRefreshTokenOutput(runner, tokens) } : {}),
  }
}

/** Detects Forgejo and Gitea; Forgejo's runner sets both variables. */
function isGitea({ environment }: Pick<InputSource, 'environment'>): boolean {
  return environment('GITEA_ACTIONS') === 'true' && environment('FORGEJO_ACTIONS') !== 'true'
}

/** On runners 0.4.1 and 1.0.8 the default of an input keeps the value that it had when main started. */
const FROZEN_STATUS =
  'The runner of Gitea does not evaluate the default of `job-status` again for the post step. Write it out, or the session ' +
  'is never ended (`logout: on-failure`): with: job-status: ${{ job.status }}'

/** Logs which device the session gets, and the consequences for other sessions. */
function logDevice(
  log: Log,
  { credential, logout, deviceId: given }: LoginInputs,
  deviceId: string,
  { workflowFile }: RunContext,
): void {
  if (credential.device === 'existing') {
    if (given !== '') log.notice(`\`device-id\` has no effect: with ${credential.description} no device is chosen.`)
    return
  }
  log.info(`Device: ${deviceId}`)
  if (logout === 'never') {
    if (given === '' && workflowFile === '') log.warning(UNNAMED_WORKFLOW)
    log.info(credential.device === 'login' ? STAYS : PERSONAL_STAYS)
  } else if (given !== '' && credential.device === 'login') {
    log.notice(
      `The session on device ${deviceId} ends after the job (\`logout: ${logout}\`), and Synapse and Tuwunel end every token ` +
        'of that device with it. Leave `device-id` out to end nothing but this session.',
    )
  }
}

const UNNAMED_WORKFLOW =
  'This runner names neither the file nor the name of the workflow, so workflows share one device here, and one login may ' +
  'end the token of another. Give the workflow a `name:`, or set `device-id`.'

const STAYS =
  'The session stays (`logout: never`). Logging in on this device again ends the token of the run before on Matrix ' +
  'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token valid ' +
  'until a logout. Use `logout: always` if only this job needs the token, `rotate` if a deployment does, and a ' +
  'concurrency group if runs overlap.'

const PERSONAL_STAYS =
  'The session stays (`logout: never`), and earlier personal access tokens on this device are revoked. Use `logout: always` ' +
  'if only this job needs the token, `rotate` if a deployment does, and a concurrency group if runs overlap.'
