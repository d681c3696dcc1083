// Compiles the demo and runs it in this process, so that Ctrl-C reaches it and the session is ended before the process ends.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildStaleDist } from './fresh-dist.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const compiler = join(root, 'node_modules/typescript/bin/tsc')

process.chdir(root)
buildStaleDist()
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.demo.json'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
writeFileSync('build/demo/package.json', '{ "type": "module" }\n')
await import(pathToFileURL(join(root, 'build/demo/demo/demo.js')).href)
