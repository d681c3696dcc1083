import { ApiError } from '../../api/error.js'
import { isToken } from '../../api/values.js'
import type { ActiveSession } from '../../credentials/kind.js'
import { Failure } from '../../failures.js'
import type { RotateInputs } from '../../inputs/rotate.js'
import { isUnknownToken, type TokenOwner, whoami } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { describeUser, isSameUser } from '../../matrix/identifiers.js'
import { Secret } from '../../secret.js'
import { connect, withWaitBudget } from '../../session/connect.js'
import type { PreparedTarget } from '../../stores/store.js'
import { prepareTargets, type Written } from '../../stores/write.js'
import type { ActionPorts } from '../ports.js'

/** A rotation that is under way: everything was looked at, nothing was changed yet. */
export interface Rotation {
  readonly ports: ActionPorts
  readonly inputs: RotateInputs
  readonly client: MatrixClient
  readonly targets: readonly PreparedTarget[]
  /** Whose `current-token` is; `undefined` where it is empty or invalid. */
  readonly current: TokenOwner | undefined
}

/** What came of a rotation. */
export interface RotationResult {
  readonly session: ActiveSession
  readonly written: readonly Written[]
  /** Names of the sessions that were ended. */
  readonly retired?: readonly string[]
}

/**
 * Looks at everything that a rotation depends on: each target, the homeserver, and whose the current token is.
 * @throws Failure, ApiError, NetworkError
 */
export async function prepareRotation(ports: ActionPorts, inputs: RotateInputs): Promise<Rotation> {
  const { secretName, refreshSecretName } = inputs
  const secretNames = refreshSecretName === '' ? [secretName] : [refreshSecretName, secretName]
  const api = withWaitBudget(ports, inputs.maxWaitMs)
  const targets = await prepareTargets(api, inputs, secretNames)
  const client = await connect(ports, inputs, api)
  const current = await checkCurrentToken(ports, inputs, client)
  return { ports, inputs, client, targets, current }
}

/** An invalid token is no reason to stop: replacing it is what the rotation is for. */
async function checkCurrentToken(
  { runner }: ActionPorts,
  { currentToken, user }: RotateInputs,
  client: MatrixClient,
): Promise<TokenOwner | undefined> {
  if (currentToken === '') {
    runner.info(
      '`current-token` is empty: the first rotation, or a misspelt name. Nothing older than this rotation depends on it.',
    )
    return undefined
  }
  if (!isToken(currentToken)) {
    runner.warning(
      '`current-token` holds white space or characters that no token has. The rotation goes on and stores a new one.',
    )
    return undefined
  }
  const owner = await ownerOf(currentToken, client)
  if (owner === undefined) {
    runner.warning('`current-token` is not valid any more. The rotation goes on and stores a new one.')
  } else if (user !== undefined && !isSameUser(user, owner.userId.raw)) {
    const message = `\`current-token\` belongs to ${owner.userId}, not to ${describeUser(user)}. Nothing was changed.`
    throw new Failure('wrong-user', message)
  }
  return owner
}

/** The account itself may be locked, and then nothing that is rotated would work. */
async function ownerOf(currentToken: string, client: MatrixClient): Promise<TokenOwner | undefined> {
  try {
    return await whoami(client, new Secret(currentToken))
  } catch (error) {
    if (isUnknownToken(error)) return undefined
    if (!(error instanceof ApiError)) throw error
    const { refusedToken } = await import('../../matrix/refusals.js')
    throw refusedToken(error, 'current-token', UNCLEAR) ?? error
  }
}

const UNCLEAR = 'The server does not say that it is invalid, so nothing was changed.'
