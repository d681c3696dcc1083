import { endSessionOf } from '../../actions/logout.js'
import { ApiError } from '../../api/error.js'
import { password } from '../../credentials/password.js'
import { lifetimeValue, Problems } from '../../inputs/values.js'
import { whoami as ask, type TokenOwner } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { describeUser } from '../../matrix/identifiers.js'
import { refusedToken } from '../../matrix/refusals.js'
import { Secret } from '../../secret.js'
import { connect, withWaitBudget } from '../../session/connect.js'
import { checkTokenAge } from '../../session/rotation.js'
import { readServerOptions, readSessionOptions, requireUser } from '../arguments.js'
import { askPassword, checkDelivery, credentialReader, planDelivery, readAccessToken } from '../delivery.js'
import { adviseAfterLogin, logIn } from '../log-in.js'
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

/**
 * Prints the owner of the token on standard output: user ID and device ID, separated by a space.
 * @throws Failure `token-too-old` with `--max-age`, after the output
 */
export async function whoamiCommand(ports: CommandPorts): Promise<void> {
  const { options: given, terminal, clock, log } = ports
  const options = readServerOptions(ports)
  const problems = new Problems()
  const maxAgeMs = lifetimeValue('max-age', given.get('max-age') ?? '', problems)
  problems.throwIfAny()
  const token = new Secret(await readAccessToken(ports))
  const owner = await ownerOf(token, await connect(ports, options))
  await terminal.print(`${owner.userId} ${owner.deviceId ?? ''}`.trim())
  checkTokenAge(owner, maxAgeMs, clock.now(), log)
}

async function ownerOf(token: Secret, client: MatrixClient): Promise<TokenOwner> {
  try {
    return await ask(client, token)
  } catch (error) {
    throw (error instanceof ApiError ? refusedToken(error, 'access-token', INVALID) : undefined) ?? error
  }
}

const INVALID = 'It was logged out, has expired, belongs to another server, or is cut off.'

/** Ends the session of one token, as the logout action does. */
export async function logoutCommand(ports: CommandPorts): Promise<void> {
  const options = readServerOptions(ports)
  await endSessionOf(ports, { ...options, accessToken: await readAccessToken(ports) })
}
