import type { ActiveSession, NamedSession } from '../../credentials/kind.js'
import { LOGOUT } from '../../credentials/login-flow.js'
import { explain } from '../../explain.js'
import { Failure } from '../../failures.js'
import { isTokenActive, isUnknownToken, type TokenOwner } from '../../matrix/account.js'
import { listDevices } from '../../matrix/devices.js'
import { Secret } from '../../secret.js'
import { issueSession } from '../../session/attempt.js'
import { withinTime } from '../../session/connect.js'
import { isAsRequested, type LoginAttempt, SessionRecorder } from '../../session/record.js'
import { planRetirement } from '../../session/rotation.js'
import { endSession, TeardownError, whereToEnd } from '../../session/teardown.js'
import { endForeign, findReplaced, type Previous, type ReplacedSession } from './replaced.js'
import type { Rotation } from './rotation.js'

/**
 * Upper bound for one rotation, so that a hostile device list cannot cause unlimited logins. The next one continues.
 */
const MAX_RETIRED = 100
/** Time limit for retiring, in milliseconds. The next rotation continues. */
const DEADLINE_MS = 60_000

interface Retiring extends Rotation {
  /** The common name prefix of all sessions of this secret. */
  readonly base: string
  readonly session: ActiveSession
  /** `<base>-<time>`, the name that this rotation requested. */
  readonly name: string
  readonly attempt: LoginAttempt
}

/**
 * Ends the sessions that this rotation replaces. Every target has stored the new token, so a failure here must not fail
 * the step: a session that cannot be ended is named in a warning, and the next rotation tries again.
 * @returns the names of the sessions that were ended
 */
export async function retire(rotation: Retiring): Promise<readonly string[]> {
  const retiring = withinDeadline(rotation)
  const { ports, inputs, current, session, attempt } = retiring
  const previous = previousSessions(retiring)
  if (!isAsRequested(session, attempt)) {
    ports.runner.warning(
      `The server names device ${session.deviceId ?? '(none)'} for the new token instead of the requested ` +
        `${attempt.context.device.deviceId}. Nothing is retired because of it.`,
    )
    return []
  }
  const replaced = await findReplaced(retiring, previous)
  const retired: string[] = []
  if (replaced.kind === 'unknown') warnOfUnknown(retiring)
  if (current !== undefined && replaced.kind === 'foreign')
    retired.push(...(await retireForeign(retiring, current, replaced, previous)))
  if (previous === undefined || inputs.retire === 'never') return retired
  // The session of the replaced token is unknown, and a queued run may still use the token.
  if (replaced.kind === 'unknown' && inputs.retire === 'next-rotation') return retired
  try {
    retired.push(...(await retireListed(retiring, previous, replaced.kind === 'own' ? replaced.name : undefined)))
  } catch (error) {
    if (previous.directory === undefined) await requireActive(retiring, error)
    ports.runner.warning(
      `Older sessions could not be listed; the next rotation tries again. ${messageOf(error, retiring)}`,
    )
  }
  return retired
}

/**
 * Fails where the stored token is dead: a rotation that began later, and stored its token earlier, may have retired it
 * together with that of a third one. The next rotation repairs this.
 * @throws Failure `token-invalid`
 */
async function requireActive({ client, session }: Retiring, error: unknown): Promise<void> {
  if (!isUnknownToken(error) || (await isTokenActive(client, session.accessToken).catch(() => true))) return
  throw new Failure('token-invalid', DEAD, ROTATE_AGAIN, { cause: error })
}

const DEAD =
  'The new token was stored, and the server does not know it any more: the stored token is dead. Probably another ' +
  'rotation of this secret ended it in the meantime.'
const ROTATE_AGAIN = 'Rotate again now. Give all workflows that rotate this secret the same `concurrency` group.'

function warnOfUnknown({ ports, inputs }: Retiring): void {
  if (inputs.retire === 'never') return
  ports.runner.warning(
    `The server does not say which session \`current-token\` belongs to. ${
      inputs.retire === 'now'
        ? 'If no rotation made it, it stays valid: end it in the list of sessions of the account.'
        : 'Nothing is retired; the next rotation tries again.'
    }`,
  )
}

/** Limits the time: a slow server, or one that lists a hundred devices, must not delay the job for long. */
function withinDeadline(rotation: Retiring): Retiring {
  const client = rotation.client.withPorts(withinTime(rotation.client.ports, DEADLINE_MS))
  return { ...rotation, client, attempt: { ...rotation.attempt, context: { ...rotation.attempt.context, client } } }
}

