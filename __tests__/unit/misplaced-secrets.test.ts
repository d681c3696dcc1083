import { describe, expect, test } from '@jest/globals'
import { readLogoutInputs } from '../../src/actions/logout.js'
import { readUnsealInputs } from '../../src/actions/unseal.js'
import { Failure } from '../../src/failures.js'
import { DECLARED_INPUTS, INPUT_FORMS, type InputName } from '../../src/inputs/declared.js'
import type { Runner } from '../../src/runner/ports.js'
import { recordingRunner } from '../support/fakes.js'
import { readLoginInputs, readRotateInputs } from '../support/read-inputs.js'

const readLogin = (runner: Runner) => readLoginInputs(runner)

type Values = Readonly<Record<string, string>>

const PASSWORD = 'Correct-Horse.Battery_Staple'
const TOKEN = 'syt_Ym90_QwErTyUiOpAsDfGhJkLz_0a1B2c'

/** Inputs with which each action would go on, by the name of its folder. */
const ACTIONS: readonly (readonly ['login' | 'rotate' | 'logout' | 'unseal', (runner: Runner) => unknown, Values])[] = [
  ['login', readLogin, { homeserver: 'https://matrix.example.org', user: 'bot', password: PASSWORD }],
  [
    'rotate',
    readRotateInputs,
    { homeserver: 'https://matrix.example.org', user: 'bot', password: PASSWORD, 'store-token': 'ghs_a1b2c3d4e5f6' },
  ],
  ['logout', readLogoutInputs, { homeserver: 'https://matrix.example.org', 'access-token': TOKEN }],
  ['unseal', readUnsealInputs, { 'sealed-credentials': 'YWdl', passphrase: PASSWORD }],
]

const ENVIRONMENT = { GITHUB_ENV: '/file', RUNNER_TEMP: '/tmp', GITHUB_REPOSITORY: 'o/r' }

/** Reads inputs. @returns everything a person sees, and the failure */
function read(reader: (runner: Runner) => unknown, inputs: Values) {
  const runner = recordingRunner({ inputs, environment: ENVIRONMENT })
  let failure: Failure | undefined
  try {
    reader(runner)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    failure = error
  }
  const said = runner.effects.filter(([kind]) => kind !== 'mask').map((effect) => effect.join(' '))
  return { failure, runner, shown: [...said, failure?.message ?? '', failure?.hint ?? ''].join('\n') }
}

/** Pieces of a text that would give it away, letter case ignored. */
function piecesOf(text: string): string[] {
  const lower = text.toLowerCase()
  return Array.from({ length: Math.max(0, lower.length - 5) }, (_, at) => lower.slice(at, at + 6))
}

function expectHidden(shown: string, secret: string) {
  const lower = shown.toLowerCase()
  expect(piecesOf(secret).filter((piece) => lower.includes(piece))).toStrictEqual([])
}

const places = ACTIONS.flatMap(([action, reader, base]) =>
  DECLARED_INPUTS[action]
    .filter((name: InputName) => INPUT_FORMS[name] === 'text')
    .map((name: InputName) => ({ action, name, reader, base })),
)

