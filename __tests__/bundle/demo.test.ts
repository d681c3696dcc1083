import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect, test } from '@jest/globals'
import { parseDemoOptions } from '../support/demo/options.js'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type Homeserver, startHomeserver } from '../support/homeserver.js'

// `npm run demo` against a homeserver that stands for a real one: no session may remain, whatever happens.

afterEach(clearFixtures)

interface RunningDemo {
  readonly child: ChildProcess
  /** Resolves when the output so far matches. */
  printed(pattern: RegExp): Promise<void>
  readonly result: Promise<{ status: number | null; output: string }>
}

function startDemo(args: readonly string[], input = ''): RunningDemo {
  const child = spawn(process.execPath, ['scripts/demo.mjs', ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  stopLater({ stop: () => Promise.resolve(void child.kill('SIGKILL')) })
  let output = ''
  const waiting: { pattern: RegExp; resolve: () => void }[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      for (const { pattern, resolve } of waiting) if (pattern.test(output)) resolve()
    })
  }
  child.stdin.end(input)
  return {
    child,
    printed: (pattern) =>
      new Promise((resolve) => {
        if (pattern.test(output)) resolve()
        else waiting.push({ pattern, resolve })
      }),
    result: new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => resolve({ status, output }))
    }),
  }
}

async function realServer(password: string): Promise<{ server: Homeserver; args: readonly string[] }> {
  const server = stopLater(await startHomeserver({ users: [{ localpart: 'me', password }] }))
  return { server, args: ['--homeserver', server.url, '--user', '@me:example.org'] }
}

const deviceNames = (server: Homeserver) =>
  server.requests.flatMap(({ path, body }) =>
    path.endsWith('/login') && body !== '' ? JSON.parse(body)['initial_device_display_name'] : [],
  )

// Each is a word that the log holds anyway, so a search for it as a secret ends the run.
test.each(['Logged', 'homeserver', 'whoami: @me', 'a long and unusual passphrase'])(
  'the password %j leaves no session on the server',
  async (password) => {
    const { server, args } = await realServer(password)
    const { status, output } = await startDemo(args, `${password}\n`).result
    expect(output).toContain('It works.')
    expect(status).toBe(0)
    expect(server.liveTokens()).toStrictEqual([])
    expect(deviceNames(server)).toStrictEqual(['Matrix Access Token: npm run demo'])
  },
)

test('a step that fails after the login leaves no session and no room', async () => {
  const { server, args } = await realServer('password of a test')
  server.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN' } })
  const { status, output } = await startDemo(args, 'password of a test\n').result
  expect(status).toBe(1)
  expect(output).toContain('left the room again')
  expect(output).toContain('The demo failed.')
  expect(server.liveTokens()).toStrictEqual([])
})

test('the log appears while the step runs, and an interruption leaves no session', async () => {
  const { server, args } = await realServer('password of a test')
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  const demo = startDemo(args, 'password of a test\n')
  const shown = demo.printed(/Logging in/)
  await new Promise<void>((reached) => {
    server.inject({ method: 'POST', path: /\/login$/ }, { kind: 'hold', until, phase: 'after-effect', reached })
  })
  await shown
  const interrupted = demo.printed(/Interrupted/)
  demo.child.kill('SIGINT')
  await interrupted
  release()
  const { status, output } = await demo.result
  expect(status).toBe(130)
  expect(output).toContain('Logged out')
  expect(output).not.toContain('whoami')
  expect(server.liveTokens()).toStrictEqual([])
})

test.each([
  [['--hoemserver', 'x'], 2],
  [['homeserver'], 2],
  [['--homeserver', 'https://matrix.example.org'], 2],
  [['--help'], 0],
])('%j prints the usage and no stack trace', async (args, expected) => {
  const { status, output } = await startDemo(args).result
  expect(status).toBe(expected)
  expect(output).toContain('Usage:')
  expect(output).not.toMatch(/^ +at /m)
})

test('no password sends nothing', async () => {
  const { server, args } = await realServer('password of a test')
  const { status, output } = await startDemo(args).result
  expect({ status, output }).toStrictEqual({ status: 1, output: 'No password was given. Nothing was sent.\n' })
  expect(server.requests).toStrictEqual([])
})

describe('options', () => {
  test.each([
    [[], { kind: 'embedded' }],
    [['--user', 'me'], { kind: 'real', user: 'me', homeserver: undefined }],
    [['--homeserver=x.org', '--user=me'], { kind: 'real', user: 'me', homeserver: 'x.org' }],
    [['-h', '--homeserver=x.org'], { kind: 'help' }],
    [['--user'], { kind: 'invalid' }],
    [['--user='], { kind: 'invalid', problem: '--user is empty.' }],
    [['--homeserver=', '--user=me'], { kind: 'invalid', problem: '--homeserver is empty.' }],
    [['--help=yes'], { kind: 'invalid' }],
    [['--user', 'me', 'you'], { kind: 'invalid' }],
  ])('%j', (args, expected) => {
    expect(parseDemoOptions(args)).toMatchObject(expected)
  })
})