function previousSessions({ attempt, session }: Retiring): Previous | undefined {
  const { credential, context } = attempt
  if (credential.previousSessions === undefined) return undefined
  if (credential.previousSessions === 'devices') {
    return {
      directory: undefined,
      list: async () => {
        const devices = await listDevices(context.client, session.accessToken)
        return devices.map(({ deviceId }) => ({ name: deviceId.raw, teardown: LOGOUT }))
      },
      end: ({ name }, ownToken) => endDevice(name, ownToken, attempt, session),
    }
  }
  const directory = credential.previousSessions(context)
  return {
    directory,
    list: () => directory.list(),
    end: async ({ teardown }) => {
      const { adminClient } = session
      const admin = adminClient === undefined ? {} : { adminClient }
      await endSession({ client: context.client, teardown, successor: session, ...admin })
    },
  }
}

/** Ends the sessions of a device: by `/logout` with its own token, or by a login on the device and a logout. */
async function endDevice(
  deviceId: string,
  ownToken: Secret | undefined,
  attempt: LoginAttempt,
  successor: ActiveSession,
): Promise<void> {
  const { client, device } = attempt.context
  if (ownToken !== undefined)
    return void (await endSession({ client, teardown: LOGOUT, accessToken: ownToken, successor }))
  // The post step may end the new session only, so the session of this login is not saved.
  const recorder = new SessionRecorder(undefined, { ...attempt.recorder.record, deviceId })
  const issued = await issueSession({
    ...attempt,
    recorder,
    tokensInUse: [...(attempt.tokensInUse ?? []), successor.accessToken],
    context: { ...attempt.context, device: { ...device, deviceId } },
  })
  const { accessToken, teardown } = issued
  const namedDevice = issued.deviceId?.raw ?? ''
  await endSession({ client, teardown, accessToken, requestedDevice: deviceId, namedDevice, successor })
}

async function retireListed(
  retiring: Retiring,
  previous: Previous,
  currentName: string | undefined,
): Promise<readonly string[]> {
  const { inputs, base, name: newName, current } = retiring
  const sessions = await previous.list()
  const names = sessions.map(({ name }) => name)
  const plan = planRetirement({ mode: inputs.retire, base, names, newName, currentName })
  // A session that the directory does not list has ended. A device list may omit a device whose token is still valid.
  const planned = previous.directory === undefined ? plan : plan.filter((name) => names.includes(name))
  const retired: string[] = []
  for (const name of planned.slice(0, MAX_RETIRED)) {
    const session = sessions.find((each) => each.name === name) ?? { name, teardown: LOGOUT }
    const isCurrent = current !== undefined && name === currentName
    if (await retireOne(retiring, previous, session, isCurrent)) retired.push(name)
  }
  return retired
}

async function retireOne(
  retiring: Retiring,
  previous: Previous,
  session: NamedSession,
  isCurrent: boolean,
): Promise<boolean> {
  const { ports, inputs } = retiring
  try {
    await previous.end(session, isCurrent ? new Secret(inputs.currentToken) : undefined)
    return true
  } catch (error) {
    const why = messageOf(error, retiring)
    const where = previous.directory === undefined ? ` ${await whereToEnd(retiring.client, session.name, error)}` : ''
    ports.runner.warning(`${session.name} could not be retired; the next rotation tries again. ${why}${where}`)
    return false
  }
}

/** Handles a current token that no rotation of this base issued. `now` ends it; otherwise the user decides. */
async function retireForeign(
  retiring: Retiring,
  current: TokenOwner,
  replaced: Extract<ReplacedSession, { kind: 'foreign' }>,
  previous: Previous | undefined,
): Promise<readonly string[]> {
  const { ports, inputs } = retiring
  const name = current.deviceId === undefined ? 'without a device' : `device ${current.deviceId}`
  if (inputs.retire !== 'now') {
    const until =
      previous === undefined
        ? 'stays valid until it expires, if it does.'
        : 'was not made by a rotation and stays valid. End it when nothing uses it any more.'
    ports.runner.notice(`The replaced token (${name}) ${until}`)
    return []
  }
  try {
    await endForeign(retiring, current, replaced, previous)
    return current.deviceId === undefined ? [] : [`${current.deviceId}`]
  } catch (error) {
    // Deleting the device would end its other sessions: the new token with `keep-device`, or ambiguous sessions.
    const isShared = error instanceof TeardownError || current.deviceId?.raw === retiring.session.deviceId?.raw
    const where = await whereToEnd(retiring.client, isShared ? '' : (current.deviceId?.raw ?? ''), error)
    ports.runner.warning(`The replaced token (${name}) could not be ended: ${messageOf(error, retiring)} ${where}`)
    return []
  }
}

function messageOf(error: unknown, { ports }: Retiring): string {
  if (error instanceof TeardownError) return `${error.message}.`
  return explain(error, ports.clock.now()).message
}
