import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { FAILURES } from '../../src/failure-codes.js'
import { INPUT_NAMES } from '../../src/inputs/declared.js'
import { VERSION } from '../../src/version.js'

interface Action {
  readonly name: string
  readonly branding: { readonly icon: string; readonly color: string }
  readonly inputs: Readonly<Record<string, { readonly description?: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly description?: string }>>
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string }
}

const load = (folder: string): Action => parse(readFileSync(join(folder, 'action.yml'), 'utf8'))
const action = load('.')
const FOLDERS = ['.', 'logout', 'rotate', 'unseal', 'verify']
const all = FOLDERS.map(load)
const sources = sourceFiles('src')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sourceFiles(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  )
}

function matches(pattern: RegExp): Set<string> {
  return new Set([...sources.matchAll(pattern)].map(([, name = '']) => name))
}

describe.each(FOLDERS)('%s/action.yml', (folder) => {
  const { name, branding, runs, inputs, outputs } = load(folder)

  test('names files that exist, for Node 24', () => {
    expect(runs.using).toBe('node24')
    for (const file of [runs.main, runs.post ?? runs.main]) expect(existsSync(join(folder, file))).toBe(true)
  })

  test('has a name and branding that the Marketplace takes', () => {
    expect(name).toMatch(/^Matrix /)
    expect(['lock', 'unlock', 'shield', 'log-in', 'log-out', 'refresh-cw']).toContain(branding.icon)
    expect(['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']).toContain(
      branding.color,
    )
  })

  test('describes every input and output', () => {
    for (const { description = '' } of [...Object.values(inputs), ...Object.values(outputs)]) {
      expect(description.length).toBeGreaterThan(10)
    }
  })
})

describe('the actions together', () => {
  const names = (part: 'inputs' | 'outputs') => [...new Set(all.flatMap((each) => Object.keys(each[part])))].sort()

  test('declare exactly the inputs that are read', () => {
    expect([...INPUT_NAMES].sort()).toStrictEqual(names('inputs'))
    // The compiler refuses to read what is not declared; what is declared must be read.
    const readers = sourceFiles('src').filter((file) => !file.endsWith('declared.ts'))
    const code = readers.map((file) => readFileSync(file, 'utf8')).join('\n')
    expect(INPUT_NAMES.filter((name) => !code.includes(`'${name}'`) && !code.includes(`${name}:`))).toStrictEqual([])
  })

  test('declare exactly the outputs that are set', () => {
    expect([...matches(/setOutput\('([a-z-]+)'/g)].sort()).toStrictEqual(names('outputs'))
  })
})

describe('login', () => {
  test('has the defaults of the contract', () => {
    const defaults = Object.entries(action.inputs).flatMap(([name, input]) =>
      input.default === undefined ? [] : [[name, input.default]],
    )
    expect(Object.fromEntries(defaults)).toStrictEqual({
      'jwt-login-type': 'org.matrix.login.jwt',
      logout: 'never',
      'export-env': 'false',
      'if-no-credentials': 'fail',
      'max-wait': '120',
      'allow-http': 'false',
      'job-status': '${{ job.status }}',
      'job-matrix': '${{ toJSON(matrix) }}',
    })
  })
})

test('the version in the user agent is that of package.json', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
})

test('every failure is explained', () => {
  for (const { when, remedy } of Object.values(FAILURES)) {
    expect(when).toMatch(/\.\)?$/)
    expect(remedy).toMatch(/\.$/)
  }
})
