import { describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/failures.js'
import {
  booleanValue,
  choiceValue,
  describeRefused,
  describeValue,
  isBlank,
  lifetimeValue,
  Problems,
  readAllowHttp,
  readHomeserver,
  readMaxWait,
  secondsValue,
  secretText,
} from '../../src/inputs/values.js'
import { parseUser, type UserIdentifier } from '../../src/matrix/identifiers.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The failure that the problems become. */
function failureOf(problems: Problems): Failure | undefined {
  try {
    problems.throwIfAny()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  return undefined
}

/** Reads a value, and says what it is and which problem there is. */
function read<Value>(reader: (problems: Problems) => Value): [value: Value, problem: string | undefined] {
  const problems = new Problems()
  const value = reader(problems)
  return [value, failureOf(problems)?.message]
}

describe('a refused value is described by its length', () => {
  test.each([
    ['', '(0 characters)'],
    ['x', '(1 character)'],
    [' secret \n', '(6 characters)'],
    ['🦀🦀', '(2 characters)'],
  ])('%j: %s', (raw, described) => {
    expect(describeValue(raw)).toBe(described)
  })

  test.each([
    ['secret', '`user` (6 characters) is odd.'],
    [' secret ', '`user` (6 characters) is odd.'],
    ['"secret"', '`user` (8 characters) is odd. It has quotation marks around it.'],
    [' "secret" ', '`user` (8 characters) is odd. It has quotation marks around it.'],
    [
      '"se\u200bcret"',
      '`user` (9 characters) is odd. It has an invisible character (U+200B) in it, and quotation marks around it.',
    ],
  ])('%j: %s', (raw, described) => {
    expect(describeRefused('user', raw, 'is odd')).toBe(described)
  })
})

describe('problems', () => {
  test('none', () => {
    const problems = new Problems()
    expect([problems.isEmpty, problems.hasRefused('user'), failureOf(problems)]).toStrictEqual([true, false, undefined])
  })

  test('one: the failure has its code, its text and its hint', () => {
    const problems = new Problems()
    problems.add('No password.', 'missing-credentials', 'Set one.')
    expect(problems.isEmpty).toBe(false)
    expect(failureOf(problems)).toMatchObject({
      code: 'missing-credentials',
      message: 'No password.',
      hint: 'Set one.',
    })
  })

  test.each<[string, (problems: Problems) => void]>([
    ['add', (problems) => problems.add('No.')],
    ['refuse', (problems) => problems.refuse('user', 'x', 'is odd')],
    ['miss', (problems) => problems.miss('user', 'No user.')],
  ])('one without a code: %s', (_name, report) => {
    const problems = new Problems()
    report(problems)
    expect(failureOf(problems)?.code).toBe('invalid-input')
  })

  test('several: all are listed, each with its hint', () => {
    const problems = new Problems()
    problems.add('No password.', 'missing-credentials', 'Set one.')
    problems.refuse('user', 'x', 'is odd')
    expect(failureOf(problems)).toMatchObject({
      code: 'invalid-input',
      message: 'The inputs have 2 problems:\n- No password. Set one.\n- `user` (1 character) is odd.',
    })
  })

  test('of one input only the first: the next ones follow from it', () => {
    const problems = new Problems()
    problems.refuse('user', 'x', 'is odd', 'token-invalid', 'Ask.')
    problems.refuse('user', 'x', 'is odder')
    problems.miss('user', 'No user.')
    expect([problems.hasRefused('user'), problems.hasRefused('password')]).toStrictEqual([true, false])
    const message = '`user` (1 character) is odd.'
    expect(failureOf(problems)).toMatchObject({ code: 'token-invalid', message, hint: 'Ask.' })
  })

  test('an input that is not set', () => {
    const problems = new Problems()
    problems.miss('user', 'No user.', 'missing-credentials', 'Set it.')
    expect(failureOf(problems)).toMatchObject({ code: 'missing-credentials', message: 'No user.', hint: 'Set it.' })
  })
})

describe('a secret', () => {
  const MARK = 'a byte order mark (U+FEFF) at its start'
  const BREAK = 'a line break at its end'
  const SPACE = 'white space around it'

  test.each<['text' | 'password' | 'token', string, string | undefined, readonly string[]]>([
    ['password', '', undefined, []],
    ['token', ' \n', undefined, []],
    ['text', '\t', undefined, []],
    ['text', ' \u200bbot\n', 'bot', []],
    ['password', 'hunter2', 'hunter2', []],
    ['password', ' hunter2 ', ' hunter2 ', []],
    ['password', 'hun\u200bter2', 'hun\u200bter2', []],
    ['password', 'hunter2\r\n', 'hunter2', [BREAK]],
    ['password', '\ufeff\ufeffhunter2', 'hunter2', [MARK]],
    ['password', 'hun\ufeffter2', 'hun\ufeffter2', []],
    ['token', 'syt_a', 'syt_a', []],
    ['token', ' syt_a', 'syt_a', [SPACE]],
    ['token', 'syt_a\n', 'syt_a', [BREAK]],
    ['token', '\ufeff syt_a \n', 'syt_a', [MARK, BREAK, SPACE]],
  ])('%s %j: %j, without %j', (form, raw, value, dropped) => {
    expect(secretText(raw, form)).toStrictEqual(value === undefined ? undefined : { value, dropped })
  })
})

describe('true or false', () => {
  const REFUSED = 'must be true or false'

  test.each<[string, boolean, boolean, string | undefined]>([
    ['', true, true, undefined],
    [' ', false, false, undefined],
    ['true', false, true, undefined],
    [' TRUE ', false, true, undefined],
    ['false', true, false, undefined],
    ['False', true, false, undefined],
    ['yes', true, false, `\`export-env\` (3 characters) ${REFUSED}, not “yes”.`],
    [' no ', true, false, `\`export-env\` (2 characters) ${REFUSED}, not “no”.`],
    // Only a short word in lower case is shown: no token has that form.
    ['abcdefghij', true, false, `\`export-env\` (10 characters) ${REFUSED}, not “abcdefghij”.`],
    ['abcdefghijk', true, false, `\`export-env\` (11 characters) ${REFUSED}.`],
    ['Yes', true, false, `\`export-env\` (3 characters) ${REFUSED}.`],
    ['1', true, false, `\`export-env\` (1 character) ${REFUSED}.`],
    ['on!', true, false, `\`export-env\` (3 characters) ${REFUSED}.`],
    ['!on', true, false, `\`export-env\` (3 characters) ${REFUSED}.`],
  ])('%j, by default %s: %s', (raw, byDefault, value, problem) => {
    expect(read((problems) => booleanValue('export-env', raw, byDefault, problems))).toStrictEqual([value, problem])
  })
})

describe('one of several', () => {
  test.each<[string, string, string | undefined]>([
    ['', 'always', undefined],
    [' never ', 'never', undefined],
    ['always', 'always', undefined],
    ['Never', 'always', '`logout` (5 characters) must be one of always, never.'],
    ['sometimes', 'always', '`logout` (9 characters) must be one of always, never, not “sometimes”.'],
  ])('%j: %s', (raw, value, problem) => {
    expect(read((problems) => choiceValue('logout', raw, ['always', 'never'], problems))).toStrictEqual([
      value,
      problem,
    ])
  })
})

describe('seconds', () => {
  const REFUSED = 'must be a whole number of seconds from 0 to 99999, without a unit'

  test.each<[string, number, string | undefined]>([
    ['', 120_000, undefined],
    [' 30 ', 30_000, undefined],
    ['0', 0, undefined],
    ['99999', 99_999_000, undefined],
    ['100000', 120_000, `\`max-wait\` (6 characters) ${REFUSED}.`],
    ['30s', 120_000, `\`max-wait\` (3 characters) ${REFUSED}.`],
    ['-1', 120_000, `\`max-wait\` (2 characters) ${REFUSED}.`],
    ['1.5', 120_000, `\`max-wait\` (3 characters) ${REFUSED}.`],
  ])('%j: %d ms', (raw, value, problem) => {
    expect(read((problems) => secondsValue('max-wait', raw, 120, problems))).toStrictEqual([value, problem])
  })
})

describe('a length of time', () => {
  test.each<[string, number]>([
    ['90s', 90_000],
    ['1s', 1_000],
    [' 15m ', 15 * MINUTE],
    ['12h', 12 * HOUR],
    ['30d', 30 * DAY],
    ['36525d', 36_525 * DAY],
    ['000000001d', DAY],
  ])('%j: %d ms', (raw, value) => {
    expect(read((problems) => lifetimeValue('valid-for', raw, problems))).toStrictEqual([value, undefined])
  })

  test('none, if it is not set', () => {
    expect(read((problems) => lifetimeValue('valid-for', ' ', problems))).toStrictEqual([undefined, undefined])
  })

  test.each(['0s', '0d', '36526d', '90', '90 s', 'x90s', '90sx', '1w', '1D', '-1d', '1.5h', '0000000001d', 'forever'])(
    '%j is refused',
    (raw) => {
      const [value, problem] = read((problems) => lifetimeValue('valid-for', raw, problems))
      expect(value).toBeUndefined()
      expect(problem).toContain('must be a length of time such as 90s, 15m, 12h or 30d, and not 0.')
    },
  )
})

describe('inputs that several actions have', () => {
  const inputs = (values: Readonly<Record<string, string>>) => ({ input: (name: string) => values[name] ?? '' })

  test.each([
    ['', true],
    [' \n', true],
    [' x ', false],
  ])('%j is blank: %s', (value, expected) => {
    expect(isBlank(inputs({ user: value }), 'user')).toBe(expected)
  })

  test('`max-wait` in seconds, two minutes by default', () => {
    expect(read((problems) => readMaxWait(inputs({}), problems))).toStrictEqual([120_000, undefined])
    expect(read((problems) => readMaxWait(inputs({ 'max-wait': '7' }), problems))).toStrictEqual([7_000, undefined])
    expect(read((problems) => readMaxWait(inputs({ 'max-wait': 'x' }), problems))[1]).toMatch(/^`max-wait` /)
  })

  test('`allow-http`, false by default', () => {
    expect(read((problems) => readAllowHttp(inputs({}), problems))).toStrictEqual([false, undefined])
    expect(read((problems) => readAllowHttp(inputs({ 'allow-http': 'true' }), problems))).toStrictEqual([
      true,
      undefined,
    ])
    expect(read((problems) => readAllowHttp(inputs({ 'allow-http': 'x' }), problems))[1]).toMatch(/^`allow-http` /)
  })

  function userOf(text: string): UserIdentifier {
    const user = parseUser(text)
    if ('problem' in user) throw new Error(user.problem)
    return user
  }

  /** Reads `homeserver`, and says which address it is, and which problem there is. */
  function readAddress(homeserver: string, user: UserIdentifier | undefined | 'no-such-input', allowHttp = false) {
    const problems = new Problems()
    const address = readHomeserver(inputs({ homeserver }), user, allowHttp, problems)
    const failure = failureOf(problems)
    const text = address?.kind === 'base-url' ? address.url : address?.serverName.text
    return [address?.kind, text, failure?.code, failure?.message]
  }
  const address = (...found: readonly string[]) => [...found, undefined, undefined]

  test('`homeserver`, whatever the user is', () => {
    for (const user of [undefined, 'no-such-input', userOf('@bot:example.org')] as const) {
      expect(readAddress(' matrix.test ', user)).toStrictEqual(address('server-name', 'matrix.test'))
      expect(readAddress('https://matrix.test', user)).toStrictEqual(address('base-url', 'https://matrix.test'))
    }
    expect(readAddress('http://matrix.test', undefined, true)).toStrictEqual(address('base-url', 'http://matrix.test'))
  })

  test('without it, the server of a user ID', () => {
    expect(readAddress(' ', userOf('@bot:example.org'))).toStrictEqual(address('server-name', 'example.org'))
  })

  test.each<[string, UserIdentifier | undefined | 'no-such-input', string, RegExp]>([
    ['http://matrix.test', undefined, 'insecure-url', /^`homeserver` \(18 characters\) /],
    ['https://', undefined, 'invalid-input', /^`homeserver` \(8 characters\) /],
    ['', 'no-such-input', 'invalid-input', /^`homeserver` is missing: set it to/],
    ['', undefined, 'invalid-input', /^`homeserver` is missing, and `user` names no server: /],
    ['', userOf('bot'), 'invalid-input', /^`homeserver` is missing, and `user` names no server: /],
  ])('%j with the user %j: %s', (homeserver, user, code, message) => {
    expect(readAddress(homeserver, user)).toStrictEqual([undefined, undefined, code, expect.stringMatching(message)])
  })

  test('a user that was refused is the only problem', () => {
    const problems = new Problems()
    problems.refuse('user', '@', 'is no user ID')
    expect(readHomeserver(inputs({}), undefined, false, problems)).toBeUndefined()
    expect(failureOf(problems)?.message).toBe('`user` (1 character) is no user ID.')
  })
})
