import { expect, test } from '@jest/globals'
import { loginAction } from '../../src/actions/login.js'
import { rotateAction } from '../../src/actions/rotate/rotate.js'
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from '../../src/http/transport.js'
import { fakeFiles, fixedRandom, json, recordingRunner } from '../support/fakes.js'
import { objectOf, parseJson } from '../support/homeserver/answers.js'

const SERVER = 'https://matrix.example.org'
const ISSUER = 'https://auth.example.org'
const FORGE = 'https://forge.example.org/api/v1'
const USER = '@bot:example.org'
const INPUTS = {
  homeserver: SERVER,
  user: USER,
  'mas-client-id': '01CLIENT',
  'mas-client-secret': 'client+secret/=%:of-a-test',
  'store-in': 'repos/octo/demo',
  'store-token': 'token-of-a-forge',
  retire: 'now',
}

/** A service whose list of sessions never ends, and whose pages and revocations come just before the deadline. */
function slowService(pauseMs: number, sessionsOnPage: number) {
  let now = Date.UTC(2026, 10, 2, 3, 4, 5)
  let pages = 0
  let scope = ''
  const lines: string[] = []
  const list = () => {
    pages += 1
    const name = `old-${pages}`
    const attributes = { actor_user_id: '01USER', human_name: name, scope, revoked_at: null }
    const data = Array.from({ length: sessionsOnPage }, (_, at) => ({ id: `01OLD-${pages}-${at}`, attributes }))
    return { data, links: { next: `/page/${pages}` } }
  }
  const make = ({ body = '' }: HttpRequest) => {
    scope = String(objectOf(parseJson(body))['scope'])
    return { data: { id: '01NEW', attributes: { access_token: 'mpt_token_of_a_new_session' } } }
  }
  const routes: readonly (readonly [RegExp, (request: HttpRequest) => unknown])[] = [
    [/auth_metadata/, () => ({ issuer: ISSUER, token_endpoint: `${ISSUER}/oauth2/token` })],
    [/oauth2\/token/, () => ({ access_token: 'mat_token_of_the_admin_api' })],
    [/by-username/, () => ({ data: { id: '01USER', attributes: {} } })],
    [/^POST .*personal-sessions$/, make],
    [/whoami/, () => ({ user_id: USER, device_id: scope.split('client:device:')[1] })],
    [/^GET .*personal-sessions/, list],
    [/revoke$/, () => ({ data: {} })],
    [/forge.*secrets/, () => ({})],
    [/forge/, () => ({ permissions: { admin: true } })],
  ]
  const answer = (request: HttpRequest): HttpResponse => {
    const line = `${request.method} ${request.url}`
    lines.push(line)
    const [, body] = routes.find(([pattern]) => pattern.test(line)) ?? []
    if (body === undefined) throw new Error(`unexpected request: ${line}`)
    return json(request.method === 'PUT' ? 201 : 200, body(request))
  }
  const transport: Transport = (request) => {
    const response = answer(request)
    const isSlow = /GET .*personal-sessions|revoke$/.test(`${request.method} ${request.url}`)
    const takesMs = isSlow ? pauseMs : 0
    now += Math.min(takesMs, request.deadlineMs)
    if (takesMs <= request.deadlineMs) return Promise.resolve(response)
    return Promise.reject(new TransportError('timeout', 'auth.example.org', 'no answer', { requestSent: true }))
  }
  const sleep = (ms: number) => {
    now += ms
    return Promise.resolve(true)
  }
  return { transport, clock: { now: () => now, sleep }, lines }
}

async function elapsed(action: 'login' | 'rotate', pauseMs: number, sessionsOnPage: number) {
  const { transport, clock, lines } = slowService(pauseMs, sessionsOnPage)
  const start = clock.now()
  const environment = { GITHUB_API_URL: FORGE, FORGEJO_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo/demo' }
  const runner = recordingRunner({ inputs: { ...INPUTS, 'max-wait': '0' }, environment })
  const ports = {
    runner,
    log: runner,
    masks: runner,
    transport,
    clock,
    random: fixedRandom(),
    files: () => Promise.resolve(fakeFiles()),
  }
  await (action === 'login' ? loginAction(ports) : rotateAction(ports))
  return { ms: clock.now() - start, lines, warnings: runner.messages('warning') }
}

test.each(['login', 'rotate'] as const)(
  '%s: a list whose pages come slowly holds the job up for a minute',
  async (action) => {
    const { ms, lines, warnings } = await elapsed(action, 29_000, 1)
    expect(lines.filter((line) => line.includes('page%5Bfirst')).length).toBeGreaterThan(1)
    expect(ms).toBeLessThanOrEqual(65_000)
    expect(warnings.join()).toMatch(/could not be (ended|listed)/)
  },
)

test('login: a list of thousands of sessions leads to a hundred revocations', async () => {
  const { lines } = await elapsed('login', 0, 100)
  expect(lines.filter((line) => line.endsWith('/revoke')).length).toBeLessThanOrEqual(100)
})

test('login: revocations that come slowly hold the job up for a minute', async () => {
  const { ms, lines } = await elapsed('login', 500, 30)
  expect(lines.some((line) => line.endsWith('/revoke'))).toBe(true)
  expect(ms).toBeLessThanOrEqual(65_000)
})
