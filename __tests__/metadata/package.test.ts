import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const files: readonly string[] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
)[0].files.map(({ path }: { readonly path: string }) => path)

test('npx finds the command in what is committed', () => {
  expect(manifest.bin).toEqual({ 'matrix-access-token': 'dist/cli.js' })
  expect(readFileSync('dist/cli.js', 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(statSync('dist/cli.js').mode & 0o111).toBe(0o111)
  for (const file of ['dist/cli.js', 'dist/cli-main.js', 'dist/sealed-box.js', 'dist/licenses.txt', 'LICENSE'])
    expect(files).toContain(file)
})

test('nothing else is packed, and every file that the command asks for is', () => {
  expect(files.filter((file) => !/^(dist\/.+|package\.json|README\.md|LICENSE)$/.test(file))).toEqual([])
  const asked = ['dist/cli.js', 'dist/cli-main.js'].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/require\("?'?(\.\/[^"')]+)/g)].map(([, path = '']) => path.slice(2)),
  )
  expect(asked.length).toBeGreaterThan(1)
  for (const file of asked) expect(files).toContain(`dist/${file}`)
})

test('it is never published, and Node is as old as the action allows', () => {
  expect(manifest.private).toBe(true)
  expect(manifest.engines).toEqual({ node: '>=20' })
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
