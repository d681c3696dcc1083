import { ApiError, describeRefusal } from '../api/error.js'
import { LOGOUT } from '../credentials/login-flow.js'
import { Failure } from '../failures.js'
import type { ActionInputs } from '../inputs/declared.js'
import { type InputPorts, screenInputs } from '../inputs/screen.js'
import { checkToken, Problems, readAllowHttp, readHomeserver, readMaxWait, secretText } from '../inputs/values.js'
import { isUnknownToken, whoami } from '../matrix/account.js'
import type { MatrixClient } from '../matrix/client.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import { Secret } from '../secret.js'
import { type ActionPorts, connect, type NetworkPorts } from '../session/connect.js'
import { endSession, whereToEnd } from '../session/teardown.js'

/** The inputs of the logout action, checked and typed. */
export interface LogoutInputs {
  readonly homeserver: HomeserverAddress
  readonly accessToken: string
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

/**
 * Masks the token, then reads all inputs.
 * @throws Failure that names all problems at once
 */
export function readLogoutInputs(source: InputPorts): LogoutInputs {
  const problems = new Problems()
  const inputs: ActionInputs<'logout'> = screenInputs('logout', source, problems)
  const token = secretText(inputs.input('access-token'), 'token')
  const allowHttp = readAllowHttp(inputs, problems)
  const homeserver = readHomeserver(inputs, 'no-such-input', allowHttp, problems)
  const maxWaitMs = readMaxWait(inputs, problems)
  if (token === undefined) {
    problems.add('`access-token` is empty: there is no session to end.', 'missing-credentials', EMPTY_HINT)
  }
  checkToken('access-token', token?.value ?? '', problems)
  problems.throwIfAny()
  if (token === undefined || homeserver === undefined) throw new Error('invalid inputs were not reported')
  return { homeserver, accessToken: token.value, maxWaitMs, allowHttp }
}

const EMPTY_HINT =
  'Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
  'logged in, or set `logout: always` there.'

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
