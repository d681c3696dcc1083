import { Failure } from '../failures.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import type { IssuedTokens } from '../matrix/login.js'
import { cleanServerText } from '../matrix/server-text.js'
import { reportWrites, writeEverywhere } from '../stores/write.js'
import { proveWriting } from '../stores/write-check.js'
import { setSessionOutputs, setTokenOutputs } from './deliver.js'
import { openSession, prepareOpening, proveSession } from './opening.js'
import type { Rotation } from './rotation.js'
import { SessionLog } from './session-state.js'

/**
 * Renews a session by its refresh token. The right to write is proved before the refresh, because the refresh uses the
 * stored token up. Servers let the old refresh token be repeated at most until the new pair is used, so both are stored
 * before either is used; the refresh token first, because it can renew the access token.
 * There is one session and one device: nothing is retired, and nothing is ended after a failure.
 * @throws Failure `store-refused` before and after the refresh, `store-partial`, `wrong-user`
 */
export async function refreshStored(rotation: Rotation): Promise<void> {
  const { ports, inputs, targets } = rotation
  const { runner, random } = ports
  await proveWriting(targets, [inputs.refreshSecretName, inputs.secretName], { log: runner, random })
  const opening = prepare(rotation)
  const opened = await openSession(opening)
  if (opened.successor === undefined) throw new Error('a refresh token without a successor')
  const refreshToken = opened.successor.reveal()
  const accessToken = opened.accessToken.reveal()
  const values = [
    [inputs.refreshSecretName, refreshToken],
    [inputs.secretName, accessToken],
  ] as const
  const written = await writeEverywhere(targets, values, runner)
  // A later step can store what a target did not take.
  if (written.some(({ failed }) => failed !== undefined)) setTokenOutputs(runner, { accessToken, refreshToken })
  reportWrites(written, runner, 'used-up')
  const session = await proveSession(opened, opening)
  if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId)) {
    const whose = cleanServerText(session.userId)
    throw new Failure(
      'wrong-user',
      `The refresh token belongs to ${whose}, not to ${describeUser(inputs.user)}. Its successor is stored.`,
      'Check which account refresh-token belongs to. The new tokens of that account are stored, because the old refresh token is used up.',
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
  // The old refresh token is used up from here on. The access token follows when its owner is known.
  const onReplaced = ({ refreshToken }: IssuedTokens) => {
    if (refreshToken !== undefined) ports.runner.setOutput('refresh-token', refreshToken)
  }
  // The session has its device already.
  const device = { deviceId: '', displayName: '' }
  return prepareOpening(ports, { credential, client, allowHttp, user, device, log, onReplaced })
}
