// npm run test:mutation [-- src/session/device-id.ts …]: changes the pure modules in every small way, and sees whether a test
// notices. Prints the score of each module and what survived. Takes many minutes, so it is not in CI.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TZ } from './jest.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** In percent. Survivors are judged in docs/decisions/mutation.md. */
const WANTED = 90

/** Modules without effects: what they do is what they return. With the tests that must notice. */
const MODULES = {
  'src/http/proxy.ts': ['http/proxy'],
  'src/http/retry.ts': ['unit/retry'],
  'src/inputs/suspicions.ts': ['unit/suspicions'],
  'src/inputs/text.ts': ['unit/characters', 'unit/tokens'],
  'src/inputs/values.ts': ['unit/tokens', 'unit/values'],
  'src/matrix/homeserver-address.ts': ['unit/homeserver-address'],
  'src/matrix/identifiers.ts': ['unit/identifiers'],
  'src/oauth/polling.ts': ['unit/polling'],
  'src/redaction.ts': ['unit/redaction'],
  'src/runner/masks.ts': ['unit/masks'],
  'src/sealing/session-file.ts': ['unit/session-file'],
  'src/session/device-id.ts': ['unit/device'],
  'src/session/rotation.ts': ['unit/token-age', 'unit/rotation', 'unit/session-selection'],
  'src/stores/store.ts': ['unit/targets'],
  'src/verification/identity.ts': ['unit/verification-decide'],
  'src/verification/keys.ts': [
    'unit/verification-recovery-key',
    'unit/verification-secret-storage',
    'unit/verification-signing',
  ],
  'src/verification/secret-storage.ts': ['unit/verification-secret-storage'],
}

const COUNTED = { found: ['Killed', 'Timeout'], missed: ['Survived', 'NoCoverage'] }

/** Runs Stryker over one module. @returns its mutants */
function mutate(path, tests) {
  const env = { TZ, ...process.env, MUTATION_TESTS: tests.join(',') }
  const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const { status } = spawnSync(process.execPath, [stryker, 'run', '--mutate', path], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  if (status !== 0) throw new Error(`Stryker failed on ${path}`)
  const report = JSON.parse(readFileSync(join(root, 'build/results/mutation.json'), 'utf8'))
  const [{ mutants, source }] = Object.values(report.files)
  return mutants.map((mutant) => ({ ...mutant, original: textAt(source, mutant.location) }))
}

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  lines.push(lines.pop().slice(0, end.column - 1))
  return lines.join('\n').slice(start.column - 1)
}

const short = (text = '') => text.replace(/\s+/g, ' ').slice(0, 70)

/** Prints a module's score. @returns whether it is good enough */
function report(path, mutants, seconds) {
  const found = mutants.filter(({ status }) => COUNTED.found.includes(status)).length
  const missed = mutants.filter(({ status }) => COUNTED.missed.includes(status))
  const score = (100 * found) / (found + missed.length)
  const timedOut = mutants.filter(({ status }) => status === 'Timeout').length
  const summary = `${score.toFixed(1)} % of ${found + missed.length} mutants, ${timedOut} of them by timeout`
  console.log(`${path}: ${summary}, ${seconds.toFixed(0)} s`)
  for (const { location, original, replacement, status } of missed) {
    const note = status === 'NoCoverage' ? ' (runs in no test)' : ''
    console.log(`  ${location.start.line}: ${short(original)}  →  ${short(replacement)}${note}`)
  }
  return score >= WANTED
}

const chosen = process.argv.slice(2)
const isKnown = (path) => path in MODULES
const isThere = ([path, tests]) => [path, ...tests.map((test) => `__tests__/${test}.test.ts`)].every(exists)
const exists = (path) => existsSync(join(root, path))
const gone = Object.entries(MODULES).filter((entry) => !isThere(entry))
if (gone.length > 0)
  throw new Error(`not there any more, or a test of it: ${gone.map(([path]) => path)}; correct MODULES`)
if (!chosen.every(isKnown))
  throw new Error(`no module of ${fileURLToPath(import.meta.url)}: ${chosen.filter((path) => !isKnown(path))}`)

for (const [path, tests] of Object.entries(MODULES)) {
  if (chosen.length > 0 && !chosen.includes(path)) continue
  const start = Date.now()
  const mutants = mutate(path, tests)
  if (!report(path, mutants, (Date.now() - start) / 1000)) process.exitCode = 1
}
