import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const licenses = readFileSync('dist/licenses.txt', 'utf8')

/** ncc heads each section with the package and its licence. A stub of ours has no licence of its own. */
const listed = [...licenses.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+)\n([A-Z][\w.-]*)\n/gm)].map(
  ([, name = '', licence = '']) => ({
    name,
    licence,
  }),
)

/** ncc says above each module where it comes from. */
const bundled = new Set(
  readdirSync('dist')
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(join('dist', file), 'utf8').matchAll(/ MODULE: (\S+)/g)])
    .flatMap(([, path = '']) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
)

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('dist/licenses.txt', () => {
  test('names exactly what is bundled', () => {
    expect([...new Set(listed.map(({ name }) => name))].sort()).toStrictEqual([...bundled].sort())
    expect(bundled.size).toBeGreaterThan(5)
  })

  test.each([...bundled])('has the whole licence of %s', (name) => {
    const folder = join('node_modules', name)
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each)) ?? ''
    expect(oneLine(licenses)).toContain(oneLine(readFileSync(join(folder, file), 'utf8')))
  })

  test('holds licences that allow to pass the code on', () => {
    const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']
    expect(listed.filter(({ licence }) => !allowed.includes(licence))).toStrictEqual([])
  })
})
