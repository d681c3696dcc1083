// Builds dist/: TypeScript to build/src, ncc over that into one bundle, and a launcher for each runs.main and runs.post.
// Always run from the repository root: the bundle's bytes depend on relative paths.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const output = process.argv[2] ?? 'dist'

/** Launcher file, what of the bundle it starts, and whether it is a post step. */
const LAUNCHERS = [
  ['login', 'login', false],
  ['login-post', 'loginPost', true],
  ['logout', 'logout', false],
]

function run(script, ...args) {
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' })
}

rmSync(join(root, 'build/src'), { recursive: true, force: true })
rmSync(join(root, output), { recursive: true, force: true })
run('typescript/bin/tsc', '-p', 'tsconfig.build.json')
// Without "type": what is compiled is ESM, what ncc makes of it CommonJS, which starts faster.
writeFileSync(join(root, 'build/src/package.json'), '{}\n')
run('@vercel/ncc/dist/ncc/cli.js', 'build', 'build/src/index.js', '-C', '-q', '--license', 'licenses.txt', '-o', output)
mkdirSync(join(root, output), { recursive: true })
copyFileSync(join(root, 'src/launch.cjs'), join(root, output, 'launch.cjs'))
for (const [file, action, post] of LAUNCHERS) {
  writeFileSync(join(root, output, `${file}.js`), `require('./launch.cjs')('${action}', ${post})\n`)
}
// Node looks for the nearest package.json to tell CommonJS from ESM; a checkout of the action may have anything above.
writeFileSync(join(root, output, 'package.json'), '{ "type": "commonjs" }\n')
