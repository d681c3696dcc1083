import type { ActiveSession, LoginContext, NamedSession, SessionDirectory } from '../credentials/kind.js'
import { isAsRequested, type LoginAttempt } from './record.js'
import { endSession } from './teardown.js'

/** The new session works and stays; what it takes the place of is a matter of order, not of success. */
export async function endPreviousOnDevice(
  session: ActiveSession,
  attempt: LoginAttempt,
  directoryOf: (context: LoginContext) => SessionDirectory,
): Promise<void> {
  const { context, log } = attempt
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
    await endSession({ ...session, client: context.client, teardown: previous.teardown }).catch((error: unknown) =>
      failures.push(error),
    )
  }
  try {
    for (const previous of await directoryOf(context).listOn(deviceId)) await end(previous)
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
