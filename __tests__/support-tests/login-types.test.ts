import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD, stopLater } from '../support/fixture.js'
import { type Flavour, type HomeserverOptions, startHomeserver } from '../support/homeserver.js'
import { type Claims, makeSigningKey, signHs256, signRs256 } from '../support/jwt.js'
import { ask, line, logIn, logOut, text, whoami } from './asking.js'

afterEach(clearFixtures)

const USERS = [
  { localpart: 'bot', password: PASSWORD, email: 'bot@mail.example' },
  { localpart: 'locked', password: PASSWORD, locked: true },
  { localpart: 'gone', password: PASSWORD, deactivated: true },
  { localpart: 'bridge_1' },
]
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const SECONDS = NOW / 1000
const start = async (options: HomeserverOptions = {}) =>
  stopLater(await startHomeserver({ users: USERS, now: () => NOW, ...options }))
const user = (name: string) => ({ identifier: { type: 'm.id.user', user: name } })

describe('org.matrix.login.jwt', () => {
  const SECRET = 'made-up secret of a test issuer'
  const jwt = { secret: SECRET, issuer: 'https://issuer.example', audiences: ['matrix', 'other'] }
  const good = { iss: 'https://issuer.example', aud: 'matrix', sub: 'bot', exp: SECONDS + 300 }
  const authlib = 'JWT validation failed:'

  test.each<[string, Claims | string, string, string]>([
    ['sound', good, '200', '200'],
    ['a list of audiences', { ...good, aud: ['x', 'other'] }, '200', '200'],
    ['another issuer', { ...good, iss: 'x' }, `${authlib} invalid_claim: Invalid claim 'iss'`, 'InvalidIssuer'],
    [
      'no issuer',
      { ...good, iss: undefined },
      `${authlib} missing_claim: Missing 'iss' claim`,
      'Missing required claim: iss',
    ],
    ['another audience', { ...good, aud: 'x' }, `${authlib} invalid_claim: Invalid claim 'aud'`, 'InvalidAudience'],
    [
      'no audience',
      { ...good, aud: undefined },
      `${authlib} missing_claim: Missing 'aud' claim`,
      'Missing required claim: aud',
    ],
    ['expired', { ...good, exp: SECONDS - 121 }, `${authlib} expired_token: The token is expired`, 'ExpiredSignature'],
    [
      'too early',
      { ...good, nbf: SECONDS + 121 },
      `${authlib} invalid_token: The token is not valid yet`,
      'ImmatureSignature',
    ],
    ['a subject that is nobody', { ...good, sub: 'new' }, '200', '200'],
    ['no subject', { ...good, sub: undefined }, 'Invalid JWT', 'Missing required claim: sub'],
    ['another key', signHs256(good, 'x'), `${authlib} Signature verification failed`, 'InvalidSignature'],
    ['RS256', signRs256(good, makeSigningKey('k')), `${authlib} unsupported_algorithm: `, 'InvalidAlgorithm'],
    ['no token at all', 'hello', `${authlib} Invalid input segments length: `, 'InvalidToken'],
    ['nearly a token', 'a.b.c', `${authlib} Invalid header padding: `, 'InvalidToken'],
  ])('%s', async (_name, claims, onSynapse, onTuwunel) => {
    const token = typeof claims === 'string' ? claims : signHs256(claims, SECRET)
    const answers = []
    for (const flavour of ['synapse', 'tuwunel'] as const) {
      const server = await start({ flavour, jwt })
      const answer = await logIn(server, { type: 'org.matrix.login.jwt', token, device_id: 'D' })
      answers.push(line(answer))
      if (answer.status === 200) expect((await whoami(server, text(answer, 'access_token'))).status).toBe(200)
      expect(server.secrets()).toStrictEqual(expect.arrayContaining([token, SECRET]))
    }
    const forbidden = (error: string) => (error === '200' ? error : `403 M_FORBIDDEN: ${error}`)
    const wrapped = onTuwunel === '200' ? onTuwunel : `Invalid JWT token: ${onTuwunel}`
    expect(answers).toStrictEqual([forbidden(onSynapse), forbidden(wrapped)])
  })

  test('two minutes of skew are let pass, as Synapse lets them', async () => {
    const server = await start({ jwt })
    const token = signHs256({ ...good, exp: SECONDS - 119, iat: SECONDS + 119 }, SECRET)
    expect(line(await logIn(server, { type: 'org.matrix.login.jwt', token }))).toBe('200')
  })

  test('an audience where none is configured is refused', async () => {
    const server = await start({ jwt: { secret: SECRET } })
    const answer = await logIn(server, {
      type: 'org.matrix.login.jwt',
      token: signHs256({ sub: 'bot', aud: 'x' }, SECRET),
    })
    expect(line(answer)).toBe("403 M_FORBIDDEN: JWT validation failed: invalid_claim: Invalid claim 'aud'")
  })

  test.each([
    ['gone', '403 M_USER_DEACTIVATED: This account has been deactivated'],
    ['locked', '401 M_USER_LOCKED: User account has been locked'],
    ['7', '400 M_INVALID_USERNAME: Numeric user IDs are reserved for guest users.'],
    ['Bad Name', "400 M_INVALID_USERNAME: User ID can only contain characters a-z, 0-9, or '=_-./+'"],
  ])('subject %s', async (sub, expected) => {
    const server = await start({ jwt: { secret: SECRET } })
    expect(line(await logIn(server, { type: 'org.matrix.login.jwt', token: signHs256({ sub }, SECRET) }))).toBe(
      expected,
    )
  })

  test('of the default subjects of GitHub the first one gets @repo, and no other one gets anything', async () => {
    const server = await start({ jwt: { secret: SECRET } })
    const login = (sub: string) => logIn(server, { type: 'org.matrix.login.jwt', token: signHs256({ sub }, SECRET) })
    expect((await login('repo:octo/demo:ref:refs/heads/main')).body['user_id']).toBe('@repo:example.org')
    expect(line(await login('repo:mallory/evil:ref:refs/heads/main'))).toBe('400 M_USER_IN_USE: User ID already taken.')
  })

  test.each<[Flavour, string]>([
    ['synapse', '400 M_INVALID_PARAM: Invalid login submission'],
    ['mas', '400 M_UNKNOWN: Invalid login type'],
    ['dendrite', '400 M_INVALID_PARAM: unhandled login type: org.matrix.login.jwt'],
    ['tuwunel', '400 M_UNKNOWN: Invalid or unsupported login type'],
    ['continuwuity', '400 M_UNKNOWN: Invalid or unsupported login type'],
  ])('%s without it', async (flavour, expected) => {
    const server = await start({ flavour })
    expect(line(await logIn(server, { type: 'org.matrix.login.jwt', token: 'x.y.z' }))).toBe(expected)
  })
})

