import type { JsonObject, ServerText } from '../api/values.js'
import type { Credential, IssuedSession, IssuedTokens, LoginContext } from '../credentials/kind.js'
import type { Log } from '../runner/ports.js'
import type { Secret } from '../secret.js'
import type { SessionRecorder } from './record.js'

/** One login that is under way. */
export interface LoginAttempt {
  readonly credential: Credential
  readonly context: LoginContext
  readonly log: Log
  /** Keeps the post step up to date. */
  readonly recorder: SessionRecorder
  /** Access tokens that are in use already, besides those of the credential. */
  readonly tokensInUse?: readonly Secret[]
  /**
   * Called with tokens right after they were masked and saved, and before anything uses them: a server forgets a single-use
   * credential once its successor is used.
   */
  readonly onIssued?: (tokens: IssuedTokens) => void
}

/** Whether the server opened the session on the device that was requested. A credential that requests none has no such device. */
export function isAsRequested(
  { deviceId }: { readonly deviceId?: ServerText | undefined },
  { credential, context }: LoginAttempt,
): boolean {
  if (credential.device === 'existing') return true
  return deviceId?.raw === context.device.deviceId
}

/** Whether the answer names another device than the requested one. */
export function namesOtherDevice({ deviceId }: IssuedSession, { credential, context }: LoginAttempt): boolean {
  return credential.device === 'login' && deviceId !== undefined && deviceId.raw !== context.device.deviceId
}

/** Of an answer that is not read: a log-out ends the whole device that the server chose, so it must name the requested one. */
export function isOnRequestedDevice({ teardown }: IssuedSession, answer: JsonObject, attempt: LoginAttempt): boolean {
  const { credential, context } = attempt
  if (teardown.kind !== 'logout' || credential.device !== 'login') return true
  return answer['device_id'] === context.device.deviceId
}

/**
 * A session on another device than the requested one is not ended by this action: a log-out would end whatever else is on
 * that device.
 */
export function warnOfOtherDevice(session: IssuedSession, attempt: LoginAttempt): void {
  const { context, recorder, log } = attempt
  if (!namesOtherDevice(session, attempt)) return
  log.warning(
    `The server logged in on device ${session.deviceId} instead of the requested ${context.device.deviceId}. ` +
      'Nothing is ended because of it. End this session in the list of sessions of the account when it is not needed any more.',
  )
  recorder.end()
}
