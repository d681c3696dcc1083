import { afterEach, describe, expect, test } from '@jest/globals'
import type { HttpResponse, TransportError } from '../../src/http/transport.js'
import { json, noAnswer, type ScriptedExchange, text } from '../support/fakes.js'
import { clearFixtures } from '../support/fixture.js'
import {
  API,
  CLIENT,
  CREATED,
  everythingShown,
  GONE,
  PUBLIC_KEY,
  runRotation,
  SECRETS,
} from '../support/run-rotation.js'

afterEach(clearFixtures)

const OLD = 'syr_old_refresh_token_AAAAAAAA'
const REFRESH_INPUTS = { 'refresh-token': OLD, 'refresh-secret-name': 'MATRIX_REFRESH_TOKEN' }
const NEW_PAIR = { access_token: 'syt_new_access_token_BBBBBBBB', refresh_token: 'syr_new_refresh_token_CCCCCC' }
const ENVIRONMENT = '/repos/octo/demo/environments/prod/secrets'
const TWO = 'repos/octo/demo\nrepos/octo/demo/environments/prod'
const CHECK = 'MATRIX_REFRESH_TOKEN_WRITE_CHECK'

const REFRESH: ScriptedExchange = [`POST ${CLIENT}/refresh`, json(200, NEW_PAIR)]
const whoami = (userId = '@bot:example.org'): ScriptedExchange => [
  `GET ${CLIENT}/account/whoami`,
  json(200, { user_id: userId, device_id: 'LASTING' }),
]
const key = (path = SECRETS): ScriptedExchange => [`GET ${API}${path}/public-key`, PUBLIC_KEY]
const put = (name: string, answer: HttpResponse | TransportError = CREATED, path = SECRETS): ScriptedExchange => [
  `PUT ${API}${path}/${name}`,
  answer,
]
const remove = (name: string, answer: HttpResponse | TransportError = GONE, path = SECRETS): ScriptedExchange => [
  `DELETE ${API}${path}/${name}`,
  answer,
]
const CHECKED = [key(), put(CHECK), remove(CHECK)]
const said = (status: number, message: string, headers: Readonly<Record<string, string>> = {}) =>
  json(status, { message }, headers)

