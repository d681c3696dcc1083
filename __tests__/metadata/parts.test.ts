import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'

/** The files of dist/ that hold code; the launchers hold a line each. */
const parts = readdirSync('dist').filter((file) =>
  readFileSync(join('dist', file), 'utf8').includes('webpackBootstrap'),
)
const textOf = (file: string) => readFileSync(join('dist', file), 'utf8')
const load = createRequire(resolve('dist/launch.cjs'))

/** Modules of src/ in a file, as ncc names them above each. */
const modulesIn = (file: string) =>
  [...textOf(file).matchAll(/ MODULE: \.\/build\/parts\/[\w-]+\/(\S+)\.js/g)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('from-'))

/** What a file takes from another one, at its start or on demand. */
const uses = (file: string) => {
  const list = /\{ ([^{}]*) \} = (?:await Promise\.resolve\(\)\.then\(\(\) => )?require\('(\.\/[\w-]+\.js)'\)/g
  const member = /require\('(\.\/[\w-]+\.js)'\)\)\)\.(\w+)/g
  const text = textOf(file)
  return [
    ...[...text.matchAll(list)].flatMap(([, names = '', from = '']) =>
      names.split(', ').map((name) => ({ from, name: name.split(':')[0] ?? '' })),
    ),
    ...[...text.matchAll(member)].map(([, from = '', name = '']) => ({ from, name })),
  ]
}

/** The registered secrets and the classes for `instanceof` must be there once in a process. */
test('no module is in two files', () => {
  const all = parts.flatMap(modulesIn)
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toStrictEqual([])
})

test.each(parts)('%s finds whatever it takes from another file', (file) => {
  const missing = uses(file).filter(({ from, name }) => load(from)[name] === undefined)
  expect(missing).toStrictEqual([])
})

test('what is taken from other files is found by this test at all', () => {
  const found = parts.flatMap(uses).map(({ from, name }) => `${from} ${name}`)
  expect(found).toStrictEqual(
    expect.arrayContaining([
      './core.js redact',
      './explain.js explain',
      './options.js sealText',
      './credentials.js CREDENTIAL_KINDS',
    ]),
  )
})

test('the command line reaches nothing of the runner', () => {
  const reached = (file: string, seen = new Set<string>()): Set<string> => {
    for (const [, next = ''] of textOf(file).matchAll(/= require\('\.\/([\w-]+\.js)'\)/g)) {
      if (!seen.has(next)) reached(next, seen.add(next))
    }
    return seen
  }
  expect([...reached('cli-main.js')]).not.toContain('index.js')
})
