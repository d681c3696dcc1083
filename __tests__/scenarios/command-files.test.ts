import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, PASSWORD, setFixture } from '../support/fixture.js'
import type { Homeserver } from '../support/homeserver.js'
import { setHarness } from '../support/rotation-harness.js'
import type { StepResult } from '../support/runner.js'

afterEach(clearFixtures)

/** Paths that cannot be written to, as any user, with the problem that the system names. */
const OBSTACLES: readonly (readonly [problem: RegExp, make: (folder: string) => string])[] = [
  [/ENOSPC: no space left on device/, () => '/dev/full'],
  [
    /EISDIR: illegal operation on a directory/,
    (folder) => {
      mkdirSync(join(folder, 'taken'))
      return join(folder, 'taken')
    },
  ],
  [/ENOENT: no such file or directory/, (folder) => join(folder, 'missing')],
  [/ENOENT: no such file or directory/, (folder) => join(folder, 'no-folder', 'file')],
  [
    /ENOTDIR: not a directory/,
    (folder) => {
      writeFileSync(join(folder, 'file'), '')
      return join(folder, 'file', 'below')
    },
  ],
  [
    /ELOOP: /,
    (folder) => {
      symlinkSync(join(folder, 'loop'), join(folder, 'loop'))
      return join(folder, 'loop')
    },
  ],
  [/(EIO|EACCES|EPERM): /, () => '/proc/version'],
]

function expectOneTrueAnnotation(step: StepResult, variable: string, problem: RegExp): void {
  expect(step.exitCode).toBe(1)
  const [error, ...others] = step.annotations.filter(({ level }) => level === 'error')
  expect(others).toStrictEqual([])
  const message = error?.message ?? ''
  expect(message).toMatch(problem)
  expect(message).toContain(variable)
  expect(message).not.toMatch(/bug|report/)
  expect(step.rawStdout + step.rawStderr).not.toMatch(/^\s+at /m)
  expect(step.rawStderr).toBe('')
}

/** The session stays, because its device may have tokens of earlier runs: a warning says where it is. */
function expectNamedSession({ annotations }: StepResult): void {
  expect(annotations.map(({ level }) => level)).toStrictEqual(['warning', 'error'])
  expect(annotations[0]?.message).toMatch(
    /^A session of (@bot:example\.org|bot) on device GHA-\w{12} at \S+ may remain/,
  )
}

describe.each(OBSTACLES)('a command file with %s', (problem, make) => {
  test.each(['GITHUB_OUTPUT', 'GITHUB_STATE'])('login sends nothing: %s', async (variable) => {
    const { server, job } = await setFixture()
    const login = await job.runAction('.', botInputs(server), { commandFiles: { [variable]: make(job.temp) } })
    expectOneTrueAnnotation(login, variable, problem)
    expect([login.annotations.length, server.requests]).toStrictEqual([1, []])
  })

  test('rotate sends nothing', async () => {
    const { server, forge, queue } = await setHarness()
    const { job } = await queue()
    const inputs = { homeserver: server.url, user: 'bot', password: PASSWORD, 'store-token': forge.token }
    const files = { GITHUB_STATE: make(job.temp) }
    const rotation = await job.runAction('rotate', inputs, { commandFiles: files })
    expectOneTrueAnnotation(rotation, 'GITHUB_STATE', problem)
    expect(rotation.annotations).toHaveLength(1)
    expect([...server.requests, ...forge.requests]).toStrictEqual([])
  })

  test.each(['logout', 'unseal'])('%s does nothing without outputs', async (action) => {
    const { server, job } = await setFixture()
    const token = server.issueToken('bot', 'BYHAND')
    const inputs: Record<string, string> =
      action === 'logout'
        ? { homeserver: server.url, 'access-token': token }
        : { 'sealed-credentials': 'x', passphrase: 'a passphrase of the test' }
    const files = { GITHUB_OUTPUT: make(job.temp) }
    expectOneTrueAnnotation(await job.runAction(action, inputs, { commandFiles: files }), 'GITHUB_OUTPUT', problem)
    expect(server.requests).toStrictEqual([])
  })

  test('after the login, GITHUB_ENV is named', async () => {
    const { server, job } = await setFixture()
    const inputs = { ...botInputs(server), 'export-env': 'true' }
    const login = await job.runAction('.', inputs, { commandFiles: { GITHUB_ENV: make(job.temp) } })
    expectOneTrueAnnotation(login, 'GITHUB_ENV', problem)
    expectNamedSession(login)
    expect(login.outputs['failure']).toBe('internal')
  })

  test('the job summary is not needed', async () => {
    const { server, job } = await setFixture()
    const files = { GITHUB_STEP_SUMMARY: make(job.temp) }
    const login = await job.runAction('.', botInputs(server), { commandFiles: files })
    expect([login.outcome, login.annotations]).toStrictEqual(['success', []])
  })
})