describe('com.devture.shared_secret_auth', () => {
  const SECRET = 'made-up master secret of a test server'
  const type = 'com.devture.shared_secret_auth'
  const hmac = (text: string, secret = SECRET) => createHmac('sha512', secret).update(text).digest('hex')
  const token = hmac('@bot:example.org')
  const refused = '403 M_FORBIDDEN: Invalid username or password'

  test.each([
    ['user ID', { ...user('@bot:example.org'), token }, '200'],
    ['localpart, and the HMAC of the user ID', { ...user('bot'), token }, '200'],
    ['wrong secret', { ...user('bot'), token: hmac('@bot:example.org', 'x') }, refused],
    ['unknown user', { ...user('nobody'), token: hmac('@nobody:example.org') }, refused],
    ['another server', { ...user('@bot:other.example'), token: hmac('@bot:other.example') }, refused],
    ['HMAC in upper case', { ...user('bot'), token: token.toUpperCase() }, refused],
    ['user ID in capitals', { ...user('@BOT:example.org'), token: hmac('@BOT:example.org') }, refused],
    ['HMAC of the localpart', { ...user('bot'), token: hmac('bot') }, refused],
    [
      'e-mail',
      { identifier: { type: 'm.id.thirdparty', medium: 'email', address: 'bot@mail.example' }, token },
      refused,
    ],
    ['null', { ...user('bot'), token: null }, refused],
    ['no token', user('bot'), `400 M_UNKNOWN: Missing parameters for login type ${type}: ['token']`],
    ['no identifier', { token }, '400 M_INVALID_PARAM: Invalid login submission'],
    [
      'locked',
      { ...user('locked'), token: hmac('@locked:example.org') },
      '401 M_USER_LOCKED: User account has been locked',
    ],
    [
      'deactivated',
      { ...user('gone'), token: hmac('@gone:example.org') },
      '403 M_USER_DEACTIVATED: This account has been deactivated',
    ],
  ])('%s', async (_name, body, expected) => {
    const server = await start({ sharedSecret: { secret: SECRET } })
    expect(line(await logIn(server, { type, ...body }))).toBe(expected)
  })

  test.each([
    ['the password of the account', PASSWORD, '200', '200', '400 M_UNKNOWN: Password login has been disabled.'],
    ['the HMAC', token, '200', refused, '400 M_UNKNOWN: Password login has been disabled.'],
  ])('%s as a password', async (_name, password, whereOn, whereOff, wherePasswordsAreOff) => {
    const login = async (options: HomeserverOptions) =>
      line(await logIn(await start(options), { type: 'm.login.password', ...user('bot'), password }))
    expect(await login({ sharedSecret: { secret: SECRET, asPassword: true } })).toBe(whereOn)
    expect(await login({ sharedSecret: { secret: SECRET } })).toBe(whereOff)
    const off = { sharedSecret: { secret: SECRET, asPassword: true }, passwordLogin: false }
    expect(await login(off)).toBe(wherePasswordsAreOff)
  })

  test.each([
    ['locked', '401 M_USER_LOCKED: User account has been locked'],
    ['gone', '403 M_USER_DEACTIVATED: This account has been deactivated'],
  ])('%s, as a password', async (name, expected) => {
    const server = await start({ sharedSecret: { secret: SECRET, asPassword: true } })
    const answer = await logIn(server, {
      type: 'm.login.password',
      ...user(name),
      password: hmac(`@${name}:example.org`),
    })
    expect(line(answer)).toBe(expected)
  })

  test('module absent, and module without the type', async () => {
    for (const options of [{}, { sharedSecret: { secret: SECRET, loginType: false } }]) {
      expect(line(await logIn(await start(options), { type, ...user('bot'), token }))).toBe(
        `400 M_UNKNOWN: Unknown login type ${type}`,
      )
    }
  })

  test('the secret and what it makes are secrets', async () => {
    const server = await start({ sharedSecret: { secret: SECRET } })
    expect(server.secrets()).toStrictEqual(expect.arrayContaining([SECRET, token]))
  })
})

