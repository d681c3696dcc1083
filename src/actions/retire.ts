import { explain } from '../explain.js'
import type { RotateInputs } from '../inputs/rotate.js'
import type { MatrixClient } from '../matrix/client.js'
import { listDevices } from '../matrix/devices.js'
import { issuedTokens } from '../matrix/login.js'
import { logout } from '../matrix/logout.js'
import type { Session } from '../matrix/session.js'
import type { TokenOwner } from '../matrix/whoami.js'
import { isOfBase, planRetirement } from '../rotation.js'
import { Secret } from '../secret.js'
import type { ActionPorts } from './connect.js'
import type { Opening } from './opening.js'

interface Retiring {
  readonly ports: ActionPorts
  readonly inputs: RotateInputs
  readonly client: MatrixClient
  readonly base: string
  readonly current: TokenOwner | undefined
  readonly session: Session
  readonly opening: Opening
}

/**
 * Ends what this rotation replaces. Every target has the new token now, so nothing here may fail the step: what cannot be
 * ended is named in a warning and tried again by the next rotation. @returns the devices that are gone
 */
export async function retire(retiring: Retiring): Promise<readonly string[]> {
  const { ports, inputs, client, base, current, session } = retiring
  const { runner } = ports
  const foreign = current !== undefined && (current.deviceId === undefined || !isOfBase(current.deviceId, base))
  const retired: string[] = foreign ? await retireForeign(retiring, current) : []
  try {
    const devices = inputs.retire === 'never' ? [] : await listDevices(client, session.accessToken)
    const newDevice = session.deviceId ?? ''
    const plan = planRetirement({ mode: inputs.retire, base, devices, newDevice, currentDevice: current?.deviceId })
    for (const deviceId of plan) if (await retireDevice(retiring, deviceId)) retired.push(deviceId)
  } catch (error) {
    runner.warning(`Older devices could not be listed; the next rotation tries again. ${messageOf(error, ports)}`)
  }
  return retired
}

/** A current token that no rotation made: made by hand, say. `now` ends it, anything else leaves it to a person. */
async function retireForeign({ ports, inputs, client }: Retiring, current: TokenOwner): Promise<string[]> {
  const name = current.deviceId === undefined ? 'without a device' : `device ${current.deviceId}`
  if (inputs.retire !== 'now') {
    ports.runner.notice(
      `The replaced token (${name}) was not made by a rotation and stays alive. End it when nothing uses it any more.`,
    )
    return []
  }
  try {
    await logout(client, new Secret(inputs.currentToken))
    return current.deviceId === undefined ? [] : [current.deviceId]
  } catch (error) {
    ports.runner.warning(`The replaced token (${name}) could not be ended. ${messageOf(error, ports)}`)
    return []
  }
}

/** With its own token where that is at hand, else by logging in on the device and out again. */
async function retireDevice(retiring: Retiring, deviceId: string): Promise<boolean> {
  const { ports, inputs, client, current, opening } = retiring
  try {
    const isCurrent = current?.deviceId === deviceId
    const token = isCurrent ? new Secret(inputs.currentToken) : await tokenOf(deviceId, inputs, opening)
    await logout(client, token)
    return true
  } catch (error) {
    ports.runner.warning(
      `Device ${deviceId} could not be retired; the next rotation tries again. ${messageOf(error, ports)}`,
    )
    return false
  }
}

async function tokenOf(deviceId: string, { credential }: RotateInputs, { context, runner }: Opening): Promise<Secret> {
  const session = await credential.open({
    ...context,
    device: { ...context.device, deviceId },
    issued: (answer) => {
      // Masked, but not saved: what the post step may end is the new session alone.
      const { accessToken, refreshToken } = issuedTokens(answer)
      if (accessToken !== undefined) runner.mask(accessToken)
      if (refreshToken !== undefined) runner.mask(refreshToken)
    },
  })
  return session.accessToken
}

function messageOf(error: unknown, { clock }: ActionPorts): string {
  return explain(error, clock.now()).message
}
