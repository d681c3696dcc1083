// What the installers share: a cache folder that outlives the run, and a note in it of what was installed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** MATRIX_TEST_CACHE names another folder. */
export const cache = process.env.MATRIX_TEST_CACHE ?? join(root, '.cache')
/** Requirements, lockfiles and go.mod files: what is installed, to the last byte. */
export const pins = join(root, '__tests__/servers/support/install')

export function fail(message) {
  console.error(message)
  process.exit(1)
}

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error !== undefined || status !== 0)
    fail(`${command} ${args.slice(0, 3).join(' ')} failed: ${error?.message ?? `exit status ${status}`}`)
}

/** Whether a command ends well. Says nothing. */
export function works(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

/** Installs into a folder of the cache, unless that was done before with the very same pins. Returns the folder. */
export function installOnce(name, wanted, install) {
  const folder = join(cache, name)
  const note = join(folder, 'installed.txt')
  if (existsSync(note) && readFileSync(note, 'utf8') === wanted) return folder
  console.error(`Installing ${name}…`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  install(folder)
  writeFileSync(note, wanted)
  return folder
}
