/**
 * Requests that are made of a real homeserver and of the embedded one that bears its name. `$first` and `$second` stand for
 * the tokens of two sessions of the user, on devices ONE and TWO; `$user` for the localpart, `$server` for the server name.
 */
export interface Scenario {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/_matrix/client`, unless it begins with `/.`. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>> | string
  /** `authorization` unless given otherwise: none. */
  readonly headers?: Readonly<Record<string, string>>
  /** Status and errcode of each server, and the sessions that live afterwards where it is not both. */
  readonly synapse: string
  readonly dendrite: string
}

const PASSWORD = '$password'
const LOGIN = { type: 'm.login.password', identifier: { type: 'm.id.user', user: '$user' }, password: PASSWORD }
const FIRST = { authorization: 'Bearer $first' }
const DEAD = { authorization: 'Bearer made_up_and_dead' }

type Row = readonly [name: string, body: Scenario['body'], synapse: string, dendrite?: string]

const login = ([name, body, synapse, dendrite = synapse]: Row): Scenario => ({
  name: `login: ${name}`,
  method: 'POST',
  path: '/v3/login',
  ...(body === undefined ? {} : { body }),
  synapse,
  dendrite,
})

const as = (user: string) => ({ ...LOGIN, identifier: { type: 'm.id.user', user } })
const without = (member: keyof typeof LOGIN) =>
  Object.fromEntries(Object.entries(LOGIN).filter(([name]) => name !== member))

const LOGINS: readonly Row[] = [
  ['on a new device', { ...LOGIN, device_id: 'NEW', initial_device_display_name: 'new' }, '200'],
  // The server makes up a device.
  ['without a device', LOGIN, '200'],
  ['an empty device ID is one', { ...LOGIN, device_id: '' }, '200'],
  ['on a device that has a session', { ...LOGIN, device_id: 'ONE' }, '200', '200 ends first'],
  ['with the whole user ID', as('@$user:$server'), '200'],
  ['in capitals', as('$USER'), '200'],
  ['the server name in capitals', as('@$user:$SERVER'), '200', '401 M_INVALID_USERNAME'],
  ['somebody of another server', as('@$user:elsewhere.test'), '403 M_FORBIDDEN', '401 M_INVALID_USERNAME'],
  ['nobody', as('nobody'), '403 M_FORBIDDEN'],
  ['an empty name', as(''), '400 M_UNKNOWN', '401 M_BAD_JSON'],
  ['wrong password', { ...LOGIN, password: 'wrong' }, '403 M_FORBIDDEN'],
  ['empty password', { ...LOGIN, password: '' }, '403 M_FORBIDDEN', '401 M_BAD_JSON'],
  ['no password', without('password'), '400 M_INVALID_PARAM', '401 M_BAD_JSON'],
  ['no identifier', without('identifier'), '400 M_INVALID_PARAM', '401 M_BAD_JSON'],
  ['no type', without('type'), '400 M_UNKNOWN', '400 M_INVALID_PARAM'],
  [
    'an e-mail address',
    { ...LOGIN, identifier: { type: 'm.id.thirdparty', medium: 'email', address: 'nobody@mail.example' } },
    '403 M_FORBIDDEN',
    '401 M_BAD_JSON',
  ],
  [
    'an unknown kind of identifier',
    { ...LOGIN, identifier: { type: 'org.example.id' } },
    '400 M_UNKNOWN',
    '401 M_BAD_JSON',
  ],
  ['the old member user', { type: 'm.login.password', user: '$user', password: PASSWORD }, '200'],
  ['an unknown type', { ...LOGIN, type: 'org.example.login' }, '400 M_UNKNOWN', '400 M_INVALID_PARAM'],
  ['an unknown type, nothing else', { type: 'org.example.login' }, '400 M_INVALID_PARAM'],
  ['a dead login token', { type: 'm.login.token', token: 'dead' }, '403 M_FORBIDDEN'],
  [
    'an application service without a token',
    { type: 'm.login.application_service', identifier: LOGIN.identifier },
    '401 M_MISSING_TOKEN',
    '403 M_MISSING_TOKEN',
  ],
  ['no JSON', 'password=x', '400 M_NOT_JSON', '400 M_BAD_JSON'],
  ['nothing', undefined, '400 M_NOT_JSON', '400 M_BAD_JSON'],
  ['an array', '[]', '400 M_BAD_JSON'],
  ['a name of 100 characters', { ...LOGIN, initial_device_display_name: 'n'.repeat(100) }, '200'],
  ['a name of 101 characters', { ...LOGIN, initial_device_display_name: 'n'.repeat(101) }, '400 M_TOO_LARGE', '200'],
]

const request = (
  [method, path]: readonly [Scenario['method'], string],
  headers: Scenario['headers'],
  synapse: string,
  dendrite: string = synapse,
  more: Partial<Scenario> = {},
): Scenario => ({
  name: `${method} ${path}`,
  method,
  path,
  ...(headers ? { headers } : {}),
  synapse,
  dendrite,
  ...more,
})

const WHOAMI = ['GET', '/v3/account/whoami'] as const
const LOGOUT = ['POST', '/v3/logout'] as const

export const SCENARIOS: readonly Scenario[] = [
  request(['GET', '/v3/login'], undefined, '200'),
  request(['PUT', '/v3/login'], undefined, '405 M_UNRECOGNIZED', '405 M_UNRECOGNIZED', { body: LOGIN }),
  request(['POST', '/r0/login'], undefined, '200', '200', { body: LOGIN }),
  request(['POST', '/v9/login'], undefined, '404 M_UNRECOGNIZED', '404 M_UNRECOGNIZED', { body: LOGIN }),
  request(['GET', '/v1/auth_metadata'], undefined, '404 M_UNRECOGNIZED'),
  request(['POST', '/v3/refresh'], undefined, '401 M_UNKNOWN_TOKEN', '404 M_UNRECOGNIZED', {
    body: { refresh_token: 'dead' },
  }),
  ...LOGINS.map(login),
  {
    ...login(['as a form', JSON.stringify(LOGIN), '200']),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  },
  request(WHOAMI, FIRST, '200'),
  request(WHOAMI, DEAD, '401 M_UNKNOWN_TOKEN', '401 M_UNKNOWN_TOKEN', { name: 'whoami with a dead token' }),
  request(WHOAMI, undefined, '401 M_MISSING_TOKEN', '401 M_MISSING_TOKEN', { name: 'whoami without a token' }),
  request(WHOAMI, { authorization: 'bearer $first' }, '401 M_MISSING_TOKEN', '401 M_MISSING_TOKEN', {
    name: 'whoami with the scheme in small letters',
  }),
  request(LOGOUT, FIRST, '200 ends first', '200 ends first', { body: {} }),
  request(LOGOUT, FIRST, '200 ends first', '200 ends first', { name: 'logout without a body' }),
  request(LOGOUT, DEAD, '401 M_UNKNOWN_TOKEN', '401 M_UNKNOWN_TOKEN', { name: 'logout with a dead token' }),
  request(LOGOUT, undefined, '401 M_MISSING_TOKEN', '401 M_MISSING_TOKEN', { name: 'logout without a token' }),
  request(['GET', '/v3/devices'], FIRST, '200'),
  request(['GET', '/v3/devices'], DEAD, '401 M_UNKNOWN_TOKEN', '401 M_UNKNOWN_TOKEN', {
    name: 'devices with a dead token',
  }),
  request(['GET', '/v3/nothing-here'], FIRST, '404 M_UNRECOGNIZED'),
]
