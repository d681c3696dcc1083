import { password } from '../../credentials/password.js'
import { describeUser } from '../../matrix/identifiers.js'
import { connect, withWaitBudget } from '../../session/connect.js'
import { adviseAfterLogin } from '../advice.js'
import { checkDelivery, planDelivery } from '../delivery.js'
import { logIn } from '../log-in.js'
import { readSessionOptions, requireUser } from '../options.js'
import { askPassword, credentialReader } from '../secrets.js'
import type { CommandPorts } from '../terminal.js'

/**
 * Opens a session with a user and a password. Asks for the password first, because users type it at the first prompt.
 */
export async function loginCommand(ports: CommandPorts): Promise<void> {
  const options = readSessionOptions(ports)
  const user = requireUser(options)
  const credential = password.read(credentialReader(await askPassword(ports, describeUser(user))))
  const api = withWaitBudget(ports, options.maxWaitMs)
  const delivery = await planDelivery(ports, api, options)
  checkDelivery(delivery, 'lasting')
  const client = await connect(ports, options, api)
  const session = await logIn(ports, { credential, client, options, delivery })
  adviseAfterLogin(ports.log, session, delivery)
}
