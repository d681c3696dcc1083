import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { CREDENTIAL_KINDS } from '../../src/credentials/index.js'
import { FAILURES } from '../../src/failures.js'
import { VERSION } from '../../src/version.js'

interface Action {
  readonly name: string
  readonly branding: { readonly icon: string; readonly color: string }
  readonly inputs: Readonly<Record<string, { readonly description?: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly description?: string }>>
  readonly runs: { readonly using: string; readonly main: string; readonly post: string }
}

const action: Action = parse(readFileSync('action.yml', 'utf8'))
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

describe('action.yml', () => {
  test('names files that exist, for Node 24', () => {
    expect(action.runs.using).toBe('node24')
    expect(existsSync(action.runs.main)).toBe(true)
    expect(existsSync(action.runs.post)).toBe(true)
  })

  test('has a name and branding that the Marketplace takes', () => {
    expect(action.name).toBe('Matrix Access Token')
    expect(['lock', 'unlock', 'shield', 'log-in', 'user-check']).toContain(action.branding.icon)
    expect(['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']).toContain(
      action.branding.color,
    )
  })

  test('declares exactly the inputs that are read, each described', () => {
    const read = matches(/(?:input|isBlank)\((?:runner, )?'([a-z-]+)'/g)
    for (const { input } of CREDENTIAL_KINDS) read.add(input)
    expect([...read].sort()).toEqual(Object.keys(action.inputs).sort())
    for (const { description = '' } of Object.values(action.inputs)) expect(description.length).toBeGreaterThan(20)
  })

  test('declares exactly the outputs that are set, each described', () => {
    expect([...matches(/setOutput\('([a-z-]+)'/g)].sort()).toEqual(Object.keys(action.outputs).sort())
    for (const { description = '' } of Object.values(action.outputs)) expect(description.length).toBeGreaterThan(10)
  })

  test('has the defaults of the contract', () => {
    const defaults = Object.entries(action.inputs).flatMap(([name, input]) =>
      input.default === undefined ? [] : [[name, input.default]],
    )
    expect(Object.fromEntries(defaults)).toEqual({
      logout: 'never',
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
