import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const text = readFileSync('docs/threat-model.md', 'utf8')
const part = text.slice(text.indexOf('## Invariants'), text.indexOf('## What is not a hole'))
const invariants = part.split(/^### /m).slice(1)

/** Names of tests and of groups of tests, as they are written. */
function testNames(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/(?:\b(?:test|describe)\w*|\)|\])\(\s*(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)].map(
    ([, , name = '']) => name,
  )
}

test('the invariants are numbered', () => {
  expect(invariants.length).toBeGreaterThan(15)
  expect(invariants.map((each) => Number.parseInt(each, 10))).toStrictEqual(invariants.map((_each, index) => index + 1))
})

describe.each(invariants.map((each) => [each.split('\n')[0] ?? '', each] as const))('%s', (_title, invariant) => {
  const held = [...invariant.matchAll(/^- `(.+)`: “(.+)”$/gm)].map(([, file = '', name = '']) => ({ file, name }))

  test('names the tests that hold it, and they exist', () => {
    expect(held).not.toStrictEqual([])
    expect(held).toHaveLength([...invariant.matchAll(/^- /gm)].length)
    const missing = held.filter(({ file, name }) => !existsSync(file) || !testNames(file).includes(name))
    expect(missing).toStrictEqual([])
  })
})
