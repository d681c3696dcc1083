import type { IssuedSession } from '../credentials/kind.js'
import type { LoginAttempt } from './login-attempt.js'
import { endSession, TeardownError } from './teardown.js'

/** Ends the session where that ends nothing else; otherwise says where a person finds it. */
export async function endOrName(session: IssuedSession, attempt: LoginAttempt): Promise<'ended' | 'named'> {
  const { credential, recorder, log } = attempt
  // What the server did instead was named already.
  if (!credential.opensSession || recorder.phase === 'ended') return 'named'
  // On a device that stays the same from run to run, a log-out would end the token of the run before, too.
  const endsNothingElse = recorder.record.logout !== 'never' || credential.device !== 'login'
  if (endsNothingElse) {
    try {
      await endIssued(session, attempt)
      recorder.end()
      return 'ended'
    } catch {
      // The post step has its token and tries again.
      if (recorder.record.logout === 'always' && recorder.phase === 'open') {
        log.info('The new session could not be ended yet.')
        return 'named'
      }
    }
  }
  nameSession(attempt, session)
  return 'named'
}

/** Says which session is left, and that nothing else will end it. */
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

/** Ends a session that this very attempt opened. @throws AnswerError, NoAnswerError, TeardownError */
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
