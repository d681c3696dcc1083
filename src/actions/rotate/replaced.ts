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

/** A rotation whose token every target stored. */
export interface Stored {
  readonly client: MatrixClient
  readonly inputs: { readonly currentToken: string; readonly keepDevice: boolean }
  /** The owner of `current-token`; `undefined` if it is empty or invalid. */
  readonly current: TokenOwner | undefined
  /** The common name prefix of all sessions of this secret. */
  readonly base: string
  readonly session: ActiveSession
}

/** The previous sessions of the account, listed as devices or in a session directory. */
export interface Previous {
  list(): Promise<readonly NamedSession[]>
  /** @param ownToken the token of this session, if it is known */
  end(session: NamedSession, ownToken: Secret | undefined): Promise<void>
  readonly directory: SessionDirectory | undefined
}

/**
 * How the session of `current-token` relates to this rotation. `none`: there is no session. `own`: a rotation of this
 * base opened it under this name. `foreign`: it was opened in another way, for example by hand. `unknown`: the server
 * does not say which of these. `isGuess` is set if the server does not say so, but each rotation used its own device.
 */
export type ReplacedSession =
  | { readonly kind: 'none' }
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'foreign'; readonly name?: string; readonly isGuess?: true }
  | { readonly kind: 'unknown' }

/**
 * Classifies the session of the current token by its device, or by its session name if a device has several sessions.
 */
export async function findReplaced(rotation: Stored, previous: Previous | undefined): Promise<ReplacedSession> {
  const { inputs, current, base } = rotation
  if (current === undefined) return { kind: 'none' }
  const device = current.deviceId?.raw ?? ''
  const isBaseDevice = isOfBase(device, base)
  if (previous === undefined) return { kind: 'foreign' }
  // The directory does not list the token of a login, and `/logout` ends exactly its session.
  if (previous.directory !== undefined && inputs.currentToken.startsWith('mct_')) return { kind: 'foreign' }
  // Without `keep-device` each rotation uses the same name for device and session.
  if (isBaseDevice && !inputs.keepDevice) return { kind: 'own', name: device }
  if (previous.directory === undefined) return { kind: 'foreign' }
  const session = await sessionOf(previous.directory, rotation)
  if (session.state === 'inactive') return { kind: 'none' }
  if (session.state === 'unknown') return inputs.keepDevice ? { kind: 'unknown' } : { kind: 'foreign', isGuess: true }
  // A rotation without `keep-device` has its session name in the device ID only.
  const name = session.name ?? (isBaseDevice ? device : undefined)
  if (name === undefined) return { kind: 'foreign' }
  return { kind: isOfBase(name, base) ? 'own' : 'foreign', name }
}

/** Reads the session of the current token. A failure must not fail the step: every target has stored the new token. */
async function sessionOf(directory: SessionDirectory, { inputs }: Stored): Promise<TokenSession> {
  try {
    return await directory.sessionOf(new Secret(inputs.currentToken))
  } catch {
    return { state: 'unknown' }
  }
}

/**
 * Ends a current token that no rotation of this base issued. A personal access token is ended by its session ID, and
 * only if the session is unambiguous.
 * @throws TeardownError if the session is ambiguous; ApiError, NetworkError
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
