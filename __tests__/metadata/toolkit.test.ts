import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'

const folder = mkdtempSync(join(tmpdir(), 'toolkit-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The toolkit as it goes into the bundle. */
const copy = (() => {
  const code = `import { copyToolkit } from './scripts/toolkit.mjs'; copyToolkit(${JSON.stringify(folder)})`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return (file: string) => readFileSync(join(folder, file), 'utf8')
})()
const original = (file: string) => readFileSync(join('node_modules', file), 'utf8')

const CORE = '@actions/core/lib/core.js'
const CLIENT = '@actions/http-client/lib/index.js'
/** A method, or a function at the top of a module, from its first to its last line. */
const FUNCTIONS = /^( {4}|)(?:export function )?\w+\(.*\) \{\n[\s\S]*?^\1\}\n/gm

describe.each([CORE, CLIENT])('%s in the bundle', (file) => {
  test('is the code of the package: only comments and whole declarations are left out', () => {
    const lines = new Set(original(file).split('\n'))
    const own = copy(file)
      .split('\n')
      .filter((line) => !lines.has(line))
    expect(own.filter((line) => !/^import https? from 'https?';$/.test(line))).toStrictEqual([])
    const known = original(file).replace(/^ *(?:\/\*\*[\s\S]*?\*\/|\/\/.*)\n/gm, '')
    expect([...copy(file).matchAll(FUNCTIONS)].filter(([text]) => !known.includes(text))).toStrictEqual([])
  })
})

test('the HTTP client is left with what one request needs', () => {
  const [, body = ''] = /^export class HttpClient \{\n([\s\S]*?)^\}\n/m.exec(copy(CLIENT)) ?? []
  const methods = [...body.matchAll(/^ {4}(\w+)\(.*\) \{$/gm)].map(([, name]) => name)
  expect(methods).toStrictEqual([
    'constructor',
    '_getUserAgentWithOrchestrationId',
    'requestRaw',
    'requestRawWithCallback',
  ])
})

test('the core is left with the functions that the runner calls, and those that they call', () => {
  const called = [...readFileSync('src/runner/toolkit-runner.ts', 'utf8').matchAll(/\bcore\.(\w+)\(/g)]
  const exported = new Set([...copy(CORE).matchAll(/^export function (\w+)/gm)].map(([, name]) => name))
  expect(called.map(([, name]) => name).filter((name) => !exported.has(name))).toStrictEqual([])
  expect(
    [...exported].filter((name) => ['getBooleanInput', 'addPath', 'getIDToken'].includes(name ?? '')),
  ).toStrictEqual([])
})
