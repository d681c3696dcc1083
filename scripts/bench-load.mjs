// npm run bench:load [-- --cycles 1000 --parallel 1,4,16]: installs a pinned Synapse, and lets jobs log in, use the token and
// log out, so many in all, so many at once. Says what failed, what is left, and whether time and memory stay flat.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './install/cache.mjs'
import { installPython } from './install/python.mjs'

const env = { ...process.env, MATRIX_TEST_SYNAPSE_PYTHON: installPython('synapse') }
run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.bench.json'])
writeFileSync(join(root, 'build/bench/package.json'), '{ "type": "module" }\n')
run(process.execPath, [join(root, 'build/bench/bench/load.js'), ...process.argv.slice(2)], { env })
