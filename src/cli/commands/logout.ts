import { endSessionOf } from '../../actions/logout.js'
import { readServerOptions } from '../options.js'
import { readAccessToken } from '../secrets.js'
import type { CommandPorts } from '../terminal.js'

/** Ends the session of one token, as the logout action does. */
export async function logoutCommand(ports: CommandPorts): Promise<void> {
  const options = readServerOptions(ports)
  await endSessionOf(ports, { ...options, accessToken: await readAccessToken(ports) })
}
