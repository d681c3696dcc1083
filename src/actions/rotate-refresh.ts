import { Failure } from '../failures.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import type { IssuedTokens } from '../matrix/login.js'
import { cleanServerText } from '../matrix/server-text.js'
import { setSessionOutputs, setTokenOutputs } from './deliver.js'
import { openSession, prepareOpening, proveSession } from './opening.js'
import type { Rotation } from './rotation.js'
import { SessionLog } from './session-state.js'
import { reportWrites, writeEverywhere } from './write-targets.js'

/**
 * Renews a session by its refresh token. Servers let the old refresh token be repeated at most until the new pair is
 * used, so both are stored before either is; the refresh token first, because the access token can be had again with it.
 * There is one session and one device: nothing is retired, and nothing is ended whatever fails.
 */
export async function refreshStored(rotation: Rotation): Promise<void> {
  const { ports, inputs, targets } = rotation
  const { runner } = ports
  const opening = prepare(rotation)
  const opened = await openSession(opening)
  if (opened.successor === undefined) throw new Error('a refresh token without a successor')
  const values = [
    [inputs.refreshSecretName, opened.successor.reveal()],
    [inputs.secretName, opened.accessToken.reveal()],
  ] as const
  const written = await writeEverywhere(targets, values, runner)
  reportWrites(written, runner)
  const session = await proveSession(opened, opening)
  if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId)) {
    const whose = cleanServerText(session.userId)
    throw new Failure(
      'wrong-user',
      `The refresh token belongs to ${whose}, not to ${describeUser(inputs.user)}. It is stored.`,
    )
  }
  setSessionOutputs(runner, session)
  runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString())
  runner.setOutput('retired', '')
  runner.info(`Refreshed ${inputs.secretName} and ${inputs.refreshSecretName} of ${cleanServerText(session.userId)}.`)
}

function prepare({ ports, inputs, client }: Rotation) {
  const { credential, user, allowHttp } = inputs
  const log = new SessionLog(ports.runner, { logout: 'never', homeserverUrl: client.baseUrl, deviceId: '', user: '' })
  const onReplaced = (tokens: IssuedTokens) => setTokenOutputs(ports.runner, tokens)
  // The session has its device already.
  const device = { deviceId: '', displayName: '' }
  return prepareOpening(ports, { credential, client, allowHttp, user, device, log, onReplaced })
}
