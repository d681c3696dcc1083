import { describe, expect, test } from '@jest/globals'
import { readLogoutInputs } from '../../src/actions/logout.js'
import { readUnsealInputs } from '../../src/actions/unseal.js'
import { Failure } from '../../src/failures.js'
import { DECLARED_INPUTS, INPUT_FORMS } from '../../src/inputs/declared.js'
import { secretText } from '../../src/inputs/values.js'
import type { Runner } from '../../src/runner/ports.js'
import { recordingRunner } from '../support/fakes.js'
import { readLoginInputs, readRotateInputs } from '../support/read-inputs.js'

const readLogin = (runner: Runner) => readLoginInputs(runner)

const LOGIN = { homeserver: 'https://matrix.example.org', user: '@bot:example.org' }
const TOKEN = 'a-token-of-twenty-chars'

function read(reader: (runner: Runner) => object, inputs: Readonly<Record<string, string>>) {
  const runner = recordingRunner({ inputs, environment: { GITHUB_REPOSITORY: 'o/r' } })
  try {
    return { runner, result: reader(runner), warnings: runner.messages('warning') }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { runner, failure: error, warnings: runner.messages('warning') }
  }
}

describe('a password is used as it is given', () => {
  test.each([
    ['secret', 'secret', []],
    [' secret ', ' secret ', []],
    ['secret\n', 'secret', ['line break']],
    ['secret\r\n\r\n\n', 'secret', ['line break']],
    ['\ufeffsecret', 'secret', ['byte order mark']],
    ['\ufeffsecret \n', 'secret ', ['byte order mark', 'line break']],
    ['one\ntwo', 'one\ntwo', []],
    ['secret\ufeff', 'secret\ufeff', []],
    ['\u200bsecret', '\u200bsecret', []],
  ])('but for a leading byte order mark and trailing line breaks: %j', (raw, value, dropped) => {
    const text = secretText(raw, 'password')
    expect(text?.value).toBe(value)
    expect(text?.dropped).toStrictEqual(dropped.map((what) => expect.stringContaining(what)))
  })
})

test.each([
  ['token\n', 'token', ['line break']],
  ['\ufeff token\t\n\n', 'token', ['byte order mark', 'line break', 'white space']],
  ['token', 'token', []],
  [' token', 'token', ['white space']],
])('a token is trimmed: %j', (raw, value, dropped) => {
  const text = secretText(raw, 'token')
  expect(text?.value).toBe(value)
  expect(text?.dropped).toStrictEqual(dropped.map((what) => expect.stringContaining(what)))
})

test.each(['', ' ', '\n\n', '\ufeff', '\ufeff\r\n'])('%j is not set', (raw) => {
  expect(secretText(raw, 'password')).toBeUndefined()
  expect(secretText(raw, 'token')).toBeUndefined()
})

const READERS = { login: readLogin, rotate: readRotateInputs, logout: readLogoutInputs, unseal: readUnsealInputs }

const secretInputs = (['login', 'rotate', 'logout', 'unseal'] as const).flatMap((action) =>
  DECLARED_INPUTS[action]
    .filter((name) => INPUT_FORMS[name] === 'password' || INPUT_FORMS[name] === 'token')
    .map((name) => [action, name] as const),
)

describe.each(secretInputs)('%s: %s', (action, name) => {
  test('is masked as it will be used, and each thing that is dropped gets a warning', () => {
    const { runner, warnings } = read(READERS[action], { [name]: `\ufeff${TOKEN}\n\n` })
    expect(runner.messages('mask')).toContain(TOKEN)
    expect(warnings).toContainEqual(expect.stringMatching(`^\`${name}\` has a byte order mark .* and a line break`))
    expect(warnings.join()).not.toContain(TOKEN)
  })

  test.each([
    ['zero-width', `${TOKEN.slice(0, 9)}\u200b${TOKEN.slice(9)}`, 'invisible character (U+200B)'],
    ['bidi', `${TOKEN}\u202c`, 'invisible character (U+202C)'],
    ['no-break space', `${TOKEN.slice(0, 9)}\u00a0${TOKEN.slice(9)}`, 'special blank (U+00A0)'],
    ['typographic quotes', `“${TOKEN}”`, 'quotation marks around'],
    ['straight quotes', `"${TOKEN}"`, 'quotation marks around'],
  ])('a warning names what is unusual, and shows nothing: %s', (_name, value, part) => {
    const { warnings, failure } = read(READERS[action], { [name]: value })
    expect(warnings).toContainEqual(expect.stringMatching(`^\`${name}\` has `))
    expect(warnings.join()).toContain(part)
    expect(`${warnings.join()} ${failure?.message}`).not.toContain(TOKEN.slice(0, 9))
  })
})

