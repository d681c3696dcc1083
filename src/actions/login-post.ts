import { endSession, MissingPartError } from '../credentials/ending.js'
import { explain } from '../explain.js'
import type { ExchangePorts } from '../http/exchange.js'
import { readAdminClient } from '../inputs/admin-client.js'
import { maskInputsAgain } from '../inputs/mask-again.js'
import { MatrixClient } from '../matrix/client.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Runner } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { type ActionPorts, withPatience } from './connect.js'
import { removeCredentialsFile } from './credentials-file.js'
import { type SessionRecord, savedSession, savedTokens } from './session-state.js'

/** All of the post step, pauses and requests, in milliseconds: a cancelled job has little time left. */
const PATIENCE_MS = 20_000

/**
 * Ends the session that main opened, if it should end. Works from the saved state, never from inputs that a later step
 * could steer (but for the job's status, and for the secret of an administrator, which is never saved), and never fails
 * the job.
 */
export async function loginPost(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  maskInputsAgain(runner)
  const tokens = savedTokens(runner)
  // Masks belong to the job on GitHub, but other runners forget them with the process.
  for (const token of Object.values(tokens)) if (token !== '') runner.mask(token)
  removeCredentialsFile(runner, ports.files)
  const session = savedSession(runner)
  if (session === undefined || session.phase === 'over' || session.phase === 'writing' || !shouldEnd(session, runner))
    return
  if (tokens.accessToken === '') return warnOfUnheldSession(runner, session)
  await end(ports, session, tokens)
}

function shouldEnd({ logout: mode }: SessionRecord, runner: Runner): boolean {
  if (mode !== 'on-failure') return mode === 'always'
  const status = runner.input('job-status').trim().toLowerCase()
  if (status === '')
    runner.warning('The runner does not say how the job ended, so the session stays (logout: on-failure).')
  return status === 'failure' || status === 'cancelled'
}

function warnOfUnheldSession(runner: Runner, session: SessionRecord): void {
  runner.warning(
    `The login was sent, but its answer never came: a session of ${describe(session)} may exist whose token nobody ` +
      'holds. End it in the list of sessions of that account if it is there.',
  )
}

async function end(ports: ActionPorts, session: SessionRecord, tokens: ReturnType<typeof savedTokens>): Promise<void> {
  const { runner, clock } = ports
  const { accessToken, refreshToken } = tokens
  const admin = session.ending.kind === 'personal-session' ? readAdminClient(runner) : undefined
  try {
    const result = await endSession(session.ending, {
      client: new MatrixClient(session.homeserverUrl, hurried(ports)),
      accessToken: new Secret(accessToken),
      ...(refreshToken === '' ? {} : { refreshToken: new Secret(refreshToken) }),
      ...(admin === undefined ? {} : { admin }),
      mask: runner.mask,
    })
    const how = result === 'ended' ? 'Logged out' : 'The session was over already'
    runner.info(`${how}: ${describe(session)}.`)
  } catch (error) {
    const why =
      error instanceof MissingPartError ? { message: `${error.message}.`, hint: '' } : explain(error, clock.now())
    runner.warning(
      `The session of ${describe(session)} could not be ended and is alive still. ${why.message} ${why.hint}`.trimEnd(),
    )
  }
}

/** Neither pauses nor requests go on beyond the time there is. */
function hurried(ports: ActionPorts): ExchangePorts {
  const { clock, transport } = ports
  const deadline = clock.now() + PATIENCE_MS
  const remaining = () => Math.max(1, deadline - clock.now())
  const bounded: ActionPorts = {
    ...ports,
    transport: (request) => transport({ ...request, deadlineMs: Math.min(request.deadlineMs, remaining()) }),
  }
  return withPatience(bounded, PATIENCE_MS, () => deadline - clock.now())
}

function describe({ user, deviceId, homeserverUrl }: SessionRecord): string {
  const device = deviceId === '' ? 'without a device' : `device ${cleanServerText(deviceId)}`
  return `${user === '' ? 'the account' : cleanServerText(user)}, ${device}, at ${homeserverUrl}`
}
