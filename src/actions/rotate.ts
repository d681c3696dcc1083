import { refusedToken } from '../credentials/refusals.js'
import { Failure } from '../failures.js'
import { type RotateInputs, readRotateInputs } from '../inputs/rotate.js'
import { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { isToken } from '../matrix/login.js'
import { isUnknownToken } from '../matrix/logout.js'
import { cleanServerText } from '../matrix/server-text.js'
import { type TokenOwner, whoami } from '../matrix/whoami.js'
import { Secret } from '../secret.js'
import type { PreparedTarget } from '../stores/store.js'
import { prepareTargets } from '../stores/write.js'
import { type ActionPorts, connect, withPatience } from './connect.js'
import { deliverSkipped } from './deliver.js'
import { refreshStored } from './rotate-refresh.js'
import { replaceStored } from './rotate-replace.js'
import { claimState } from './session-state.js'

/**
 * Replaces a stored token. Nothing that may be the stored token is touched before every target took the new one:
 * `current-token` is what the secret held when the run was queued, and may be stale.
 */
export async function rotate(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  claimState(runner)
  const inputs = readRotateInputs(runner)
  if ('skipped' in inputs) return deliverSkipped(runner, inputs.skipped)
  const targets = await prepareStore(ports, inputs)
  const client = await connect(ports, inputs)
  const current = await checkCurrentToken(ports, inputs, client)
  const rotation = { ports, inputs, client, targets, current }
  await (inputs.credential.isReplaced ? refreshStored(rotation) : replaceStored(rotation))
  runner.setOutput('failure', '')
}

function prepareStore(ports: ActionPorts, inputs: RotateInputs): Promise<readonly PreparedTarget[]> {
  const { secretName, refreshSecretName } = inputs
  const names = refreshSecretName === '' ? [secretName] : [refreshSecretName, secretName]
  return prepareTargets(withPatience(ports, inputs.maxWaitMs), inputs, names)
}

/** A dead token is no reason to stop: replacing it is what the rotation is for. */
async function checkCurrentToken(
  { runner }: ActionPorts,
  { currentToken, user }: RotateInputs,
  client: MatrixClient,
): Promise<TokenOwner | undefined> {
  if (currentToken === '') {
    runner.info(
      'current-token is empty: the first rotation, or a misspelt name. Nothing older than this rotation depends on it.',
    )
    return undefined
  }
  if (!isToken(currentToken)) {
    runner.warning('current-token is no token: there is white space in it. The rotation goes on and stores a new one.')
    return undefined
  }
  try {
    const owner = await whoami(client, new Secret(currentToken))
    if (user === undefined || isSameUser(user, owner.userId)) return owner
    const whose = cleanServerText(owner.userId)
    throw new Failure(
      'wrong-user',
      `current-token belongs to ${whose}, not to ${describeUser(user)}. Nothing was changed.`,
    )
  } catch (error) {
    if (!isUnknownToken(error)) throw explainCurrent(error) ?? error
    runner.warning('current-token does not work any more. The rotation goes on and stores a new one.')
    return undefined
  }
}

/** The account itself may be locked, and then nothing that is rotated would work. */
function explainCurrent(error: unknown): Failure | undefined {
  if (!(error instanceof AnswerError)) return undefined
  return refusedToken(error, 'current-token', 'The server does not say that it is dead, so nothing was changed.')
}
