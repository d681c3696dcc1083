import type {
  ActiveSession,
  DirectorySession,
  NamedSession,
  SessionDirectory,
  TokenSession,
} from '../../credentials/kind.js'
import { LOGOUT } from '../../credentials/login-flow.js'
import type { TokenOwner } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { Secret } from '../../secret.js'
import { isOfBase } from '../../session/rotation.js'
import { endSession, TeardownError } from '../../session/teardown.js'

/** A rotation whose token every target took. */
export interface Stored {
  readonly client: MatrixClient
  readonly inputs: { readonly currentToken: string; readonly keepDevice: boolean }
  /** Whose `current-token` is; `undefined` where it is empty or invalid. */
  readonly current: TokenOwner | undefined
  /** What the sessions of this secret have in common in their names. */
  readonly base: string
  readonly session: ActiveSession
}

/** The sessions of the account, whether its credential knows them by device or in a directory. */
export interface Previous {
  list(): Promise<readonly NamedSession[]>
  /** @param ownToken the token of this very session, where it is known */
  end(session: NamedSession, ownToken: Secret | undefined): Promise<void>
  readonly directory: SessionDirectory | undefined
}

/**
 * What `current-token` is to a rotation: `none` – there is no session of it; `own` – a rotation of this base made it, under
 * this name; `foreign` – it was made in another way, by hand for example; `unknown` – the server does not say which of these.
 * A guess says that the server does not say so, but each rotation has had a device of its own.
 */
export type ReplacedSession =
  | { readonly kind: 'none' }
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'foreign'; readonly name?: string; readonly isGuess?: true }
  | { readonly kind: 'unknown' }

/** Finds out what the current token is: by its device, or by its session where a device has several. */
export async function findReplaced(rotation: Stored, previous: Previous | undefined): Promise<ReplacedSession> {
  const { inputs, current, base } = rotation
  if (current === undefined) return { kind: 'none' }
  const device = current.deviceId?.raw ?? ''
  const isBaseDevice = isOfBase(device, base)
  if (previous === undefined) return { kind: 'foreign' }
  // A token of a login stands in no directory, and `/logout` ends exactly its session.
  if (previous.directory !== undefined && inputs.currentToken.startsWith('mct_')) return { kind: 'foreign' }
  // Without `keep-device` each rotation calls device and session alike.
  if (isBaseDevice && !inputs.keepDevice) return { kind: 'own', name: device }
  if (previous.directory === undefined) return { kind: 'foreign' }
  const session = await sessionOf(previous.directory, rotation)
  if (session.state === 'inactive') return { kind: 'none' }
  if (session.state === 'unknown') return inputs.keepDevice ? { kind: 'unknown' } : { kind: 'foreign', isGuess: true }
  // A rotation without `keep-device` named the session in its device only.
  const name = session.name ?? (isBaseDevice ? device : undefined)
  if (name === undefined) return { kind: 'foreign' }
  return { kind: isOfBase(name, base) ? 'own' : 'foreign', name }
}

/** A failure here must not fail the step: every target has the new token. */
async function sessionOf(directory: SessionDirectory, { inputs }: Stored): Promise<TokenSession> {
  try {
    return await directory.sessionOf(new Secret(inputs.currentToken))
  } catch {
    return { state: 'unknown' }
  }
}

/**
 * Ends a current token that no rotation of this base made. A personal access token ends by its session, and only where no
 * other session can be meant.
 * @throws TeardownError where it cannot be told from others; ApiError, NetworkError
 */
export async function endForeign(
  rotation: Stored,
  current: TokenOwner,
  { name, isGuess }: Extract<ReplacedSession, { kind: 'foreign' }>,
  previous: Previous | undefined,
): Promise<void> {
  const { client, inputs, session: successor } = rotation
  if (previous?.directory === undefined || !inputs.currentToken.startsWith('mpt_')) {
    const accessToken = new Secret(inputs.currentToken)
    return void (await endSession({ client, teardown: LOGOUT, accessToken, successor }))
  }
  const sessions = await previous.directory.list()
  const [only, ...more] = sessions.filter((each) =>
    name === undefined ? mayBeForeign(each, current, rotation) : each.isMarked && each.name === name,
  )
  const isShared = sessions.some((each) => each.isMarked && each.isOn(current.deviceId?.raw ?? ''))
  if (only === undefined || more.length > 0 || isNew(only, rotation) || (isGuess === true && isShared)) {
    throw new TeardownError('which session of its device it belongs to cannot be told, so none was ended')
  }
  await previous.end(only, undefined)
}

function mayBeForeign(each: DirectorySession, { deviceId }: TokenOwner, { base }: Stored): boolean {
  return deviceId !== undefined && each.isOn(deviceId.raw) && !each.isMarked && !isOfBase(each.name, base)
}

function isNew({ teardown }: NamedSession, { session }: Stored): boolean {
  return JSON.stringify(teardown) === JSON.stringify(session.teardown)
}
