import { ApiError } from '../../api/error.js'
import { Problems } from '../../inputs/problems.js'
import { lifetimeValue } from '../../inputs/values.js'
import { whoami as ask, type TokenOwner } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { refusedToken } from '../../matrix/refusals.js'
import { Secret } from '../../secret.js'
import { connect } from '../../session/connect.js'
import { checkTokenAge } from '../../session/rotation.js'
import { readServerOptions } from '../options.js'
import { readAccessToken } from '../secrets.js'
import type { CommandPorts } from '../terminal.js'

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
