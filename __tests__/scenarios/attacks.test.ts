import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { ADMIN, CREDENTIAL_ROWS } from '../support/credential-rows.js'
import { botInputs, clearFixtures, PASSWORD, setFixture, stopLater, USERS } from '../support/fixture.js'
import { startIdTokenService } from '../support/id-token-service.js'
import { startProxy } from '../support/proxy.js'
import { setHarness } from '../support/rotation-harness.js'
import { createJob } from '../support/runner.js'

afterEach(clearFixtures)

const LOGIN = { method: 'POST', path: '/login' }
const MAS = CREDENTIAL_ROWS.find(({ input }) => input === 'mas-client-id')
if (MAS === undefined) throw new Error('no such row')
const { server: masServer, inputs: masInputs } = MAS

/** A server that answers everything in one way, and keeps what it was asked. */
async function startCatcher(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  const requests: { url: string; authorization: string | undefined; body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      requests.push({ url: request.url ?? '', authorization: request.headers.authorization, body })
      answer(request, response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return stopLater({
    port: address.port,
    requests,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

describe('secrets in what is printed', () => {
  test('the post step shows status and errcode alone, when /logout echoes the password that main sent', async () => {
    const { server, job } = await setFixture({}, { debug: true })
    await job.runAction('.', { ...botInputs(server), logout: 'always' })
    const error = `no: ${PASSWORD} / ${PASSWORD.slice(3, 20)}`
    server.inject({ path: '/logout' }, { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN', error } })
    const [post] = await job.finish()
    expect(post?.annotations[0]?.message).toContain('refused to log out: 403 M_FORBIDDEN. ')
    expect(post?.annotations[0]?.message).not.toContain('no: ')
  })

  test('and so does the post step of rotate', async () => {
    const { server, forge, queue } = await setHarness()
    const { job } = await queue()
    server.inject({ path: 'whoami', times: 2 }, { kind: 'respond', status: 500, body: {} })
    const error = `no: ${PASSWORD} / ${PASSWORD.slice(3, 20)}`
    const refused = { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN', error } } as const
    server.inject({ path: '/logout', times: 2 }, refused)
    const inputs = { homeserver: server.url, user: 'bot', password: PASSWORD, 'store-token': forge.token }
    await job.runAction('rotate', inputs)
    const [post] = await job.finish()
    expect(post?.annotations[0]?.message).toContain('refused to log out: 403 M_FORBIDDEN. ')
    expect(post?.annotations[0]?.message).not.toContain('no: ')
  })

  test('the token endpoint, the admin API, the service of ID tokens and the forge may echo what they were sent', async () => {
    const mas = await setFixture({ flavour: 'mas', ...masServer }, { debug: true })
    const inputs: Record<string, string> = { homeserver: mas.server.url, ...masInputs(mas.server), 'max-wait': '0' }
    const secret = inputs['mas-client-secret'] ?? ''
    const basic = Buffer.from(`${inputs['mas-client-id']}:${secret}`).toString('base64')
    const echo = `${secret} ${secret.slice(2, 18)} ${basic}`
    const refusal = { error: 'invalid_client', error_description: echo }
    mas.server.inject({ path: /oauth2.token/, times: 2 }, { kind: 'respond', status: 401, body: refusal })
    expect((await mas.job.runAction('.', inputs)).outputs['failure']).toBe('wrong-credentials')
    mas.server.inject({ path: /by-username/ }, { kind: 'respond', status: 403, body: { errors: [{ title: echo }] } })
    expect((await mas.job.runAction('.', inputs)).outputs['failure']).toBe('denied')

    const issuer = stopLater(await startIdTokenService())
    const bearer = issuer.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''
    const secrets = () => [...mas.server.secrets(), ...issuer.secrets()]
    const job = await createJob({ secrets, env: issuer.environment, debug: true })
    stopLater({ stop: () => job.dispose() })
    issuer.inject({}, { kind: 'respond', status: 403, body: { message: `${bearer} ${bearer.slice(5, 60)}` } })
    const login = await job.runAction('.', { homeserver: mas.server.url, 'oidc-audience': 'x', 'max-wait': '0' })
    expect(login.outputs['failure']).toBe('denied')

    const { forge, rotate } = await setHarness()
    const message = `${forge.token} ${forge.token.slice(3, 25)}`
    forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message } })
    expect((await rotate()).outputs['failure']).toBe('store-refused')
  })

  // Node's own switch, which a job sets to look at its requests; on stderr it overtakes the masks.
  test.each(['.', 'login-post'] as const)('NODE_DEBUG prints no token that is sent: %s', async (step) => {
    const { server } = await setFixture()
    const job = await createJob({
      secrets: () => server.secrets(),
      env: { NODE_DEBUG: 'http,https,net,tls,stream,tunnel' },
    })
    stopLater({ stop: () => job.dispose() })
    const token = { homeserver: server.url, 'access-token': server.issueToken('bot', 'BYHAND') }
    const inputs = step === '.' ? token : { ...botInputs(server), logout: 'always' }
    expect((await job.runAction('.', inputs)).outcome).toBe('success')
    expect((await job.finish())[0]?.outcome).toBe('success')
  })
})

describe('the command channel', () => {
  async function refusedClaims(claims: Record<string, unknown>) {
    const issuer = stopLater(await startIdTokenService({ claims }))
    const { server } = await setFixture({ jwt: { secret: 'the secret of jwt_config in a test' } })
    const job = await createJob({ secrets: () => server.secrets(), env: issuer.environment })
    stopLater({ stop: () => job.dispose() })
    return job.runAction('.', { homeserver: server.url, user: 'bot', 'oidc-audience': 'https://matrix.example.org' })
  }

  test('the name of a claim starts no command, also behind a U+0085, which .NET trims and JavaScript does not', async () => {
    const login = await refusedClaims({ '\u0085::set-output name=access-token::forged': 1 })
    expect(login.log).toContain('Claims of the refused token')
    expect(login.lines.filter(({ text }) => /^[\s\u0085]*::set-output/.test(text))).toStrictEqual([])
  })

  test('claims are cut, as all text of a server', async () => {
    const login = await refusedClaims({ long: 'x'.repeat(20_000) })
    const [line] = login.lines.filter(({ text }) => text.startsWith('long: '))
    expect(line?.text.length).toBeLessThan(400)
  })
})

describe('state that main did not save', () => {
  /** What any step of the job can do for all that follow: docs/threat-model.md. */
  const forge = (job: Awaited<ReturnType<typeof createJob>>, name: string, value: string) =>
    job.runScript(`printf '%s\\n' '${name}=${value}' >> "$GITHUB_ENV"`)

  test('a later step cannot have the administrator’s credential sent to itself', async () => {
    const thief = await startCatcher((_request, response) => json(response, 401, { error: 'invalid_client' }))
    const { server, job } = await setFixture({ flavour: 'mas', ...masServer })
    server.inject({ path: /auth_metadata/, times: 2 }, { kind: 'respond', status: 400, body: {} })
    const login = await job.runAction('.', { homeserver: server.url, ...masInputs(server), logout: 'always' })
    expect(login.outcome).toBe('failure')
    const url = `http://127.0.0.1:${thief.port}`
    const ending = { kind: 'personal-session', tokenEndpoint: `${url}/token`, issuer: url, sessionId: 'x' }
    const session = { phase: 'open', logout: 'always', homeserverUrl: url, deviceId: '', user: '', ending }
    await forge(job, 'STATE_session', JSON.stringify(session))
    await forge(job, 'STATE_access-token', 'mpt_of_the_thief')
    await job.finish()
    expect(thief.requests).toStrictEqual([])
  })

  test('a later step cannot choose a file that the post step removes', async () => {
    const { server, job } = await setFixture()
    await job.runAction('.', botInputs(server))
    await job.runScript('echo precious > "$HOME/precious"')
    await forge(job, 'STATE_credentials-file', `${job.home}/precious`)
    await job.finish()
    expect((await job.runScript('cat "$HOME/precious"')).outcome).toBe('success')
  })
})

describe('where credentials go', () => {
  test.each(['ftp', 'gopher'])('a token_endpoint %s:// of another host gets none in clear', async (scheme) => {
    const { server } = await setFixture({ flavour: 'mas', ...masServer })
    const target = await startCatcher((_request, response) => json(response, 401, { error: 'invalid_client' }))
    const proxy = stopLater(await startProxy(target.port))
    const env = { http_proxy: `http://127.0.0.1:${proxy.port}` }
    const job = await createJob({ secrets: () => server.secrets(), env })
    stopLater({ stop: () => job.dispose() })
    server.inject(
      { path: /auth_metadata/ },
      { kind: 'alter', members: { token_endpoint: `${scheme}://elsewhere.example/token` } },
    )
    const login = await job.runAction('.', { homeserver: server.url, ...masInputs(server), 'max-wait': '0' })
    expect(target.requests).toStrictEqual([])
    expect(login.outputs['failure']).toBe('insecure-url')
  })

  test('FORGEJO_ACTIONS of an earlier step does not make GitHub Enterprise Server get the token in clear', async () => {
    const { server, forge } = await setHarness()
    const job = await createJob({
      secrets: () => [...server.secrets(), forge.token],
      github: { api_url: `${forge.url}/api/v3` },
      env: { FORGEJO_ACTIONS: 'true' },
    })
    stopLater({ stop: () => job.dispose() })
    await job.runAction('rotate', {
      homeserver: server.url,
      user: 'bot',
      password: PASSWORD,
      'store-token': forge.token,
    })
    const sent = forge.requests.map(({ body }) => body).join('\n')
    expect(forge.requests.map(({ method }) => method)).toContain('PUT')
    expect(server.secrets().filter((secret) => sent.includes(secret))).toStrictEqual([])
  })
})

describe('a refresh token is not lost', () => {
  const SECRET = '/repos/octo/demo/actions/secrets/MATRIX_REFRESH_TOKEN'
  const setRefresh = async () => {
    const harness = await setHarness({ users: [...USERS, ADMIN] })
    const { refreshToken } = harness.server.issueRefreshable('bot', 'LASTING')
    const inputs = {
      password: '',
      user: '',
      'refresh-token': refreshToken,
      'refresh-secret-name': 'MATRIX_REFRESH_TOKEN',
    }
    return { ...harness, inputs, refreshToken }
  }

  test('an empty one in the answer does not overwrite what is stored', async () => {
    const { server, forge, rotate, inputs } = await setRefresh()
    server.inject({ path: '/refresh' }, { kind: 'alter', members: { refresh_token: '' } })
    await rotate(inputs)
    expect(forge.secrets.get(SECRET)?.value).not.toBe('')
  })

  test.each([
    ['a string', '300000'],
    ['negative', -1],
    ['very long', 1e300],
  ])(
    'a lifetime that is %s does not keep the new pair from being stored: the old one is used up',
    async (_name, lifetime) => {
      const { server, forge, rotate, inputs } = await setRefresh()
      server.inject({ path: '/refresh' }, { kind: 'alter', members: { expires_in_ms: lifetime } })
      await rotate(inputs)
      expect(forge.secrets.get(SECRET)?.value).toBeTruthy()
    },
  )
})

describe('answers that are odd on purpose', () => {
  test.each(['constructor', '__proto__'])('errcode %s is denied, no bug', async (errcode) => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'respond', status: 400, body: JSON.stringify({ errcode, error: 'no' }) })
    expect((await job.runAction('.', botInputs(server))).outputs['failure']).toBe('denied')
  })

  test.each(['e', 'o\ne\na\nt\ni\nn\ns\nr'])(
    'the token %j blinds no log: what is no token is not masked in pieces',
    async (access_token) => {
      const { server, job } = await setFixture()
      server.inject(LOGIN, { kind: 'alter', members: { access_token } })
      await job.runAction('.', botInputs(server))
      expect(job.jobOutputs({ greeting: 'one token' }).dropped).toStrictEqual([])
    },
  )

  test.each([
    ['access_token', 'syt_'.padEnd(200_000, 'A')],
    ['user_id', `@bot:${'a'.repeat(200_000)}`],
    ['device_id', 'D'.repeat(200_000)],
  ])(
    '%s: one that fits into no variable of the environment fails the login, and the post step runs',
    async (member, value) => {
      const { server, job } = await setFixture()
      server.inject(LOGIN, { kind: 'alter', members: { [member]: value } })
      const login = await job.runAction('.', { ...botInputs(server), logout: 'always' })
      expect(login.outputs['failure']).toBe('server-error')
      const [post] = await job.finish()
      expect(post?.outcome).toBe('success')
    },
  )

  test('a list whose pages never end, and hold the same sessions, is not worked off again and again', async () => {
    const { server, job } = await setFixture({ flavour: 'mas', ...masServer })
    const inputs = { homeserver: server.url, ...masInputs(server) }
    await job.runAction('.', inputs)
    const made = server.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/personal-sessions'))
    const { actor_user_id, scope } = JSON.parse(made?.body ?? '{}')
    const attributes = { actor_user_id, scope, human_name: 'x' }
    const data = Array.from({ length: 20 }, (_, index) => ({ id: `01AAAAAAAAAAAAAAAAAAAAAA${10 + index}`, attributes }))
    const endless = { kind: 'alter', members: { data, links: { next: 'more' } } } as const
    server.inject({ method: 'GET', path: /personal-sessions$/, times: 1_000 }, endless)
    server.inject({ path: /revoke$/, times: 10_000 }, { kind: 'respond', status: 409, body: {} })
    await job.runAction('.', inputs)
    expect(server.requests.filter(({ path }) => path.endsWith('/revoke')).length).toBeLessThanOrEqual(20)
  })

  test('one rotation does not log in on hundreds of devices that a server makes up', async () => {
    const { server, rotate } = await setHarness()
    const stem = (await rotate()).outputs['device-id']?.slice(0, -10)
    const devices = Array.from({ length: 150 }, (_, index) => ({
      device_id: `${stem}0${String(index).padStart(9, '0')}`,
    }))
    server.inject({ method: 'GET', path: /devices/ }, { kind: 'alter', members: { devices } })
    expect((await rotate()).outcome).toBe('success')
    expect(
      server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/login')).length,
    ).toBeLessThan(110)
  })

  test.each(['999.999.999.999', '[:::::]', 'example.org:99999', '1.2.3.4.5'])(
    'the server name %s, which makes no URL, is invalid-input',
    async (name) => {
      const { job } = await setFixture()
      const login = await job.runAction('.', { user: `@bot:${name}`, password: PASSWORD, 'max-wait': '0' })
      expect(login.outputs['failure']).toBe('invalid-input')
    },
  )

  test.each(['@bot:$(id)', '@bot:x;id', '@bot:\u202egro'])('the user ID %j is none', async (user_id) => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'alter', members: { user_id } })
    expect((await job.runAction('.', botInputs(server))).outputs['failure']).toBe('server-error')
  })

  // /\/+$/ begins anew at each of n slashes: half a million million steps, which no deadline and no SIGINT ends.
  test('an issuer of nearly a million slashes keeps nobody waiting', async () => {
    const { server, job } = await setFixture({ flavour: 'mas', ...masServer })
    const issuer = `${server.url}/${'/'.repeat(900_000)}x`
    server.inject({ path: /auth_metadata/ }, { kind: 'alter', members: { issuer } })
    const inputs = { homeserver: server.url, ...masInputs(server), 'max-wait': '0' }
    expect((await job.runAction('.', inputs, { timeoutMs: 30_000 })).outcome).toBe('failure')
  })

  test('an issuer with a line break in it is shown in one line, and cut', async () => {
    const { server, job } = await setFixture({ flavour: 'mas', ...masServer })
    server.inject(
      { path: /auth_metadata/ },
      { kind: 'alter', members: { issuer: `${server.url}/\n::error::x\u001b[31m${'y'.repeat(5000)}` } },
    )
    const login = await job.runAction('.', { homeserver: server.url, ...masInputs(server), 'max-wait': '0' })
    expect(login.annotations[0]?.message.length).toBeLessThan(1200)
    expect(login.annotations[0]?.message).not.toContain('\u001b')
  })
})
