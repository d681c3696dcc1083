import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

// Whether `npm test` notices that dist/ is not what src/ makes: on a copy of its script, in a folder of its own.
const root = mkdtempSync(join(tmpdir(), 'fresh-dist-'))
const write = (path: string, text: string) => writeFileSync(join(root, path), text)

/** What the script says at each `ask`, in one process that goes through the steps. */
function answers(steps: readonly string[]): readonly boolean[] {
  const code = `import { rmSync, writeFileSync } from 'node:fs'
    import { isDistFresh, stampDist } from './scripts/fresh-dist.mjs'
    const answers = []
    const ask = () => answers.push(isDistFresh())
    ${steps.join('\n')}
    console.log(JSON.stringify(answers))`
  const options = { cwd: root, encoding: 'utf8' } as const
  return JSON.parse(spawnSync(process.execPath, ['--input-type=module', '--eval', code], options).stdout)
}

beforeAll(() => {
  for (const folder of ['scripts', 'src/inner', 'dist', 'stubs']) mkdirSync(join(root, folder), { recursive: true })
  copyFileSync('scripts/fresh-dist.mjs', join(root, 'scripts/fresh-dist.mjs'))
})
afterAll(() => rmSync(root, { recursive: true }))

test('a checkout that nothing is known of is stale', () => {
  expect(answers(['ask()'])).toStrictEqual([false])
})

test.each([
  ['a changed file of src/', 'src/inner/a.ts'],
  ['a new file of src/', 'src/inner/new.ts'],
  ['another lockfile', 'package-lock.json'],
  ['another build', 'scripts/build.mjs'],
  ['a new script', 'scripts/toolkit.mjs'],
  ['a stub of a dependency', 'stubs/index.js'],
  ['a changed dist/, as another branch has it', 'dist/index.js'],
])('%s makes it stale, a build fresh again, and its loss stale', (_name, path) => {
  write('src/inner/a.ts', 'before')
  write('dist/index.js', 'before')
  const [change, remove] = [`writeFileSync('${path}', 'after')`, `rmSync('${path}')`]
  const steps = ['stampDist()', 'ask()', change, 'ask()', 'stampDist()', 'ask()', remove, 'ask()']
  expect(answers(steps)).toStrictEqual([true, false, true, false])
})
