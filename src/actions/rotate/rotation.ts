import { ApiError } from '../../api/error.js'
import { isToken } from '../../api/values.js'
import type { ActiveSession } from '../../credentials/kind.js'
import { Failure } from '../../failures.js'
import type { RotateInputs } from '../../inputs/rotate.js'
import { isUnknownToken, type TokenOwner, whoami } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { describeUser, isSameUser } from '../../matrix/identifiers.js'
import { Secret } from '../../secret.js'
import { type ActionPorts, connect, withWaitBudget } from '../../session/connect.js'
import type { PreparedTarget } from '../../stores/store.js'
import { prepareTargets, type Written } from '../../stores/write.js'

/** A prepared rotation: all checks are done, and no state was changed yet. */
export interface Rotation {
  readonly ports: ActionPorts
  readonly inputs: RotateInputs
  readonly client: MatrixClient
  readonly targets: readonly PreparedTarget[]
  /** The owner of `current-token`; `undefined` if it is empty or invalid. */
  readonly current: TokenOwner | undefined
}

/** The outcome of a rotation. */
export interface RotationResult {
  readonly session: ActiveSession
  readonly written: readonly Written[]
  /** Names of the sessions that were ended. */
  readonly retired?: readonly string[]
}

/**
 * Checks everything that a rotation depends on: each target, the homeserver, and the owner of the current token.
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

/** Checks the current token. An invalid token does not fail the step: a rotation replaces it. */
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

/** Returns the owner of the current token. A locked account is an error, because a new token would not work either. */
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
