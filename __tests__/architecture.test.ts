import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from '@jest/globals'

interface SourceFile {
  readonly path: string
  readonly text: string
  /** Files of src/ that are imported for more than their types. */
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return readSources(path)
    if (!path.endsWith('.ts')) return []
    const text = readFileSync(path, 'utf8')
    const all = [...text.matchAll(/^import (?!type )[^']*'([^']+)'/gm)].map(([, from = '']) => from)
    const relative = all
      .filter((from) => from.startsWith('.'))
      .map((from) => normalize(join(dirname(path), from)).replace(/\.js$/, '.ts'))
    return [{ path, text, imports: relative, packages: all.filter((from) => !from.startsWith('.')) }]
  })
}

const sources = readSources('src')
const room = (path: string) => path.split('/')[1] ?? ''
const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

/** Where the arrows may point: docs/architecture.md has the picture. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  http: ['http'],
  matrix: ['matrix', 'http', 'secret.ts'],
  oauth: ['oauth', 'matrix', 'http', 'secret.ts'],
  mas: ['mas', 'oauth', 'matrix', 'http', 'secret.ts'],
  credentials: ['credentials', 'mas', 'oauth', 'matrix', 'http', 'failures.ts', 'secret.ts'],
  inputs: ['inputs', 'credentials', 'matrix', 'stores', 'rotation.ts', 'failures.ts', 'secret.ts'],
  actions: [
    'actions',
    'inputs',
    'credentials',
    'matrix',
    'http',
    'failures.ts',
    'secret.ts',
    'device.ts',
    'explain.ts',
    'stores',
    'sealing',
    'rotation.ts',
    'runner',
  ],
  sealing: ['sealing', 'matrix', 'secret.ts'],
  stores: ['stores', 'matrix', 'http', 'failures.ts', 'secret.ts'],
  runner: ['runner', 'matrix', 'failures.ts'],
}

describe.each(Object.entries(ARROWS))('%s', (name, allowed) => {
  test('imports nothing from the wrong side', () => {
    const wrong = sources
      .filter(({ path }) => room(path) === name)
      .flatMap(({ path, imports }) =>
        imports.filter((target) => !allowed.includes(room(target))).map((target) => `${path} → ${target}`),
      )
    expect(wrong).toEqual([])
  })
})

test('of runner/, use cases import nothing that touches the runner', () => {
  const reached = sources
    .filter(({ path }) => room(path) === 'actions')
    .flatMap(({ imports }) => imports.filter((target) => room(target) === 'runner'))
  expect([...new Set(reached)]).toEqual(['src/runner/run-context.ts'])
})

test.each([
  [/'@actions\/core'/, ['src/runner/toolkit-runner.ts']],
  [/'@actions\/http-client'/, ['src/http/toolkit-transport.ts']],
  [/process\.env\b/, ['src/runner/toolkit-runner.ts']],
  [/Date\.now\(|Math\.random\(/, ['src/runner/live.ts']],
  [/setTimeout\(/, ['src/http/toolkit-transport.ts', 'src/runner/live.ts']],
  [/process\.(exit|exitCode)\b/, ['src/runner/guard.ts']],
  [/\bOWNER\/matrix-access-token/, ['src/version.ts']],
])('%s stands in one place', (pattern, paths) => {
  expect(filesWith(pattern).sort()).toEqual(paths)
})

test('files stay small: none over 200 lines', () => {
  expect(sources.filter(({ text }) => text.split('\n').length > 200).map(({ path }) => path)).toEqual([])
})

test('functions stay small: none over 40 lines', () => {
  const long = sources.flatMap(({ path, text }) => {
    const starts = [...text.matchAll(/^(?:export )?(?:async )?function (\w+)/gm)]
    return starts.flatMap((match) => {
      const body = text.slice(match.index)
      const length = body.slice(0, body.indexOf('\n}\n')).split('\n').length
      return length > 40 ? [`${path} ${match[1]}: ${length}`] : []
    })
  })
  expect(long).toEqual([])
})
