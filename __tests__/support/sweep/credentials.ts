import { ADMIN, CREDENTIAL_ROWS, type CredentialRow } from '../credential-rows.js'
import { PASSWORD, USERS } from '../fixture.js'
import type { Forge } from '../forge.js'
import type { Flavour, Homeserver, HomeserverOptions } from '../homeserver.js'
import { FLAVOURS, MODES, type Mode } from '../rotation-harness.js'

/** A kind of credential, as far as the sweep has to know it. A new one is a row in {@link CREDENTIALS}. */
export interface SweptCredential {
  /** As in the table of results. */
  readonly name: string
  /** Servers that take it. */
  readonly flavours: readonly Flavour[]
  readonly modes: readonly Mode[]
  /** On top of the users that every test has. */
  readonly server: HomeserverOptions
  /** `user` and what makes up the credential, as it is when a rotation is queued: what the forge holds may be part of it. */
  readonly inputs: (harness: { readonly server: Homeserver; readonly forge: Forge }) => Readonly<Record<string, string>>
  /** Each session of `bot` that lives, by a name that it alone has. */
  readonly sessions: (server: Homeserver) => readonly string[]
  /**
   * What becomes of sessions: `retires` – by the mode; `adds` – each rotation adds one, which only time ends (tokens with
   * `valid-for`); `keeps` – there is one, and it stays (`refresh-token`).
   */
  readonly rule: 'retires' | 'adds' | 'keeps'
  /** The name of the session that a rotation opened; that of its device unless it is said. */
  readonly ownName?: (server: Homeserver, outputs: Readonly<Record<string, string>>) => string
  /** What else has to hold as long as a token is stored. @returns what does not */
  readonly complaint?: (server: Homeserver) => string | undefined
}

const devices = (server: Homeserver) => server.devices('bot').map(({ device_id: id }) => id)

export const PASSWORD_ROW: SweptCredential = {
  name: 'password',
  flavours: FLAVOURS,
  modes: MODES,
  server: {},
  inputs: () => ({ user: 'bot', password: PASSWORD }),
  sessions: devices,
  rule: 'retires',
}

/** A row of the README's table, as a rotation uses it. */
function rowOf(input: string, flavour: Flavour): CredentialRow {
  const row = CREDENTIAL_ROWS.find((each) => each.input === input && each.flavours.includes(flavour))
  if (row === undefined) throw new Error(`no row of ${input} at ${flavour}`)
  return row
}

/** Credentials that log in on a device of their own: what retires them is what retires those of a password. */
const byLogin = (
  [
    ['shared-secret', 'synapse'],
    ['appservice-token', 'dendrite'],
    ['jwt', 'tuwunel'],
  ] as const
).map(([input, flavour]): SweptCredential => {
  const row = rowOf(input, flavour)
  return {
    name: input,
    flavours: [flavour],
    modes: MODES,
    server: row.server,
    inputs: ({ server }) => row.inputs(server),
    sessions: devices,
    rule: 'retires',
  }
})

export const PERSONAL_ROW: SweptCredential = {
  name: 'mas-client-id',
  flavours: ['mas'],
  modes: MODES,
  server: rowOf('mas-client-id', 'mas').server,
  inputs: ({ server }) => rowOf('mas-client-id', 'mas').inputs(server),
  sessions: (server) =>
    server
      .personalSessions('bot')
      .filter(({ revoked }) => !revoked)
      .map(({ name }) => name),
  rule: 'retires',
}

const keptDevices = new WeakMap<Homeserver, string>()

/** The bot uploads its keys once it has a token, and from then on its device and its keys are to stay. */
function lostKeys(server: Homeserver): string | undefined {
  const userId = `@bot:${server.serverName}`
  const kept = keptDevices.get(server)
  if (kept !== undefined)
    return kept in server.keys.devicesOf(userId) ? undefined : `device ${kept} or its keys are gone`
  const [device, ...more] = devices(server)
  if (device === undefined || more.length > 0) return `there are ${more.length} devices besides the one that is kept`
  server.keys.setDeviceKeys(userId, device, { user_id: userId, device_id: device, keys: {}, signatures: {} })
  keptDevices.set(server, device)
  return undefined
}

/** Several sessions on one device, which has the keys of a bot. */
export const KEPT_DEVICE_ROW: SweptCredential = {
  ...PERSONAL_ROW,
  name: 'mas-client-id with keep-device',
  // Synapse's cache would let tokens that were revoked pass for ones that work, as long as their device stays.
  server: { ...PERSONAL_ROW.server, introspectionCache: false },
  inputs: (harness) => ({ ...PERSONAL_ROW.inputs(harness), 'keep-device': 'true' }),
  ownName: (server, { 'access-token': own }) =>
    server.personalSessions('bot').find(({ token }) => token === own)?.name ?? '',
  complaint: lostKeys,
}

const adminTokens = new WeakMap<Homeserver, string>()

/** Tokens without a device: nothing lists them, and only their own end retires them. */
const ADMIN_ROW: SweptCredential = {
  name: 'synapse-admin-token',
  flavours: ['synapse'],
  modes: ['next-rotation'],
  server: { users: [...USERS, ADMIN] },
  inputs: ({ server }) => ({
    user: '@bot:example.org',
    'synapse-admin-token': adminTokenOf(server),
    'valid-for': '30d',
  }),
  sessions: (server) => server.liveTokens().filter((token) => token !== adminTokens.get(server)),
  rule: 'adds',
}

function adminTokenOf(server: Homeserver): string {
  const token = adminTokens.get(server) ?? server.issueToken('admin', 'ADMIN')
  adminTokens.set(server, token)
  return token
}

const REFRESH_SECRET = '/repos/octo/demo/actions/secrets/MATRIX_REFRESH_TOKEN'
const firstRefreshTokens = new WeakMap<Homeserver, string>()

/** On a server that takes the old refresh token again until the new pair is used, and lets the old access token live. */
const REFRESH_ROW: SweptCredential = {
  name: 'refresh-token',
  flavours: ['synapse'],
  modes: ['next-rotation'],
  server: {},
  inputs: ({ server, forge }) => ({
    'refresh-token': forge.secrets.get(REFRESH_SECRET)?.value ?? firstRefreshTokenOf(server),
    'refresh-secret-name': 'MATRIX_REFRESH_TOKEN',
  }),
  sessions: devices,
  rule: 'keeps',
}

function firstRefreshTokenOf(server: Homeserver): string {
  const token = firstRefreshTokens.get(server) ?? server.issueRefreshable('bot', 'LASTING').refreshToken
  firstRefreshTokens.set(server, token)
  return token
}

export const CREDENTIALS: readonly SweptCredential[] = [
  PASSWORD_ROW,
  ...byLogin,
  PERSONAL_ROW,
  KEPT_DEVICE_ROW,
  ADMIN_ROW,
  REFRESH_ROW,
]
