import type { ActiveSession, LoginContext, NamedSession, SessionDirectory } from '../credentials/kind.js'
import { withinTime } from './connect.js'
import { isAsRequested, type LoginAttempt } from './record.js'
import { endSession } from './teardown.js'

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
