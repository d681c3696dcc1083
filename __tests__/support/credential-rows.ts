import { PASSWORD } from './fixture.js'
import type { Flavour, Homeserver, HomeserverOptions } from './homeserver.js'
import { signHs256 } from './jwt.js'

/** A row of the README's table "Choose your credential", in a form that can be carried out. */
export interface CredentialRow {
  /** The input that chooses it. */
  readonly input: string
  readonly flavours: readonly Flavour[]
  readonly server: HomeserverOptions
  readonly inputs: (server: Homeserver) => Readonly<Record<string, string>>
  /** The device of the session: the one that the action chooses, one that was there, or none. */
  readonly device: 'chosen' | 'existing' | 'none'
  /** Whether the answer names an end. */
  readonly expires: boolean
  /** Whether `logout: always` goes with it. */
  readonly canEnd: boolean
}

const JWT_SECRET = 'the secret of jwt_config in a test'
const MODULE_SECRET = 'the shared secret of a module in a test'
const AS_TOKEN = 'as_token_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const MAS_CLIENT = { id: '01TESTCLIENT00000000000000', secret: 's3cret+/=%:of-a-client-in-a-test' }
const OAUTH_CLIENT = '01PUBLICCLIENT000000000000'
const USER_ID = '@bot:example.org'

export const ADMIN = { localpart: 'admin', password: 'quixotic zebra umbrella 42', admin: true }

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
const plain = { device: 'chosen', expires: false, canEnd: true } as const
const everywhere = ['synapse', 'mas', 'dendrite', 'tuwunel', 'continuwuity', 'conduit'] as const

export const CREDENTIAL_ROWS: readonly CredentialRow[] = [
  {
    ...plain,
    input: 'password',
    flavours: everywhere,
    server: {},
    inputs: () => ({ user: 'bot', password: PASSWORD }),
  },
  {
    input: 'access-token',
    flavours: everywhere,
    server: {},
    inputs: (server) => ({ 'access-token': server.issueToken('bot', 'BYHAND') }),
    device: 'existing',
    expires: false,
    canEnd: false,
  },
  {
    ...plain,
    input: 'login-token',
    flavours: ['synapse', 'mas', 'tuwunel'],
    server: { loginViaExistingSession: true },
    inputs: (server) => ({ 'login-token': server.issueLoginToken('bot') }),
  },
  {
    ...plain,
    input: 'jwt',
    flavours: ['synapse', 'tuwunel'],
    server: { jwt: { secret: JWT_SECRET } },
    inputs: () => ({ jwt: signHs256({ sub: 'bot', exp: inAnHour() }, JWT_SECRET) }),
  },
  {
    ...plain,
    input: 'appservice-token',
    flavours: ['synapse', 'tuwunel', 'dendrite', 'continuwuity'],
    server: { appservice: { token: AS_TOKEN, senderLocalpart: 'bridge', namespace: /^bot$/ } },
    inputs: () => ({ user: 'bot', 'appservice-token': AS_TOKEN }),
  },
  {
    ...plain,
    input: 'shared-secret',
    flavours: ['synapse'],
    server: { sharedSecret: { secret: MODULE_SECRET } },
    inputs: () => ({ user: USER_ID, 'shared-secret': MODULE_SECRET }),
  },
  {
    input: 'synapse-admin-token',
    flavours: ['synapse'],
    server: {},
    inputs: (server) => ({
      user: USER_ID,
      'synapse-admin-token': server.issueToken('admin', 'ADMIN'),
      'valid-for': '1h',
    }),
    device: 'none',
    expires: true,
    canEnd: true,
  },
  {
    input: 'synapse-admin-token',
    flavours: ['tuwunel'],
    server: {},
    inputs: (server) => ({
      user: USER_ID,
      'synapse-admin-token': server.issueToken('admin', 'ADMIN'),
      'valid-for': '1h',
    }),
    // "Admin login": Tuwunel shows a device where Synapse has none.
    device: 'existing',
    expires: true,
    canEnd: true,
  },
  ...(['basic', 'post'] as const).map(
    (auth): CredentialRow => ({
      input: 'mas-client-id',
      flavours: ['mas'],
      server: { mas: { clients: [{ ...MAS_CLIENT, auth, admin: true }] } },
      inputs: () => ({
        user: USER_ID,
        'mas-client-id': MAS_CLIENT.id,
        'mas-client-secret': MAS_CLIENT.secret,
        'valid-for': '1h',
      }),
      device: 'chosen',
      expires: true,
      canEnd: true,
    }),
  ),
  {
    input: 'refresh-token',
    flavours: ['synapse', 'mas', 'tuwunel'],
    server: {},
    inputs: (server) => ({ 'refresh-token': server.issueRefreshable('bot', 'REFRESHED').refreshToken }),
    device: 'existing',
    expires: true,
    canEnd: true,
  },
  {
    input: 'refresh-token',
    flavours: ['mas'],
    server: { mas: { clients: [] } },
    inputs: (server) => ({
      'refresh-token': server.issueOAuthSession('bot', 'REFRESHED', OAUTH_CLIENT).refreshToken,
      'oauth-client-id': OAUTH_CLIENT,
    }),
    device: 'existing',
    expires: true,
    canEnd: true,
  },
]
