import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type HomeserverOptions, startHomeserver } from '../support/homeserver.js'
import { ask, line, logIn, logOut, postForm, text, whoami } from './asking.js'

afterEach(clearFixtures)

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const BASIC = {
  id: '01BAS0000000000000000000AA',
  secret: 'made+up/secret=with%2B:colon',
  auth: 'basic',
  admin: true,
} as const
const POST = {
  id: '01P0ST000000000000000000AA',
  secret: 'another+made/up=secret%3A',
  auth: 'post',
  admin: true,
} as const
const COMMON = {
  id: '01C0MM0N0000000000000000AA',
  secret: 'secret of a common client',
  auth: 'post',
  admin: false,
} as const
const API = 'urn:matrix:client:api:*'
const DEVICE = 'urn:matrix:client:device:'

async function start(options: HomeserverOptions = {}) {
  const clock = { now: NOW }
  const users = [{ localpart: 'bot' }, { localpart: 'root', admin: true }, { localpart: 'locked', locked: true }]
  const server = stopLater(
    await startHomeserver({
      flavour: 'mas',
      users,
      now: () => clock.now,
      mas: { clients: [BASIC, POST, COMMON] },
      ...options,
    }),
  )
  const token = (fields: Record<string, string>, basic?: string) => postForm(server, '/oauth2/token', fields, basic)
  const revoke = (fields: Record<string, string>) => postForm(server, '/oauth2/revoke', fields)
  const refresh = (refreshToken: string, client = 'tool') =>
    token({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: client })
  return { server, clock, token, revoke, refresh }
}

