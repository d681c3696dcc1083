import { describeRefusal, refusedToken } from '../credentials/refusals.js'
import { Failure } from '../failures.js'
import { readLogoutInputs } from '../inputs/logout.js'
import { AnswerError } from '../matrix/answers.js'
import { logout as endSession, isUnknownToken } from '../matrix/logout.js'
import { Secret } from '../secret.js'
import { connect, type NetworkPorts } from './connect.js'

/** Ends the session of one token. A token that is dead already is fine. */
export async function logout(ports: NetworkPorts): Promise<void> {
  const { runner } = ports
  const inputs = readLogoutInputs(runner)
  const client = await connect(ports, inputs)
  const accessToken = new Secret(inputs.accessToken)
  try {
    const result = await endSession(client, accessToken)
    runner.info(result === 'ended' ? 'Logged out.' : 'The token was dead already.')
  } catch (error) {
    throw stillAlive(error, accessToken) ?? (error instanceof AnswerError ? refused(error) : undefined) ?? error
  }
  runner.setOutput('logged-out', 'true')
  runner.setOutput('failure', '')
}

/** Neither ended nor known to be dead. */
function refused(error: AnswerError): Failure | undefined {
  return refusedToken(error, 'access-token', 'Is it a token of this server? Whether its session lives is not known.')
}

/** What ends the tokens that `/logout` of Matrix Authentication Service does not know. */
const OTHER_ENDS: Readonly<Record<string, string>> = {
  mat_:
    'A token that begins with mat_ belongs to an OAuth session (Element, say): it ends when that client signs out, on ' +
    'the account page of the server, or by OAuth revocation of its refresh token.',
  mpt_:
    'A token that begins with mpt_ is a personal access token: the administrator of the server revokes it ' +
    '(POST /api/admin/v1/personal-sessions/{id}/revoke).',
}

function stillAlive(error: unknown, accessToken: Secret): Failure | undefined {
  if (!(error instanceof AnswerError) || !isUnknownToken(error)) return undefined
  const hint = OTHER_ENDS[accessToken.reveal().slice(0, 4)]
  if (hint === undefined) return undefined
  const message = `${describeRefusal(error)} The token works all the same: /logout does not end tokens of its kind.`
  return new Failure('method-unavailable', message, hint, { cause: error })
}
