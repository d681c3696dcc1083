import { type Answer, forbidden, type JsonMembers, type Refusal, unrecognized } from './answers.js'
import type { LimitForm } from './rate-limit.js'
import { alphanumeric, dendriteToken, masToken, synapseLoginToken, synapseToken } from './token-forms.js'

/** The families of homeservers, as far as a login can tell them apart. Sources: the repositories named below. */
export type Flavour = 'synapse' | 'mas' | 'dendrite' | 'tuwunel' | 'continuwuity' | 'conduit' | 'r0-only' | 'oauth-only'

/** What differs between the flavours, as data. */
export interface FlavourFacts {
  readonly versions: readonly string[]
  /** Path versions under `/_matrix/client/` that are served. */
  readonly paths: readonly string[]
  readonly flows: readonly string[]
  /** Members of a flow beside its type. */
  readonly flowMembers: Readonly<Record<string, JsonMembers>>
  /** Whether a login answers with `home_server`, too. */
  readonly namesHomeServer: boolean
  /** Whether a login on a device ends the tokens that the device had. */
  readonly reloginEndsEarlierTokens: boolean
  /**
   * What logging out does to the device: it goes with every token of it, or (MAS) only the session ends, and the device goes
   * unless another session has it.
   */
  readonly logoutEnds: 'device' | 'session'
  /** Synapse's logout takes a token that has expired. */
  readonly logoutTakesExpired: boolean
  readonly thirdPartyIdentifiers: boolean
  /** MAS refuses any other content type than JSON: crates/handlers/src/compat/mod.rs. */
  readonly strictContentType: boolean
  /** MAS looks at the lock before it looks at the password: crates/handlers/src/compat/login.rs. */
  readonly lockedBeforePassword: boolean
  readonly wrongPassword: Refusal
  readonly unknownUser: Refusal
  /** To a password. */
  readonly deactivated: Refusal
  /** To any other login. */
  readonly deactivatedOtherwise: Refusal
  readonly locked: Refusal
  /** To a token of a locked user. */
  readonly lockedToken: Refusal
  readonly unknownType: (type: string) => Refusal
  readonly passwordOff: Refusal
  readonly unsupportedIdentifier: Refusal
  readonly missingToken: Refusal
  /** To a header that is there and says something else: the scheme word is compared as it is. */
  readonly malformedAuthorization: Refusal
  readonly unknownDevice: Refusal
  readonly unknownToken: Refusal
  readonly expiredToken: Refusal
  readonly nameTooLong: Refusal | undefined
  /** What `POST /login` says to a body that is no JSON, and to one that lacks what its type needs. */
  readonly notJson: Refusal
  readonly missingKeys: Refusal
  readonly missingIdentifier: Refusal
  /** A body that is JSON, but no object. */
  readonly notAnObject: Refusal
  /** What is said to a login by password before any account is looked for; where nothing is said, it is looked for. */
  readonly emptyName: Refusal | undefined
  readonly missingPassword: Refusal | undefined
  readonly emptyPassword: Refusal | undefined
  /** A user ID of another server. Dendrite compares the server name letter by letter. */
  readonly foreignServer: Refusal | undefined
  /** Whether `whoami` says that somebody is no guest. */
  readonly saysWhoIsGuest: boolean
  /** Whether `/devices` lists a device whose ID is empty. */
  readonly listsNamelessDevice: boolean
  /** Members of a 429. */
  readonly rateLimit: LimitForm
  readonly oauth: boolean
  readonly token: (localpart: string) => string
  readonly appservice: AppserviceFacts | undefined
  readonly loginToken: LoginTokenFacts | undefined
  readonly jwt: 'authlib' | 'jsonwebtoken' | undefined
  /** Synapse's password auth provider modules. */
  readonly modules: boolean
  readonly synapseAdmin: AdminLoginFacts | undefined
  readonly refresh: RefreshFacts | undefined
}