describe.each(places)('$action: a secret in $name', ({ name, reader, base }) => {
  test.each([
    ['as it is', (secret: string) => secret],
    ['within a URL', (secret: string) => `https://${secret}.example.org/`],
    ['in lower case', (secret: string) => secret.toLowerCase()],
    ['on a second line', (secret: string) => `repos/o/r\n${secret}`],
    ['with white space', (secret: string) => ` ${secret}\n`],
  ])('that another input holds, %s: refused, not shown', (_how, place) => {
    const secret = base['password'] ?? base['passphrase'] ?? base['access-token'] ?? ''
    const { failure, shown } = read(reader, { ...base, [name]: place(secret) })
    expect(failure?.code).toBe('invalid-input')
    expect(failure?.message).toContain(`\`${name}\``)
    expectHidden(shown, secret)
  })

  test.each([
    ['syt_', 'QxWvUtSrQpOnMlKjIhGf_a1B2c3'],
    ['mct_', 'Aa1Bb2Cc3Dd4Ee5Ff6Gg7Hh8Ii9Jj0_a1B2c3'],
    ['mat_', 'Aa1Bb2Cc3Dd4Ee5Ff6Gg7Hh8Ii9Jj0_a1B2c3'],
    ['mpt_', 'Aa1Bb2Cc3Dd4Ee5Ff6Gg7Hh8Ii9Jj0_a1B2c3'],
    ['ghp_', 'Kk1Ll2Mm3Nn4Oo5Pp6Qq7Rr8Ss9Tt0'],
    ['ghs_', 'Kk1Ll2Mm3Nn4Oo5Pp6Qq7Rr8Ss9Tt0'],
    ['gho_', 'Kk1Ll2Mm3Nn4Oo5Pp6Qq7Rr8Ss9Tt0'],
    ['ghu_', 'Kk1Ll2Mm3Nn4Oo5Pp6Qq7Rr8Ss9Tt0'],
    ['ghr_', 'Kk1Ll2Mm3Nn4Oo5Pp6Qq7Rr8Ss9Tt0'],
    ['github_pat_', 'Kk1Ll2Mm3Nn4Oo5Pp6Qq7Rr8Ss9Tt0'],
  ])('that begins with %s: recognised, masked, not shown', (prefix, rest) => {
    const { failure, shown, runner } = read(reader, { ...base, [name]: prefix + rest })
    expect(failure?.code).toBe('invalid-input')
    expect(failure?.message).toMatch(new RegExp(`\`${name}\`.*\\(${prefix}…\\)`))
    expect(runner.messages('mask')).toContain(prefix + rest)
    expectHidden(shown, rest)
  })

  test.each([
    'xqzjkvwqxz',
    'XqZjKvWqXz9',
    '@XqZjKvWqXz',
    'XqZjKv:WqXz',
    'XqZj KvWqXz@9@',
    'http://XqZjKvWqXz',
    'https://XqZj:KvWqXz@example.org',
    'https://matrix.to/#/XqZjKvWqXz',
    'XqZjKvWqXz/XqZjKvWqXz',
    'a\nXqZjKvWqXz',
    '#XqZjKvWqXz:example.org',
    '+XqZjKvWqXz',
    '“XqZjKvWqXz”',
  ])('that only its owner knows (%j): what is refused is not shown', (value) => {
    const { failure, shown } = read(reader, { ...base, [name]: value })
    if (failure === undefined) return
    // A word is named where one of a few words is expected.
    expectHidden(shown.replaceAll('not “xqzjkvwqxz”', ''), 'xqzjkvwqxz')
  })
})

describe('ordinary values are taken', () => {
  test.each<Values>([
    { user: 'mat_smith' },
    { user: 'ghs_bot' },
    { 'device-name': 'syt of the night' },
    { user: 'bot', password: 'bot' },
    { user: '@test-user:example.org', password: 'test-user' },
    { 'device-id': 'GHA-mat_bot' },
  ])('%j', (inputs) => {
    const [, reader, base] = ACTIONS[0] ?? []
    if (reader === undefined) throw new Error('no action')
    expect(read(reader, { ...base, ...inputs }).failure).toBeUndefined()
  })
})

describe('a token of somewhere else is not sent', () => {
  test.each<[number, string, string]>([
    [0, 'access-token', 'ghp_a1b2c3d4e5f6g7h8'],
    [1, 'current-token', 'github_pat_a1b2c3d4e5f6g7h8'],
    [1, 'store-token', TOKEN],
    [2, 'access-token', 'ghs_a1b2c3d4e5f6g7h8'],
  ])('%#: %s', (index, name, value) => {
    const [, reader, base] = ACTIONS[index] ?? []
    if (reader === undefined) throw new Error('no action')
    const { failure, shown } = read(reader, { ...base, ...(index === 0 ? { password: '' } : {}), [name]: value })
    expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(`\`${name}\``) })
    expectHidden(shown, value.replace(/^github_pat_|^.{4}/, ''))
  })
})

test('a line of a secret is a secret', () => {
  const { failure, shown } = read(readLogin, {
    ...ACTIONS[0]?.[2],
    password: `the first line\n${PASSWORD}`,
    'device-name': PASSWORD.toUpperCase(),
  })
  expect(failure?.message).toContain('`device-name` (28 characters) holds the value of `password`')
  expectHidden(shown, PASSWORD)
})

test('a token has one problem, the first', () => {
  const { failure } = read(readLogoutInputs, { ...ACTIONS[2]?.[2], 'access-token': 'ghp_a1b2c3d4e5f6g7h8 and more' })
  expect(failure?.message).toMatch(/^`access-token` .* a GitHub token \(ghp_…\); it was not sent\.$/)
})

test.each([
  ['Bearer syt_abc', 'begins with `Bearer`'],
  ['one\ntwo', 'holds white space'],
])('a token that cannot stand in a header is not sent: %j', (value, part) => {
  const { failure } = read(readLogoutInputs, { ...ACTIONS[2]?.[2], 'access-token': value })
  expect(failure).toMatchObject({ code: 'token-invalid', message: expect.stringContaining(part) })
})

test('all problems are named at once, those of a misplaced secret too', () => {
  const { failure } = read(readLogin, {
    ...ACTIONS[0]?.[2],
    homeserver: PASSWORD,
    logout: 'sometimes',
    'max-wait': '2m',
  })
  for (const name of ['homeserver', 'logout', 'max-wait']) expect(failure?.message).toContain(`- \`${name}\``)
  // What follows from a refused input is no problem of its own.
  expect(failure?.message).toContain('3 problems')
})