/** Runs a login, and replaces a command file by a folder while the server holds its answer. */
async function loseFileDuringLogin(
  variable: string,
  changes: (server: Homeserver) => Readonly<Record<string, string>> = () => ({}),
) {
  const { server, job } = await setFixture()
  const path = join(job.temp, 'command-file')
  writeFileSync(path, '')
  const replace = () => {
    rmSync(path)
    mkdirSync(path)
  }
  const hold = { kind: 'hold', until: Promise.resolve(), reached: replace, phase: 'after-effect' } as const
  server.inject({ method: 'POST', path: /\/(login|refresh)$/ }, hold)
  const inputs = { ...botInputs(server), ...changes(server) }
  const login = await job.runAction('.', inputs, { commandFiles: { [variable]: path } })
  return { server, login }
}

test.each(['GITHUB_OUTPUT', 'GITHUB_STATE'])('%s is lost during the login', async (variable) => {
  const { login } = await loseFileDuringLogin(variable)
  expectOneTrueAnnotation(login, variable, /EISDIR: /)
  expectNamedSession(login)
})

test('where the state is lost during a login with logout: always, the session is ended', async () => {
  const { server, login } = await loseFileDuringLogin('GITHUB_STATE', () => ({ logout: 'always' }))
  expectOneTrueAnnotation(login, 'GITHUB_STATE', /EISDIR: /)
  expect([login.annotations.length, server.liveTokens()]).toStrictEqual([1, []])
})

test('where the state is lost during a refresh, the successor is handed over: the old one is used up', async () => {
  const { login } = await loseFileDuringLogin('GITHUB_STATE', (server) => ({
    user: '',
    password: '',
    'refresh-token': server.issueRefreshable('bot', 'REFRESHED').refreshToken,
  }))
  expectOneTrueAnnotation(login, 'GITHUB_STATE', /EISDIR: /)
  expect(login.outputs['refresh-token']).toMatch(/^syr_/)
})

test('a refused login stays the one annotation where the outputs are lost', async () => {
  const { login } = await loseFileDuringLogin('GITHUB_OUTPUT', () => ({ password: 'not the password of the bot' }))
  expect([login.exitCode, login.rawStderr]).toStrictEqual([1, ''])
  expect(login.annotations.map(({ message }) => message)).toStrictEqual([expect.stringContaining('M_FORBIDDEN')])
})

test('nothing is sent where standard output cannot be written: the runner would not learn the masks', async () => {
  const { server, job } = await setFixture()
  const env = Object.fromEntries(
    Object.entries(botInputs(server)).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  )
  const script = `"${process.execPath}" "${resolve('dist/login.js')}" > /dev/full`
  const login = await job.runScript(script, { env })
  expect([login.exitCode, login.rawStderr, server.requests]).toStrictEqual([1, '', []])
  expect(login.outputs['failure']).toBe('internal')
})
