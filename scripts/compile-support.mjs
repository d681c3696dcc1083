// Compiles what the demo and the pictures take from __tests__/support to build/demo, with a fresh dist/ beside it.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildStaleDist } from './fresh-dist.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const compiler = join(root, 'node_modules/typescript/bin/tsc')

/**
 * Compiles, and imports a module. Ends the process where the code does not compile.
 * @param path path below __tests__/support, with the extension .js
 */
export async function importSupport(path) {
  process.chdir(root)
  buildStaleDist()
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.demo.json'], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  writeFileSync('build/demo/package.json', '{ "type": "module" }\n')
  return await import(pathToFileURL(join(root, 'build/demo', path)).href)
}
