import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'

const directory = mkdtempSync(join(tmpdir(), 'launch-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** Runs a launcher in a process that takes itself for an old Node. */
function runOnNode(version: string, launcher: string) {
  const preload = join(directory, 'old.cjs')
  writeFileSync(preload, `Object.defineProperty(process.versions, 'node', { value: '${version}' })\n`)
  return spawnSync(process.execPath, ['--require', preload, resolve(launcher)], { encoding: 'utf8', env: {} })
}

test('a Node that is too old gets one clear error', () => {
  const { status, stdout, stderr } = runOnNode('18.20.4', 'dist/login.js')
  expect(status).toBe(1)
  expect(stdout).toMatch(/^::error::.*needs Node\.js 20 or newer, and this runner has 18\.20\.4[^\n]*\n$/)
  expect(stderr).toBe('')
})

test('a post step does nothing there, and succeeds', () => {
  expect(runOnNode('16.20.2', 'dist/login-post.js')).toMatchObject({ status: 0, stdout: '', stderr: '' })
})

test('the command says so too', () => {
  const { status, stdout, stderr } = runOnNode('18.20.4', 'dist/cli.js')
  expect([status, stdout]).toStrictEqual([1, ''])
  expect(stderr).toBe('matrix-access-token needs Node.js 20 or newer, and this is 18.20.4\n')
})

test.each(['dist/launch.cjs', 'dist/cli.js'])('%s parses on any Node: nothing in it is newer than ES5', (launcher) => {
  const code = readFileSync(launcher, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  expect(code).not.toMatch(/\b(const|let|class|async|await|import)\b |=>|\?\.|`/)
})
