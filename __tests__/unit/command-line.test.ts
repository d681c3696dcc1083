import { describe, expect, test } from '@jest/globals'
import { parseArguments } from '../../src/cli/arguments.js'
import { checkDelivery, type Delivery, type Lifespan } from '../../src/cli/delivery.js'
import { nameOptions } from '../../src/cli/index.js'
import { waitFor } from '../../src/cli/terminal.js'
import { explain } from '../../src/explain.js'
import { FAILURES } from '../../src/failure-codes.js'
import { Failure } from '../../src/failures.js'
import { NetworkError } from '../../src/http/exchange.js'
import { TransportError } from '../../src/http/transport.js'
import { Problems } from '../../src/inputs/values.js'
import { apiScopes } from '../../src/oauth/token.js'
import { ISSUES_URL } from '../../src/version.js'

const COMMANDS = ['browser-login', 'login', 'whoami', 'logout', 'sessions', 'verify', 'create-identity']

describe('parseArguments', () => {
  test.each<[string, string, Record<string, string>]>([
    ['browser-login', 'browser-login', {}],
    [
      'browser-login --homeserver example.org --no-open',
      'browser-login',
      { homeserver: 'example.org', 'no-open': 'true' },
    ],
    ['browser-login --homeserver=example.org --paste', 'browser-login', { homeserver: 'example.org', paste: 'true' }],
    ['login --store repos/a/b --store orgs/c', 'login', { store: 'repos/a/b\norgs/c' }],
    [
      'login --allow-http --max-wait 0 --device-name x',
      'login',
      { 'allow-http': 'true', 'max-wait': '0', 'device-name': 'x' },
    ],
    [
      'login --output json --user @a:b --secret-name A --refresh-secret-name B',
      'login',
      { output: 'json', user: '@a:b', 'secret-name': 'A', 'refresh-secret-name': 'B' },
    ],
    ['whoami --homeserver example.org', 'whoami', { homeserver: 'example.org' }],
    ['logout --homeserver example.org', 'logout', { homeserver: 'example.org' }],
    ['whoami --max-age 30d', 'whoami', { 'max-age': '30d' }],
    [
      'sessions --user bot --older-than 90d --name cu*l --keep 3 --end --yes',
      'sessions',
      { user: 'bot', 'older-than': '90d', name: 'cu*l', keep: '3', end: 'true', yes: 'true' },
    ],
  ])('%s', (line, name, options) => {
    expect(parseArguments(line.split(' '))).toStrictEqual({
      kind: 'command',
      name,
      options: new Map(Object.entries(options)),
    })
  })

  test.each([
    'whoami --store repos/a/b',
    'logout --output json',
    'login --paste',
    'login -x',
    'logout --max-age 30d',
    'whoami --end',
    'browser-login -- x',
  ])('%s is a mistake', (line) => {
    expect(parseArguments(line.split(' '))).toMatchObject({ kind: 'misuse', text: expect.stringMatching(/^error: /) })
  })

  test.each<[readonly string[], string]>([
    [['login', '--password=correct horse battery'], "unknown option '--password=…'"],
    [['verify', '--recovery-key=EsSz ykH7'], "unknown option '--recovery-key=…'"],
    [['login', '-phunter2hunter2'], "unknown option '(16 characters)'"],
    [['hunter2Hunter2'], "unknown command '(14 characters)'"],
    [['login', '--output=hunter2Hunter2'], "argument '(14 characters)' is invalid"],
    [['login', '--output', 'syt_Ym90_token'], "argument '(14 characters)' is invalid"],
  ])('%j: what was typed may be a secret, and is not shown', (argv, text) => {
    expect(parseArguments(argv)).toMatchObject({ kind: 'misuse', text: expect.stringContaining(text) })
  })

  test.each([
    ['help', 'Usage: matrix-access-token [options] [command]'],
    ['--help', 'Usage: matrix-access-token [options] [command]'],
    ['help sessions', 'Usage: matrix-access-token sessions [options]'],
    ['sessions --help', 'Usage: matrix-access-token sessions [options]'],
  ])('%s explains, and is not a mistake', (line, usage) => {
    // The process has failed until its work is done.
    process.exitCode = 1
    const answer = parseArguments(line.split(' '))
    process.exitCode = 0
    expect(answer).toMatchObject({ kind: 'answer', text: expect.stringContaining(usage) })
  })

  test.each(COMMANDS)('%s --help says which options are required', (name) => {
    const answer = parseArguments([name, '--help'])
    const text = 'text' in answer ? answer.text.replace(/\s+/g, ' ') : ''
    expect(text).toMatch(/--homeserver <server> [^-]*required/)
    if (name === 'login' || name === 'sessions') expect(text).toMatch(/--user <user> [^-]*required/)
  })

  test('no option takes a secret', () => {
    const texts = COMMANDS.map((name) => parseArguments([name, '--help']))
    const options = texts
      .flatMap((each) => ('text' in each ? [...each.text.matchAll(/^ +(--[\w-]+)/gm)] : []))
      .map(([, option]) => option)
    expect(options.length).toBeGreaterThan(15)
    expect(options.filter((option) => /token|password|secret$/.test(option ?? ''))).toStrictEqual([])
  })
})