describe('a refresh token is used up only where its successor can be stored', () => {
  test('targets are checked, written to and cleaned; then the refresh, the mask, the refresh token, the access token, whoami', async () => {
    const inputs = { ...REFRESH_INPUTS, 'store-in': TWO }
    const { runner, transport, failure } = await runRotation(inputs, [
      key(),
      key(ENVIRONMENT),
      put(CHECK),
      remove(CHECK),
      put(CHECK, CREATED, ENVIRONMENT),
      remove(CHECK, GONE, ENVIRONMENT),
      REFRESH,
      put('MATRIX_REFRESH_TOKEN'),
      put('MATRIX_REFRESH_TOKEN', CREATED, ENVIRONMENT),
      put('MATRIX_ACCESS_TOKEN'),
      put('MATRIX_ACCESS_TOKEN', CREATED, ENVIRONMENT),
      whoami(),
    ])
    expect(failure).toBeUndefined()
    const ofRefresh = runner.effects
      .filter(([kind, text = '']) => kind === 'request' || (kind === 'mask' && Object.values(NEW_PAIR).includes(text)))
      .map(([kind, text = '']) => (kind === 'mask' ? 'mask' : text.replace(/^.*\//, '')))
    expect(ofRefresh.slice(6, 10)).toStrictEqual(['refresh', 'mask', 'mask', 'MATRIX_REFRESH_TOKEN'])
    // What is written for the check is neither of the tokens that were given.
    for (const { body } of transport.requests.slice(2, 6)) expect(body ?? '').not.toContain(OLD)
    expect(runner.output('access-token')).toBe(NEW_PAIR.access_token)
  })

  const REFUSALS: readonly (readonly [name: string, answers: readonly (HttpResponse | TransportError)[]])[] = [
    ['401', [said(401, 'Bad credentials')]],
    ['403', [said(403, 'Resource not accessible by personal access token')]],
    ['404', [said(404, 'Not Found')]],
    ['409', [said(409, 'Conflict')]],
    ['413', [said(413, 'Too large')]],
    ['301', [said(301, 'Moved Permanently')]],
    ['a secondary limit', [said(403, 'You have exceeded a secondary rate limit.')]],
    ['500', [said(500, 'Server Error')]],
    ['no answer', [noAnswer('timeout')]],
    ['nothing sent', [noAnswer('refused')]],
  ]

  test.each(REFUSALS)(
    '%s to the check: store-refused, nothing is used up, and the text says so',
    async (name, answers) => {
      const mayBeThere = ['500', 'no answer'].includes(name)
      const script = [key(), ...answers.map((answer) => put(CHECK, answer)), ...(mayBeThere ? [remove(CHECK)] : [])]
      const { failure, runner } = await runRotation(REFRESH_INPUTS, script, { maxWait: '0' })
      expect(failure?.code).toBe('store-refused')
      expect(failure?.message).toContain(`- repos/octo/demo: `)
      expect(failure?.hint).toContain('Nothing was used up')
      expect(runner.output('access-token')).toBeUndefined()
    },
  )

  test('the second target refuses: each is cleaned, nothing is refreshed', async () => {
    const { failure } = await runRotation({ ...REFRESH_INPUTS, 'store-in': TWO }, [
      key(),
      key(ENVIRONMENT),
      put(CHECK),
      remove(CHECK),
      put(CHECK, said(403, 'Resource not accessible by personal access token'), ENVIRONMENT),
    ])
    expect(failure?.message).toContain('environments/prod: 403')
    expect(failure?.message).not.toContain('- repos/octo/demo:')
  })

  test.each([
    ['refused', said(403, 'no')],
    ['unanswered', noAnswer('timeout')],
  ])('a deletion that is %s is a warning that names secret and target; the refresh goes on', async (_name, answer) => {
    const script = [key(), put(CHECK), remove(CHECK, answer), REFRESH, ...PAIR_STORED, whoami()]
    const { failure, runner } = await runRotation(REFRESH_INPUTS, script, { maxWait: '0' })
    expect(failure).toBeUndefined()
    expect(runner.messages('warning')).toStrictEqual([expect.stringContaining(`${CHECK} in repos/octo/demo`)])
  })

  test('a scratch secret that another rotation has deleted already is gone: no warning', async () => {
    const script = [key(), put(CHECK), remove(CHECK, said(404, 'Not Found')), REFRESH, ...PAIR_STORED, whoami()]
    const { failure, runner } = await runRotation(REFRESH_INPUTS, script)
    expect([failure, runner.messages('warning')]).toStrictEqual([undefined, []])
  })

  test('in an organization the scratch secret is private, whatever the other ones are', async () => {
    const path = '/orgs/octo/actions/secrets'
    const seen = (name: string): ScriptedExchange => [`GET ${API}${path}/${name}`, json(200, { visibility: 'all' })]
    const { transport } = await runRotation({ ...REFRESH_INPUTS, 'store-in': 'orgs/octo' }, [
      key(path),
      seen('MATRIX_REFRESH_TOKEN'),
      seen('MATRIX_ACCESS_TOKEN'),
      put(CHECK, CREATED, path),
      remove(CHECK, GONE, path),
      REFRESH,
      put('MATRIX_REFRESH_TOKEN', CREATED, path),
      put('MATRIX_ACCESS_TOKEN', CREATED, path),
      whoami(),
    ])
    const visibilities = transport.requests
      .filter(({ method }) => method === 'PUT')
      .map(({ body = '{}' }) => JSON.parse(body).visibility)
    expect(visibilities).toStrictEqual(['private', 'all', 'all'])
  })

  test.each([
    ['the name of the other secret', 'R', 'R_WRITE_CHECK', '_WRITE_CHECK'],
    ['the same in other letters', 'r', 'R_WRITE_CHECK', '_WRITE_CHECK'],
    ['longer than a name may be', `R${'x'.repeat(254)}`, 'A', `R${'x'.repeat(242)}_WRITE_CHECK`],
  ])('a scratch name is never %s', async (_name, refreshSecretName, secretName, scratch) => {
    const inputs = { ...REFRESH_INPUTS, 'refresh-secret-name': refreshSecretName, 'secret-name': secretName }
    const script = [key(), put(scratch), remove(scratch), REFRESH, put(refreshSecretName), put(secretName), whoami()]
    expect((await runRotation(inputs, script)).failure).toBeUndefined()
  })
})

const PAIR_STORED = [put('MATRIX_REFRESH_TOKEN'), put('MATRIX_ACCESS_TOKEN')]

describe('after a refresh, the text is true and the successor is handed over', () => {
  test.each([
    ['refused', said(404, 'Not Found'), 'store-refused'],
    ['lost', noAnswer('timeout'), 'store-partial'],
  ])('the refresh token is %s: nothing says that the stored token is untouched', async (_name, answer, word) => {
    const script = [...CHECKED, REFRESH, put('MATRIX_REFRESH_TOKEN', answer)]
    const run = await runRotation(REFRESH_INPUTS, script, { maxWait: '0' })
    expect(run.failure?.code).toBe(word)
    expect(run.failure?.hint).toContain('`refresh-token` was used')
    expect(everythingShown(run)).not.toMatch(/untouched|unchanged|as valid/)
    expect(run.runner.output('refresh-token')).toBe(NEW_PAIR.refresh_token)
    expect(run.runner.output('access-token')).toBe(NEW_PAIR.access_token)
    expect(everythingShown(run)).not.toContain(NEW_PAIR.refresh_token)
  })

  test.each([
    ['500', said(500, 'Server Error')],
    ['no answer', noAnswer('timeout')],
  ])('%s and then a refusal: the first attempt may have been carried out', async (_name, first) => {
    const answers = [first, said(404, 'Not Found')].map((answer) => put('MATRIX_REFRESH_TOKEN', answer))
    const { failure } = await runRotation(REFRESH_INPUTS, [...CHECKED, REFRESH, ...answers])
    expect(failure?.code).toBe('store-partial')
    expect(failure?.message).toContain('may have taken it, 404')
  })

  test('a target that took one of the two is said to have taken that one', async () => {
    const script = [
      ...CHECKED,
      REFRESH,
      put('MATRIX_REFRESH_TOKEN'),
      put('MATRIX_ACCESS_TOKEN', said(404, 'Not Found')),
    ]
    const { failure } = await runRotation(REFRESH_INPUTS, script)
    expect(failure?.code).toBe('store-partial')
    expect(failure?.message).toContain('took MATRIX_REFRESH_TOKEN, but not MATRIX_ACCESS_TOKEN: 404')
    expect(failure?.message).not.toContain('may have taken')
  })

  test('somebody else’s refresh token: its successor is stored, and no access token is an output', async () => {
    const script = [...CHECKED, REFRESH, ...PAIR_STORED, whoami('@other:example.org')]
    const { failure, runner } = await runRotation({ ...REFRESH_INPUTS, user: '@bot:example.org' }, script)
    expect(failure?.code).toBe('wrong-user')
    expect(failure?.message).toContain('Its successor is stored')
    expect(runner.output('access-token') ?? '').toBe('')
    expect(runner.output('stored-in')).toBe('repos/octo/demo')
  })
})

test.each([201, 204])('a page with %i is no stored secret: it may come from anybody', async (status) => {
  const page = text(status, '<html>sign in</html>', { 'content-type': 'text/html' })
  const { failure } = await runRotation(REFRESH_INPUTS, [...CHECKED, REFRESH, put('MATRIX_REFRESH_TOKEN', page)])
  expect(failure?.code).toBe('store-partial')
  expect(failure?.message).toContain(`may have taken it, ${status}`)
})

test.each([
  ['Validation Failed', true],
  ['Invalid secret name.', true],
  ['Bad request - improperly encrypted secret', false],
  ['You have reached the maximum number of secrets.', false],
])('422 %s: asks about the name of the secret: %s', async (message, isAsked) => {
  const script = [PUBLIC_KEY, said(422, message), PUBLIC_KEY, said(422, message)]
  const steps: ScriptedExchange[] = script.map((answer, at) =>
    at % 2 === 0 ? [`GET ${API}${SECRETS}/public-key`, answer] : put(CHECK, answer),
  )
  const { failure } = await runRotation(REFRESH_INPUTS, steps)
  expect(failure?.code).toBe('store-refused')
  expect(failure?.message.includes('name of the secret')).toBe(isAsked)
})

describe('what GitHub refuses for a while', () => {
  const password = { user: '@bot:example.org', password: 'correct horse battery staple' }
  const stop: ScriptedExchange = [`POST ${CLIENT}/login`, json(403, { errcode: 'M_FORBIDDEN' })]
  const keyAnswers = (...answers: readonly HttpResponse[]): ScriptedExchange[] =>
    answers.map((answer) => [`GET ${API}${SECRETS}/public-key`, answer])
  const APP = { 'store-token': 'ghs_AAAAAAAAAAAAAAAAAAAAAAAAAAAA' }

  test.each([
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    'You have triggered an abuse detection mechanism. Please retry your request again later.',
  ])('a secondary limit without headers is waited for, a minute at least: %s', async (message) => {
    const { clock, failure } = await runRotation(password, [...keyAnswers(said(403, message), PUBLIC_KEY), stop])
    expect(failure?.code).toBe('wrong-credentials')
    expect(clock.pauses[0]).toBeGreaterThanOrEqual(60_000)
  })

  const NOW = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000
  test.each([
    ['a delay', { 'retry-after': '7' }, 7_000],
    ['a time', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW + 9}` }, 9_000],
    ['an empty time', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '' }, 60_000],
    ['a time that is none', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, 60_000],
    ['no time', { 'x-ratelimit-remaining': '0' }, 60_000],
  ])('a limit with %s is waited for as long as it says, else a minute', async (_name, headers, waitMs) => {
    const limited = said(403, 'API rate limit exceeded', headers)
    const { clock } = await runRotation(password, [...keyAnswers(limited, PUBLIC_KEY), stop])
    expect(clock.pauses).toStrictEqual([waitMs])
  })

  test('one that does not fit max-wait ends at once, with GitHub’s sentence and no word on permissions', async () => {
    const script = keyAnswers(said(403, 'You have exceeded a secondary rate limit.'))
    const { failure, clock } = await runRotation(password, script, { maxWait: '59' })
    expect(failure?.code).toBe('store-refused')
    expect(failure?.message).toContain('“You have exceeded a secondary rate limit.”')
    expect(failure?.message).not.toContain('permission')
    expect(clock.pauses).toStrictEqual([])
  })

  test.each([
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by integration'],
    [403, ''],
  ])('%i “%s” to the token of an App is repeated once', async (status, message) => {
    const refusal = message === '' ? json(status, {}) : said(status, message)
    const passed = await runRotation({ ...password, ...APP }, [...keyAnswers(refusal, PUBLIC_KEY), stop])
    expect(passed.failure?.code).toBe('wrong-credentials')
    const lasting = await runRotation({ ...password, ...APP }, keyAnswers(refusal, refusal))
    expect(lasting.failure?.code).toBe('store-refused')
  })

  test('the token of a person is no second old: not repeated', async () => {
    const { failure } = await runRotation(password, keyAnswers(said(401, 'Bad credentials')))
    expect(failure?.code).toBe('store-refused')
  })

  test('409 is repeated once', async () => {
    const script = [...CHECKED, REFRESH, put('MATRIX_REFRESH_TOKEN', said(409, 'Conflict')), ...PAIR_STORED, whoami()]
    const { failure, clock } = await runRotation(REFRESH_INPUTS, script)
    expect(failure).toBeUndefined()
    expect(clock.pauses).toHaveLength(1)
  })

  test.each([
    ['Repository was archived so is read-only.', {}, 'Unarchive'],
    [
      'Although you appear to have the correct authorization credentials, the `octo` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      {},
      'address is on that list',
    ],
    [
      'The octo organization forbids access via a fine-grained personal access tokens if the token’s lifetime is greater than 366 days.',
      {},
      'shorter lifetime',
    ],
    ['`octo` forbids access via a personal access token (classic).', {}, 'decides this'],
    ['Resource protected by organization SAML enforcement.', {}, 'single sign-on'],
    [
      'Resource not accessible by personal access token',
      { 'x-github-sso': 'required; url=https://x' },
      'single sign-on',
    ],
    ['Sorry. Your account was suspended.', {}, ''],
    ['A sentence that nobody has seen yet.', {}, ''],
  ])('%s – shown, not repeated, and no permission is asked for', async (message, headers, advice) => {
    const { failure } = await runRotation({ ...password, ...APP }, keyAnswersFor(said(403, message, headers)))
    expect(failure?.message).toContain(`“${message}”`)
    expect(failure?.message).toContain(advice)
    expect(failure?.message).not.toContain('permission')
  })

  /** Those that nobody has seen may pass, so they are asked twice. */
  function keyAnswersFor(answer: HttpResponse): ScriptedExchange[] {
    const text = new TextDecoder().decode(answer.body)
    return text.includes('nobody has seen') ? keyAnswers(answer, answer) : keyAnswers(answer)
  }

  test.each([
    'Resource not accessible by personal access token',
    'Must have admin rights to Repository.',
    'You must be an organization owner.',
  ])('%s – the permission is the cause, and named', async (message) => {
    const { failure } = await runRotation(password, keyAnswers(said(403, message)))
    expect(failure?.message).toContain('lacks the permission “Secrets: read and write” of the repository')
  })
})
