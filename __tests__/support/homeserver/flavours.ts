import { randomBytes, randomInt } from 'node:crypto'

/** The families of homeservers, as far as a login can tell them apart. Sources: the repositories named below. */
export type Flavour = 'synapse' | 'mas' | 'dendrite' | 'tuwunel' | 'continuwuity' | 'conduit' | 'r0-only' | 'oauth-only'

/** A refusal as a server words it. */
export interface Refusal {
  readonly status: number
  readonly errcode: string
  readonly error: string
  readonly [member: string]: unknown
}

/** What differs between the flavours, as data. */
export interface FlavourFacts {
  readonly versions: readonly string[]
  /** Path versions under `/_matrix/client/` that are served. */
  readonly paths: readonly string[]
  readonly flows: readonly string[]
  /** Whether a login on a device ends the tokens that the device had. */
  readonly reloginEndsEarlierTokens: boolean
  /** Whether logging out deletes the device, and with it every token of it. */
  readonly logoutEndsDevice: boolean
  readonly thirdPartyIdentifiers: boolean
  /** MAS refuses any other content type than JSON: crates/handlers/src/compat/mod.rs. */
  readonly strictContentType: boolean
  readonly wrongPassword: Refusal
  readonly unknownUser: Refusal
  readonly deactivated: Refusal
  readonly locked: Refusal
  readonly unknownType: Refusal
  readonly passwordOff: Refusal
  readonly unsupportedIdentifier: Refusal
  readonly unknownToken: Refusal
  readonly nameTooLong: Refusal | undefined
  /** Members of a 429. */
  readonly rateLimit: { readonly header: boolean; readonly body: boolean }
  readonly oauth: boolean
  readonly token: (localpart: string) => string
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ALPHANUMERIC = `${LETTERS}0123456789`
const pick = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

const forbidden = (error: string): Refusal => ({ status: 403, errcode: 'M_FORBIDDEN', error })
const unrecognized: Refusal = { status: 404, errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }

const synapse: FlavourFacts = {
  versions: ['r0.0.1', 'r0.5.0', 'r0.6.1', 'v1.1', 'v1.2', 'v1.11', 'v1.12'],
  paths: ['v3', 'r0'],
  flows: ['m.login.password', 'm.login.application_service'],
  // synapse/handlers/register.py adds a token and takes none away; element-hq/synapse#6616.
  reloginEndsEarlierTokens: false,
  logoutEndsDevice: true,
  thirdPartyIdentifiers: true,
  strictContentType: false,
  wrongPassword: forbidden('Invalid username or password'),
  unknownUser: forbidden('Invalid username or password'),
  deactivated: forbidden('Invalid username or password'),
  locked: { status: 401, errcode: 'M_USER_LOCKED', error: 'User account has been locked', soft_logout: true },
  unknownType: { status: 400, errcode: 'M_UNKNOWN', error: 'Unknown login type' },
  passwordOff: { status: 400, errcode: 'M_UNKNOWN', error: 'Password login has been disabled.' },
  unsupportedIdentifier: { status: 400, errcode: 'M_INVALID_PARAM', error: 'Unknown login identifier type' },
  unknownToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Invalid access token passed.', soft_logout: false },
  nameTooLong: { status: 400, errcode: 'M_TOO_LARGE', error: 'Device display name is too long (max 100)' },
  rateLimit: { header: true, body: true },
  oauth: false,
  token: (localpart) =>
    `syt_${Buffer.from(localpart).toString('base64').replace(/=+$/, '')}_${pick(LETTERS, 20)}_${pick(ALPHANUMERIC, 6)}`,
}

const mas: FlavourFacts = {
  ...synapse,
  flows: ['m.login.password', 'm.login.sso', 'm.login.token'],
  // crates/storage-pg/src/app_session.rs, finish_sessions_to_replace_device.
  reloginEndsEarlierTokens: true,
  thirdPartyIdentifiers: false,
  strictContentType: true,
  wrongPassword: forbidden('Invalid username/password'),
  unknownUser: forbidden('Invalid username/password'),
  deactivated: forbidden('Invalid username/password'),
  locked: { status: 401, errcode: 'M_USER_LOCKED', error: 'User account has been locked' },
  unknownType: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid login type' },
  passwordOff: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid login type' },
  unsupportedIdentifier: { status: 400, errcode: 'M_UNKNOWN', error: 'Unsupported login identifier' },
  unknownToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Token is not active', soft_logout: false },
  // Provisioning the device on Synapse fails after the password was right.
  nameTooLong: { status: 500, errcode: 'M_UNKNOWN', error: 'Internal server error' },
  rateLimit: { header: false, body: false },
  oauth: true,
  token: () => `mct_${pick(ALPHANUMERIC, 30)}_${pick(ALPHANUMERIC, 6)}`,
}

const dendrite: FlavourFacts = {
  ...synapse,
  versions: ['r0.0.1', 'r0.6.1', 'v1.0', 'v1.1', 'v1.2'],
  flows: ['m.login.password'],
  // userapi/storage/shared/storage.go, CreateDevice.
  reloginEndsEarlierTokens: true,
  thirdPartyIdentifiers: false,
  wrongPassword: forbidden('The username or password was incorrect or the account does not exist.'),
  unknownUser: forbidden('The username or password was incorrect or the account does not exist.'),
  deactivated: forbidden('The username or password was incorrect or the account does not exist.'),
  unknownType: { status: 400, errcode: 'M_INVALID_PARAM', error: 'unhandled login type: x' },
  // An empty name is what a third-party identifier leaves: clientapi/auth/password.go.
  unsupportedIdentifier: { status: 401, errcode: 'M_BAD_JSON', error: 'A username must be supplied.' },
  unknownToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Unknown token' },
  nameTooLong: undefined,
  rateLimit: { header: false, body: true },
  token: () => randomBytes(32).toString('base64url'),
}

const tuwunel: FlavourFacts = {
  ...synapse,
  flows: ['m.login.application_service', 'm.login.token', 'm.login.password'],
  // service/users/device.rs keeps an index of tokens for each device.
  reloginEndsEarlierTokens: false,
  thirdPartyIdentifiers: false,
  wrongPassword: forbidden('Wrong username or password.'),
  unknownUser: forbidden('Wrong username or password.'),
  deactivated: { status: 403, errcode: 'M_USER_DEACTIVATED', error: 'The user has been deactivated' },
  unsupportedIdentifier: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid or unsupported login type' },
  unknownType: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid or unsupported login type' },
  nameTooLong: undefined,
  token: () => pick(ALPHANUMERIC, 32),
}

const continuwuity: FlavourFacts = {
  ...tuwunel,
  flows: ['m.login.password', 'm.login.application_service', 'm.login.token'],
  // service/users/device.rs, set_token removes the old one.
  reloginEndsEarlierTokens: true,
  unknownUser: { status: 404, errcode: 'M_NOT_FOUND', error: 'This account does not exist.' },
  token: () => pick(ALPHANUMERIC, 24),
}

const conduit: FlavourFacts = { ...continuwuity, unknownUser: tuwunel.unknownUser, token: tuwunel.token }

export const FLAVOURS: Readonly<Record<Flavour, FlavourFacts>> = {
  synapse,
  mas,
  dendrite,
  tuwunel,
  continuwuity,
  conduit,
  'r0-only': { ...synapse, versions: ['r0.0.1', 'r0.5.0', 'r0.6.1'], paths: ['r0'] },
  // Synapse does not register login at all when MAS does it (rest/client/login.py); here the proxy does not route to MAS.
  'oauth-only': { ...mas, flows: [], unknownType: unrecognized },
}

export { unrecognized }
