import { ServerText } from '../../api/values.js'
import { Problems } from '../../inputs/problems.js'
import { readDeviceKey } from '../../inputs/verify.js'
import { connect } from '../../session/connect.js'
import { KeysApi } from '../../verification/keys-api.js'
import { verifyDevice } from '../../verification/verify-device.js'
import { type AccountOptions, readAccountOptions } from '../options.js'
import { askRecoveryKey, readTokenBesides } from '../secrets.js'
import type { CommandPorts } from '../terminal.js'

/**
 * Signs the device of a token with the cross-signing identity of the account, as the verify action does. Prints user
 * ID, device ID and public key of the device.
 * @throws Failure, ApiError, NetworkError
 */
export async function verifyCommand(ports: CommandPorts): Promise<void> {
  const { masks, log, terminal } = ports
  const { expectedKey, ...options } = readVerifyOptions(ports)
  const accessToken = await readTokenBesides(ports)
  const key = await askRecoveryKey(ports)
  const api = new KeysApi(await connect(ports, options), accessToken)
  const request = { user: options.user, secret: { kind: 'recovery-key', key }, expectedKey } as const
  const { userId, deviceId, deviceKey } = await verifyDevice({ api, masks, log }, request)
  await terminal.print(`${new ServerText(`${userId} ${deviceId} ${deviceKey}`)}`)
}

interface VerifyOptions extends AccountOptions {
  /** The Ed25519 public key that the device must have, 32 bytes. */
  readonly expectedKey: Uint8Array | undefined
}

/** Reads all options. @throws Failure that names all problems at once */
function readVerifyOptions({ inputs }: CommandPorts): VerifyOptions {
  const problems = new Problems()
  const account = readAccountOptions(inputs, problems)
  const expectedKey = readDeviceKey(inputs, problems)
  problems.throwIfAny()
  if (account === undefined) throw new Error('invalid options were not reported')
  return { ...account, expectedKey }
}
