import { type ApiError, isRefusedWith, isUnrecognized } from '../api/error.js'
import { Failure } from '../failures.js'
import { AdminApi, FIND_USER, findUser, GET_ADMIN_TOKEN, type MasUser, reopening } from '../mas/admin-api.js'
import {
  fitsScope,
  isOnDevice,
  type ListedPersonalSession,
  listPersonalSessions,
  listPersonalSessionsOn,
  MAKE_SESSION,
  madeSessionId,
  makePersonalSession,
  readPersonalSession,
  sessionNameInScope,
  TOKEN_PATH,
} from '../mas/sessions.js'
import { type MatrixClient, WHOAMI } from '../matrix/client.js'
import { accountFailure, refusal, refusedToken } from '../matrix/refusals.js'
import { discoverOAuth, FIND_OAUTH } from '../oauth/metadata.js'
import { type ClientCredentials, introspect, isOAuthRefusal } from '../oauth/token.js'
import { Secret } from '../secret.js'
import type {
  Credential,
  CredentialKind,
  DirectorySession,
  Incomplete,
  LoginContext,
  SessionDirectory,
  SessionTeardown,
  TokenRequest,
} from './kind.js'
import { notOffered } from './refusals.js'

/**
 * An administrator's client of Matrix Authentication Service, which issues a personal access token for a user.
 * @see https://element-hq.github.io/matrix-authentication-service/topics/admin-api.html
 */
export const masClient: CredentialKind = {
  input: 'mas-client-id',
  form: 'text',
  companions: ['mas-client-secret'],
  options: ['valid-for'],
  needsUser: () => 'name',
  logoutAllowed: true,
  rotates: true,
  incomplete: (reader) => {
    if (reader.companion('mas-client-secret') === '') return NO_SECRET
    if (reader.secret === '') return NO_ID
    // White space is reported by the reader of the input.
    const deviceId = reader.text('device-id').replace(/[\s\p{Cc}]/gu, '')
    return deviceId === '' || fitsScope(deviceId) ? undefined : UNUSUAL_DEVICE_INPUT
  },
  read: (reader) => {
    const clientSecret = new Secret(reader.companion('mas-client-secret'))
    return masCredential({ clientId: reader.secret, clientSecret }, reader.validForMs)
  },
}

const NO_SECRET: Incomplete = {
  text: '`mas-client-id` is set, and `mas-client-secret` is not.',
  code: 'invalid-input',
  hint: 'Check the spelling after `secrets.`: a secret that does not exist is an empty string.',
}

const NO_ID: Incomplete = {
  text: '`mas-client-secret` is set, and `mas-client-id` is not.',
  code: 'invalid-input',
  hint: 'Set it to the client_id of the same client, a ULID.',
}

const UNUSUAL_DEVICE =
  'has a character that the scope of a token cannot hold: a blank, a quotation mark, a backslash or a character beyond ASCII.'

const UNUSUAL_DEVICE_INPUT: Incomplete = {
  text: `\`device-id\` ${UNUSUAL_DEVICE}`,
  code: 'invalid-input',
  hint: 'Set `device-id` to letters, digits and `-._~`.',
}

function masCredential(client: ClientCredentials, validForMs: number | undefined): Credential {
  const access = adminAccess(client)
  return {
    description: 'a client of the admin API of Matrix Authentication Service',
    device: 'personal',
    opensSession: true,
    singleUse: false,
    // A token that the homeserver does not accept is also issued with 201.
    needsWhoami: true,
    afterLostAnswer:
      'A personal access token may exist whose value was lost; its session is on the device named above.',
    requestTokens: async (context) => personalTokenRequest(await access(context), client, validForMs, context),
    explain: (error, context) => explainMasRefusal(error, context.client),
    previousSessions: (context) => personalSessions(access, client, context),
  }
}

/** The admin API with a valid token, and the account. */
interface AdminAccess {
  readonly api: AdminApi
  readonly user: MasUser
  readonly introspectionEndpoint: string | undefined
}

/** Looks the user up once. The ports are those of the calling client, which can have other time limits. */
function adminAccess(client: ClientCredentials): (context: LoginContext) => Promise<AdminAccess> {
  const opened = reopening(async (context: LoginContext, expiring: AdminAccess | undefined): Promise<AdminAccess> => {
    const { issuer, tokenEndpoint, introspectionEndpoint } = await discoverOAuth(context.client, context.allowHttp)
    const api = await AdminApi.open({ issuer, tokenEndpoint }, client, context.client.ports)
    return { api, user: expiring?.user ?? (await findActiveUser(api, context)), introspectionEndpoint }
  })
  return async (context) => {
    const access = await opened(context)
    return { ...access, api: access.api.withPorts(context.client.ports) }
  }
}

/** Finds the user. Refuses a locked or deactivated account first: a token for a locked account would be invalid. */
async function findActiveUser(api: AdminApi, { user }: LoginContext): Promise<MasUser> {
  if (user === undefined || !('localpart' in user)) throw new Error('an administrator without a user')
  const found = await findUser(api, user.localpart)
  const at = `the account ${user.localpart} at ${api.server} is`
  if (found.isDeactivated) throw new Failure('account-deactivated', `${at} deactivated. No token was made.`)
  if (found.isLocked) throw new Failure('account-locked', `${at} locked. No token was made.`)
  return found
}