describe('com.famedly.login.token.oauth', () => {
  const key = makeSigningKey('issuer-key')
  const another = makeSigningKey('another')
  const type = 'com.famedly.login.token.oauth'
  const refused = '403 M_FORBIDDEN: Invalid username or password'
  const tokenAuthenticator = {
    keys: () => [another.publicJwk, key.publicJwk],
    issuer: 'https://issuer.example',
    audience: 'matrix',
    accept: ({ repository }: Claims) => repository === 'octo/demo',
    localpart: ({ actor }: Claims) => String(actor),
  }
  const good = {
    iss: 'https://issuer.example',
    aud: 'matrix',
    sub: 'repo:octo/demo:ref:refs/heads/main',
    repository: 'octo/demo',
    actor: 'bot',
    exp: SECONDS + 300,
  }

  test.each<[string, Claims | string, string]>([
    ['sound', good, '200'],
    ['another repository', { ...good, repository: 'mallory/evil' }, refused],
    ['another audience', { ...good, aud: 'x' }, refused],
    ['the audience in a list', { ...good, aud: ['matrix'] }, refused],
    ['another issuer', { ...good, iss: 'x' }, refused],
    ['expired', { ...good, exp: SECONDS - 61 }, refused],
    ['expired a minute ago', { ...good, exp: SECONDS - 60 }, '200'],
    ['too early: nobody looks', { ...good, nbf: SECONDS + 300 }, '200'],
    ['no subject', { ...good, sub: undefined }, refused],
    ['the user in capitals', { ...good, actor: 'BOT' }, '404 M_UNKNOWN: No row found (users)'],
    ['no end', { ...good, exp: undefined }, refused],
    ['another key', signRs256(good, makeSigningKey('issuer-key')), refused],
    ['an HMAC', signHs256(good, 'x'), refused],
    ['unknown user', { ...good, actor: 'nobody' }, refused],
    ['locked', { ...good, actor: 'locked' }, '401 M_USER_LOCKED: User account has been locked'],
    ['deactivated', { ...good, actor: 'gone' }, '403 M_USER_DEACTIVATED: This account has been deactivated'],
  ])('%s', async (_name, claims, expected) => {
    const server = await start({ tokenAuthenticator })
    const token = typeof claims === 'string' ? claims : signRs256(claims, key)
    expect(line(await logIn(server, { type, ...user('bot'), token }))).toBe(expected)
  })

  test('the claims say who it is, not the identifier, which there must be', async () => {
    const server = await start({ tokenAuthenticator })
    const token = signRs256(good, key)
    expect((await logIn(server, { type, ...user('bridge_1'), token })).body['user_id']).toBe('@bot:example.org')
    expect(line(await logIn(server, { type, token }))).toBe('400 M_INVALID_PARAM: Invalid login submission')
  })
})

