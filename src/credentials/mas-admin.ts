import { Failure } from '../failures.js'
import { AdminApi } from '../mas/admin-api.js'
import {
  listPersonalSessions,
  madeToken,
  makePersonalSession,
  readPersonalSession,
  revokePersonalSession,
} from '../mas/personal-sessions.js'
import { findUser, type MasUser } from '../mas/users.js'
import { isMaskable } from '../matrix/login.js'
import { logout } from '../matrix/logout.js'
import { cleanServerText } from '../matrix/server-text.js'
import { discoverOAuth } from '../oauth/metadata.js'
import type { ClientCredentials } from '../oauth/token.js'
import { Secret } from '../secret.js'
import type {
  Credential,
  CredentialKind,
  Incomplete,
  Opened,
  OpeningContext,
  OpenSession,
  Predecessors,
} from './credential.js'
import { type Ending, MissingPartError } from './ending.js'
import { explainMasRefusal } from './mas-refusals.js'
import { accessTokenPrefix } from './token-kinds.js'

/**
 * An administrator's client of Matrix Authentication Service, which makes a personal access token for a user.
 * https://element-hq.github.io/matrix-authentication-service/topics/admin-api.html
 */
export const masClient: CredentialKind = {
  input: 'mas-client-id',
  form: 'text',
  companions: ['mas-client-secret'],
  options: ['valid-for'],
  needsUser: () => 'name',
  logoutAllowed: true,
  rotates: true,
  incomplete: (reader) =>
    reader.companion('mas-client-secret') === '' ? NO_SECRET : reader.secret === '' ? NO_ID : undefined,
  read: (reader) => {
    const clientSecret = new Secret(reader.companion('mas-client-secret'))
    return masCredential({ clientId: reader.secret, clientSecret }, reader.validForMs)
  },
}

const NO_SECRET: Incomplete = {
  text: 'mas-client-id is set, and mas-client-secret is not.',
  word: 'invalid-input',
  hint: 'Check the spelling after `secrets.`: a secret that does not exist is an empty string.',
}

const NO_ID: Incomplete = {
  text: 'mas-client-secret is set, and mas-client-id is not.',
  word: 'invalid-input',
  hint: 'Set it to the client_id of the same client, a ULID.',
}

function masCredential(admin: ClientCredentials, validForMs: number | undefined): Credential {
  return {
    description: 'a client of the admin API of Matrix Authentication Service',
    device: 'personal',
    opensSession: true,
    isReplaced: false,
    // A token that the homeserver does not take is made with 201 all the same.
    mustBeProven: true,
    afterLostAnswer: 'A personal access token may exist which nobody holds; its session is on the device named above.',
    admin,
    open: (context) => openPersonalSession(admin, validForMs, context),
    explain: (error, { client }) => explainMasRefusal(error, client),
    replaceEarlier: (context, session) => revokeOthersOnDevice(admin, context, session),
    predecessors: (context, session) => sessionsByName(admin, context, session),
  }
}

async function openPersonalSession(
  admin: ClientCredentials,
  validForMs: number | undefined,
  context: OpeningContext,
): Promise<Opened> {
  const { client, allowHttp, device, sending, issued, mask } = context
  const { issuer, tokenEndpoint } = await discoverOAuth(client, allowHttp)
  const api = await AdminApi.open({ issuer, tokenEndpoint }, admin, client.ports, mask)
  const user = await findActiveUser(api, context)
  sending()
  const answer = await makePersonalSession(api, {
    userId: user.id,
    deviceId: device.deviceId,
    name: device.displayName,
    expiresIn: validForMs === undefined ? undefined : Math.ceil(validForMs / 1000),
  })
  const token = madeToken(answer)
  // Masked before the rest of the answer is looked at; what ends the session is known a moment later.
  if (token !== undefined && isMaskable(token)) mask(token)
  const { id, accessToken, expiresAt } = readPersonalSession(api, answer)
  const ending: Ending = { kind: 'personal-session', issuer, tokenEndpoint, sessionId: id }
  issued({ accessToken }, ending)
  return {
    accessToken: new Secret(accessToken),
    deviceId: device.deviceId,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ending,
  }
}

/** Tells a locked and a deactivated account before a token is made: a locked one would get a token that is dead. */
async function findActiveUser(api: AdminApi, { user }: OpeningContext): Promise<MasUser> {
  if (user === undefined || !('localpart' in user)) throw new Error('an administrator without a user')
  const found = await findUser(api, user.localpart)
  const at = `the account ${user.localpart} at ${cleanServerText(api.address.issuer)} is`
  if (found.isDeactivated) throw new Failure('account-deactivated', `${at} deactivated. No token was made.`)
  if (found.isLocked) throw new Failure('account-locked', `${at} locked. No token was made.`)
  return found
}

/** The API of a session that was opened, anew: its token lives for five minutes only. */
async function reopen(admin: ClientCredentials, { ending }: OpenSession, { client, mask }: OpeningContext) {
  if (ending.kind !== 'personal-session') throw new Error('a personal session that ends in another way')
  const api = await AdminApi.open(ending, admin, client.ports, mask)
  return { api, own: ending.sessionId }
}

/** Personal sessions replace nothing by themselves: any number of them live on one device. */
async function revokeOthersOnDevice(
  admin: ClientCredentials,
  context: OpeningContext,
  session: OpenSession,
): Promise<void> {
  const { api, own } = await reopen(admin, session, context)
  const user = await findActiveUser(api, context)
  const failures: unknown[] = []
  for (const { id } of await listPersonalSessions(api, user.id, session.deviceId)) {
    if (id !== own) await revokePersonalSession(api, id).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}

function sessionsByName(admin: ClientCredentials, context: OpeningContext, session: OpenSession): Predecessors {
  const list = async () => {
    const { api } = await reopen(admin, session, context)
    const user = await findActiveUser(api, context)
    return { api, userId: user.id, sessions: await listPersonalSessions(api, user.id) }
  }
  let listed: ReturnType<typeof list> | undefined
  const once = () => {
    listed ??= list()
    return listed
  }
  return {
    list: async () => (await once()).sessions.map(({ name }) => name),
    end: async (wanted) => {
      const { api, sessions } = await once()
      for (const { id, name } of sessions) if (name === wanted) await revokePersonalSession(api, id)
    },
    endOther: async (token, deviceId) => {
      if (accessTokenPrefix(token) !== 'mpt') return void (await logout(context.client, token))
      const { api, userId } = await once()
      const onDevice = deviceId === undefined ? [] : await listPersonalSessions(api, userId, deviceId)
      const [only, ...others] = onDevice
      // Nothing tells which of several it is.
      if (only === undefined || others.length > 0) throw new MissingPartError('its session cannot be told from others')
      await revokePersonalSession(api, only.id)
    },
  }
}
