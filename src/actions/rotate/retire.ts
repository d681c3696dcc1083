import type { ActiveSession, NamedSession } from '../../credentials/kind.js'
import { LOGOUT } from '../../credentials/login-flow.js'
import { explain } from '../../explain.js'
import type { TokenOwner } from '../../matrix/account.js'
import { listDevices } from '../../matrix/devices.js'
import { Secret } from '../../secret.js'
import { whereToEnd } from '../../session/account-page.js'
import { issueSession } from '../../session/attempt.js'
import { withinTime } from '../../session/connect.js'
import { isAsRequested, type LoginAttempt, SessionRecorder } from '../../session/record.js'
import { planRetirement } from '../../session/rotation.js'
import { endSession, TeardownError } from '../../session/teardown.js'
import { endForeign, findReplaced, type Previous, type ReplacedSession } from './replaced.js'
import type { Rotation } from './rotation.js'

/** Upper bound for one rotation, so that a hostile device list cannot cause unlimited logins. The next one goes on. */
const MAX_RETIRED = 100
/** Upper bound for all of it, in milliseconds. The next rotation goes on. */
const DEADLINE_MS = 60_000

interface Retiring extends Rotation {
  /** What the sessions of this secret have in common in their names. */
  readonly base: string
  readonly session: ActiveSession
  /** `<base>-<when>`, which this rotation asked for. */
  readonly name: string
  readonly attempt: LoginAttempt
}

/**
 * Ends what this rotation replaces. Every target has the new token now, so nothing here may fail the step: what cannot be
 * ended is named in a warning and tried again by the next rotation. @returns the names of what was ended
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
  // Which session the replaced token belongs to is not known, and a run that is queued may still use it.
  if (replaced.kind === 'unknown' && inputs.retire === 'next-rotation') return retired
  try {
    retired.push(...(await retireListed(retiring, previous, replaced.kind === 'own' ? replaced.name : undefined)))
  } catch (error) {
    ports.runner.warning(
      `Older sessions could not be listed; the next rotation tries again. ${messageOf(error, retiring)}`,
    )
  }
  return retired
}

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

/** A server that answers slowly, or names a hundred devices, must not hold up the job for long. */
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

/** A device ends by `/logout` with its own token, else by logging in on it and out again. */
async function endDevice(
  deviceId: string,
  ownToken: Secret | undefined,
  attempt: LoginAttempt,
  successor: ActiveSession,
): Promise<void> {
  const { client, device } = attempt.context
  if (ownToken !== undefined)
    return void (await endSession({ client, teardown: LOGOUT, accessToken: ownToken, successor }))
  // What the post step may end is the new session alone, so nothing of this one is saved.
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
  // What a directory does not list is over; a list of devices may lack one whose token still works.
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

/** A current token that no rotation of this kind made, by hand for example. `now` ends it, else a person decides. */
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
    // Deleting the device would end what else is on it: the new token where it was kept, or sessions that nothing tells apart.
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
