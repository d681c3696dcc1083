import { describe, expect, test } from '@jest/globals'
import type { HttpResponse } from '../../src/http/transport.js'
import { json, type ScriptedExchange, text } from '../support/fakes.js'
import { runLogin } from '../support/run-login.js'

const SERVER = 'https://matrix.example.org'
const AUTH = 'https://auth.example.org'
const LOGIN = `POST ${SERVER}/_matrix/client/v3/login`
const FLOWS = `GET ${SERVER}/_matrix/client/v3/login`
const REFRESH = `POST ${SERVER}/_matrix/client/v3/refresh`
const WHOAMI = `GET ${SERVER}/_matrix/client/v3/account/whoami`
const METADATA = `GET ${SERVER}/_matrix/client/v1/auth_metadata`
const TOKEN_ENDPOINT = `POST ${AUTH}/oauth2/token`
const ADMIN_LOGIN = `POST ${SERVER}/_synapse/admin/v1/users/%40bot%3Aexample.org/login`
const USER = `GET ${AUTH}/api/admin/v1/users/by-username/bot`
const SESSIONS = `POST ${AUTH}/api/admin/v1/personal-sessions`

const BASE = { homeserver: SERVER, user: '@bot:example.org' }
const refusal = (status: number, errcode: string, error = 'no') => json(status, { errcode, error })
const flows = (...types: string[]): ScriptedExchange => [FLOWS, json(200, { flows: types.map((type) => ({ type })) })]
const OAUTH: ScriptedExchange = [
  METADATA,
  json(200, {
    issuer: `${AUTH}/`,
    token_endpoint: `${AUTH}/oauth2/token`,
    revocation_endpoint: `${AUTH}/oauth2/revoke`,
  }),
]
const GRANT: ScriptedExchange = [TOKEN_ENDPOINT, json(200, { access_token: 'mat_admin' })]
const NO_OAUTH: ScriptedExchange = [METADATA, refusal(404, 'M_UNRECOGNIZED')]
const OPENED = json(200, { user_id: '@bot:example.org', device_id: 'D', access_token: 'syt_Ym90_A' })

/** What was refused, what is asked to explain it, and what the user is told. */
type Row = readonly [
  name: string,
  inputs: Readonly<Record<string, string>>,
  script: readonly ScriptedExchange[],
  code: string,
  hint: string,
]

const loginToken = { 'login-token': 'syl_once' }
const jwt = { jwt: 'a.b.c' }
const appservice = { 'appservice-token': 'as' }
const module = { 'shared-secret': 'secret' }
const admin = { 'synapse-admin-token': 'syt_admin' }
const mas = { 'mas-client-id': '01CLIENT', 'mas-client-secret': 'secret' }
const refresh = { 'refresh-token': 'syr_old' }
const oauth = { 'refresh-token': 'mar_old', 'oauth-client-id': 'CLIENT' }
const login = (answer: HttpResponse): ScriptedExchange => [LOGIN, answer]

