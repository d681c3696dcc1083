import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { PUBLISHER } from '../support/publisher.js'

const PLACEHOLDER = 'OWNER'
const NAME = 'octo-Org1'
/** This file names the placeholder itself. */
const SELF = '__tests__/bundle/publisher.test.ts'
/** Licences say "THE COPYRIGHT OWNER". */
const LICENSES = 'dist/licenses.txt'
/** Quick tests that fail where the documents, the examples and the fake runner do not name the same publisher. */
const DEPENDENT = [
  '__tests__/metadata/examples.test.ts',
  '__tests__/metadata/readme.test.ts',
  '__tests__/unit/command-line.test.ts',
  '__tests__/unit/workflow.test.ts',
]
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(file))

let root: string

/** Content of every file of the copy. */
const contents = () => new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

/** Runs `npm run publisher` in the copy, as npm does. */
function publish(...args: readonly string[]) {
  const script = join(root, 'scripts/publisher.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Lines with the placeholder, without those where it means the reader's own account. */
function placeholdersLeft(): string[] {
  const left = /\bOWNER\b(?!\/(?:REPO|NAME)\b)/
  return [...contents()].flatMap(([file, text]) => {
    if (file === SELF || file === LICENSES) return []
    return text
      .split('\n')
      .filter((line) => left.test(line))
      .map((line) => `${file}: ${line.trim().slice(0, 100)}`)
  })
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'publisher-'))
  for (const file of files) cpSync(file, join(root, file))
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  // A published tree goes back to the placeholder first, so that this test holds there, too.
  publish(PLACEHOLDER)
})

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

describe('npm run publisher', () => {
  test('is the command that the documents name', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts.publisher).toBe('node scripts/publisher.mjs')
  })

  test.each([
    { args: [] },
    { args: [''] },
    { args: ['-octo'] },
    { args: ['octo-'] },
    { args: ['octo--org'] },
    { args: ['octo/org'] },
    { args: ['octo org'] },
    { args: ['octo_org'] },
    { args: ['$&'] },
    { args: ['../octo'] },
    { args: ['octo\n'] },
    { args: ['ö'] },
    { args: ['o'.repeat(40)] },
    { args: ['--help'] },
    { args: ['octo', 'org'] },
  ])('refuses $args and changes nothing', ({ args }) => {
    const before = contents()
    const { status, stderr } = publish(...args)
    expect(status).toBe(1)
    expect(stderr).toContain('npm run publisher -- ')
    expect(contents()).toStrictEqual(before)
  })

  test('replaces the placeholder everywhere, in one run, and nothing else', () => {
    const before = contents()
    expect(placeholdersLeft().length).toBeGreaterThan(40)
    expect(publish(NAME)).toMatchObject({ status: 0, stderr: '' })
    expect(placeholdersLeft()).toStrictEqual([])

    const after = contents()
    expect(publish(NAME)).toMatchObject({ status: 0, stdout: `The publisher is ${NAME} already.\n` })
    expect(contents()).toStrictEqual(after)

    expect(publish(PLACEHOLDER).status).toBe(0)
    expect(contents()).toStrictEqual(before)
  })

  test('replaces the name of an earlier publisher, even one that is used for something else', () => {
    const read = (file: string) => readFileSync(join(root, file), 'utf8')
    const forge = read('.github/e2e/forge-workflow.yml')
    expect(forge).toContain('localhost:3000/tester/matrix-access-token@v1')
    publish('tester')
    expect(read('src/version.ts')).toContain('github.com/tester/matrix-access-token')
    publish(NAME)
    expect(read('.github/e2e/forge-workflow.yml')).toBe(forge)
    expect(read('.github/zizmor.yml')).toContain(` ${NAME}/*: ref-pin`)
    expect(read('rotate/action.yml')).toContain(`\nauthor: ${NAME}\n`)
    expect(read('rotate/action.yml')).toContain('`repos/OWNER/REPO`')
  })

  test('the tests that depend on the name hold afterwards', () => {
    publish(NAME)
    const jest = join(root, 'node_modules/jest/bin/jest.js')
    const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, '-w', '1', ...DEPENDENT]
    const env = { PATH: process.env['PATH'] ?? '', HOME: root }
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
    expect(status === 0 ? '' : stderr).toBe('')
  }, 300_000)
})

test('no test names the publisher but the one place that reads it', () => {
  const named = files.filter(
    (file) =>
      file.startsWith('__tests__/') &&
      file !== SELF &&
      new RegExp(`\\b${PUBLISHER}\\\\?/matrix-access-token`).test(readFileSync(file, 'utf8')),
  )
  expect(named).toStrictEqual([])
})
