// Whether dist/ is what src/ and the lockfile make, told by a stamp that the build leaves outside of dist/.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const STAMP = join(root, 'build/dist.stamp')

/** Everything that decides what the build makes, and what it made. All scripts: a list of those that build missed one. */
const PARTS = [
  'src',
  'stubs',
  'scripts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
  'dist',
]

function filesOf(path) {
  if (!existsSync(path)) return []
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return [path]
  }
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const file of PARTS.flatMap((part) => filesOf(join(root, part)).sort())) {
    const content = readFileSync(file)
    hash.update(`${relative(root, file).split(sep).join('/')} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** Whether dist/ was built from what src/ says now, and is still as it was built. */
export function isDistFresh() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
}

/** Call after dist/ was built, or found to be equal to what was built. */
export function stampDist() {
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, fingerprint())
}

/** Builds dist/ unless it is up to date. Ends the process where that fails: there is nothing to test then. */
export function buildStaleDist() {
  if (isDistFresh()) return
  console.log('dist/ is not what src/ makes, as far as is known: building it.')
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