function personalTokenRequest(
  { api, user }: AdminAccess,
  adminClient: ClientCredentials,
  validForMs: number | undefined,
  { device }: LoginContext,
): TokenRequest {
  // With `keep-device` the server can have chosen the device ID.
  if (!fitsScope(device.deviceId)) {
    throw new Failure('invalid-input', `The device ID ${UNUSUAL_DEVICE} No token was made.`, UNUSUAL_DEVICE_INPUT.hint)
  }
  const name = device.sessionName ?? device.displayName
  return {
    send: () =>
      makePersonalSession(api, {
        userId: user.id,
        deviceId: device.deviceId,
        name,
        // If the device has its own name, the session name must be found in another way.
        isNamedInScope: device.sessionName !== undefined && device.sessionName !== device.deviceId,
        expiresIn: validForMs === undefined ? undefined : Math.ceil(validForMs / 1000),
      }),
    tokensAt: TOKEN_PATH,
    teardown: (answer) => {
      const id = madeSessionId(answer)
      return id === undefined ? undefined : teardownOf(api, id)
    },
    read: (answer) => ({ deviceId: device.deviceId, ...readPersonalSession(api, answer) }),
    adminClient,
  }
}

function teardownOf({ address }: AdminApi, sessionId: string): SessionTeardown {
  const { issuer, tokenEndpoint } = address
  return { kind: 'personal-session', issuer, tokenEndpoint, sessionId }
}

/** Lists and ends personal sessions. A new personal session ends no other: any number stays active on one device. */
function personalSessions(
  access: (context: LoginContext) => Promise<AdminAccess>,
  client: ClientCredentials,
  context: LoginContext,
): SessionDirectory {
  const listed = (api: AdminApi, sessions: readonly ListedPersonalSession[]): readonly DirectorySession[] =>
    sessions.map((session) => ({
      name: session.name,
      teardown: teardownOf(api, session.id),
      isMarked: sessionNameInScope(session.scope) !== undefined,
      isOn: (deviceId) => isOnDevice(session, deviceId),
    }))
  return {
    list: async () => {
      const { api, user } = await access(context)
      return listed(api, await listPersonalSessions(api, user.id))
    },
    listOn: async (deviceId) => {
      const { api, user } = await access(context)
      return listed(api, await listPersonalSessionsOn(api, user.id, deviceId))
    },
    sessionOf: async (token) => {
      const { introspectionEndpoint } = await access(context)
      if (introspectionEndpoint === undefined) return { state: 'unknown' }
      const found = await introspect(introspectionEndpoint, client, token, context.client.ports)
      return found.active ? { state: 'active', name: sessionNameInScope(found.scope) } : { state: 'inactive' }
    },
  }
}

/** Explains a refusal of Matrix Authentication Service while a personal access token is issued. */
export async function explainMasRefusal(error: ApiError, client: MatrixClient): Promise<Failure | undefined> {
  const { problem, operation } = error
  const known = accountFailure(error)
  if (known !== undefined) return known
  if (operation === FIND_OAUTH && isUnrecognized(error)) return notOffered(error, client, NO_MAS)
  if (operation === GET_ADMIN_TOKEN && isRefusedWith(error, 401)) return refusal(error, 'wrong-credentials', CLIENT)
  if (operation === GET_ADMIN_TOKEN && isOAuthRefusal(error, 'invalid_scope')) return refusal(error, 'denied', SCOPE)
  if (operation === FIND_USER && problem.kind === 'foreign') return notOffered(error, client, NO_ADMIN_API)
  if (operation === FIND_USER && isRefusedWith(error, 404)) return refusal(error, 'wrong-credentials', UNKNOWN_USER)
  if (operation === FIND_USER && isRefusedWith(error, 401)) return refusal(error, 'denied', SCOPE)
  if (operation === MAKE_SESSION && isRefusedWith(error, 410)) return refusal(error, 'account-deactivated')
  return operation === WHOAMI ? refusedToken(error, 'mas-client-id', NOT_ACCEPTED) : undefined
}

const NO_MAS =
  'This homeserver has no Matrix Authentication Service. On Synapse without it, `synapse-admin-token` does the same.'

const CLIENT = 'Check `mas-client-id` and `mas-client-secret` against the clients in the configuration of the service.'

const SCOPE =
  'The client may not use the admin API: list its ID under policy.data.admin_clients in the configuration of the service.'

const NO_ADMIN_API =
  'The admin API is not reachable at this address: add the resource adminapi to a listener of the service, and forward ' +
  '/api/admin to it.'

const UNKNOWN_USER = 'Does the account exist there? `user` is a name (bot) or a user ID (@bot:example.org).'

const NOT_ACCEPTED =
  'The token was made, but the homeserver rejects it: is the account locked, or the device ID unusual?'
