import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, installOnce, run, works } from './cache.mjs'
import { download } from './debian.mjs'

const UNPACKED = 'usr/lib/chromium/chromium'
/** The second is what GitHub's Ubuntu images have, whose archive has no Chromium. */
const INSTALLED = [`/${UNPACKED}`, '/usr/bin/google-chrome'].find((path) => existsSync(path))

/**
 * The Chromium of this machine, else Debian's, unpacked with the libraries that this machine lacks; nothing is installed.
 * Returns a program that starts it.
 */
export function installChromium() {
  const folder = installOnce('chromium', 'chromium\n', (target) => {
    for (const name of INSTALLED === undefined ? missingPackages() : []) download(name, target)
    for (const file of readdirSync(target).filter((entry) => entry.endsWith('.deb'))) {
      run('dpkg-deb', ['-x', file, '.'], { cwd: target })
      rmSync(join(target, file))
    }
    writeStarter(target)
  })
  const path = join(folder, 'chromium')
  if (!works(path, '--version'))
    fail(`${path} does not run here: its libraries are missing (apt-get install chromium brings them).`)
  return path
}

/** Chromium, and what apt-get would install with it. The simulation needs no rights. */
function missingPackages() {
  const args = ['install', '--simulate', '--no-install-recommends', 'chromium']
  const { stdout, status } = spawnSync('apt-get', args, { encoding: 'utf8' })
  const names = [...(stdout ?? '').matchAll(/^Inst (\S+)/gm)].map(([, name]) => name)
  // `download` says what is wrong, and refreshes empty package lists.
  return status === 0 && names.length > 0 ? names : ['chromium', 'chromium-common']
}

function writeStarter(target) {
  const binary = INSTALLED ?? join(target, UNPACKED)
  const libraries = ['usr/lib', 'lib'].flatMap((path) => foldersOfLibraries(join(target, path)))
  const path = join(target, 'chromium')
  writeFileSync(path, `#!/bin/sh\nLD_LIBRARY_PATH='${libraries.join(':')}' exec '${binary}' "$@"\n`)
  chmodSync(path, 0o755)
}

/** Some packages keep libraries of their own in a folder of their own. */
function foldersOfLibraries(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  const below = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => foldersOfLibraries(join(folder, name)))
  return entries.some(({ name }) => /\.so(\.|$)/.test(name)) ? [folder, ...below] : below
}