describe('auth_metadata', () => {
  const PATH = '/_matrix/client/v1/auth_metadata'

  test('everything that the specification requires, below the base of the service', async () => {
    const { server } = await start({ mas: { clients: [], path: '/auth' } })
    const { body } = await ask(server, 'GET', PATH)
    const base = `${server.url}/auth`
    expect(body).toMatchObject({
      issuer: `${base}/`,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/oauth2/token`,
      revocation_endpoint: `${base}/oauth2/revoke`,
      registration_endpoint: `${base}/oauth2/registration`,
      device_authorization_endpoint: `${base}/oauth2/device`,
      response_types_supported: expect.arrayContaining(['code']),
      response_modes_supported: expect.arrayContaining(['query', 'fragment']),
      code_challenge_methods_supported: expect.arrayContaining(['S256']),
    })
    expect(body['grant_types_supported']).toStrictEqual([
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
    ])
    // Only there.
    expect((await postForm(server, '/auth/oauth2/token', {})).status).toBe(400)
    expect(line(await postForm(server, '/oauth2/token', {}))).toBe('404 M_UNRECOGNIZED: Unrecognized request')
  })

  test.each(['synapse', 'dendrite', 'tuwunel', 'continuwuity', 'conduit', 'r0-only'] as const)(
    '%s',
    async (flavour) => {
      const { server } = await start({ flavour })
      expect(line(await ask(server, 'GET', PATH))).toBe('404 M_UNRECOGNIZED: Unrecognized request')
      expect(line(await postForm(server, '/oauth2/token', {}))).toBe('404 M_UNRECOGNIZED: Unrecognized request')
    },
  )

  test('what MAS does not know gets a page', async () => {
    const { server } = await start()
    expect(line(await ask(server, 'GET', '/nowhere'))).toBe('404 (text/html) Page not found')
    expect(line(await ask(server, 'GET', '/oauth2/token'))).toBe('405 (nothing)')
  })
})

describe('client credentials', () => {
  const grant = { grant_type: 'client_credentials' }
  const admin = { ...grant, scope: 'urn:mas:admin' }
  const inForm = ({ id, secret }: { id: string; secret: string }) => ({ client_id: id, client_secret: secret })
  const header = ({ id, secret }: { id: string; secret: string }) => `${id}:${secret}`
  const encoded = `${encodeURIComponent(BASIC.id)}:${encodeURIComponent(BASIC.secret)}`

  test.each<[string, Record<string, string>, string | undefined, string]>([
    ['Basic, as it is', admin, header(BASIC), '200'],
    ['Basic, percent-encoded as RFC 6749 has it', admin, encoded, '401 invalid_client'],
    ['in the form', { ...admin, ...inForm(POST) }, undefined, '200'],
    ['Basic for a client of the form', admin, header(POST), '401 invalid_client'],
    ['in the form for a client of Basic', { ...admin, ...inForm(BASIC) }, undefined, '401 invalid_client'],
    ['wrong secret', { ...admin, ...inForm({ ...POST, secret: 'x' }) }, undefined, '401 invalid_client'],
    ['unknown client', { ...admin, ...inForm({ ...POST, id: 'x' }) }, undefined, '401 invalid_client'],
    ['no secret', { ...admin, client_id: POST.id }, undefined, '401 invalid_client'],
    ['in both places', { ...admin, ...inForm(BASIC) }, header(BASIC), '400 invalid_request'],
    ['Basic, and the client in the form, too', { ...admin, client_id: BASIC.id }, header(BASIC), '200'],
    ['Basic, and another client in the form', { ...admin, client_id: POST.id }, header(BASIC), '400 invalid_grant'],
    ['nothing', admin, undefined, '400 invalid_request'],
    ['no grant', inForm(POST), undefined, '400 invalid_request'],
    ['an unknown grant', { grant_type: 'password', ...inForm(POST) }, undefined, '400 unsupported_grant_type'],
    ['a common client', { ...admin, ...inForm(COMMON) }, undefined, '403 invalid_scope'],
    ['the API of Matrix', { ...grant, scope: API, ...inForm(POST) }, undefined, '403 invalid_scope'],
    ['no scope', { ...grant, ...inForm(COMMON) }, undefined, '200'],
  ])('%s', async (_name, fields, basic, expected) => {
    const { server, token } = await start()
    const answer = await token(fields, basic)
    expect(line(answer)).toBe(expected)
    if (answer.status !== 200) return
    expect(answer.body).toStrictEqual({
      access_token: expect.stringMatching(/^mat_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/),
      token_type: 'Bearer',
      expires_in: 300,
      ...(fields['scope'] === undefined ? {} : { scope: fields['scope'] }),
    })
    expect(server.secrets()).toStrictEqual(
      expect.arrayContaining([answer.body['access_token'], BASIC.secret, POST.secret]),
    )
  })

  test('the refused scope is named', async () => {
    const { token } = await start()
    const { body } = await token({ ...admin, ...inForm(COMMON) })
    expect(body['error_description']).toBe("scope 'urn:mas:admin' not allowed")
  })

  test('a token without a user is none for Matrix, and no session of anybody', async () => {
    const { server, token } = await start()
    const clientToken = text(await token({ ...admin, ...inForm(POST) }), 'access_token')
    expect(line(await whoami(server, clientToken))).toBe(
      "401 M_UNKNOWN_TOKEN: Token doesn't grant access to the Matrix C-S API",
    )
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('a body that is no form', async () => {
    const { server } = await start()
    const sending = { body: { ...admin, ...inForm(POST) } }
    expect(line(await ask(server, 'POST', '/oauth2/token', sending))).toBe('400 invalid_request')
  })
})

describe('refresh', () => {
  test('a new pair, for the same device; the old access token dies at once', async () => {
    const { server, clock, refresh } = await start()
    const old = server.issueOAuthSession('bot', 'OAUTHDEVICE', 'tool')
    expect(old.accessToken).toMatch(/^mat_/)
    expect(old.refreshToken).toMatch(/^mar_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/)
    const answer = await refresh(old.refreshToken)
    expect(answer.body).toStrictEqual({
      access_token: expect.stringMatching(/^mat_/),
      refresh_token: expect.stringMatching(/^mar_/),
      token_type: 'Bearer',
      expires_in: 300,
      scope: `${API} ${DEVICE}OAUTHDEVICE`,
    })
    const token = text(answer, 'access_token')
    expect(server.liveTokens()).toStrictEqual([token])
    expect((await whoami(server, token)).body).toStrictEqual({
      user_id: '@bot:example.org',
      device_id: 'OAUTHDEVICE',
      is_guest: false,
    })
    expect(server.secrets()).toStrictEqual(
      expect.arrayContaining([...Object.values(old), answer.body['refresh_token']]),
    )
    clock.now += 300_000
    expect(line(await whoami(server, token))).toBe('401 M_UNKNOWN_TOKEN: Token is not active')
    expect(line(await refresh(text(answer, 'refresh_token')))).toBe('200')
  })

  test('a repeat is taken for a lost answer, with no limit of time, and revokes the lost pair', async () => {
    const { server, clock, refresh } = await start()
    const { refreshToken } = server.issueOAuthSession('bot', 'OAUTHDEVICE', 'tool')
    const lost = await refresh(refreshToken)
    clock.now += 3_600_000
    const again = await refresh(refreshToken)
    expect(line(again)).toBe('200')
    expect(server.liveTokens()).toStrictEqual([again.body['access_token']])
    expect(line(await refresh(text(lost, 'refresh_token')))).toBe('400 invalid_grant')
    expect(line(await refresh(text(again, 'refresh_token')))).toBe('200')
  })

  test('not once the new access token was used; the session lives', async () => {
    const { server, refresh } = await start()
    const { refreshToken } = server.issueOAuthSession('bot', 'OAUTHDEVICE', 'tool')
    const next = await refresh(refreshToken)
    await whoami(server, text(next, 'access_token'))
    expect(line(await refresh(refreshToken))).toBe('400 invalid_grant')
    expect(line(await refresh(text(next, 'refresh_token')))).toBe('200')
  })

  test('nor once the new refresh token was', async () => {
    const { server, refresh } = await start()
    const { refreshToken } = server.issueOAuthSession('bot', 'OAUTHDEVICE', 'tool')
    const last = await refresh(text(await refresh(refreshToken), 'refresh_token'))
    expect(line(await refresh(refreshToken))).toBe('400 invalid_grant')
    expect(server.isAlive(text(last, 'access_token'))).toBe(true)
  })

  test.each<[string, (token: string) => string, string, string]>([
    ['of another client', (token) => token, 'other', '400 invalid_grant'],
    ['by an unknown client', (token) => token, 'nobody', '401 invalid_client'],
    ['unknown', () => 'mar_x', 'tool', '400 invalid_grant'],
    ['with an access token of Synapse', () => 'syt_x', 'tool', '400 invalid_grant'],
  ])('%s', async (_name, change, client, expected) => {
    const { server, refresh } = await start()
    const { refreshToken } = server.issueOAuthSession('bot', 'OAUTHDEVICE', 'tool')
    server.issueOAuthSession('root', 'OTHERDEVICE', 'other')
    expect(line(await refresh(change(refreshToken), client))).toBe(expected)
  })

  test('/logout does not end it, a login on its device does', async () => {
    const { server, refresh } = await start()
    const { accessToken, refreshToken } = server.issueOAuthSession('bot', 'OAUTHDEVICE', 'tool')
    expect(line(await logOut(server, accessToken))).toBe('401 M_UNKNOWN_TOKEN: Invalid access token')
    expect(server.isAlive(accessToken)).toBe(true)
    await logIn(server, { type: 'm.login.token', token: server.issueLoginToken('bot'), device_id: 'OAUTHDEVICE' })
    expect(server.isAlive(accessToken)).toBe(false)
    expect(line(await refresh(refreshToken))).toBe('400 invalid_grant')
  })

  test('an OAuth session replaces nothing on its device', async () => {
    const { server } = await start()
    const login = server.issueToken('bot', 'SHARED')
    const { accessToken } = server.issueOAuthSession('bot', 'SHARED', 'tool')
    expect(server.liveTokens()).toStrictEqual([login, accessToken])
  })
})

describe('revocation', () => {
  const world = async () => {
    const started = await start()
    const first = started.server.issueOAuthSession('bot', 'OAUTHDEVICE', 'tool')
    const answer = await started.refresh(first.refreshToken)
    const current = { accessToken: text(answer, 'access_token'), refreshToken: text(answer, 'refresh_token') }
    return { ...started, first, current }
  }
  type World = Awaited<ReturnType<typeof world>>

  test.each<[string, (world: World) => Record<string, string>, string, boolean]>([
    ['the refresh token', ({ current }) => ({ token: current.refreshToken }), '200', true],
    ['the access token', ({ current }) => ({ token: current.accessToken }), '200', true],
    [
      'with a hint that fits',
      ({ current }) => ({ token: current.refreshToken, token_type_hint: 'refresh_token' }),
      '200',
      true,
    ],
    [
      'with a hint that does not',
      ({ current }) => ({ token: current.refreshToken, token_type_hint: 'access_token' }),
      '200',
      false,
    ],
    [
      'with an unknown hint',
      ({ current }) => ({ token: current.refreshToken, token_type_hint: 'x' }),
      '400 unsupported_token_type',
      false,
    ],
    ['a consumed refresh token', ({ first }) => ({ token: first.refreshToken }), '200', false],
    ['an access token that was replaced', ({ first }) => ({ token: first.accessToken }), '200', false],
    ['a token of a login', ({ server }) => ({ token: server.issueToken('root', 'D') }), '200', false],
    ['no token', () => ({}), '400 invalid_request', false],
    ['something', () => ({ token: 'x' }), '200', false],
  ])('%s', async (_name, fields, expected, ends) => {
    const ready = await world()
    const { server, revoke, current } = ready
    const answer = await revoke({ client_id: 'tool', ...fields(ready) })
    expect([line(answer), server.isAlive(current.accessToken)]).toStrictEqual([expected, !ends])
    if (answer.status === 200) expect(answer.text).toBe('')
    expect(server.devices('bot')).toHaveLength(ends ? 0 : 1)
    if (ends) expect(line(await ready.refresh(current.refreshToken))).toBe('400 invalid_grant')
  })

  test.each([
    [{}, '400 invalid_request'],
    [{ client_id: 'nobody' }, '401 invalid_client'],
    [{ client_id: 'other' }, '401 unauthorized_client'],
  ])('by %j', async (client, expected) => {
    const { server, revoke, current } = await world()
    server.issueOAuthSession('root', 'OTHERDEVICE', 'other')
    const answer = await revoke({ token: current.refreshToken, ...client })
    expect([line(answer), server.isAlive(current.accessToken)]).toStrictEqual([expected, true])
  })

  test('an expired access token revokes nothing', async () => {
    const { clock, revoke, refresh, current } = await world()
    clock.now += 300_000
    expect(line(await revoke({ client_id: 'tool', token: current.accessToken }))).toBe('200')
    expect(line(await refresh(current.refreshToken))).toBe('200')
  })
})

describe('registration', () => {
  const metadata = {
    client_name: 'matrix-access-token',
    client_uri: 'https://github.com/octo/demo',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/'],
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  }
  const register = async (body: object) => ask((await start()).server, 'POST', '/oauth2/registration', { body })

  test('201 with an identifier and what was sent; the same metadata, the same client', async () => {
    const { server } = await start()
    const send = (body: object) => ask(server, 'POST', '/oauth2/registration', { body })
    const first = await send(metadata)
    expect([first.status, first.body]).toStrictEqual([201, expect.objectContaining(metadata)])
    expect(first.body).not.toHaveProperty('client_secret')
    const reversed = Object.fromEntries(Object.entries(metadata).reverse())
    expect((await send(reversed)).body['client_id']).toBe(first.body['client_id'])
    expect((await send({ ...metadata, client_name: 'x' })).body['client_id']).not.toBe(first.body['client_id'])
  })

  test.each<[string, object, string, string]>([
    ['no client_uri', { client_uri: undefined }, 'invalid_redirect_uri', 'missing client_uri'],
    [
      'no client_uri, device only',
      { client_uri: undefined, redirect_uris: undefined, grant_types: [metadata.grant_types[2]] },
      'invalid_client_metadata',
      'missing client_uri',
    ],
    ['http', { client_uri: 'http://github.com/octo' }, 'invalid_client_metadata', 'invalid client_uri'],
    [
      'localhost',
      { client_uri: 'https://localhost/' },
      'invalid_client_metadata',
      'client_uri is not using a valid domain',
    ],
    [
      'a public suffix',
      { client_uri: 'https://github.io/' },
      'invalid_client_metadata',
      'client_uri is not using a valid domain',
    ],
    ['no redirect', { redirect_uris: [] }, 'invalid_redirect_uri', 'redirection URIs'],
    [
      'a redirect elsewhere',
      { redirect_uris: ['https://other.example/'] },
      'invalid_redirect_uri',
      'invalid redirect_uri',
    ],
    ['loopback, not native', { application_type: 'web' }, 'invalid_redirect_uri', 'invalid redirect_uri'],
    [
      'public, with client credentials',
      { grant_types: ['client_credentials'] },
      'invalid_client_metadata',
      'requires some form of client authentication',
    ],
  ])('%s', async (_name, change, error, words) => {
    const { status, body } = await register({ ...metadata, ...change })
    expect([status, body['error'], body['error_description']]).toStrictEqual([
      400,
      error,
      expect.stringContaining(words),
    ])
  })

  test.each<[string, object]>([
    ['any port and path of loopback', { redirect_uris: ['http://[::1]:1234/back'] }],
    ['pages of somebody', { client_uri: 'https://octo.github.io/' }],
    ['a scheme of one’s own', { redirect_uris: ['com.github.demo:/back'] }],
    ['device only, without redirects', { redirect_uris: undefined, grant_types: [metadata.grant_types[2]] }],
  ])('%s', async (_name, change) => {
    expect((await register({ ...metadata, ...change })).status).toBe(201)
  })

  test('a confidential client gets a secret', async () => {
    const { server, token } = await start()
    const body = {
      client_uri: metadata.client_uri,
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
    }
    const registered = await ask(server, 'POST', '/oauth2/registration', { body })
    const [id, secret] = [text(registered, 'client_id'), text(registered, 'client_secret')]
    expect(server.secrets()).toContain(secret)
    const answer = await token({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
    expect(line(answer)).toBe('200')
  })

  test('no JSON', async () => {
    const { server } = await start()
    expect(line(await ask(server, 'POST', '/oauth2/registration', { raw: '{' }))).toBe('400 invalid_request')
  })
})

describe('device authorization', () => {
  const SCOPE = `${API} ${DEVICE}BROWSERDEVICE`
  const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

  async function ready(scope = SCOPE, grants = [GRANT, 'refresh_token']) {
    const started = await start()
    const { server, token } = started
    const body = { client_uri: 'https://github.com/octo/demo', token_endpoint_auth_method: 'none', grant_types: grants }
    const client = text(await ask(server, 'POST', '/oauth2/registration', { body }), 'client_id')
    const device = await postForm(server, '/oauth2/device', { client_id: client, scope })
    const poll = (id = client) =>
      token({ grant_type: GRANT, device_code: String(device.body['device_code']), client_id: id })
    return { ...started, device, poll, userCode: String(device.body['user_code']) }
  }

  test('a code to show; no complete address', async () => {
    const { server, device, userCode } = await ready()
    expect(device.body).toStrictEqual({
      device_code: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
      user_code: expect.stringMatching(/^[0-9A-Z]{6}$/),
      verification_uri: `${server.url}/link`,
      expires_in: 1200,
      interval: 5,
    })
    expect(server.deviceGrant.codes()).toStrictEqual([userCode])
    expect(server.secrets()).toContain(device.body['device_code'])
    expect((await ask(server, 'GET', '/link')).status).toBe(200)
  })

  test('pending, approved, exchanged', async () => {
    const { server, poll, userCode } = await ready()
    expect(line(await poll())).toBe('403 authorization_pending')
    expect(server.deviceGrant.approve(userCode, 'bot')).toBe(true)
    const answer = await poll()
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: SCOPE })
    expect(text(answer, 'refresh_token')).toMatch(/^mar_/)
    const { body } = await whoami(server, text(answer, 'access_token'))
    expect(body).toStrictEqual({ user_id: '@bot:example.org', device_id: 'BROWSERDEVICE', is_guest: false })
    expect(line(await poll())).toBe('400 invalid_grant')
  })

  test('denied, expired, too fast', async () => {
    const { server, poll, userCode, clock } = await ready()
    server.deviceGrant.slowDownOnce(userCode)
    expect([line(await poll()), line(await poll())]).toStrictEqual(['400 slow_down', '403 authorization_pending'])
    server.deviceGrant.deny(userCode)
    expect(line(await poll())).toBe('403 access_denied')
    server.deviceGrant.expire(userCode)
    expect(line(await poll())).toBe('403 expired_token')
    const other = await ready()
    other.clock.now += 1_200_001
    expect(line(await other.poll())).toBe('403 expired_token')
    expect(clock.now).toBe(NOW)
  })

  test.each([
    ['mixed', `${API} urn:matrix:org.matrix.msc2967.client:device:BROWSERDEVICE`],
    ['two devices', `${SCOPE} ${DEVICE}OTHERDEVICE`],
    ['a short device', `${API} ${DEVICE}SHORT`],
    ['no API', `${DEVICE}BROWSERDEVICE`],
    ['of an administrator', `${API} urn:synapse:admin:*`],
  ])('a scope that is %s: 200 at first, and then pending for ever', async (_name, scope) => {
    const { server, device, poll, userCode } = await ready(scope)
    expect(line(device)).toBe('200')
    expect(server.deviceGrant.approve(userCode, 'bot')).toBe(false)
    expect(line(await poll())).toBe('403 authorization_pending')
  })

  test('an administrator may have more, and the unstable names go as well', async () => {
    const admin = await ready(`${SCOPE} urn:synapse:admin:*`)
    expect(admin.server.deviceGrant.approve(admin.userCode, 'root')).toBe(true)
    const unstable = 'urn:matrix:org.matrix.msc2967.client:'
    const old = await ready(`${unstable}api:* ${unstable}device:BROWSERDEVICE`)
    expect(old.server.deviceGrant.approve(old.userCode, 'bot')).toBe(true)
    const { body } = await whoami(old.server, text(await old.poll(), 'access_token'))
    expect(body['device_id']).toBe('BROWSERDEVICE')
  })

  test('no refresh token for a client that did not register for it; another client gets nothing', async () => {
    const { server, poll, userCode } = await ready(SCOPE, [GRANT])
    server.issueOAuthSession('root', 'OTHERDEVICE', 'other')
    server.deviceGrant.approve(userCode, 'bot')
    expect(line(await poll('other'))).toBe('400 invalid_grant')
    expect((await poll()).body).not.toHaveProperty('refresh_token')
  })

  test('a client that did not register for the grant', async () => {
    const { device } = await ready(SCOPE, ['refresh_token'])
    expect(line(device)).toBe('401 unauthorized_client')
  })
})
