import { type ApiDialect, type ApiError, malformed, type Operation } from '../api/error.js'
import { ServerText, secretMember } from '../api/values.js'
import type {
  ActiveSession,
  IssuedSession,
  LoginContext,
  NamedSession,
  SessionDirectory,
  SessionTeardown,
} from '../credentials/kind.js'
import { NetworkError } from '../http/exchange.js'
import {
  isTokenActive,
  isUnknownToken,
  type LogoutResult,
  REFRESH,
  refreshTokens,
  requestLogout,
} from '../matrix/account.js'
import type { MatrixClient } from '../matrix/client.js'
import { accountManagementUrl } from '../oauth/metadata.js'
import type { ClientCredentials } from '../oauth/token.js'
import type { Secret } from '../secret.js'
import { withinTime } from './connect.js'
import { isAsRequested, type LoginAttempt } from './record.js'

/** A session that may be ended, and the data needed to end it. */
export interface TeardownContext {
  readonly client: MatrixClient
  readonly teardown: SessionTeardown
  /** Absent if the session is ended without its token. */
  readonly accessToken?: Secret
  readonly refreshToken?: Secret
  readonly adminClient?: ClientCredentials
  /** The device that was requested; absent if the credential requests none. */
  readonly requestedDevice?: string
  /** The device that the server named; absent if it named none. */
  readonly namedDevice?: string
  /** A session that replaces this one. It must stay active, whatever a server lists or answers. */
  readonly successor?: ActiveSession
}

/** The session must not or cannot be ended by this project. The message completes "… could not be ended: …". */
export class TeardownError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TeardownError'
  }
}

/**
 * Ends one session. Every session is ended here. Uses the requested device, never one that the server named instead: a
 * logout on another device would end its sessions.
 * @throws ApiError, NetworkError; TeardownError if the session must not or cannot be ended: it may still be active
 */
export async function endSession(context: TeardownContext): Promise<LogoutResult> {
  const { teardown, client } = context
  if (isSuccessor(context)) throw new TeardownError(SUCCESSOR)
  switch (teardown.kind) {
    case 'logout':
      return logOut(context)
    case 'revocation':
      return revoke(teardown.revocationEndpoint, teardown.clientId, context)
    case 'personal-session': {
      const { adminClient } = context
      if (adminClient === undefined) throw new TeardownError('`mas-client-id` and `mas-client-secret` are not set here')
      const { AdminApi } = await import('../mas/admin-api.js')
      const { revokePersonalSession } = await import('../mas/sessions.js')
      return revokePersonalSession(await AdminApi.open(teardown, adminClient, client.ports), teardown.sessionId)
    }
  }
}

/**
 * Logs out. A session with a refresh token stays active after its access token expired: after some minutes Matrix
 * Authentication Service and Tuwunel no longer know the access token, but still accept the refresh token.
 */
async function logOut(context: TeardownContext): Promise<LogoutResult> {
  const { client, refreshToken } = context
  const result = await requestLogout(client, ownToken(context))
  if (result === 'ended' || refreshToken === undefined) return result
  const accessToken = await renewedToken(client, refreshToken)
  if (accessToken === undefined) return result
  if (isSuccessor({ ...context, accessToken })) throw new TeardownError(SUCCESSOR)
  return requestLogout(client, accessToken)
}

/**
 * Requests a new access token.
 * @returns `undefined` if the refresh token is unknown as well: then the session has ended
 */
async function renewedToken(client: MatrixClient, refreshToken: Secret): Promise<Secret | undefined> {
  try {
    const accessToken = secretMember(await refreshTokens(client, refreshToken), 'access_token')
    if (accessToken !== undefined) return accessToken
  } catch (error) {
    if (isUnknownToken(error)) return undefined
    throw error
  }
  throw malformed('it has no usable access_token', { server: client.baseUrl, operation: REFRESH })
}

/** Returns whether the session is its own successor: by session ID if that ends it, otherwise by token. */
function isSuccessor({ teardown, accessToken, successor }: TeardownContext): boolean {
  if (successor === undefined) return false
  const { teardown: other } = successor
  if (teardown.kind === 'personal-session')
    return other.kind === 'personal-session' && other.sessionId === teardown.sessionId
  return accessToken?.reveal() === successor.accessToken.reveal()
}

const SUCCESSOR = 'the server gives it out as the session that replaces it'

function ownToken(context: TeardownContext): Secret {
  const { requestedDevice, namedDevice } = context
  const isOther = requestedDevice !== undefined && namedDevice !== undefined && namedDevice !== requestedDevice
  if (isOther) throw new TeardownError(`${OTHER_DEVICE}: ${new ServerText(namedDevice)}`)
  if (context.accessToken === undefined) throw new TeardownError('its access token is not known')
  return context.accessToken
}

const OTHER_DEVICE = 'the server logged in on another device than it was asked for'

const REVOKE_CHECK: Operation = { phrase: 'revoke the session' }
/**
 * Maximum checks of the access token, and the pause between them in milliseconds: the device ends about 0.1 s later.
 */
const MAX_CHECKS = 3
const PAUSE_MS = 1_000

