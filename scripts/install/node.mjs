import { join } from 'node:path'
import { installOnce, run } from './cache.mjs'

/**
 * A Node of another version than the one that runs the tests: the real binary, as the npm registry has it in a package for
 * each platform. Returns the folder that it is in.
 */
export function installNode(version) {
  const name = `node-${process.platform}-${process.arch}`
  const folder = installOnce('node', `${name} ${version}\n`, (target) =>
    run('npm', ['install', '--prefix', target, '--silent', '--no-save', '--ignore-scripts', `${name}@${version}`]),
  )
  return join(folder, 'node_modules', name, 'bin')
}
