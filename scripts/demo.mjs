// Compiles the demo and runs it: the built bundle, started as a runner starts it, against the embedded homeserver.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildStaleDist } from './fresh-dist.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

buildStaleDist()
run(join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.demo.json')
writeFileSync(join(root, 'build/demo/package.json'), '{ "type": "module" }\n')
run(join(root, 'build/demo/demo/demo.js'), ...process.argv.slice(2))
