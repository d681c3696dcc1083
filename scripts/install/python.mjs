import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, installOnce, pins, run } from './cache.mjs'

/** A virtual environment with what a requirements file pins, hashes and all. Returns its Python. */
export function installPython(name) {
  const check = spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'])
  if (check.error !== undefined || check.status !== 0)
    fail(`${name} needs python3 3.11 or newer with the venv module on the PATH (Debian: apt-get install python3-venv).`)
  const requirements = join(pins, `requirements-${name}.txt`)
  const folder = installOnce(name, readFileSync(requirements, 'utf8'), (target) => {
    run('python3', ['-m', 'venv', target])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes']
    run(join(target, 'bin/python'), [...pip, '-r', requirements])
  })
  return join(folder, 'bin/python')
}
