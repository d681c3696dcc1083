import { ApiError } from '../../api/error.js'
import { password } from '../../credentials/password.js'
import { Failure } from '../../failures.js'
import { lifetimeValue, Problems } from '../../inputs/values.js'
import { type TokenOwner, whoami } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { describeUser, type UserIdentifier } from '../../matrix/identifiers.js'
import { refusedToken, requireOwner } from '../../matrix/refusals.js'
import type { ClientCredentials } from '../../oauth/token.js'
import { Secret } from '../../secret.js'
import { connect } from '../../session/connect.js'
import {
  type Maker,
  type Reprieve,
  type SelectedSession,
  type SessionFilter,
  selectSessions,
} from '../../session/selection.js'
import { type AccountOptions, readAccountOptions, requireUser } from '../arguments.js'
import { askPassword, credentialReader, tokenInEnvironment } from '../delivery.js'
import { withTemporarySession } from '../log-in.js'
import {
  adminDirectory,
  deviceDirectory,
  readAdminVariables,
  type SessionDirectory,
  type TabledSession,
} from '../session-directory.js'
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

/** Options of `sessions`, checked and typed. */
interface SessionsOptions extends AccountOptions {
  readonly filter: SessionFilter
  /** `list`: ends no session; `ask`: ends sessions after a question; `end`: ends sessions without a question. */
  readonly mode: 'list' | 'ask' | 'end'
}

/** Reads all options of `sessions`. @throws Failure that names all problems at once */
function readSessionsOptions({ inputs, options, terminal }: CommandPorts): SessionsOptions {
  const problems = new Problems()
  const account = readAccountOptions(inputs, problems)
  const olderThanMs = lifetimeValue('older-than', options.get('older-than') ?? '', problems)
  const keep = readKeep(options.get('keep') ?? '0', problems)
  problems.throwIfAny()
  if (account === undefined) throw new Error('invalid options were not reported')
  const filter = { olderThanMs, name: options.get('name'), keep }
  const mode = options.has('end') ? (options.has('yes') ? 'end' : 'ask') : 'list'
  if (mode === 'ask' && !terminal.isInteractive) throw new Failure('invalid-input', NO_TERMINAL, 'Add --yes.')
  return { ...account, filter, mode }
}

const NO_TERMINAL = '--end asks before it ends sessions, but standard input is not a terminal. Nothing was done.'

function readKeep(raw: string, problems: Problems): number {
  if (/^\d{1,6}$/.test(raw.trim())) return Number(raw)
  problems.refuse('keep', raw, 'must be a whole number, 0 or more')
  return 0
}

/** Maximum length of a name, in characters; longer names are truncated. */
const MAX_NAME_LENGTH = 40
/** The largest valid date, in milliseconds since 1970. */
const MAX_TIME = 8.64e15

const MAKERS: Readonly<Record<Maker, string>> = {
  rotate: 'rotate action',
  login: 'login action',
  command: 'this command',
}

const REPRIEVES: Readonly<Record<Reprieve, string>> = {
  'in use': 'in use, never ended',
  rotate: 'ended by rotate only',
  kept: 'kept (--keep)',
}

/**
 * Formats sessions as a table with a header, for a terminal of any width.
 * @returns lines without trailing white space
 */
function sessionTable(sessions: readonly SelectedSession<TabledSession>[]): readonly string[] {
  const header = ['DEVICE ID', 'NAME', 'LAST SEEN (UTC)', 'MADE BY', 'KIND', 'NOTE']
  const rows = [header, ...sessions.map(cellsOf)]
  const widths = header.map((title, column) => {
    const cells = rows.slice(1).map((row) => row[column] ?? '')
    // An empty column is omitted.
    if (cells.every((cell) => cell === '')) return 0
    return cells.reduce((width, cell) => Math.max(width, [...cell].length), title.length)
  })
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .filter((_cell, column) => widths[column] !== 0)
      .join('  ')
      .trimEnd(),
  )
}

function cellsOf({ session, maker, reprieve }: SelectedSession<TabledSession>): string[] {
  const { deviceId, displayName, lastSeenAt, kind } = session
  return [
    `${deviceId ?? '(none)'}`,
    cutName(`${displayName ?? ''}`),
    describeTime(lastSeenAt),
    maker === undefined ? '' : MAKERS[maker],
    kind ?? '',
    reprieve === undefined ? '' : REPRIEVES[reprieve],
  ]
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length))
}

function cutName(name: string): string {
  const characters = [...name]
  return characters.length <= MAX_NAME_LENGTH ? name : `${characters.slice(0, MAX_NAME_LENGTH - 1).join('')}…`
}

/** Formats a time as `2026-09-01 12:30`. */
function describeTime(ms: number | undefined): string {
  if (ms === undefined || ms > MAX_TIME) return ms === undefined ? 'never' : 'unknown'
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
