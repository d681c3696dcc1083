import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

// Whether `npm test` notices that dist/ is not what src/ makes: on a copy of its script, in a folder of its own.
const root = mkdtempSync(join(tmpdir(), 'fresh-dist-'))
const write = (path: string, text: string) => writeFileSync(join(root, path), text)

/** Runs the functions of the script, and returns what the last one says. */
function ask(...calls: readonly string[]): string {
  const code = `import { isDistFresh, stampDist } from './scripts/fresh-dist.mjs'; ${calls.join(';')}`
  const options = { cwd: root, encoding: 'utf8' } as const
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], options).stdout.trim()
}
const ASK = 'console.log(isDistFresh())'

beforeAll(() => {
  for (const folder of ['scripts', 'src/inner', 'dist', 'stubs']) mkdirSync(join(root, folder), { recursive: true })
  copyFileSync('scripts/fresh-dist.mjs', join(root, 'scripts/fresh-dist.mjs'))
})
afterAll(() => rmSync(root, { recursive: true }))

test('a checkout that nothing is known of is stale', () => {
  expect(ask(ASK)).toBe('false')
})

test.each([
  ['a changed file of src/', 'src/inner/a.ts'],
  ['a new file of src/', 'src/inner/new.ts'],
  ['another lockfile', 'package-lock.json'],
  ['another build', 'scripts/build.mjs'],
  ['a stub of a dependency', 'stubs/index.js'],
  ['a changed dist/, as another branch has it', 'dist/index.js'],
])('%s makes it stale, and a build fresh again', (_name, path) => {
  write('src/inner/a.ts', 'before')
  write('dist/index.js', 'before')
  expect(ask('stampDist()', ASK)).toBe('true')
  write(path, 'after')
  expect(ask(ASK)).toBe('false')
  expect(ask('stampDist()', ASK)).toBe('true')
})

test('a file that is gone makes it stale', () => {
  write('src/inner/gone.ts', '')
  expect(ask('stampDist()', ASK)).toBe('true')
  rmSync(join(root, 'src/inner/gone.ts'))
  expect(ask(ASK)).toBe('false')
})
