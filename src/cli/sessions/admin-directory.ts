import { ApiError } from '../../api/error.js'
import { explainMasRefusal } from '../../credentials/mas-admin.js'
import { explain } from '../../explain.js'
import { Failure } from '../../failures.js'
import { secretText } from '../../inputs/values.js'
import { type AccountSession, endAccountSession, listAccountSessions } from '../../mas/account-sessions.js'
import { AdminApi, findUser, reopening } from '../../mas/admin-api.js'
import type { MatrixClient } from '../../matrix/client.js'
import { discoverOAuth } from '../../oauth/metadata.js'
import type { ClientCredentials } from '../../oauth/token.js'
import { Secret } from '../../secret.js'
import { type CommandPorts, InterruptedError } from '../terminal.js'
import type { SessionDirectory } from './directory.js'

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
