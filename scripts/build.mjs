// Builds dist/: TypeScript to build/src, ncc over that into one bundle, and a launcher for each runs.main and runs.post.
// Always run from the repository root: the bundle's bytes depend on relative paths.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stampDist } from './fresh-dist.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const output = process.argv[2] ?? 'dist'

/** Launcher file, what of the bundle it starts, whether it is a post step, and the bundle if not index.js. */
const LAUNCHERS = [
  ['login', 'login', false],
  ['login-post', 'loginPost', true],
  ['logout', 'logout', false],
  ['unseal', 'unseal', false],
  ['rotate', 'rotate', false],
  ['rotate-post', 'loginPost', true],
  ['verify', 'verify', false, './verify-main.js'],
]

function run(script, ...args) {
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' })
}

/** One file, not minified, and the licences of what is in it. */
function bundle(entry, folder, ...options) {
  run('@vercel/ncc/dist/ncc/cli.js', 'build', entry, '-C', '-q', '--license', 'licenses.txt', '-o', folder, ...options)
}

rmSync(join(root, 'build/src'), { recursive: true, force: true })
rmSync(join(root, output), { recursive: true, force: true })
run('typescript/bin/tsc', '-p', 'tsconfig.build.json')
// Without "type": what is compiled is ESM, what ncc makes of it CommonJS, which starts faster.
writeFileSync(join(root, 'build/src/package.json'), '{}\n')
/** Cryptography that only some runs need: each a bundle of its own, loaded on demand. */
const ON_DEMAND = { 'sealed-box': 'stores/sealed-box', age: 'sealing/age' }
/** The command line: a bundle of its own too, so that no action carries it along. */
const COMMAND = 'cli-main'
/** The verify action: cryptography that no login loads. */
const VERIFY = 'verify-main'
const folders = [...Object.keys(ON_DEMAND), COMMAND, VERIFY].map((name) => `build/${name}`)

bundle('build/src/index.js', output, '-e', './sealed-box.js', '-e', './age.js')
for (const [name, path] of Object.entries(ON_DEMAND)) bundle(`build/src/${path}.js`, `build/${name}`)
bundle('build/src/cli/index.js', `build/${COMMAND}`, '-e', './sealed-box.js')
bundle('build/src/verify.js', `build/${VERIFY}`)
const licenses = [output, ...folders].map((folder) => readFileSync(join(root, folder, 'licenses.txt'), 'utf8'))
writeFileSync(join(root, output, 'licenses.txt'), licenses.join('\n'))
for (const name of [...Object.keys(ON_DEMAND), COMMAND, VERIFY])
  copyFileSync(join(root, `build/${name}/index.js`), join(root, output, `${name}.js`))
mkdirSync(join(root, output), { recursive: true })
copyFileSync(join(root, 'src/launch.cjs'), join(root, output, 'launch.cjs'))
copyFileSync(join(root, 'src/cli/launch.cjs'), join(root, output, 'cli.js'))
chmodSync(join(root, output, 'cli.js'), 0o755)
for (const [file, action, post, from] of LAUNCHERS) {
  const args = [`'${action}'`, post, ...(from === undefined ? [] : [`'${from}'`])].join(', ')
  writeFileSync(join(root, output, `${file}.js`), `require('./launch.cjs')(${args})\n`)
}
// Node looks for the nearest package.json to tell CommonJS from ESM; a checkout of the action may have anything above.
writeFileSync(join(root, output, 'package.json'), '{ "type": "commonjs" }\n')
if (output === 'dist') stampDist()
