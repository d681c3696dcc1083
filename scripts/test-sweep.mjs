// npm run test:sweep: the rotation and its crash sweep in full: every flavour, every mode, every moment. Takes minutes.
// What it found is summed up in build/results/sweep.md, and printed.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runJest } from './jest.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const found = join(root, 'build/results/sweep')
const options = process.argv.slice(2)
// The work is done by the processes that are killed: one worker for each core has enough to do.
const workers = options.some((option) => /^(-w|-i|--maxWorkers|--runInBand)/.test(option)) ? [] : ['--maxWorkers=100%']

rmSync(found, { recursive: true, force: true })
const env = { ...process.env, MATRIX_TEST_SWEEP: process.env.MATRIX_TEST_SWEEP ?? 'full' }
const order = ['--testSequencer', join(root, 'scripts/sweep-order.mjs')]
process.exitCode = runJest(['--config', 'jest.bundle.config.mjs', '/rotate', ...order, ...workers, ...options], env)

const AFTER = ['after the next rotation', 'after the one after it']
/** Kind of row, title, what is counted, and when sessions were counted. */
const TABLES = [
  ['killed', 'Killed', 'kills', ['at the kill', ...AFTER, 'after the third']],
  ['overlapped', 'Side by side', 'pairs', ['after both', ...AFTER]],
  ['queued', 'Queued with a stale or an empty current-token', 'queues', ['after the queue', ...AFTER]],
]

function readRows() {
  mkdirSync(found, { recursive: true })
  return readdirSync(found).flatMap((file) => JSON.parse(readFileSync(join(found, file), 'utf8')))
}

/** Sums of all rows that agree in what `key` takes from them, in the order in which they come first. */
function sumUp(rows, key) {
  const sums = new Map()
  for (const row of rows) {
    const name = key(row).join(' | ')
    const sum = sums.get(name) ?? { cases: 0, passed: 0, dead: 0, sessions: [] }
    sum.cases += row.cases
    sum.passed += row.passed
    sum.dead += row.dead ?? 0
    for (const [round, count] of row.sessions.entries()) sum.sessions[round] = Math.max(sum.sessions[round] ?? 0, count)
    sums.set(name, sum)
  }
  return sums
}

function table(keys, sums, { counted, rounds, dead }) {
  const head = [...keys, counted, 'as promised', ...(dead ? ['dead for a while'] : []), ...rounds]
  const lines = [head, head.map(() => '---')]
  for (const [name, { cases, passed, dead: died, sessions }] of sums) {
    const counts = rounds.map(
      (_, round) => `${/\bnever\b/.test(name) && round in sessions ? '+' : ''}${sessions[round] ?? '–'}`,
    )
    lines.push([name, cases, passed, ...(dead ? [died] : []), ...counts])
  }
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function report(rows) {
  const parts = TABLES.flatMap(([kind, title, counted, rounds]) => {
    const own = rows.filter((row) => row.kind === kind)
    if (own.length === 0) return []
    const columns = { counted, rounds, dead: kind === 'overlapped' }
    const bySetting = sumUp(own, ({ credential, flavour, mode }) => [credential, flavour, mode])
    const bySweep = sumUp(own, ({ sweep, forge, mode, targets }) => [sweep, forge, mode, targets])
    const [{ cases, passed }] = sumUp(own, () => ['all']).values()
    return [
      `## ${title}: ${cases} ${counted}, ${passed} as promised`,
      table(['credential', 'server', 'retire'], bySetting, columns),
      table(['what was done', 'forge', 'retire', 'targets'], bySweep, columns),
    ]
  })
  return `${['# The crash sweep of the rotation', NOTE, ...parts].join('\n\n')}\n`
}

const NOTE = [
  'As promised: every stored token answered `whoami` at every point, and the sessions were within the contract.',
  'The other numbers are the most sessions that lived at that time, the newest among them;',
  'under `never`, those that were added.',
  'Dead for a while: `now` side by side, which the contract excepts; the next rotation stored a token that lives.',
].join(' ')

const text = report(readRows())
writeFileSync(join(root, 'build/results/sweep.md'), text)
console.log(`\n${text}`)