/** `m.login.application_service`. */
interface AppserviceFacts {
  readonly noToken: Refusal
  readonly unknownToken: Refusal
  readonly noIdentifier: Refusal
  readonly foreignUser: Refusal
  readonly outsideNamespace: (user: string) => Refusal
  readonly managed: Refusal | undefined
  /** A user of the namespace that was never registered: a refusal, or a login whose token is answered so. */
  readonly unregistered: { readonly login: Refusal } | { readonly token: Answer }
  /** The sender of the service where nobody registered it: in Synapse there is no such user, in Dendrite there is. */
  readonly sender: 'nobody' | 'user' | 'unregistered'
  /** Device in `whoami` with the token of the service itself. */
  readonly device?: string
  /** A logout with the token of the service. Dendrite: 200, and that token is good for a login only from then on. */
  readonly logout: Refusal | 'ends-token'
}

/** `m.login.token`. */
interface LoginTokenFacts {
  readonly lifetimeMs: number
  readonly form: () => string
  /** To a login without the token. */
  readonly missing: Refusal
  readonly unknown: Refusal
  readonly expired: Refusal
}

/** Synapse's `POST /_synapse/admin/v1/users/{user}/login`, and Tuwunel's. */
export interface AdminLoginFacts {
  readonly notAdmin: Refusal
  readonly notLocal: Refusal
  readonly self: Refusal
  readonly unknownUser: Refusal
  readonly notAnInteger: Refusal
  /** Name of the device that is made; none at all without it. */
  readonly device: string | undefined
}

/** `POST /refresh`. */
interface RefreshFacts {
  readonly kind: 'synapse' | 'mas' | 'tuwunel'
  readonly form: (localpart: string) => string
  readonly accessTokenLifetimeMs: number
}

const MINUTE = 60_000

const synapseAdmin: AdminLoginFacts = {
  notAdmin: forbidden('You are not a server admin'),
  notLocal: { status: 400, errcode: 'M_UNKNOWN', error: 'Only local users can be logged in as' },
  self: { status: 400, errcode: 'M_UNKNOWN', error: 'Cannot use admin API to login as self' },
  unknownUser: { status: 404, errcode: 'M_NOT_FOUND', error: 'User not found' },
  notAnInteger: { status: 400, errcode: 'M_UNKNOWN', error: "'valid_until_ms' parameter must be an int" },
  device: undefined,
}

