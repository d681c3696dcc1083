import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { PUBLISHER } from './support/publisher.js'

interface SourceFile {
  readonly path: string
  readonly text: string
  /** Files of src/ that are imported, also for their types alone and on demand. */
  readonly imports: readonly string[]
}

function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return readSources(path)
    if (!path.endsWith('.ts')) return []
    const text = readFileSync(path, 'utf8')
    const found = [...text.matchAll(/^(?:import|export)[^']*? from '(\.[^']+)'|import\('(\.[^']+)'\)/gm)]
    const imports = found.map(([, fixed, onDemand]) => fixed ?? onDemand ?? '')
    const toPath = (from: string) => posix.normalize(posix.join(posix.dirname(path), from)).replace(/\.js$/, '.ts')
    return [{ path, text, imports: [...new Set(imports.map(toPath))] }]
  })
}

const sources = readSources('src')
const page = readFileSync('docs/architecture.md', 'utf8')
/** A folder of src/, or a file that stands alone there. */
const module = (path: string) => path.split('/').slice(0, 2).join('/')
const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

/** The layer of each module, as the table of the page says. */
const layers = new Map(
  [...page.matchAll(/^\| (\d+) \| ([^|]+) \|/gm)].flatMap(([, layer, modules = '']) =>
    [...modules.matchAll(/`([^`]+?)\/?`/g)].map(([, name = '']) => [name, Number(layer)] as const),
  ),
)

/** Files below all layers. */
const BELOW = ['src/failure-codes.ts', 'src/failures.ts', 'src/redaction.ts', 'src/secret.ts', 'src/version.ts']

describe('the layers of docs/architecture.md', () => {
  test('name every module, and none that is not there', () => {
    const modules = new Set(sources.map(({ path }) => module(path)))
    expect([...layers.keys(), ...BELOW].sort()).toStrictEqual([...modules].sort())
  })

  test('hold: every import leads to a lower layer', () => {
    const upward = sources.flatMap(({ path, imports }) =>
      imports
        .filter((target) => module(target) !== module(path) && !BELOW.includes(target))
        .filter((target) => (layers.get(module(target)) ?? 99) >= (layers.get(module(path)) ?? -1))
        .map((target) => `${path} → ${target}`),
    )
    expect(upward).toStrictEqual([])
  })

  test.each(BELOW)('%s is named, and imports nothing above it', (path) => {
    expect(page).toContain(`\`${path}\``)
    const imports = sources.find((source) => source.path === path)?.imports ?? []
    expect(imports.filter((target) => !BELOW.includes(target))).toStrictEqual([])
  })
})

/** The longest chain of imports that begins at a file. */
const chainFrom = (() => {
  const known = new Map<string, readonly string[]>()
  const find = (path: string, above: readonly string[] = []): readonly string[] => {
    if (above.includes(path)) throw new Error(`a circle: ${[...above, path].join(' → ')}`)
    const before = known.get(path)
    if (before !== undefined) return before
    const { imports = [] } = sources.find((source) => source.path === path) ?? {}
    const longest = imports
      .map((target) => find(target, [...above, path]))
      .reduce((best, chain) => (chain.length > best.length ? chain : best), [])
    known.set(path, [path, ...longest])
    return [path, ...longest]
  }
  return find
})()

test('no chain of imports is longer than 12 files, and none is a circle', () => {
  const chains = sources.map(({ path }) => chainFrom(path)).filter((chain) => chain.length > 12)
  expect(chains.map((chain) => chain.join(' → '))).toStrictEqual([])
})

test.each<[RegExp, readonly string[]]>([
  [/from '@actions\/core/, ['src/runner/toolkit-runner.ts']],
  [/from '@actions\/http-client/, ['src/http/toolkit-transport.ts']],
  [/from '(commander|open)'/, ['src/cli/arguments.ts', 'src/cli/live-terminal.ts']],
  [/process\.env\b/, ['src/cli/live-terminal.ts', 'src/runner/toolkit-runner.ts']],
  [/Date\.now\(|Math\.random\(/, ['src/runner/live.ts']],
  [/setTimeout\(/, ['src/http/transport.ts']],
  [/process\.(exit|exitCode)\b/, ['src/cli/live-terminal.ts', 'src/runner/process.ts', 'src/runner/toolkit-runner.ts']],
  [new RegExp(`\\b${PUBLISHER}/matrix-access-token`), ['src/version.ts']],
  // The doors.
  [/(?:import|const) \{[^}]*\brequestLogout\b[^}]*\} (?:from|= await)/, ['src/session/teardown.ts']],
  [/(?:import|const) \{[^}]*\brevoke(Personal)?Session\b[^}]*\} (?:from|= await)/, ['src/session/teardown.ts']],
  [/Promise<IssuedSession>/, ['src/cli/log-in.ts', 'src/session/attempt.ts']],
])('%s stands where it belongs', (pattern, paths) => {
  expect(filesWith(pattern).sort()).toStrictEqual([...paths].sort())
})

test('no two functions that are exported have one name', () => {
  const names = sources
    .filter(({ path }) => path !== 'src/index.ts')
    .flatMap(({ text }) => [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name = '']) => name))
  expect(names.length).toBeGreaterThan(200)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toStrictEqual([])
})

test('files stay small: none over 300 lines', () => {
  expect(sources.filter(({ text }) => text.split('\n').length > 300).map(({ path }) => path)).toStrictEqual([])
})

test('functions stay small: none over 45 lines', () => {
  const long = sources.flatMap(({ path, text }) => {
    const starts = [...text.matchAll(/^(?:export )?(?:async )?function (\w+)/gm)]
    return starts.flatMap((match) => {
      const body = text.slice(match.index)
      const length = body.slice(0, body.indexOf('\n}\n')).split('\n').length
      return length > 45 ? [`${path} ${match[1]}: ${length}`] : []
    })
  })
  expect(long).toStrictEqual([])
})