describe('each refusal says what to do', () => {
  test.each<Row>([
    [
      'login token: expired',
      loginToken,
      [login(refusal(403, 'M_FORBIDDEN', 'Login token expired')), flows('m.login.token')],
      'token-invalid',
      'works once',
    ],
    [
      'login token: not offered',
      loginToken,
      [login(refusal(400, 'M_UNKNOWN', 'Unknown login type m.login.token')), flows('m.login.password'), NO_OAUTH],
      'method-unavailable',
      'Use a kind of login',
    ],
    [
      'JWT: refused',
      jwt,
      [login(refusal(403, 'M_FORBIDDEN', 'JWT validation failed: expired')), flows('org.matrix.login.jwt')],
      'token-invalid',
      'claims',
    ],
    [
      'JWT of a module: a user in other capitals',
      { ...jwt, 'jwt-login-type': 'com.famedly.login.token.oauth' },
      [
        login(refusal(404, 'M_UNKNOWN', 'No row found (users)')),
        login(refusal(404, 'M_UNKNOWN', 'No row found (users)')),
        flows('com.famedly.login.token.oauth'),
      ],
      'wrong-credentials',
      'capitals',
    ],
    ['JWT: deactivated', jwt, [login(refusal(403, 'M_USER_DEACTIVATED'))], 'account-deactivated', 'reactivate'],
    [
      'JWT: Synapse takes no colon in a localpart twice',
      jwt,
      [login(refusal(400, 'M_USER_IN_USE')), flows('org.matrix.login.jwt')],
      'denied',
      'administrator',
    ],
    [
      'application service: unknown token',
      appservice,
      [login(refusal(401, 'M_UNKNOWN_TOKEN')), flows('m.login.application_service')],
      'token-invalid',
      'as_token',
    ],
    [
      'application service: outside its namespace, Synapse',
      appservice,
      [login(refusal(403, 'M_FORBIDDEN')), flows('m.login.application_service')],
      'token-invalid',
      'namespace',
    ],
    [
      'application service: outside its namespace, Dendrite',
      appservice,
      [login(refusal(400, 'M_EXCLUSIVE'))],
      'token-invalid',
      'namespace',
    ],
    [
      'application service: on Matrix Authentication Service',
      appservice,
      [login(refusal(400, 'M_UNKNOWN', 'Invalid login type')), flows('m.login.password', 'm.login.sso'), OAUTH],
      'method-unavailable',
      'OAuth',
    ],
    [
      'application service: MSC4190',
      appservice,
      [login(refusal(400, 'IO.ELEMENT.MSC4190.M_APPSERVICE_LOGIN_UNSUPPORTED'))],
      'method-unavailable',
      'own token',
    ],
    [
      'application service: user never registered, Synapse',
      appservice,
      // The same answer as while a device is being logged out, so it is asked once more.
      [
        login(refusal(404, 'M_UNKNOWN', 'No row found (users)')),
        login(refusal(404, 'M_UNKNOWN', 'No row found (users)')),
      ],
      'wrong-credentials',
      'never registered',
    ],
    [
      'application service: user never registered, Dendrite',
      appservice,
      [login(OPENED), [WHOAMI, refusal(500, 'M_UNKNOWN')], [WHOAMI, refusal(500, 'M_UNKNOWN')]],
      'server-error',
      'log',
    ],
    [
      'shared secret: refused',
      module,
      [
        login(refusal(403, 'M_FORBIDDEN')),
        flows('com.devture.shared_secret_auth', 'm.login.password'),
        flows('com.devture.shared_secret_auth'),
      ],
      'wrong-credentials',
      'Capitals',
    ],
    [
      'shared secret: neither way offered',
      module,
      [login(refusal(400, 'M_UNKNOWN')), flows('m.login.sso'), flows('m.login.sso'), NO_OAUTH],
      'method-unavailable',
      'Use a kind of login',
    ],
    [
      'shared secret: refused as a password, too',
      module,
      [login(refusal(400, 'M_UNKNOWN')), flows('m.login.password'), login(refusal(403, 'M_FORBIDDEN'))],
      'method-unavailable',
      'listed under modules',
    ],
    [
      'shared secret: locked',
      module,
      [login(refusal(401, 'M_USER_LOCKED')), flows('com.devture.shared_secret_auth')],
      'account-locked',
      'unlock',
    ],
    ['admin: not one', admin, [[ADMIN_LOGIN, refusal(403, 'M_FORBIDDEN')]], 'token-invalid', 'administrator rights'],
    ['admin: dead token', admin, [[ADMIN_LOGIN, refusal(401, 'M_UNKNOWN_TOKEN')]], 'token-invalid', 'still valid'],
    ['admin: no such user', admin, [[ADMIN_LOGIN, refusal(404, 'M_NOT_FOUND')]], 'wrong-credentials', 'exactly as'],
    ['admin: itself', admin, [[ADMIN_LOGIN, refusal(400, 'M_UNKNOWN')]], 'denied', 'not as itself'],
    [
      'admin: behind MAS',
      admin,
      [[ADMIN_LOGIN, refusal(404, 'M_UNRECOGNIZED')]],
      'method-unavailable',
      'mas-client-id',
    ],
    [
      'admin: hidden by a proxy',
      admin,
      [[ADMIN_LOGIN, text(404, '<html><title>404 Not Found</title></html>', { 'content-type': 'text/html' })]],
      'method-unavailable',
      '/_synapse/admin',
    ],
    [
      'MAS: none there',
      mas,
      [
        NO_OAUTH,
        [`GET ${SERVER}/_matrix/client/unstable/org.matrix.msc2965/auth_metadata`, refusal(404, 'M_UNRECOGNIZED')],
      ],
      'method-unavailable',
      'synapse-admin-token',
    ],
    [
      'MAS: client secret',
      mas,
      [
        OAUTH,
        [TOKEN_ENDPOINT, json(401, { error: 'invalid_client' })],
        [TOKEN_ENDPOINT, json(401, { error: 'invalid_client' })],
      ],
      'wrong-credentials',
      'mas-client-secret',
    ],
    ['MAS: scope', mas, [OAUTH, [TOKEN_ENDPOINT, json(403, { error: 'invalid_scope' })]], 'denied', 'admin_clients'],
    [
      'MAS: no admin API',
      mas,
      [OAUTH, GRANT, [USER, text(404, '<html>', { 'content-type': 'text/html' })]],
      'method-unavailable',
      'adminapi',
    ],
    [
      'MAS: no such user',
      mas,
      [OAUTH, GRANT, [USER, json(404, { errors: [{ title: 'User not found' }] })]],
      'wrong-credentials',
      'Does the account exist',
    ],
    [
      'MAS: deactivated in between',
      mas,
      [
        OAUTH,
        GRANT,
        [USER, json(200, { data: { id: '01USER', attributes: {} } })],
        [SESSIONS, json(410, { errors: [{ title: 'User is not active' }] })],
      ],
      'account-deactivated',
      'reactivate',
    ],
    ['refresh: unknown', refresh, [[REFRESH, refusal(401, 'M_UNKNOWN_TOKEN')]], 'token-invalid', 'used already'],
    ['refresh: consumed, Synapse', refresh, [[REFRESH, refusal(403, 'M_FORBIDDEN')]], 'token-invalid', 'used already'],
    [
      'refresh: no refresh tokens there',
      refresh,
      [
        [REFRESH, refusal(404, 'M_UNRECOGNIZED')],
        [`GET ${SERVER}/_matrix/client/versions`, json(200, { versions: ['v1.2'] })],
      ],
      'method-unavailable',
      'no refresh tokens',
    ],
    [
      'refresh by OAuth: used up',
      oauth,
      [OAUTH, [TOKEN_ENDPOINT, json(400, { error: 'invalid_grant' })]],
      'token-invalid',
      'used already',
    ],
    [
      'refresh by OAuth: another client',
      oauth,
      [OAUTH, [TOKEN_ENDPOINT, json(401, { error: 'invalid_client' })]],
      'wrong-credentials',
      'oauth-client-id',
    ],
    // https://github.com/matrix-org/matrix-js-sdk/issues/5494: what stands in front of the endpoint answers as a homeserver.
    [
      'refresh by OAuth: refused in the form of Matrix',
      oauth,
      [OAUTH, [TOKEN_ENDPOINT, refusal(403, 'M_FORBIDDEN', 'Server is unavailable')]],
      'denied',
      'Read the server’s words above',
    ],
    [
      'refresh by OAuth: refused without a word',
      oauth,
      [OAUTH, [TOKEN_ENDPOINT, json(401, {})]],
      'denied',
      'The server gives no reason',
    ],
    [
      'refresh: the new token is dead',
      refresh,
      [
        [REFRESH, json(200, { access_token: 'mct_of_this_test', refresh_token: 'mcr_of_this_test' })],
        [WHOAMI, refusal(401, 'M_UNKNOWN_TOKEN')],
      ],
      'token-invalid',
      'issued this token a moment ago',
    ],
    // Matrix Authentication Service answers malformed requests in plain text: 415 and 422 of axum.
    [
      'refresh: in plain text',
      refresh,
      [[REFRESH, text(422, 'Failed to deserialize the JSON body')]],
      'denied',
      'words',
    ],
  ])('%s', async (_name, inputs, script, word, hint) => {
    const { failure, runner } = await runLogin({ ...BASE, ...inputs }, script)
    expect(failure?.code).toBe(word)
    expect(failure?.hint).toContain(hint)
    expect(runner.output('access-token')).toBeUndefined()
  })

  test('the message says what was refused, by whom, status, errcode and what the server offers', async () => {
    const { failure } = await runLogin({ ...BASE, ...module }, [
      login(refusal(400, 'M_UNKNOWN', 'Unknown login type com.devture.shared_secret_auth')),
      flows('m.login.password'),
      login(refusal(403, 'M_FORBIDDEN', 'Invalid username or password')),
    ])
    expect(failure?.message).toBe(
      `${SERVER} refused to log in: 403 M_FORBIDDEN, “Invalid username or password”. The server does not offer ` +
        'com.devture.shared_secret_auth; it offers: m.login.password. The same proof was tried as a password.',
    )
  })
})