describe('m.login.application_service', () => {
  const appservice = { token: 'made-up-as-token-of-a-bridge', senderLocalpart: 'bridge', namespace: /^bridge_/ }
  const login = async (flavour: Flavour, name: string, token?: string, managed: boolean | 'stable' = false) => {
    const server = await start({ flavour, appservice: { ...appservice, masManaged: managed } })
    const answer = await logIn(server, { type: 'm.login.application_service', ...user(name), device_id: 'D' }, token)
    return { server, answer }
  }

  test.each<[Flavour, string, string | undefined, string]>([
    ['synapse', 'bridge_1', appservice.token, '200'],
    ['synapse', '@bridge_1:example.org', appservice.token, '200'],
    ['synapse', 'bot', appservice.token, '403 M_FORBIDDEN: Invalid access_token'],
    ['synapse', '@bridge_1:other.example', appservice.token, '403 M_FORBIDDEN: Invalid access_token'],
    ['synapse', 'bridge_1', 'not-a-token', '401 M_UNKNOWN_TOKEN: Invalid access token passed.'],
    ['synapse', 'bridge_1', undefined, '401 M_MISSING_TOKEN: Missing access token'],
    ['synapse', 'bridge_new', appservice.token, '404 M_UNKNOWN: No row found (users)'],
    ['dendrite', 'bridge_1', appservice.token, '200'],
    [
      'dendrite',
      '@bridge_1:other.example',
      appservice.token,
      '401 M_INVALID_USERNAME: user ID does not belong to this server',
    ],
    [
      'tuwunel',
      '@bridge_1:other.example',
      appservice.token,
      '400 M_UNKNOWN: User ID does not belong to this homeserver',
    ],
    [
      'dendrite',
      'bot',
      appservice.token,
      '400 M_EXCLUSIVE: Supplied username bot did not match any namespaces for application service ID: bridge',
    ],
    [
      'dendrite',
      'bridge_1',
      'not-a-token',
      '401 M_UNKNOWN_TOKEN: Supplied access_token does not match any known application service',
    ],
    ['dendrite', 'bridge_1', undefined, '403 M_MISSING_TOKEN: missing access token'],
    ['tuwunel', 'bridge_1', appservice.token, '200'],
    ['tuwunel', 'bot', appservice.token, '400 M_EXCLUSIVE: Username is not in an appservice namespace.'],
    ['tuwunel', 'bridge_1', undefined, '401 M_MISSING_TOKEN: Missing appservice token.'],
    ['continuwuity', 'bot', appservice.token, '400 M_EXCLUSIVE: Username is not in an appservice namespace.'],
    ['mas', 'bridge_1', appservice.token, '400 M_UNKNOWN: Invalid login type'],
  ])('%s: %s with %s', async (flavour, name, token, expected) => {
    expect(line((await login(flavour, name, token)).answer)).toBe(expected)
  })

  test('Synapse: the token of a user is no token of a service', async () => {
    const server = await start({ appservice })
    const answer = await logIn(
      server,
      { type: 'm.login.application_service', ...user('bridge_1') },
      server.issueToken('bot'),
    )
    expect(line(answer)).toBe('401 M_UNKNOWN_TOKEN: This login method is only valid for application services')
  })

  test('MSC4190: Synapse 1.157 and 1.163, and Tuwunel', async () => {
    const old = await login('synapse', 'bridge_1', appservice.token, true)
    expect(line(old.answer)).toMatch(/^400 IO\.ELEMENT\.MSC4190\.M_APPSERVICE_LOGIN_UNSUPPORTED: /)
    const synapse = await login('synapse', 'bridge_1', appservice.token, 'stable')
    expect(line(synapse.answer)).toMatch(/^400 M_APPSERVICE_LOGIN_UNSUPPORTED: /)
    const tuwunel = await login('tuwunel', 'bridge_1', appservice.token, true)
    expect(line(tuwunel.answer)).toMatch(/^400 M_APPSERVICE_LOGIN_UNSUPPORTED: /)
  })

  test('Synapse lets in the sender, whom it does not know, and then does not know the token', async () => {
    const { server, answer } = await login('synapse', 'bridge', appservice.token)
    expect(line(answer)).toBe('200')
    expect(line(await whoami(server, text(answer, 'access_token')))).toBe(
      '401 M_UNKNOWN_TOKEN: Invalid access token passed.',
    )
  })

  test('Dendrite lets in whom it does not know, and then trips over the token', async () => {
    const { server, answer } = await login('dendrite', 'bridge_new', appservice.token)
    expect(line(answer)).toBe('200')
    const answered = await whoami(server, text(answer, 'access_token'))
    expect([answered.status, answered.body]).toStrictEqual([500, { Err: '' }])
    // The sender it knows.
    const sender = await login('dendrite', 'bridge', appservice.token)
    expect((await whoami(sender.server, text(sender.answer, 'access_token'))).status).toBe(200)
  })

  test.each<[Flavour, string, string, string]>([
    ['dendrite', '200', '401 M_UNKNOWN_TOKEN: Unknown token', '200'],
    ['synapse', '401 M_UNKNOWN: Unrecognised access token', '200', '200'],
  ])('%s: what a logout does to the token of the service', async (flavour, logout, afterwards, login) => {
    const server = await start({ flavour, appservice })
    expect((await whoami(server, appservice.token)).body).toStrictEqual({
      is_guest: false,
      user_id: '@bridge:example.org',
      // Dendrite: a device by the name of the service.
      ...(flavour === 'dendrite' ? { device_id: 'bridge' } : {}),
    })
    expect(line(await logOut(server, appservice.token))).toBe(logout)
    expect(line(await whoami(server, appservice.token))).toBe(afterwards)
    const answer = await logIn(server, { type: 'm.login.application_service', ...user('bridge_1') }, appservice.token)
    expect(line(answer)).toBe(login)
  })
})