const synapse: FlavourFacts = {
  versions: ['r0.0.1', 'r0.5.0', 'r0.6.1', 'v1.1', 'v1.2', 'v1.11', 'v1.12'],
  paths: ['v3', 'r0'],
  flows: ['m.login.password', 'm.login.application_service'],
  flowMembers: { 'm.login.sso': { identity_providers: [{ id: 'oidc-company', name: 'Company' }] } },
  namesHomeServer: true,
  // synapse/handlers/register.py adds a token and takes none away; element-hq/synapse#6616.
  reloginEndsEarlierTokens: false,
  logoutEnds: 'device',
  logoutTakesExpired: true,
  thirdPartyIdentifiers: true,
  strictContentType: false,
  lockedBeforePassword: false,
  wrongPassword: forbidden('Invalid username or password'),
  unknownUser: forbidden('Invalid username or password'),
  deactivated: forbidden('Invalid username or password'),
  deactivatedOtherwise: { status: 403, errcode: 'M_USER_DEACTIVATED', error: 'This account has been deactivated' },
  locked: { status: 401, errcode: 'M_USER_LOCKED', error: 'User account has been locked', soft_logout: true },
  lockedToken: { status: 401, errcode: 'M_USER_LOCKED', error: 'User account has been locked', soft_logout: true },
  unknownType: (type) => ({ status: 400, errcode: 'M_UNKNOWN', error: `Unknown login type ${type}` }),
  passwordOff: { status: 400, errcode: 'M_UNKNOWN', error: 'Password login has been disabled.' },
  unsupportedIdentifier: { status: 400, errcode: 'M_UNKNOWN', error: 'Unknown login identifier type' },
  missingToken: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'Missing access token' },
  malformedAuthorization: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'Invalid Authorization header.' },
  unknownDevice: { status: 404, errcode: 'M_NOT_FOUND', error: 'Not found' },
  unknownToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Invalid access token passed.', soft_logout: false },
  expiredToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Access token has expired', soft_logout: true },
  nameTooLong: { status: 400, errcode: 'M_TOO_LARGE', error: 'Device display name is too long (max 100)' },
  notJson: { status: 400, errcode: 'M_NOT_JSON', error: 'Content not JSON.' },
  missingKeys: { status: 400, errcode: 'M_UNKNOWN', error: 'Missing JSON keys.' },
  missingIdentifier: { status: 400, errcode: 'M_INVALID_PARAM', error: 'Invalid login submission' },
  notAnObject: { status: 400, errcode: 'M_BAD_JSON', error: 'Content must be a JSON object.' },
  emptyName: { status: 400, errcode: 'M_UNKNOWN', error: "User identifier is missing 'user' key" },
  missingPassword: { status: 400, errcode: 'M_INVALID_PARAM', error: 'Bad parameter: password' },
  emptyPassword: undefined,
  foreignServer: undefined,
  saysWhoIsGuest: true,
  listsNamelessDevice: true,
  rateLimit: { header: true, body: true, error: 'Too Many Requests' },
  oauth: false,
  token: (localpart) => synapseToken('syt', localpart),
  // synapse/rest/client/login.py, _do_appservice_login, and synapse/storage: a row that is missing is a 404.
  appservice: {
    noToken: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'Missing access token' },
    unknownToken: {
      status: 401,
      errcode: 'M_UNKNOWN_TOKEN',
      error: 'This login method is only valid for application services',
      soft_logout: false,
    },
    noIdentifier: { status: 400, errcode: 'M_INVALID_PARAM', error: 'Invalid identifier in login submission' },
    // Namespaces name the server, as the bridges write them.
    foreignUser: forbidden('Invalid access_token'),
    outsideNamespace: () => forbidden('Invalid access_token'),
    managed: {
      status: 400,
      errcode: 'IO.ELEMENT.MSC4190.M_APPSERVICE_LOGIN_UNSUPPORTED',
      error: 'This appservice has MSC4190 enabled, so appservice login cannot be used.',
    },
    unregistered: { login: { status: 404, errcode: 'M_UNKNOWN', error: 'No row found (users)' } },
    // It does not look whether the sender exists, and then does not find whose token it is.
    sender: 'nobody',
    // synapse/handlers/auth.py, delete_access_token: it is in no table.
    logout: { status: 401, errcode: 'M_UNKNOWN', error: 'Unrecognised access token' },
  },
  // synapse/handlers/auth.py, consume_login_token: unknown, used and expired ones are told apart in metrics only.
  loginToken: {
    lifetimeMs: 2 * MINUTE,
    form: synapseLoginToken,
    missing: { status: 400, errcode: 'M_UNKNOWN', error: 'Missing JSON keys.' },
    unknown: forbidden('Invalid login token'),
    expired: forbidden('Invalid login token'),
  },
  jwt: 'authlib',
  modules: true,
  // synapse/rest/admin/users.py, UserTokenRestServlet.
  synapseAdmin,
  refresh: {
    kind: 'synapse',
    form: (localpart) => synapseToken('syr', localpart),
    accessTokenLifetimeMs: 5 * MINUTE,
  },
}

const inactive: Refusal = {
  status: 401,
  errcode: 'M_UNKNOWN_TOKEN',
  error: 'Token is not active',
  soft_logout: false,
}

