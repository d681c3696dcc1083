// npm run check: everything that must hold before a commit lands. Stops at the first thing that does not.
// With --quick without what takes minutes: the bundle, a process for each step. Other arguments go to jest.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stampDist } from './fresh-dist.mjs'
import { runJest } from './jest.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = (path) => [process.execPath, [join(root, 'node_modules', path)]]

function run([command, args], ...more) {
  const { status } = spawnSync(command, [...args, ...more], { cwd: root, stdio: 'inherit' })
  return status === 0
}

/** Whether dist/ is what src/ and the lockfile make, byte for byte. */
function distUnchanged() {
  const fresh = 'build/dist'
  if (!run([process.execPath, ['scripts/build.mjs']], fresh)) return false
  const files = new Set([...readdirSync(join(root, 'dist')), ...readdirSync(join(root, fresh))])
  const read = (folder, file) => {
    try {
      return readFileSync(join(root, folder, file), 'utf8')
    } catch {
      return undefined
    }
  }
  const different = [...files].filter((file) => read('dist', file) !== read(fresh, file))
  if (different.length > 0)
    console.error(`dist/ is not up to date (${different.join(', ')}): npm run bundle, and commit it.`)
  // The tests need not build it once more.
  else stampDist()
  return different.length === 0
}

/** What goes to jest; the results of the second suite go into a file of their own. */
const options = process.argv.slice(2).filter((option) => option !== '--quick')
const bundleOptions = options.map((option) => option.replace(/^(--outputFile=.*)\.json$/, '$1-bundle.json'))

const stages = {
  'format and lint': () => run(bin('@biomejs/biome/bin/biome'), 'ci', '.'),
  types: () => run(bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'),
  'unused exports': () => run(bin('knip/bin/knip.js')),
  'README tables': () => run([process.execPath, ['scripts/docs.mjs']], '--check'),
  'dist unchanged': distUnchanged,
  tests: () => runJest(options) === 0,
  'tests of the bundle': () => runJest(['--config', 'jest.bundle.config.mjs', ...bundleOptions]) === 0,
}
if (process.argv.includes('--quick')) delete stages['tests of the bundle']

for (const [name, stage] of Object.entries(stages)) {
  const start = Date.now()
  const passed = stage()
  console.log(`${passed ? '✓' : '✗'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
  if (!passed) process.exit(1)
}
