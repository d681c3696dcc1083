import { ApiError } from '../../api/error.js'
import { password } from '../../credentials/password.js'
import { Failure } from '../../failures.js'
import { type TokenOwner, whoami } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { describeUser, type UserIdentifier } from '../../matrix/identifiers.js'
import { refusedToken, requireOwner } from '../../matrix/refusals.js'
import type { ClientCredentials } from '../../oauth/token.js'
import { Secret } from '../../secret.js'
import { connect } from '../../session/connect.js'
import { selectSessions } from '../../session/selection.js'
import { withTemporarySession } from '../log-in.js'
import { requireUser } from '../options.js'
import { askPassword, credentialReader, tokenInEnvironment } from '../secrets.js'
import { adminDirectory, readAdminVariables } from '../sessions/admin-directory.js'
import { deviceDirectory, type SessionDirectory, type TabledSession } from '../sessions/directory.js'
import { readSessionsOptions, type SessionsOptions } from '../sessions/options.js'
import { sessionTable } from '../sessions/table.js'
import { type CommandPorts, InterruptedError } from '../terminal.js'

/**
 * Lists the sessions of an account and, with `--end`, ends those that match. Never ends the session in use.
 * @throws Failure, ApiError, NetworkError, InterruptedError
 */
export async function sessions(ports: CommandPorts): Promise<void> {
  const options = readSessionsOptions(ports)
  const admin = readAdminVariables(ports)
  const token = tokenInEnvironment(ports)
  if (admin === undefined && token === undefined) return withPassword(ports, options)
  const client = await connect(ports, options)
  const owner = token === undefined ? undefined : await ownerOf(client, token, options.user)
  if (admin !== undefined) return withAdminApi(ports, options, { client, owner, admin })
  if (token === undefined || owner === undefined) throw new Error('neither a token nor an administrator')
  const directory = deviceDirectory(ports, { client, accessToken: token, userId: owner.userId })
  await listAndEnd(ports, options, directory, devicesInUse(owner, options))
}

/** Opens a session with the password; it is ended on every path. */
async function withPassword(ports: CommandPorts, options: SessionsOptions): Promise<void> {
  const user = requireUser(options)
  const typed = await askPassword(ports, describeUser(user))
  const client = await connect(ports, options)
  const credential = password.read(credentialReader(typed))
  const login = { credential, client, options: { ...options, deviceName: '' } }
  await withTemporarySession(ports, login, async (session, requestedDevice) => {
    const { accessToken, userId, deviceId } = session
    const directory = deviceDirectory(ports, { client, accessToken, userId, password: new Secret(typed) })
    await listAndEnd(ports, options, directory, [requestedDevice, deviceId?.raw ?? ''])
  })
}

interface AdminParts {
  readonly client: MatrixClient
  /** Absent if no access token is set. */
  readonly owner: TokenOwner | undefined
  readonly admin: ClientCredentials
}

async function withAdminApi(ports: CommandPorts, options: SessionsOptions, parts: AdminParts): Promise<void> {
  const { client, owner, admin } = parts
  const localpart = localpartOf(owner, options)
  const access = { client, credentials: admin, allowHttp: options.allowHttp, localpart }
  const inUse = owner === undefined ? [] : devicesInUse(owner, options)
  await listAndEnd(ports, options, adminDirectory(ports, access), inUse)
}

/** Returns the localpart as the server spells it, if a token is set. @throws Failure */
function localpartOf(owner: TokenOwner | undefined, options: SessionsOptions): string {
  if (owner !== undefined) return owner.userId.raw.slice(1).split(':')[0] ?? ''
  const user = requireUser(options)
  if ('localpart' in user) return user.localpart
  throw new Failure('invalid-input', 'The admin API does not find a user by e-mail address or phone number.', USER_ID)
}

const USER_ID = 'Set --user to the user ID (@name:example.org).'

async function ownerOf(client: MatrixClient, token: Secret, user: UserIdentifier | undefined): Promise<TokenOwner> {
  try {
    const owner = await whoami(client, token)
    requireOwner(owner.userId, user)
    return owner
  } catch (error) {
    throw (error instanceof ApiError ? refusedToken(error, 'access-token', INVALID_TOKEN) : undefined) ?? error
  }
}

const INVALID_TOKEN = 'Unset MATRIX_ACCESS_TOKEN to log in with the password instead.'

/**
 * Returns the devices to keep.
 * @throws Failure if the server does not name the device of the token: its session could be ended with the others
 */
function devicesInUse({ userId, deviceId }: TokenOwner, { mode }: SessionsOptions): readonly string[] {
  if (deviceId !== undefined) return [deviceId.raw]
  if (mode === 'list') return []
  throw new Failure(
    'denied',
    `The access token of ${userId} has no device, so its session cannot be told from the others. No session was ended.`,
    INVALID_TOKEN,
  )
}

async function listAndEnd<Session extends TabledSession>(
  ports: CommandPorts,
  { filter, mode }: SessionsOptions,
  directory: SessionDirectory<Session>,
  inUse: readonly string[],
): Promise<void> {
  const { terminal, log, clock, isInterrupted } = ports
  const listed = await directory.list()
  const selected = selectSessions(listed, filter, { devicesInUse: inUse, now: clock.now() })
  const due = selected.filter(({ reprieve }) => reprieve === undefined)
  const shown = mode === 'list' ? selected : due
  if (isInterrupted()) throw new InterruptedError()
  if (shown.length > 0) await terminal.print(sessionTable(shown).join('\n'))
  log.info(describeSelection(listed.length, selected.length, due.length))
  if (mode === 'list' || due.length === 0) return
  if (mode === 'ask' && !(await terminal.confirm(`End ${count(due.length)}? [y/N] `))) {
    throw new Failure('denied', 'No session was ended.', 'Choose others with --older-than, --name and --keep.')
  }
  if (isInterrupted()) throw new InterruptedError()
  await directory.end(due.map(({ session }) => session))
  log.info(`Ended ${count(due.length)}.`)
}

function describeSelection(listed: number, matching: number, due: number): string {
  const left = matching - due
  const kept = left === 0 ? '' : ` ${left} of the matching ones are not ended: in use, made by rotate, or kept.`
  return `The account has ${count(listed)}; ${matching} match. --end ends ${due} of them.${kept}`
}

function count(sessions: number): string {
  return sessions === 1 ? '1 session' : `${sessions} sessions`
}
