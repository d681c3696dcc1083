// Builds dist/: TypeScript to build/src, ncc over that into one file for each part, and a launcher for each runs.main and
// runs.post. Always run from the repository root: the bytes depend on relative paths. See docs/decisions/bundle.md.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ncc from '@vercel/ncc'
import { stampDist } from './fresh-dist.mjs'
import { assignModules, readModules, writeParts } from './parts.mjs'
import { copyToolkit } from './toolkit.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** `dist`, or another folder to compare it with. What is there is deleted, so it must be one of the build's own. */
const output = process.argv[2] ?? 'dist'
if (output !== 'dist' && !/^build\/[\w.-]+$/.test(output)) throw new Error(`not a folder in build/: ${output}`)
/** Everything is made here first, so that what runs meanwhile finds the old files until all new ones are there. */
const next = join(root, 'build/dist.next')

/**
 * The files of dist/ that hold code, and the modules that each is there for. A module that several parts need is in the first
 * of them. A login by password loads `index` and `core`; everything else is loaded on demand.
 */
const PARTS = {
  /** Login by password, and what everything shares. */
  core: ['actions/login', 'http/toolkit-transport', 'runner/live', 'version'],
  /** The wiring of the actions: the runner, through its toolkit. The command line does without. */
  index: ['index'],
  /** Texts about failures. */
  explain: ['explain', 'credentials/refusals', 'matrix/refusals', 'http/network-errors', 'inputs/suspicions'],
  /** What a given token needs: its owner, and its age. */
  'given-token': ['credentials/access-token', 'matrix/account', 'session/rotation'],
  /** How sessions end: the post step, logout, and a login that takes its session back. */
  'logout-main': ['actions/login-post', 'actions/logout', 'session/teardown'],
  /** A login by server name. */
  discovery: ['matrix/discovery'],
  /** What only some logins ask for: proxies, files, sealing. */
  options: ['http/proxy', 'http/tunnel', 'actions/credentials-file', 'runner/secret-file', 'actions/unseal'],
  /** All other kinds of credential, and how their sessions end. */
  credentials: ['credentials/index', 'mas/sessions', 'mas/admin-api', 'oauth/token'],
  'rotate-main': ['actions/rotate/rotate'],
  /** How a rotation ends what it replaces. */
  retire: ['actions/rotate/retire'],
  'verify-main': ['actions/verify'],
  'cli-main': ['cli/index'],
  'sealed-box': ['stores/sealed-box'],
  age: ['sealing/age'],
}

/** Launcher file, what of `index` it starts, and whether it is a post step. */
const LAUNCHERS = [
  ['login', 'login', false],
  ['login-post', 'loginPost', true],
  ['logout', 'logout', false],
  ['unseal', 'unseal', false],
  ['rotate', 'rotate', false],
  ['rotate-post', 'loginPost', true],
  ['verify', 'verify', false],
]

/** Puts the new files in the place of the old ones: two renames, since Node cannot swap two folders in one step. */
function replaceOutput() {
  const place = join(root, output)
  const old = join(root, 'build/dist.old')
  rmSync(old, { recursive: true, force: true })
  if (existsSync(place)) renameSync(place, old)
  renameSync(next, place)
  rmSync(old, { recursive: true, force: true })
}

function compile() {
  rmSync(join(root, 'build/src'), { recursive: true, force: true })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
  // Without "type": what is compiled is ESM, what ncc makes of it CommonJS, which starts faster.
  writeFileSync(join(root, 'build/package.json'), '{}\n')
}

/** One file, not minified. @returns the licences of what is in it */
async function bundle(part) {
  const entry = join(root, `build/parts/${part}.js`)
  const { code, assets } = await ncc(entry, { license: 'licenses.txt', cache: false, quiet: true })
  // webpack notes at each export that it comes from another module, which says nothing to a reader.
  writeFileSync(join(next, `${part}.js`), code.replaceAll('/* reexport */ ', ''))
  return assets['licenses.txt']?.source.toString() ?? ''
}

process.chdir(root)
compile()
copyToolkit(join(root, 'build/node_modules'))
rmSync(join(root, 'build/parts'), { recursive: true, force: true })
const modules = readModules(join(root, 'build/src'))
writeParts(modules, PARTS, assignModules(modules, PARTS), join(root, 'build/parts'))

rmSync(next, { recursive: true, force: true })
mkdirSync(next)
const licenses = []
for (const part of Object.keys(PARTS)) licenses.push(await bundle(part))
writeFileSync(join(next, 'licenses.txt'), licenses.filter((text) => text !== '').join('\n'))
copyFileSync(join(root, 'src/launch.cjs'), join(next, 'launch.cjs'))
copyFileSync(join(root, 'src/cli/launch.cjs'), join(next, 'cli.js'))
chmodSync(join(next, 'cli.js'), 0o755)
for (const [file, action, post] of LAUNCHERS) {
  writeFileSync(join(next, `${file}.js`), `require('./launch.cjs')('${action}', ${post})\n`)
}
// Node looks for the nearest package.json to tell CommonJS from ESM; a checkout of the action may have anything above.
writeFileSync(join(next, 'package.json'), '{ "type": "commonjs" }\n')
replaceOutput()
if (output === 'dist') stampDist()