const mas: FlavourFacts = {
  ...synapse,
  flows: ['m.login.password', 'm.login.sso', 'm.login.token'],
  flowMembers: {
    'm.login.sso': {
      identity_providers: [],
      'org.matrix.msc3824.delegated_oidc_compatibility': true,
      oauth_aware_preferred: true,
    },
  },
  namesHomeServer: false,
  // crates/storage-pg/src/app_session.rs, finish_sessions_to_replace_device.
  reloginEndsEarlierTokens: true,
  logoutEnds: 'session',
  logoutTakesExpired: false,
  thirdPartyIdentifiers: false,
  strictContentType: true,
  lockedBeforePassword: true,
  wrongPassword: forbidden('Invalid username/password'),
  unknownUser: forbidden('Invalid username/password'),
  deactivated: forbidden('Invalid username/password'),
  deactivatedOtherwise: forbidden('Invalid login token'),
  locked: { status: 401, errcode: 'M_USER_LOCKED', error: 'User account has been locked' },
  lockedToken: inactive,
  unknownType: () => ({ status: 400, errcode: 'M_UNKNOWN', error: 'Invalid login type' }),
  passwordOff: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid login type' },
  unsupportedIdentifier: { status: 400, errcode: 'M_UNKNOWN', error: 'Unsupported login identifier' },
  unknownToken: inactive,
  expiredToken: inactive,
  // Provisioning the device on Synapse fails after the password was right.
  nameTooLong: { status: 500, errcode: 'M_UNKNOWN', error: 'Internal server error' },
  notJson: { status: 400, errcode: 'M_NOT_JSON', error: 'Body is not a valid JSON document' },
  missingKeys: { status: 400, errcode: 'M_BAD_JSON', error: 'JSON fields are not valid' },
  // The quote is missing in MAS, too.
  missingIdentifier: { status: 400, errcode: 'M_BAD_JSON', error: "Missing property 'identifier" },
  notAnObject: { status: 400, errcode: 'M_BAD_JSON', error: 'JSON fields are not valid' },
  emptyName: undefined,
  missingPassword: undefined,
  rateLimit: { header: false, body: false, error: 'Too many login attempts' },
  oauth: true,
  token: () => masToken('mct'),
  appservice: undefined,
  // crates/handlers/src/compat/login.rs, token_login.
  loginToken: {
    lifetimeMs: MINUTE / 2,
    form: () => alphanumeric(32),
    missing: { status: 400, errcode: 'M_BAD_JSON', error: 'JSON fields are not valid' },
    unknown: forbidden('Invalid login token'),
    expired: forbidden('Login token expired'),
  },
  jwt: undefined,
  modules: false,
  synapseAdmin: undefined,
  refresh: { kind: 'mas', form: () => masToken('mcr'), accessTokenLifetimeMs: 5 * MINUTE },
}

