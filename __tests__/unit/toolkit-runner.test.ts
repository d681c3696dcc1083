import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { toolkitRunner } from '../../src/runner/toolkit-runner.js'

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
      expect(lines.filter((line) => /^[\s\u0085]*::|##\[/.test(line))).toStrictEqual([])
    },
  )
})
