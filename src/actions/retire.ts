import type { OpenSession, Predecessors } from '../credentials/credential.js'
import { MissingPartError } from '../credentials/ending.js'
import { explain } from '../explain.js'
import { logout } from '../matrix/logout.js'
import type { TokenOwner } from '../matrix/whoami.js'
import { isOfBase, planRetirement } from '../rotation.js'
import { Secret } from '../secret.js'
import type { ActionPorts } from './connect.js'
import type { Opening } from './opening.js'
import type { Rotation } from './rotation.js'

/** In one rotation: nobody has more, and a server that says so gets no flood of logins. The next one goes on. */
const MOST_RETIRED = 100

interface Retiring extends Rotation {
  readonly base: string
  readonly session: OpenSession
  readonly opening: Opening
}

/**
 * Ends what this rotation replaces. Every target has the new token now, so nothing here may fail the step: what cannot be
 * ended is named in a warning and tried again by the next rotation. @returns the devices that are gone
 */
export async function retire(retiring: Retiring): Promise<readonly string[]> {
  const { ports, inputs, base, current, session, opening } = retiring
  const { runner } = ports
  const predecessors = opening.credential.predecessors?.(opening.context, session)
  const retired: string[] = []
  if (current !== undefined && !isListed(current, base, predecessors))
    retired.push(...(await retireUnlisted(retiring, current, predecessors)))
  if (predecessors === undefined || inputs.retire === 'never') return retired
  try {
    const devices = await predecessors.list()
    const newDevice = session.deviceId ?? ''
    const plan = planRetirement({ mode: inputs.retire, base, devices, newDevice, currentDevice: current?.deviceId })
    for (const name of plan.slice(0, MOST_RETIRED))
      if (await retireOne(retiring, predecessors, name)) retired.push(name)
  } catch (error) {
    runner.warning(`Older sessions could not be listed; the next rotation tries again. ${messageOf(error, ports)}`)
  }
  return retired
}

/** Whether the plan speaks of the current token: a rotation like this one made it. */
function isListed({ deviceId }: TokenOwner, base: string, predecessors: Predecessors | undefined): boolean {
  return predecessors !== undefined && deviceId !== undefined && isOfBase(deviceId, base)
}

/** A current token that no rotation of this kind made: made by hand, say. `now` ends it, else a person decides. */
async function retireUnlisted(
  { ports, inputs, client }: Retiring,
  current: TokenOwner,
  predecessors: Predecessors | undefined,
): Promise<string[]> {
  const name = current.deviceId === undefined ? 'without a device' : `device ${current.deviceId}`
  if (inputs.retire !== 'now') {
    const until =
      inputs.credential.predecessors === undefined
        ? 'stays alive until its own end, if it has one.'
        : 'was not made by a rotation and stays alive. End it when nothing uses it any more.'
    ports.runner.notice(`The replaced token (${name}) ${until}`)
    return []
  }
  try {
    const token = new Secret(inputs.currentToken)
    if (predecessors?.endOther === undefined) await logout(client, token)
    else await predecessors.endOther(token, current.deviceId)
    return current.deviceId === undefined ? [] : [current.deviceId]
  } catch (error) {
    ports.runner.warning(`The replaced token (${name}) could not be ended. ${messageOf(error, ports)}`)
    return []
  }
}

async function retireOne(
  { ports, inputs, current }: Retiring,
  predecessors: Predecessors,
  name: string,
): Promise<boolean> {
  try {
    await predecessors.end(name, current?.deviceId === name ? new Secret(inputs.currentToken) : undefined)
    return true
  } catch (error) {
    ports.runner.warning(`${name} could not be retired; the next rotation tries again. ${messageOf(error, ports)}`)
    return false
  }
}

function messageOf(error: unknown, { clock }: ActionPorts): string {
  if (error instanceof MissingPartError) return `${error.message}.`
  return explain(error, clock.now()).message
}