const dendrite: FlavourFacts = {
  ...synapse,
  versions: ['r0.0.1', 'r0.6.1', 'v1.0', 'v1.1', 'v1.2'],
  flows: ['m.login.password'],
  namesHomeServer: false,
  // userapi/storage/shared/storage.go, CreateDevice.
  reloginEndsEarlierTokens: true,
  logoutTakesExpired: false,
  thirdPartyIdentifiers: false,
  wrongPassword: forbidden('The username or password was incorrect or the account does not exist.'),
  unknownUser: forbidden('The username or password was incorrect or the account does not exist.'),
  deactivated: forbidden('The username or password was incorrect or the account does not exist.'),
  unknownType: (type) => ({ status: 400, errcode: 'M_INVALID_PARAM', error: `unhandled login type: ${type}` }),
  // An empty name is what a third-party identifier leaves: clientapi/auth/password.go.
  unsupportedIdentifier: { status: 401, errcode: 'M_BAD_JSON', error: 'A username must be supplied.' },
  missingIdentifier: { status: 401, errcode: 'M_BAD_JSON', error: 'A username must be supplied.' },
  notAnObject: {
    status: 400,
    errcode: 'M_BAD_JSON',
    error: 'Reading request body failed: json: cannot unmarshal array into Go value',
  },
  // clientapi/auth/password.go; clientapi/userutil/userutil.go.
  emptyName: { status: 401, errcode: 'M_BAD_JSON', error: 'A username must be supplied.' },
  missingPassword: { status: 401, errcode: 'M_BAD_JSON', error: 'A password must be supplied.' },
  emptyPassword: { status: 401, errcode: 'M_BAD_JSON', error: 'A password must be supplied.' },
  foreignServer: { status: 401, errcode: 'M_INVALID_USERNAME', error: 'user ID does not belong to this server' },
  listsNamelessDevice: false,
  notJson: {
    status: 400,
    errcode: 'M_BAD_JSON',
    error: 'Reading request body failed: unexpected end of JSON input',
  },
  // A type that is empty.
  missingKeys: { status: 400, errcode: 'M_INVALID_PARAM', error: 'unhandled login type: ' },
  missingToken: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'missing access token' },
  malformedAuthorization: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'invalid Authorization header' },
  unknownDevice: { status: 404, errcode: 'M_NOT_FOUND', error: 'Unknown device' },
  unknownToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Unknown token' },
  nameTooLong: undefined,
  // internal/httputil/rate_limiting.go.
  rateLimit: { header: false, body: true, error: 'You are sending too many requests too quickly!' },
  token: dendriteToken,
  // clientapi/auth/login.go and internal/validate.go.
  appservice: {
    noToken: { status: 403, errcode: 'M_MISSING_TOKEN', error: 'missing access token' },
    unknownToken: {
      status: 401,
      errcode: 'M_UNKNOWN_TOKEN',
      error: 'Supplied access_token does not match any known application service',
    },
    // An empty name, which is in no namespace.
    noIdentifier: {
      status: 400,
      errcode: 'M_EXCLUSIVE',
      error: 'Supplied username  did not match any namespaces for application service ID: bridge',
    },
    foreignUser: {
      status: 401,
      errcode: 'M_INVALID_USERNAME',
      error: 'user ID does not belong to this server',
    },
    outsideNamespace: (user) => ({
      status: 400,
      errcode: 'M_EXCLUSIVE',
      error: `Supplied username ${user} did not match any namespaces for application service ID: bridge`,
    }),
    managed: undefined,
    unregistered: { token: { status: 500, body: { Err: '' } } },
    sender: 'user',
    // The identifier of the service; its logout deletes it.
    device: 'bridge',
    logout: 'ends-token',
  },
  // clientapi/auth/login_token.go; accepted, and not listed.
  loginToken: {
    lifetimeMs: 2 * MINUTE,
    form: dendriteToken,
    missing: forbidden('invalid login token'),
    unknown: forbidden('invalid login token'),
    expired: forbidden('invalid login token'),
  },
  jwt: undefined,
  modules: false,
  synapseAdmin: undefined,
  refresh: undefined,
}