describe('checkDelivery', () => {
  const stores: Delivery = { to: 'stores', targets: [], secretName: 'A', refreshSecretName: 'B' }
  const [output, screen] = (['output', 'screen'] as const).map(
    (to) => (form: 'access-token' | 'refresh-token' | 'json') => ({ to, form }) as const,
  )

  test.each<[Lifespan, string, Delivery | undefined, boolean]>([
    ['lasting', 'stores', stores, true],
    ['lasting', 'the access token', output?.('access-token'), true],
    ['lasting', 'json', output?.('json'), true],
    ['lasting', 'a refresh token that never comes', output?.('refresh-token'), false],
    ['lasting', 'the same, on a screen', screen?.('refresh-token'), false],
    ['short', 'stores', stores, true],
    ['short', 'the access token alone', output?.('access-token'), false],
    ['short', 'the refresh token', output?.('refresh-token'), true],
    ['short', 'json', output?.('json'), true],
    ['short', 'a screen, which shows both', screen?.('access-token'), true],
  ])('%s: %s', (lifespan, _name, delivery, isFine) => {
    if (delivery === undefined) throw new Error('no delivery')
    const check = () => checkDelivery(delivery, lifespan)
    if (isFine) expect(check).not.toThrow()
    else expect(check).toThrow(Failure)
  })
})

function manyProblems(): unknown {
  const problems = new Problems()
  problems.refuse('max-wait', 'long', 'must be a number')
  problems.miss('homeserver', '`homeserver` is missing.')
  try {
    problems.throwIfAny()
  } catch (error) {
    return error
  }
  throw new Error('no problems')
}

describe('nameOptions', () => {
  test.each([
    ['`store-token` lacks the permission', 'GH_TOKEN lacks the permission'],
    ['set `allow-http: true`.', 'set --allow-http.'],
    ['or raise `max-wait`.', 'or raise --max-wait.'],
    ['`refresh-secret-name` and `secret-name`', '--refresh-secret-name and --secret-name'],
    ['`store-in`, target 1', '--store, target 1'],
    ['It was given as `login-token`.', 'It was given as the login token.'],
    ['set `oauth-client-id` to the client', 'set the client ID to the client'],
    ['Give the workflow a `name:`, or `rotate` it.', 'Give the workflow a `name:`, or `rotate` it.'],
    ['set `synapse-admin-token` instead', 'set `synapse-admin-token` instead'],
    ['Use --output refresh-token', 'Use --output refresh-token'],
    [ISSUES_URL, ISSUES_URL],
    ['not made by `rotate`. `max-age` was not checked.', 'not made by `rotate`. --max-age was not checked.'],
    ['The inputs have 2 problems', 'The options have 2 problems'],
    [
      'Check the clock of the runner. The server says “the runner”.',
      'Check the clock of this machine. The server says “the runner”.',
    ],
  ])('%s', (text, words) => {
    expect(nameOptions(text)).toBe(words)
  })

  const problems = [
    'dns',
    'refused',
    'reset',
    'timeout',
    'proxy',
    'proxy-refused',
    'certificate',
    'tls-refused',
    'not-tls',
  ] as const
  const details = ['expired', 'not-yet-valid', 'wrong-name', 'client-certificate', 'unknown-authority'] as const
  const explained = (cause: TransportError) => explain(new NetworkError(cause, false, 2), 0)
  test.each([
    ...problems.map(
      (problem) =>
        [problem, explained(new TransportError(problem, 'example.org', 'no answer', { requestSent: false }))] as const,
    ),
    ...details.map(
      (detail) =>
        [
          detail,
          explained(new TransportError('certificate', 'example.org', 'no answer', { requestSent: false, detail })),
        ] as const,
    ),
    ...(['invalid-input', 'unreachable', 'tls', 'token-invalid', 'redirected', 'server-error'] as const).map(
      (word) => [word, { message: '', hint: FAILURES[word].remedy }] as const,
    ),
    ['a bug', explain(new RangeError('x'), 0)],
    ['many problems', explain(manyProblems(), 0)],
  ] as const)('%s: nothing in it is about workflows', (_name, { message, hint }) => {
    expect(nameOptions(`${message} ${hint}`)).not.toMatch(/`|\binputs?\b|\bactions?\b|\brunner\b|\bjob\b|\bstep\b/i)
  })
})

describe('waitFor', () => {
  const never = new Promise<string>(() => {})

  test('what comes', async () => {
    expect(await waitFor(Promise.resolve('x'), 60_000, new AbortController().signal)).toStrictEqual({
      came: true,
      value: 'x',
    })
  })

  test('what comes too late', async () => {
    expect(await waitFor(never, 1, new AbortController().signal)).toStrictEqual({ came: false, why: 'too-late' })
  })

  test('an interruption, before and while it waits', async () => {
    const interruption = new AbortController()
    const waiting = waitFor(never, 60_000, interruption.signal)
    interruption.abort()
    expect(await waiting).toStrictEqual({ came: false, why: 'interrupted' })
    expect(await waitFor(never, 60_000, interruption.signal)).toStrictEqual({ came: false, why: 'interrupted' })
  })

  test('a failure', async () => {
    await expect(waitFor(Promise.reject(new Error('x')), 60_000, new AbortController().signal)).rejects.toThrow('x')
  })
})

test('apiScopes: the whole API on one device, the two spellings never mixed', () => {
  expect(apiScopes('MAT-ABC')).toStrictEqual([
    'urn:matrix:client:api:* urn:matrix:client:device:MAT-ABC',
    'urn:matrix:org.matrix.msc2967.client:api:* urn:matrix:org.matrix.msc2967.client:device:MAT-ABC',
  ])
})