describe('m.login.token', () => {
  test.each<[Flavour, number, RegExp, string, string]>([
    ['synapse', 120_000, /^syl_[A-Za-z]{20}_[0-9A-Za-z]{6}$/, 'Invalid login token', 'Invalid login token'],
    ['mas', 30_000, /^[0-9A-Za-z]{32}$/, 'Invalid login token', 'Login token expired'],
    ['tuwunel', 120_000, /^[0-9A-Za-z]{32}$/, 'Login token is unrecognised', 'Login token is expired'],
    ['dendrite', 120_000, /^[\w-]{43}$/, 'invalid login token', 'invalid login token'],
  ])('%s: once, and within %d ms', async (flavour, lifetime, form, unknown, expired) => {
    let now = NOW
    const server = await start({ flavour, now: () => now })
    const login = async (token: string) => line(await logIn(server, { type: 'm.login.token', token, device_id: 'D' }))
    const first = server.issueLoginToken('bot')
    expect(first).toMatch(form)
    expect(server.secrets()).toContain(first)
    expect(await login(first)).toBe('200')
    const [alive] = server.liveTokens()
    expect(await login(first)).toBe(`403 M_FORBIDDEN: ${unknown}`)
    expect(server.liveTokens()).toStrictEqual([alive])
    const late = server.issueLoginToken('bot')
    now += lifetime + 1
    expect(await login(late)).toBe(`403 M_FORBIDDEN: ${expired}`)
    expect(await login(server.issueToken('bot', 'OTHER'))).toBe(`403 M_FORBIDDEN: ${unknown}`)
  })

  test.each<[Flavour, string, string]>([
    ['synapse', 'locked', '401 M_USER_LOCKED: User account has been locked'],
    ['synapse', 'gone', '403 M_USER_DEACTIVATED: This account has been deactivated'],
    ['mas', 'gone', '403 M_FORBIDDEN: Invalid login token'],
  ])('%s: %s', async (flavour, name, expected) => {
    const server = await start({ flavour })
    expect(line(await logIn(server, { type: 'm.login.token', token: server.issueLoginToken(name) }))).toBe(expected)
  })

  test.each<[Flavour, string]>([
    ['synapse', '400 M_UNKNOWN: Missing JSON keys.'],
    ['mas', '400 M_BAD_JSON: JSON fields are not valid'],
    ['dendrite', '403 M_FORBIDDEN: invalid login token'],
  ])('%s: without the token', async (flavour, expected) => {
    expect(line(await logIn(await start({ flavour }), { type: 'm.login.token' }))).toBe(expected)
  })
})

