import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail, installOnce, run, works } from './cache.mjs'

/**
 * A program out of a Debian package. The package is unpacked, not installed: no service starts, and the machine stays as
 * it was. Debian keeps one version of a package for each release, so the name is the pin. Returns the binary.
 */
export function installDebian(packageName, binary) {
  const folder = installOnce(packageName, `${packageName}\n`, (target) => {
    download(packageName, target)
    const file = readdirSync(target).find((entry) => entry.endsWith('.deb'))
    run('dpkg-deb', ['-x', file, '.'], { cwd: target })
  })
  const path = join(folder, binary)
  // It prints its version only where its libraries are there.
  if (!works(path, '-v'))
    fail(`${path} does not run here: its libraries are missing (apt-get install ${packageName} brings them).`)
  return path
}

/** The package as a file, into a folder. */
export function download(packageName, target) {
  if (!works('apt-get', '--version') || !works('dpkg-deb', '--version'))
    fail(`${packageName} comes from Debian's archive: this needs apt-get and dpkg-deb, that is Debian or Ubuntu.`)
  const args = ['download', '--quiet=2', '-o', 'APT::Sandbox::User=root', packageName]
  if (spawnSync('apt-get', args, { cwd: target, stdio: 'ignore' }).status === 0) return
  // No package lists yet, or lists that are older than the archive.
  if (process.getuid?.() !== 0)
    fail(`apt-get download ${packageName} fails. As root: apt-get update. Then run this again.`)
  run('apt-get', ['update', '--quiet=2'])
  run('apt-get', args, { cwd: target })
}