/** Revokes the session and checks its access token, because revocation also answers 200 if nothing was revoked. */
async function revoke(endpoint: string, clientId: string, context: TeardownContext): Promise<LogoutResult> {
  const { client, refreshToken } = context
  const accessToken = ownToken(context)
  if (refreshToken === undefined) throw new TeardownError('the server gave no refresh token to revoke it with')
  if (endpoint === '') throw new TeardownError('the server names no endpoint that revokes it')
  const { OAUTH, revokeSession } = await import('../oauth/token.js')
  await revokeSession(endpoint, clientId, refreshToken, client.ports)
  for (let check = 1; await isTokenActive(client, accessToken); check += 1) {
    if (check === MAX_CHECKS || !(await client.ports.clock.sleep(PAUSE_MS))) throw stillActive(endpoint, OAUTH)
  }
  return 'ended'
}

function stillActive(endpoint: string, dialect: ApiDialect): ApiError {
  const what = 'the access token is still accepted (for two minutes it may be, if the refresh token was current)'
  return malformed(what, { server: new URL(endpoint).origin, operation: REVOKE_CHECK, dialect })
}

/** Ends the session if that ends no other, otherwise names it; does nothing if either was done before. */
export async function endOrName(session: IssuedSession, attempt: LoginAttempt): Promise<void> {
  const { credential, recorder, log } = attempt
  if (!credential.opensSession || recorder.phase === 'ended') return
  // A device that every run shares also holds the token of the previous run, which a logout would end.
  if (recorder.record.logout !== 'never' || credential.device !== 'login') {
    try {
      await endIssued(session, attempt)
      return recorder.end()
    } catch {
      if (recorder.isEndedByPostStep)
        return log.info('The new session could not be ended yet. The post step tries again.')
    }
  }
  nameSession(attempt, session)
}

/** Names the session that remains, and that it will not be ended automatically. */
export function nameSession({ context, recorder, log }: LoginAttempt, session?: IssuedSession): void {
  const { user, homeserverUrl, sessionName } = recorder.record
  const device = session?.deviceId ?? (recorder.record.deviceId || context.device.deviceId)
  const name = `A session of ${user === '' ? 'the account' : user} on device ${device} at ${homeserverUrl} may remain`
  log.warning(
    sessionName === undefined
      ? `${name}. End it in the list of sessions of that account if it is there.`
      : `${name}: ${sessionName}. The device has other sessions, too: end this one alone if it is there.`,
  )
  recorder.end()
}

/** Ends a session that this attempt opened. @throws ApiError, NetworkError, TeardownError */
export async function endIssued(session: IssuedSession, attempt: LoginAttempt): Promise<void> {
  const { credential, context, recorder } = attempt
  if (recorder.phase === 'ended')
    throw new TeardownError('the server opened it on another device than it was asked for')
  const { accessToken, teardown, adminClient, deviceId, held, refreshToken = held } = session
  await endSession({
    client: context.client,
    teardown,
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(adminClient === undefined ? {} : { adminClient }),
    ...(credential.device === 'existing' ? {} : { requestedDevice: context.device.deviceId }),
    ...(deviceId === undefined ? {} : { namedDevice: deviceId.raw }),
  })
}

/** Upper bounds for one login, so that a long session list cannot delay the job. The next login continues. */
const MAX_ENDED = 100
const DEADLINE_MS = 60_000

/** Ends the previous sessions on the device. A failure is a warning, because the new session is valid. */
export async function endPreviousOnDevice(
  session: ActiveSession,
  attempt: LoginAttempt,
  directoryOf: (context: LoginContext) => SessionDirectory,
): Promise<void> {
  const { log } = attempt
  const client = attempt.context.client.withPorts(withinTime(attempt.context.client.ports, DEADLINE_MS))
  const context = { ...attempt.context, client }
  const { deviceId } = context.device
  if (!isAsRequested(session, attempt)) {
    log.warning(
      `The server names device ${session.deviceId ?? '(none)'} for the new token instead of the requested ${deviceId}. ` +
        'No earlier session is ended because of it.',
    )
    return
  }
  const failures: unknown[] = []
  const end = async (previous: NamedSession) => {
    if (isSameTeardown(previous, session)) return
    const { teardown } = previous
    await endSession({ ...session, client, teardown, successor: session }).catch((error: unknown) =>
      failures.push(error),
    )
  }
  try {
    const listed = await directoryOf(context).listOn(deviceId)
    for (const previous of listed.slice(0, MAX_ENDED)) await end(previous)
  } catch (error) {
    failures.push(error)
  }
  if (failures.length === 0) return
  const { explain } = await import('../explain.js')
  const { message } = explain(failures[0], context.now())
  log.warning(`Earlier sessions on device ${deviceId} could not be ended. ${message}`)
}

function isSameTeardown({ teardown: a }: NamedSession, { teardown: b }: ActiveSession): boolean {
  return a.kind === 'personal-session' && b.kind === 'personal-session' && a.sessionId === b.sessionId
}

/**
 * Tells the user where to end a session that could not be ended here.
 * @param deviceId device of the session; empty if it is not known
 * @param failure why the session could not be ended; after a network error no request is sent
 * @returns a sentence; never throws
 */
export async function whereToEnd(client: MatrixClient, deviceId: string, failure?: unknown): Promise<string> {
  if (failure instanceof NetworkError) return IN_A_CLIENT
  const url =
    deviceId === ''
      ? await accountManagementUrl(client, 'org.matrix.devices_list')
      : await accountManagementUrl(client, 'org.matrix.device_delete', deviceId)
  return url === undefined ? IN_A_CLIENT : `End it on the account page of the server: ${url}`
}

const IN_A_CLIENT = 'End it in the list of sessions of the account.'
