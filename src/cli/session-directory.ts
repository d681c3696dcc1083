import { ApiError, isRefusedWith } from '../api/error.js'
import { joinServerTexts, type ServerText } from '../api/values.js'
import { explainMasRefusal } from '../credentials/mas-admin.js'
import { explain } from '../explain.js'
import { Failure } from '../failures.js'
import { secretText } from '../inputs/values.js'
import { AdminApi, findUser, reopening } from '../mas/admin-api.js'
import { type AccountSession, endAccountSession, listAccountSessions } from '../mas/sessions.js'
import type { MatrixClient } from '../matrix/client.js'
import { type DeletionResult, type Device, deleteDevices, listDevices } from '../matrix/devices.js'
import { refusal } from '../matrix/refusals.js'
import { accountManagementUrl, discoverOAuth } from '../oauth/metadata.js'
import type { ClientCredentials } from '../oauth/token.js'
import { Secret } from '../secret.js'
import type { ListedSession } from '../session/selection.js'
import { askPassword } from './delivery.js'
import { type CommandPorts, InterruptedError } from './terminal.js'

/** A session in the table; `kind` if the server distinguishes kinds. */
export interface TabledSession extends ListedSession {
  readonly kind?: string
}

/** The sessions of one account, and how to end them. */
export interface SessionDirectory<Session extends TabledSession> {
  /** Lists the sessions. @throws ApiError, NetworkError, Failure */
  list(): Promise<readonly Session[]>
  /** Ends these sessions. @throws ApiError, NetworkError, Failure, InterruptedError */
  end(sessions: readonly Session[]): Promise<void>
}

/** The account that a command acts for. */
export interface Account {
  readonly client: MatrixClient
  readonly accessToken: Secret
  readonly userId: ServerText
  /** Set if a session was opened with the password. */
  readonly password?: Secret
}

/** Lists the devices of the Client-Server API, and ends them in one request. */
export function deviceDirectory(ports: CommandPorts, account: Account): SessionDirectory<Device> {
  return {
    list: () => listDevices(account.client, account.accessToken),
    end: async (devices) => {
      const ids = devices.map(({ deviceId }) => deviceId.raw)
      const result = await deleteAll(ports, account, ids)
      if (result.kind !== 'deleted') throw await endElsewhere(account.client, result, ids)
    },
  }
}

async function deleteAll(ports: CommandPorts, account: Account, ids: readonly string[]): Promise<DeletionResult> {
  const { client, accessToken, userId, password } = account
  try {
    return await deleteDevices(client, accessToken, ids, {
      userId: userId.raw,
      ...(password === undefined ? {} : { password }),
      askPassword: async () => new Secret(await askPassword(ports, `${userId}`)),
    })
  } catch (error) {
    if (!isRefusedWith(error, undefined, 'M_FORBIDDEN')) throw error
    throw error instanceof ApiError ? refusal(error, 'wrong-credentials', WRONG_PASSWORD) : error
  }
}

const WRONG_PASSWORD = 'No session was ended. Run the command again with the current password of the account.'

/** Explains that the server requires a user, not a program, to end sessions. */
async function endElsewhere(
  client: MatrixClient,
  result: Exclude<DeletionResult, { kind: 'deleted' }>,
  ids: readonly string[],
): Promise<Failure> {
  const [only = '', ...others] = ids
  const url =
    others.length === 0
      ? await accountManagementUrl(client, 'org.matrix.device_delete', only)
      : await accountManagementUrl(client, 'org.matrix.devices_list')
  const asked =
    result.kind === 'not-offered'
      ? 'has no endpoint that deletes devices'
      : `asks for ${joinServerTexts(result.stages)} instead of the password`
  const where = url === undefined ? IN_A_CLIENT : `End them on the account page of the server:\n\n  ${url}\n`
  return new Failure(
    'method-unavailable',
    `${client.baseUrl} ${asked}. No session was ended.`,
    `${where}\n${WITH_ADMIN_API}`,
  )
}

const IN_A_CLIENT = 'End them in the list of sessions of the account, for example in Element.'
const WITH_ADMIN_API =
  'An administrator of Matrix Authentication Service can set MAS_CLIENT_ID and MAS_CLIENT_SECRET: then this command ends them.'

/**
 * Reads the client of the admin API; `undefined` if it is not set. @throws Failure if only one of ID and secret is set
 */
export function readAdminVariables({ terminal, masks }: CommandPorts): ClientCredentials | undefined {
  const clientId = secretText(terminal.environment('MAS_CLIENT_ID') ?? '', 'text')?.value
  const clientSecret = secretText(terminal.environment('MAS_CLIENT_SECRET') ?? '', 'token')?.value
  if (clientSecret !== undefined) masks.mask(clientSecret)
  if (clientId === undefined && clientSecret === undefined) return undefined
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret: new Secret(clientSecret) }
  const [set, missing] =
    clientId === undefined ? ['MAS_CLIENT_SECRET', 'MAS_CLIENT_ID'] : ['MAS_CLIENT_ID', 'MAS_CLIENT_SECRET']
  throw new Failure('invalid-input', `${set} is set, but ${missing} is not.`, 'Set both variables, or neither.')
}

/** The access of an administrator to an account. */
interface AdminAccess {
  readonly client: MatrixClient
  readonly credentials: ClientCredentials
  readonly allowHttp: boolean
  readonly localpart: string
}

/** Lists the sessions of every kind in Matrix Authentication Service, and ends them one by one. */
export function adminDirectory(ports: CommandPorts, access: AdminAccess): SessionDirectory<AccountSession> {
  const opened = reopening(() => openApi(access))
  const open = () => opened(ports.clock)
  return {
    list: () =>
      explained(access, async () => {
        const api = await open()
        return listAccountSessions(api, (await findUser(api, access.localpart)).id)
      }),
    end: (sessions) => endEach(ports, sessions, async (session) => endAccountSession(await open(), session)),
  }
}

async function openApi({ client, credentials, allowHttp }: AdminAccess): Promise<AdminApi> {
  const { issuer, tokenEndpoint } = await discoverOAuth(client, allowHttp)
  return AdminApi.open({ issuer, tokenEndpoint }, credentials, client.ports)
}

async function explained<Value>({ client }: AdminAccess, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    throw (error instanceof ApiError ? await explainMasRefusal(error, client) : undefined) ?? error
  }
}

/** Continues after a failure, so that one session that cannot be ended does not block the others. */
async function endEach(
  { log, clock, isInterrupted }: CommandPorts,
  sessions: readonly AccountSession[],
  end: (session: AccountSession) => Promise<void>,
): Promise<void> {
  let failed = 0
  for (const session of sessions) {
    if (isInterrupted()) throw new InterruptedError()
    try {
      await end(session)
    } catch (error) {
      failed += 1
      log.warning(`The ${session.kind} session ${session.id} was not ended. ${explain(error, clock.now()).message}`)
    }
  }
  if (failed === 0) return
  throw new Failure('denied', `${failed} of ${sessions.length} sessions could not be ended.`, 'Run the command again.')
}
