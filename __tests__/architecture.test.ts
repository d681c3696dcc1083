import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from '@jest/globals'

interface SourceFile {
  readonly path: string
  readonly text: string
  /** Files of src/ that are imported for more than their types, at the start or on demand. */
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return readSources(path)
    if (!path.endsWith('.ts')) return []
    const text = readFileSync(path, 'utf8')
    const all = [...text.matchAll(/^import (?!type )[^']*'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
      ([, atStart, onDemand]) => atStart ?? onDemand ?? '',
    )
    const relative = all
      .filter((from) => from.startsWith('.'))
      .map((from) => posix.normalize(posix.join(posix.dirname(path), from)).replace(/\.js$/, '.ts'))
    return [{ path, text, imports: relative, packages: all.filter((from) => !from.startsWith('.')) }]
  })
}

const sources = readSources('src')
/** A folder of src/, or a file that stands alone there, without its ending. */
const room = (path: string) => (path.split('/')[1] ?? '').replace(/\.ts$/, '')
const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

/** Files that everybody may import and that import nothing but each other: the picture leaves them out. */
const LEAVES = ['escapes', 'failure-codes', 'failures', 'redaction', 'secret', 'version']

const picture =
  /```mermaid\nflowchart[^\n]*\n([\s\S]*?)```/.exec(readFileSync('docs/architecture.md', 'utf8'))?.[1] ?? ''
const drawn = [...picture.matchAll(/^ +(\w[\w-]*) --> (\w[\w-]*)$/gm)].map(([, from, to]) => `${from} --> ${to}`)

const arrows = sources.flatMap(({ path, imports }) =>
  imports
    .map((target) => [room(path), room(target)] as const)
    .filter(([from, to]) => from !== to && !LEAVES.includes(to))
    .map(([from, to]) => ({ arrow: `${from} --> ${to}`, path })),
)

describe('the picture in docs/architecture.md', () => {
  test('has nothing but arrows, and each once', () => {
    expect(picture.trimEnd().split('\n')).toHaveLength(drawn.length)
    expect(new Set(drawn).size).toBe(drawn.length)
  })

  test('has every import', () => {
    expect(arrows.filter(({ arrow }) => !drawn.includes(arrow)).map(({ arrow, path }) => `${arrow} (${path})`)).toEqual(
      [],
    )
  })

  test('has no arrow that nothing needs', () => {
    const real = new Set(arrows.map(({ arrow }) => arrow))
    expect(drawn.filter((arrow) => !real.has(arrow))).toEqual([])
  })

  test('has no way back: the arrows point one way', () => {
    const reachable = (from: string, seen = new Set<string>()): Set<string> => {
      for (const arrow of drawn) {
        const [start = '', end = ''] = arrow.split(' --> ')
        if (start === from && !seen.has(end)) reachable(end, seen.add(end))
      }
      return seen
    }
    expect(sources.map(({ path }) => room(path)).filter((name) => reachable(name).has(name))).toEqual([])
  })

  test.each(LEAVES)('leaves out %s, which imports nothing but its like', (name) => {
    const found = sources.filter(({ path }) => room(path) === name)
    expect(found).toHaveLength(1)
    expect(found.flatMap(({ imports }) => imports.map(room)).filter((target) => !LEAVES.includes(target))).toEqual([])
  })
})

test('knows every room there is', () => {
  const text = readFileSync('docs/architecture.md', 'utf8')
  const missing = sources
    .map(({ path }) => path.split('/').slice(0, 2).join('/'))
    .filter((name) => !text.includes(`\`${name}`))
  expect([...new Set(missing)]).toEqual([])
})

test('of runner/, use cases import nothing that touches the runner', () => {
  const reached = sources
    .filter(({ path }) => room(path) === 'actions')
    .flatMap(({ imports }) => imports.filter((target) => room(target) === 'runner'))
  expect([...new Set(reached)]).toEqual(['src/runner/run-context.ts'])
})

test('a terminal is no runner: the command line reaches nothing of runner/ that touches one', () => {
  const reached = sources
    .filter(({ path }) => room(path) === 'cli')
    .flatMap(({ imports }) => imports.filter((target) => room(target) === 'runner'))
  expect([...new Set(reached)].sort()).toEqual(['src/runner/live.ts'])
})

test.each([
  [/'@actions\/core'/, ['src/runner/toolkit-runner.ts']],
  [/from 'node:https?'/, ['src/cli/sso/listener.ts', 'src/http/connection.ts', 'src/http/toolkit-transport.ts']],
  [/from '(commander|open)'/, ['src/cli/arguments.ts', 'src/cli/live-terminal.ts']],
  [/process\.env\b/, ['src/cli/live-terminal.ts', 'src/runner/toolkit-runner.ts']],
  [/Date\.now\(|Math\.random\(/, ['src/runner/live.ts']],
  [/setTimeout\(/, ['src/http/timer.ts']],
  [/process\.(exit|exitCode)\b/, ['src/cli/live-terminal.ts', 'src/runner/guard.ts']],
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
