import type { ServerText } from '../api/values.js'
import type { Credential, IssuedSession, IssuedTokens, LoginContext } from '../credentials/kind.js'
import type { Log } from '../runner/ports.js'
import type { SessionRecorder } from './record.js'

/** One login that is under way. */
export interface LoginAttempt {
  readonly credential: Credential
  readonly context: LoginContext
  readonly log: Log
  /** Keeps the post step up to date. */
  readonly recorder: SessionRecorder
  /**
   * Called with tokens right after they were masked and saved, and before anything uses them: a server forgets a single-use
   * credential once its successor is used.
   */
  readonly onIssued?: (tokens: IssuedTokens) => void
}

/** Whether the device that a login names is the requested one. A credential that requests none has no such device. */
export function isOnRequestedDevice(named: ServerText | undefined, { credential, context }: LoginAttempt): boolean {
  return credential.device !== 'login' || named?.raw === context.device.deviceId
}

/** Whether the server opened the session on the device that was requested. A credential that requests none has no such device. */
export function isAsRequested(
  { deviceId }: Pick<IssuedSession, 'deviceId'>,
  { credential, context }: LoginAttempt,
): boolean {
  return credential.device === 'existing' || deviceId?.raw === context.device.deviceId
}

/**
 * A session on another device than the requested one is not ended by this action: a log-out would end whatever else is on
 * that device.
 */
export function warnOfOtherDevice({ deviceId }: Pick<IssuedSession, 'deviceId'>, attempt: LoginAttempt): void {
  const { context, recorder, log } = attempt
  if (isOnRequestedDevice(deviceId, attempt)) return
  const device = deviceId === undefined ? 'no device' : `device ${deviceId}`
  log.warning(
    `The server logged in on ${device} instead of the requested ${context.device.deviceId}. ` +
      'Nothing is ended because of it. End this session in the list of sessions of the account when it is not needed any more.',
  )
  recorder.end()
}
