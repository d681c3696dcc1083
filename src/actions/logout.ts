import { ApiError, describeRefusal } from '../api/error.js'
import { LOGOUT } from '../credentials/login-flow.js'
import { Failure } from '../failures.js'
import { type LogoutInputs, readLogoutInputs } from '../inputs/logout.js'
import { isUnknownToken, whoami } from '../matrix/account.js'
import type { MatrixClient } from '../matrix/client.js'
import { Secret } from '../secret.js'
import { whereToEnd } from '../session/account-page.js'
import { connect, type NetworkPorts } from '../session/connect.js'
import { endSession } from '../session/teardown.js'
import type { ActionPorts } from './ports.js'

/** Runs the logout action: ends the session of one token. An invalid token counts as success. */
export async function logoutAction(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  await endSessionOf(ports, readLogoutInputs(runner))
  runner.setOutput('logged-out', 'true')
  runner.setOutput('failure', '')
}

/** Ends the session of one token. Used by the action and the command line. @throws Failure, ApiError, NetworkError */
export async function endSessionOf(ports: NetworkPorts, inputs: LogoutInputs): Promise<void> {
  const client = await connect(ports, inputs)
  const accessToken = new Secret(inputs.accessToken)
  try {
    const result = await endSession({ client, teardown: LOGOUT, accessToken })
    ports.log.info(result === 'ended' ? 'Logged out.' : 'The token was invalid already.')
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { refusedToken } = await import('../matrix/refusals.js')
    throw (await stillActive(error, client, accessToken)) ?? refusedToken(error, 'access-token', NOT_KNOWN) ?? error
  }
}

const NOT_KNOWN = 'Is it a token of this server? Whether its session is active is not known.'

/** How to end tokens that `/logout` of Matrix Authentication Service does not recognize. */
const OTHER_ENDS: Readonly<Record<string, string>> = {
  mat_:
    'A token that begins with mat_ belongs to an OAuth session (Element, for example): it ends when that client signs out, ' +
    'on the account page of the server, or by OAuth revocation of its refresh token.',
  mpt_:
    'A token that begins with mpt_ is a personal access token: the administrator of the server revokes it ' +
    '(POST /api/admin/v1/personal-sessions/{id}/revoke).',
}

async function stillActive(error: ApiError, client: MatrixClient, accessToken: Secret): Promise<Failure | undefined> {
  const hint = OTHER_ENDS[accessToken.reveal().slice(0, 4)]
  if (!isUnknownToken(error) || hint === undefined) return undefined
  const message = `${describeRefusal(error)} The token is still accepted: /logout does not end tokens of its kind.`
  const owner = await whoami(client, accessToken).catch(() => undefined)
  const where = await whereToEnd(client, owner?.deviceId?.raw ?? '')
  return new Failure('method-unavailable', message, `${hint} ${where}`, { cause: error })
}
