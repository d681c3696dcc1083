import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { toolkitRunner } from '../../src/runner/toolkit-runner.js'
import { randomText, seededRandom } from '../support/random-text.js'

let printed = ''
beforeEach(() => {
  printed = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
})
afterEach(() => {
  jest.restoreAllMocks()
})

const runner = toolkitRunner()
const next = seededRandom(9)

describe('what a server calls a token', () => {
  test.each([
    ['one letter', 'e'],
    ['three', 'abc'],
    ['nothing', ''],
    ['a sentence', 'the message of the server'],
    ['a line break', 'syt_abcdef\nsyt_ghijkl'],
    ['NUL', 'syt_abcdef\0'],
    ['an umlaut', 'syt_äbcdef'],
    ['150,000 characters', randomText(next, 150_000)],
  ])('is no mask: %s', (_name, value) => {
    runner.maskIssued(value)
    runner.info(`the error: ${value.slice(0, 40)}`)
    expect(printed).not.toContain('add-mask')
    expect(printed).not.toContain('***')
  })

  test.each([4, 39, 300, 32_000])('is a mask where it has the form of a token: %i characters', (length) => {
    const token = randomText(next, length)
    runner.maskIssued(token)
    expect(printed).toContain(`::add-mask::${token}\n`)
  })
})

test.each([
  ['an input', 'two words'],
  ['three characters', 'abc'],
])('an input of the user is masked whatever its form: %s', (_name, value) => {
  runner.mask(value)
  expect(printed).toContain(`::add-mask::${value}\n`)
})

describe('what is printed', () => {
  const SECRET = 'one_two three "four" five'
  test.each<[string, () => void]>([
    ['debug', () => runner.debug(SECRET)],
    ['info', () => runner.info(SECRET)],
    ['notice', () => runner.notice(SECRET)],
    ['warning', () => runner.warning(SECRET)],
    ['group', () => runner.group(SECRET, [SECRET])],
    ['a secret split by a line break', () => runner.info(SECRET.replaceAll(' ', '\r\n'))],
    ['a secret escaped as JSON', () => runner.info(JSON.stringify({ SECRET }))],
    ['a part', () => runner.warning(SECRET.slice(3, 18))],
  ])('holds no secret: %s', (_name, print) => {
    runner.mask(SECRET)
    printed = ''
    print()
    expect(printed).toContain('***')
    expect(printed).not.toMatch(/two|three|four/)
  })

  test.each(['::set-output name=x::y', ' \u0085::error::y', 'x ##[error]y', 'x\n::error::y', 'x\r::error::y'])(
    'is no command: %j',
    (text) => {
      runner.info(text)
      runner.group(text, [text])
      const lines = printed.split(/[\r\n]+/).filter((line) => line !== '' && !/^::(end)?group::/.test(line))
      expect(lines.filter((line) => /^[\s\u0085]*::|##\[/.test(line))).toEqual([])
    },
  )
})
