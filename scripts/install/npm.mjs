import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, installOnce, pins, run, works } from './cache.mjs'

/** Packages from npm as a lockfile pins them, away from the project's own. Returns their node_modules. */
export function installNpm(name) {
  const source = join(pins, name)
  const files = ['package.json', 'package-lock.json']
  const wanted = files.map((file) => readFileSync(join(source, file), 'utf8')).join('\n')
  const folder = installOnce(name, wanted, (target) => {
    for (const file of files) copyFileSync(join(source, file), join(target, file))
    run('npm', ['ci', '--silent', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: target })
  })
  return join(folder, 'node_modules')
}

/** The newest Node that the action runs on, as an npm package with the real binary. Returns the binary. */
export function installNode24() {
  const path = join(installNpm('node24'), `node-linux-${process.arch}/bin/node`)
  if (!works(path, '--version')) fail(`${path} does not run here: Node 24 is had for Linux on x64 only.`)
  return path
}