describe('user and homeserver', () => {
  test.each([
    [' @bot:example.org\n', []],
    ['\ufeff@bot:example.org\n', ['invisible characters around']],
    ['\u200b@bot:example.org\u2069', ['invisible characters around']],
    ['@b\u200bot:example.org', ['invisible character (U+200B)']],
  ])('%j is read, with the warnings %j', (user, parts) => {
    const { result, warnings } = read(readLogin, { user, password: TOKEN })
    expect(result).toMatchObject({ homeserver: { kind: 'server-name', serverName: { text: 'example.org' } } })
    expect(warnings).toHaveLength(parts.length)
    for (const part of parts) expect(warnings.join()).toContain(part)
  })

  test('what is refused is named with its unusual characters', () => {
    const { failure } = read(readLogin, { ...LOGIN, password: TOKEN, homeserver: 'https\u200b://example.org' })
    expect(failure?.message).toContain('`homeserver` (20 characters)')
    expect(failure?.message).toContain('an invisible character (U+200B) in it')
  })
})

// Ten times what a variable can hold: a pattern that backtracks would take longer than a test may.
test.each([
  ['line breaks', `a${'\n'.repeat(1_200_000)}b`],
  ['blanks', `a${' '.repeat(1_200_000)}b`],
  ['byte order marks', `a${'\ufeff'.repeat(1_200_000)}b`],
  ['at signs', '@'.repeat(1_200_000)],
  ['beginnings of a JSON Web Token', 'eyJ'.repeat(400_000)],
  ['beginnings of a token', 'mat_'.repeat(300_000)],
])('long runs in the middle are refused as any other text: %s', (_name, text) => {
  const inputs = { homeserver: text, user: text, password: text, 'access-token': text, 'device-name': text }
  const { failure } = read(readLogin, { ...inputs, 'valid-for': text, logout: text, 'max-wait': text })
  expect(failure?.code).toBe('invalid-input')
  expect(failure?.message).toContain(`\`valid-for\` (${text.length} characters)`)
})

describe('max-age', () => {
  test('is a length of time, with access-token', () => {
    const inputs = { ...LOGIN, 'access-token': TOKEN, 'max-age': '30d' }
    expect(read(readLogin, inputs).result).toMatchObject({ maxAgeMs: 30 * 86_400_000 })
    expect(read(readLogin, { ...inputs, 'max-age': '' }).result).not.toHaveProperty('maxAgeMs')
  })

  test.each([
    [{ 'access-token': TOKEN, 'max-age': '0d' }, '`max-age` (2 characters)'],
    [{ 'access-token': TOKEN, 'max-age': '30 days' }, '`max-age` (7 characters)'],
    [{ password: TOKEN, 'max-age': '30d' }, '`max-age` goes with `access-token` only, not with `password`'],
    [{ 'refresh-token': TOKEN, 'max-age': '30d' }, '`max-age` goes with `access-token` only'],
  ])('%j is refused', (inputs, part) => {
    const { failure } = read(readLogin, { ...LOGIN, ...inputs })
    expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(part) })
  })
})

describe('keep-device', () => {
  const ROTATE = { ...LOGIN, 'store-token': TOKEN }
  const MAS = { 'mas-client-id': '01AN4Z07BY79KA1307SR9X4MV3', 'mas-client-secret': 'a client secret' }
  const REFRESH = { 'refresh-token': 'a-refresh-token', 'refresh-secret-name': 'MATRIX_REFRESH_TOKEN' }

  test.each([
    [MAS, 'true', true],
    [MAS, 'false', false],
    [MAS, '', false],
    [REFRESH, 'TRUE', true],
    [{ password: 'a password' }, 'false', false],
  ])('%j with %j: %j', (credential, keep, expected) => {
    const { result } = read(readRotateInputs, { ...ROTATE, ...credential, 'keep-device': keep })
    expect(result).toMatchObject({ keepDevice: expected })
  })

  test.each(['password', 'jwt', 'appservice-token', 'shared-secret', 'synapse-admin-token'])(
    'with %s the message names the two that can, and why this one cannot',
    (credential) => {
      const { failure } = read(readRotateInputs, {
        ...ROTATE,
        [credential]: 'something-secret',
        'valid-for': credential === 'synapse-admin-token' ? '7d' : '',
        'keep-device': 'true',
      })
      expect(failure?.code).toBe('invalid-input')
      for (const part of [`\`${credential}\``, '`mas-client-id`', '`refresh-token`', 'end the old token']) {
        expect(failure?.message).toContain(part)
      }
    },
  )
})
