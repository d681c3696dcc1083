import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { REPOSITORY } from '../support/publisher.js'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const files: readonly string[] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
)[0].files.map(({ path }: { readonly path: string }) => path)

test('npx finds the command in what is committed', () => {
  expect(manifest.bin).toStrictEqual({ 'matrix-access-token': 'dist/cli.js' })
  expect(readFileSync('dist/cli.js', 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(statSync('dist/cli.js').mode & 0o111).toBe(0o111)
  for (const file of ['dist/cli.js', 'dist/cli-main.js', 'dist/sealed-box.js', 'dist/licenses.txt', 'LICENSE'])
    expect(files).toContain(file)
})

test('nothing else is packed, and every file that the command asks for is', () => {
  expect(files.filter((file) => !/^(dist\/.+|package\.json|README\.md|LICENSE)$/.test(file))).toStrictEqual([])
  const asked = ['dist/cli.js', 'dist/cli-main.js'].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/require\("?'?(\.\/[^"')]+)/g)].map(([, path = '']) => path.slice(2)),
  )
  expect(asked.length).toBeGreaterThan(1)
  for (const file of asked) expect(files).toContain(`dist/${file}`)
})

/**
 * npx installs `dependencies`, `optionalDependencies` and `peerDependencies` of a git repository unlocked, and runs their
 * install scripts with the caller's environment, which holds `GH_TOKEN`.
 */
test('npx installs no other package, and the command runs without one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'install-'))
  const npm = (...args: readonly string[]) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, npm_config_cache: join(folder, 'cache') }
    return execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
  }
  try {
    const [{ filename }] = JSON.parse(npm('pack', process.cwd(), '--json'))
    writeFileSync(join(folder, 'package.json'), '{}')
    npm('install', filename)
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))
    expect(installed).toStrictEqual(['matrix-access-token'])
    expect(existsSync(join(folder, 'node_modules/matrix-access-token/node_modules'))).toBe(false)
    expect(npm('exec', '--', 'matrix-access-token', '--help')).toContain('browser-login')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the manifest asks for no package at run time', () => {
  const kinds = [
    'dependencies',
    'optionalDependencies',
    'peerDependencies',
    'bundleDependencies',
    'bundledDependencies',
  ]
  expect(Object.keys(manifest).filter((key) => kinds.includes(key))).toStrictEqual([])
})

test('documents name a tag wherever they run the command from the repository', () => {
  const documents = [
    ...readdirSync('.'),
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
  ].filter((name) => name.endsWith('.md'))
  const folders = ['logout', 'rotate', 'unseal'].map((folder) => join(folder, 'README.md'))
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const uses = [...documents, ...folders, ...sources.map((name) => join('src', name))].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/npx (?:--\S+ )*github:[^\s`]+/g)].map(([use]) => use),
  )
  expect(uses.length).toBeGreaterThan(1)
  expect(uses.filter((use) => use !== `npx github:${REPOSITORY}#v1`)).toStrictEqual([])
})

// The package is not on npm: without `github:` the name there is free for anyone, and so would be what a user runs.
test('no text says to run the command by its name on npm', () => {
  const files = execFileSync('git', ['grep', '-l', 'npx', '--', ':(exclude)__tests__'], { encoding: 'utf8' })
    .trim()
    .split('\n')
  expect(files.length).toBeGreaterThan(3)
  expect(files.filter((file) => /npx (?:--?\S+ )*matrix-access-token/.test(readFileSync(file, 'utf8')))).toStrictEqual(
    [],
  )
})

test('the package is never published', () => {
  expect(manifest.private).toBe(true)
})

test('engines is the oldest Node of the packages; the bundle starts on 20.0.0; the README states both', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const direct = Object.keys(manifest.devDependencies).map((name) => packages[`node_modules/${name}`]?.engines?.node)
  const minimums = direct.flatMap((range: string = '') => [...range.matchAll(/\b20\.(\d+)\.\d+/g)])
  const newest = Math.max(...minimums.map(([, minor]) => Number(minor)))
  expect(manifest.engines).toStrictEqual({ node: `>=20.${newest}` })
  for (const launcher of ['src/launch.cjs', 'src/cli/launch.cjs'])
    expect(readFileSync(launcher, 'utf8')).toContain('OLDEST = 20\n')
  const readme = readFileSync('README.md', 'utf8')
  expect(readme).toContain('Node.js 20.0.0 is the oldest version')
  expect(readme).toContain(`need 20.${newest} or newer`)
})

/**
 * pacote, lib/git.js: before npm packs a git dependency that has any of these scripts it installs all development
 * dependencies, 150 MB here, to run a command that needs none of them. A script called `build` is enough.
 */
test.each(['postinstall', 'build', 'preinstall', 'install', 'prepack', 'prepare'])('there is no script %s', (name) => {
  expect(manifest.scripts).not.toHaveProperty(name)
})

test('the command carries no toolkit of the runner, and nothing of the machine that built it', () => {
  const bundle = readFileSync('dist/cli-main.js', 'utf8')
  expect(bundle).not.toMatch(/@actions\/core|add-mask|GITHUB_OUTPUT/)
  expect(bundle).not.toContain('file:///')
  expect(bundle).not.toContain(process.cwd())
  expect(existsSync('dist/xdg-open')).toBe(false)
})

test('no action carries the command: neither its libraries nor its login by a code', () => {
  expect(readFileSync('dist/index.js', 'utf8')).not.toMatch(/commander|xdg-open|user_code/)
})
