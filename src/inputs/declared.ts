/**
 * How the text of an input is read.
 * - `text`: public; trimmed, and searched for misplaced secrets.
 * - `password`: secret; only a leading byte order mark and trailing line breaks are removed.
 * - `token`: secret; trimmed.
 * - `opaque`: public; machine-readable only, so it is not searched.
 */
export type InputForm = 'text' | 'password' | 'token' | 'opaque'

/** Every input of every action. */
export const INPUT_FORMS = {
  homeserver: 'text',
  user: 'text',
  password: 'password',
  'access-token': 'token',
  'login-token': 'token',
  jwt: 'token',
  'oidc-audience': 'text',
  'jwt-login-type': 'text',
  'appservice-token': 'token',
  'shared-secret': 'password',
  'synapse-admin-token': 'token',
  'mas-client-id': 'text',
  'mas-client-secret': 'token',
  'refresh-token': 'token',
  'oauth-client-id': 'text',
  'valid-for': 'text',
  'device-id': 'text',
  'device-name': 'text',
  logout: 'text',
  'max-age': 'text',
  'export-env': 'text',
  'credentials-file': 'text',
  'seal-passphrase': 'password',
  'if-no-credentials': 'text',
  'max-wait': 'text',
  'allow-http': 'text',
  'job-status': 'opaque',
  'job-matrix': 'opaque',
  'current-token': 'token',
  'secret-name': 'text',
  'refresh-secret-name': 'text',
  'store-in': 'text',
  'store-token': 'token',
  retire: 'text',
  'keep-device': 'text',
  'sealed-credentials': 'opaque',
  passphrase: 'password',
  'allow-other-runs': 'text',
  'recovery-key': 'password',
  'recovery-passphrase': 'password',
  'self-signing-key': 'token',
  'device-key': 'text',
} as const satisfies Readonly<Record<string, InputForm>>

/** The name of an input of any action. */
export type InputName = keyof typeof INPUT_FORMS

/** Every input name, in a fixed order. */
export const INPUT_NAMES: readonly InputName[] = Object.keys(INPUT_FORMS).filter(isInputName)

export function isInputName(name: string): name is InputName {
  return Object.hasOwn(INPUT_FORMS, name)
}

const CONNECTION = ['homeserver', 'max-wait', 'allow-http'] as const

/** The inputs that select a credential of login or rotate, and those that belong to one. */
const CREDENTIAL = [
  'password',
  'jwt',
  'oidc-audience',
  'appservice-token',
  'shared-secret',
  'synapse-admin-token',
  'mas-client-id',
  'mas-client-secret',
  'refresh-token',
  'oauth-client-id',
  'valid-for',
] as const

/** The inputs that login and rotate have in common. */
const SESSION = [
  ...CONNECTION,
  'user',
  ...CREDENTIAL,
  'jwt-login-type',
  'device-id',
  'device-name',
  'if-no-credentials',
] as const

/** Credentials that only login accepts. */
const GIVEN_TOKENS = ['access-token', 'login-token'] as const

/** Every input that selects a credential, or is an error without one. */
export const CREDENTIAL_INPUTS: readonly InputName[] = [...CREDENTIAL, ...GIVEN_TOKENS]

/** The inputs that each `action.yml` declares. An action does not read or suggest other inputs. */
export const DECLARED_INPUTS = {
  login: [
    ...SESSION,
    ...GIVEN_TOKENS,
    'logout',
    'max-age',
    'export-env',
    'credentials-file',
    'seal-passphrase',
    'job-status',
    'job-matrix',
  ],
  rotate: [
    ...SESSION,
    'current-token',
    'secret-name',
    'refresh-secret-name',
    'store-in',
    'store-token',
    'retire',
    'keep-device',
  ],
  logout: [...CONNECTION, 'access-token'],
  verify: [
    ...CONNECTION,
    'user',
    'access-token',
    'recovery-key',
    'recovery-passphrase',
    'self-signing-key',
    'device-key',
  ],
  unseal: ['sealed-credentials', 'passphrase', 'export-env', 'allow-other-runs'],
} as const satisfies Readonly<Record<string, readonly InputName[]>>

/** The name of an action's folder; `login` is the one in the root. */
export type ActionName = keyof typeof DECLARED_INPUTS

/**
 * Inputs that a function may read, by name. The property makes the parameter contravariant, so that a function that
 * reads an undeclared input of an action does not compile.
 */
export interface Inputs<Name extends string> {
  readonly input: (name: Name) => string
}

/** The inputs of one action, and the variables of its runner. */
export interface ActionInputs<Action extends ActionName> extends Inputs<(typeof DECLARED_INPUTS)[Action][number]> {
  environment(name: string): string | undefined
}