describe('a refused JWT', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: 'https://token.actions.githubusercontent.com', repository: 'o/r', aud: 'matrix', exp: 1 }
  const token = `${encode({ alg: 'RS256' })}.${encode(claims)}.c2lnbmF0dXJl`

  test('shows its claims in a group, never itself', async () => {
    const { runner } = await runLogin({ ...BASE, jwt: token }, [
      login(refusal(403, 'M_FORBIDDEN', 'JWT validation failed')),
      flows('org.matrix.login.jwt'),
    ])
    const [, title, ...lines] = runner.effects.find(([kind]) => kind === 'group') ?? []
    expect(title).toContain('Claims')
    expect(lines).toStrictEqual(Object.entries(claims).map(([name, value]) => `${name}: ${JSON.stringify(value)}`))
  })

  test('that is none says so', async () => {
    const { runner } = await runLogin({ ...BASE, jwt: 'not-a-jwt' }, [
      login(refusal(403, 'M_FORBIDDEN')),
      flows('org.matrix.login.jwt'),
    ])
    expect(runner.effects.find(([kind]) => kind === 'group')?.[2]).toContain('not a JSON Web Token')
  })
})

describe('advice fits the server that it is about', () => {
  test.each<Row>([
    [
      'a redirect of another endpoint than the homeserver’s',
      oauth,
      [OAUTH, [TOKEN_ENDPOINT, text(302, '', { location: 'https://new.example.org/oauth2/token' })]],
      'redirected',
      'Correct the address in the configuration of that server.',
    ],
    [
      'an endpoint without TLS',
      mas,
      [[METADATA, json(200, { issuer: `${AUTH}/`, token_endpoint: 'http://auth.example.org/oauth2/token' })]],
      'insecure-url',
      'Correct it in the configuration of the authentication service.',
    ],
    [
      'a device ID that no scope can hold, before anything is sent',
      { ...mas, 'device-id': 'BÖT' },
      [],
      'invalid-input',
      'Set `device-id` to letters, digits and `-._~`.',
    ],
  ])('%s', async (_name, inputs, script, word, hint) => {
    const { failure } = await runLogin({ ...BASE, ...inputs }, script)
    expect([failure?.code, failure?.hint]).toStrictEqual([word, hint])
  })

  test('white space in the device ID is one problem, and not two', async () => {
    const { failure } = await runLogin({ ...BASE, ...mas, 'device-id': 'MY DEVICE' }, [])
    expect(failure?.message).toBe('`device-id` (9 characters) has white space in it.')
  })

  test('a service for ID tokens without TLS: no input permits it', async () => {
    const { failure } = await runLogin({ ...BASE, 'oidc-audience': 'matrix' }, [], {
      environment: { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://tokens.example.org/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' },
    })
    expect([failure?.code, failure?.hint]).toStrictEqual([
      'insecure-url',
      'The runner sets this variable. Has an earlier step of the job changed it?',
    ])
  })
})