describe('GET /login', () => {
  const everything: HomeserverOptions = {
    jwt: { secret: 'x' },
    sharedSecret: { secret: 'x' },
    tokenAuthenticator: { keys: () => [], issuer: '', audience: '', accept: () => true, localpart: () => '' },
    loginViaExistingSession: true,
    singleSignOn: true,
    appservice: { token: 'x', senderLocalpart: 'bridge', namespace: /x/ },
  }
  const [password, appservice, token, jwt, sso] = [
    'm.login.password',
    'm.login.application_service',
    'm.login.token',
    'org.matrix.login.jwt',
    'm.login.sso',
  ]

  test.each<[Flavour, string[], string[]]>([
    [
      'synapse',
      [password, appservice],
      [jwt, sso, token, password, 'com.devture.shared_secret_auth', 'com.famedly.login.token.oauth', appservice],
    ],
    ['mas', [password, sso, token], [password, sso, token]],
    ['dendrite', [password], [password, appservice]],
    ['tuwunel', [appservice, token, password], [appservice, token, password, jwt]],
    ['continuwuity', [password, appservice, token], [password, appservice, token]],
  ])('%s, with nothing configured and with everything', async (flavour, plain, all) => {
    const flows = async (options: HomeserverOptions) => {
      const { body } = await ask(await start({ flavour, ...options }), 'GET', '/_matrix/client/v3/login')
      return Array.isArray(body['flows']) ? body['flows'] : []
    }
    expect((await flows({})).map(({ type }) => type)).toStrictEqual(plain)
    expect((await flows(everything)).map(({ type }) => type)).toStrictEqual(all)
    const offered = (await flows({ passwordLogin: false })).map(({ type }) => type)
    expect(offered).toStrictEqual(plain.filter((type) => type !== password))
  })

  test('MAS says twice that OAuth is preferred', async () => {
    const { body } = await ask(await start({ flavour: 'mas' }), 'GET', '/_matrix/client/v3/login')
    expect(body['flows']).toContainEqual(
      expect.objectContaining({
        type: sso,
        oauth_aware_preferred: true,
        'org.matrix.msc3824.delegated_oidc_compatibility': true,
      }),
    )
  })
})

