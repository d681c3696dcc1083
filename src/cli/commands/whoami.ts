import { AnswerError } from '../../api/error.js'
import { whoami as ask, type TokenOwner } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { refusedToken } from '../../matrix/refusals.js'
import { Secret } from '../../secret.js'
import { connect } from '../../session/connect.js'
import { readServerOptions } from '../options.js'
import { readAccessToken } from '../secrets.js'
import type { CommandPorts } from '../terminal.js'

/** Says whose token it is, on standard output: user ID and device ID, with a blank between them. */
export async function whoami(ports: CommandPorts): Promise<void> {
  const options = readServerOptions(ports)
  const token = new Secret(await readAccessToken(ports))
  const { userId, deviceId } = await ownerOf(token, await connect(ports, options))
  await ports.terminal.print(`${userId} ${deviceId ?? ''}`.trim())
}

async function ownerOf(token: Secret, client: MatrixClient): Promise<TokenOwner> {
  try {
    return await ask(client, token)
  } catch (error) {
    throw (error instanceof AnswerError ? refusedToken(error, 'access-token', DEAD) : undefined) ?? error
  }
}

const DEAD = 'It was logged out, has expired, belongs to another server, or is cut off.'