const tuwunel: FlavourFacts = {
  ...synapse,
  flows: ['m.login.application_service', 'm.login.token', 'm.login.password'],
  flowMembers: { 'm.login.token': { get_login_token: true } },
  // service/users/device.rs keeps an index of tokens for each device.
  reloginEndsEarlierTokens: false,
  logoutTakesExpired: false,
  thirdPartyIdentifiers: false,
  wrongPassword: forbidden('Wrong username or password.'),
  unknownUser: forbidden('Wrong username or password.'),
  deactivated: { status: 403, errcode: 'M_USER_DEACTIVATED', error: 'The user has been deactivated' },
  deactivatedOtherwise: { status: 403, errcode: 'M_USER_DEACTIVATED', error: 'The user has been deactivated' },
  unsupportedIdentifier: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid or unsupported login type' },
  missingIdentifier: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid or unsupported login type' },
  // What the Conduit family says to these was not seen.
  notAnObject: { status: 400, errcode: 'M_UNKNOWN', error: 'Missing JSON keys.' },
  emptyName: undefined,
  missingPassword: undefined,
  saysWhoIsGuest: false,
  unknownType: () => ({ status: 400, errcode: 'M_UNKNOWN', error: 'Invalid or unsupported login type' }),
  passwordOff: { status: 400, errcode: 'M_UNKNOWN', error: 'Invalid or unsupported login type' },
  missingToken: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'Missing access token.' },
  unknownToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Unknown access token.', soft_logout: false },
  expiredToken: { status: 401, errcode: 'M_UNKNOWN_TOKEN', error: 'Expired access token.', soft_logout: true },
  nameTooLong: undefined,
  token: () => alphanumeric(32),
  // src/api/client/session/appservice.rs.
  appservice: {
    noToken: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'Missing appservice token.' },
    unknownToken: { status: 401, errcode: 'M_MISSING_TOKEN', error: 'Missing appservice token.' },
    noIdentifier: { status: 400, errcode: 'M_UNKNOWN', error: 'Valid identifier or username was not provided' },
    foreignUser: { status: 400, errcode: 'M_UNKNOWN', error: 'User ID does not belong to this homeserver' },
    outsideNamespace: () => ({
      status: 400,
      errcode: 'M_EXCLUSIVE',
      error: 'Username is not in an appservice namespace.',
    }),
    managed: {
      status: 400,
      errcode: 'M_APPSERVICE_LOGIN_UNSUPPORTED',
      error: 'Appservice has MSC4190 device management enabled; appservice login is unsupported.',
    },
    sender: 'unregistered',
    // src/service/users/device.rs, create_device.
    unregistered: {
      login: { status: 400, errcode: 'M_INVALID_PARAM', error: 'Called create_device for non-existent user' },
    },
    logout: forbidden('user must be authenticated and device identified'),
  },
  // src/service/users/mod.rs, find_from_login_token; login_token_ttl.
  loginToken: {
    lifetimeMs: 2 * MINUTE,
    form: () => alphanumeric(32),
    missing: { status: 400, errcode: 'M_BAD_JSON', error: 'deserialization failed' },
    unknown: forbidden('Login token is unrecognised'),
    expired: forbidden('Login token is expired'),
  },
  jwt: 'jsonwebtoken',
  modules: false,
  // src/api/client/admin/users/login_as.rs.
  synapseAdmin: {
    ...synapseAdmin,
    notAdmin: forbidden('Only server administrators can use this endpoint'),
    notLocal: { status: 400, errcode: 'M_INVALID_PARAM', error: 'Only local users can be logged in as' },
    self: { status: 400, errcode: 'M_INVALID_PARAM', error: 'Cannot use admin API to login as self' },
    notAnInteger: { status: 400, errcode: 'M_BAD_JSON', error: 'deserialization failed' },
    device: 'Admin login',
  },
  refresh: {
    kind: 'tuwunel',
    form: () => `refresh_${alphanumeric(32)}`,
    accessTokenLifetimeMs: 7 * 24 * 60 * MINUTE,
  },
}

const continuwuity: FlavourFacts = {
  ...tuwunel,
  flows: ['m.login.password', 'm.login.application_service', 'm.login.token'],
  // service/users/device.rs, set_token removes the old one.
  reloginEndsEarlierTokens: true,
  unknownUser: { status: 404, errcode: 'M_NOT_FOUND', error: 'This account does not exist.' },
  token: () => alphanumeric(24),
  jwt: undefined,
  synapseAdmin: undefined,
  refresh: undefined,
}

const conduit: FlavourFacts = { ...continuwuity, unknownUser: tuwunel.unknownUser, token: tuwunel.token }

export const FLAVOURS: Readonly<Record<Flavour, FlavourFacts>> = {
  synapse,
  mas,
  dendrite,
  tuwunel,
  continuwuity,
  conduit,
  // Too old for anything but a password: refresh came with v1.3, login by application services with v1.2.
  'r0-only': {
    ...synapse,
    versions: ['r0.0.1', 'r0.5.0', 'r0.6.1'],
    paths: ['r0'],
    flows: ['m.login.password'],
    appservice: undefined,
    jwt: undefined,
    modules: false,
    refresh: undefined,
  },
  // Synapse does not register login at all when MAS does it (rest/client/login.py); here the proxy does not route to MAS.
  'oauth-only': { ...mas, flows: [], unknownType: () => unrecognized, refresh: undefined, loginToken: undefined },
}
