import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const files = readdirSync('__tests__', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

const placesOf = (pattern: RegExp) =>
  files.flatMap((name) =>
    readFileSync(join('__tests__', name), 'utf8')
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`__tests__/${name}:${at + 1}: ${line.trim()}`] : [])),
  )

test.each<[string, RegExp]>([
  // To `toEqual`, `[undefined]` is `[]`, and a member that is `undefined` is absent.
  ['is compared loosely', /\.toEqual\(/],
  ['is left out', /\b(?:test|it|describe)\.(?:skip|only|todo|failing)\b|\b(?:xtest|xit|xdescribe|fit|fdescribe)\(/],
])('nothing %s', (_what, pattern) => {
  expect(files.length).toBeGreaterThan(300)
  expect(placesOf(pattern)).toStrictEqual([])
})
