import type { ActiveSession, IssuedSession } from '../credentials/kind.js'
import { whoami } from '../matrix/account.js'
import { explained, type LoginAttempt, ownedSession, warnOfOtherDevice } from './record.js'

/**
 * Determines the owner of a session, from the response or with `whoami`. @throws Failure as the credential explains it
 */
export async function verifySession(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  return ownedSession(session, attempt) ?? verifyWithWhoami(session, attempt)
}

/**
 * Determines the owner of a session with `whoami`. If it names another device than the requested one, a logout would
 * end the sessions of that device, so the session is recorded as `ended` and is not ended later.
 */
export async function verifyWithWhoami(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  const { context, recorder } = attempt
  const { userId: _told, deviceId: _named, ...rest } = session
  try {
    const owner = await whoami(context.client, session.accessToken)
    const device = attempt.credential.device === 'existing' ? { deviceId: `${owner.deviceId ?? ''}` } : {}
    recorder.update({ user: `${owner.userId}`, ...device })
    // If the response named another device, this was reported already. A revocation ends this session only, on any
    // device.
    if (recorder.phase !== 'ended' && session.teardown.kind === 'logout') warnOfOtherDevice(owner, attempt)
    return { ...rest, homeserverUrl: context.client.baseUrl, ...owner }
  } catch (error) {
    throw await explained(error, attempt)
  }
}