describe('POST /login, whatever the type', () => {
  test.each<[Flavour, string, object, string]>([
    ['synapse', 'unknown type', { type: 'x', ...user('bot') }, '400 M_UNKNOWN: Unknown login type x'],
    ['synapse', 'unknown type, no identifier', { type: 'x' }, '400 M_INVALID_PARAM: Invalid login submission'],
    ['synapse', 'no type', {}, '400 M_UNKNOWN: Missing JSON keys.'],
    ['synapse', 'a number as type', { type: 7 }, '400 M_INVALID_PARAM: Bad parameter: type'],
    [
      'synapse',
      'an unknown identifier',
      { type: 'm.login.password', identifier: { type: 'x' } },
      '400 M_UNKNOWN: Unknown login identifier type',
    ],
    ['dendrite', 'no type', {}, '400 M_INVALID_PARAM: unhandled login type: '],
    ['dendrite', 'no identifier', { type: 'm.login.password' }, '401 M_BAD_JSON: A username must be supplied.'],
    ['mas', 'no type', {}, '400 M_BAD_JSON: JSON fields are not valid'],
    [
      'mas',
      'no identifier',
      { type: 'm.login.password', password: 'x' },
      "400 M_BAD_JSON: Missing property 'identifier",
    ],
    ['oauth-only', 'a password', { type: 'm.login.password' }, '404 M_UNRECOGNIZED: Unrecognized request'],
  ])('%s: %s', async (flavour, _name, body, expected) => {
    expect(line(await logIn(await start({ flavour }), body))).toBe(expected)
  })

  test.each<[string, string]>([
    ['text/plain', '400 M_NOT_JSON: Invalid Content-Type header: expected application/json'],
    ['', '400 M_NOT_JSON: Body is not a valid JSON document'],
    ['application/json; charset=utf-8', '400 M_NOT_JSON: Body is not a valid JSON document'],
  ])('MAS: content type %p', async (contentType, expected) => {
    const server = await start({ flavour: 'mas' })
    expect(line(await ask(server, 'POST', '/_matrix/client/v3/login', { raw: '{', contentType }))).toBe(expected)
  })

  test('MAS has pages and empty bodies of its own', async () => {
    const server = await start({ flavour: 'mas' })
    expect(line(await ask(server, 'POST', '/_matrix/client/v3/login/get_token'))).toBe('404 (text/html) Page not found')
    expect(line(await ask(server, 'PUT', '/_matrix/client/v3/login'))).toBe('405 (nothing)')
  })

  test.each<[Flavour, string, string]>([
    ['mas', 'before', '401 M_USER_LOCKED: User account has been locked'],
    ['synapse', 'after', '403 M_FORBIDDEN: Invalid username or password'],
  ])('%s looks at the lock %s it looks at the password', async (flavour, _when, expected) => {
    const server = await start({ flavour })
    expect(line(await logIn(server, { type: 'm.login.password', ...user('locked'), password: 'x' }))).toBe(expected)
  })
})

test('single sign-on: the browser is sent on, to a page', async () => {
  const path = '/_matrix/client/v3/login/sso/redirect?redirectUrl=http%3A%2F%2Flocalhost%3A1%2F'
  const synapse = await ask(await start({ singleSignOn: true }), 'GET', path)
  expect([synapse.status, synapse.headers.get('location')]).toStrictEqual([302, expect.stringContaining('http')])
  expect((await ask(await start({ flavour: 'mas' }), 'GET', path)).status).toBe(303)
  expect(line(await ask(await start(), 'GET', path))).toBe('404 M_UNRECOGNIZED: Unrecognized request')
})
