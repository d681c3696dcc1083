import { readVerifyInputs } from '../inputs/verify.js'
import { type ActionPorts, connect } from '../session/connect.js'
import { KeysApi } from '../verification/keys-api.js'
import { verifyDevice } from '../verification/verify-device.js'

/** Signs the device of a token with the account's cross-signing identity. Does not open or end a session. */
export async function verifyAction(ports: Omit<ActionPorts, 'files'>): Promise<void> {
  const { runner } = ports
  const inputs = readVerifyInputs(runner)
  const client = await connect(ports, inputs)
  const api = new KeysApi(client, inputs.accessToken)
  const { userId, deviceId, deviceKey } = await verifyDevice({ api, masks: runner, log: runner }, inputs)
  runner.setOutput('verified', 'true')
  runner.setOutput('user-id', userId)
  runner.setOutput('device-id', deviceId)
  runner.setOutput('device-key', deviceKey)
  runner.setOutput('failure', '')
}
