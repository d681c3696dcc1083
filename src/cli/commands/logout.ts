import { logout as endSession } from '../../actions/logout.js'
import { readServerOptions } from '../options.js'
import { readAccessToken } from '../secrets.js'
import type { CommandPorts } from '../terminal.js'

/** Ends the session of one token, as the logout action does. */
export async function logout(ports: CommandPorts): Promise<void> {
  const { runner } = ports
  readServerOptions(runner)
  const token = await readAccessToken(ports)
  const input = (name: string) => (name === 'access-token' ? token : runner.input(name))
  await endSession({ ...ports, runner: { ...runner, input } })
}
