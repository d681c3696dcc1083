import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startServer } from '../support/browser-login-harness.js'
import { clearFixtures, PASSWORD } from '../support/fixture.js'

afterEach(clearFixtures)

const ENTER = '\r'
const CTRL_C = '\u0003'
const CTRL_D = '\u0004'

interface AtTerminal {
  readonly status: number | null
  /** All that the terminal showed, echo included. */
  readonly shown: string
  /** Standard output, where that is piped on. */
  readonly piped: string
}

/** The command at a real terminal, with somebody who waits for a text and then types. Python has terminals, Node has none. */
function atTerminal(
  args: readonly string[],
  typing: readonly (readonly [shown: string, typed: string])[],
  pipesOutput = false,
): Promise<AtTerminal> {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-'))
  const output = join(folder, 'output')
  const script = resolve('__tests__/servers/support/type-at-terminal.py')
  const command = [process.execPath, resolve('dist/cli.js'), ...args]
  const child = spawn('python3', [script, JSON.stringify(typing), ...command], {
    cwd: folder,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TERM: 'xterm',
      ...(pipesOutput ? { OUTPUT: output } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let shown = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk
  })
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (status) => {
      const piped = pipesOutput ? readFileSync(output, 'utf8') : ''
      rmSync(folder, { recursive: true, force: true })
      done({ status, shown: shown.replaceAll('\r\n', '\n'), piped })
    })
  })
}

const asks = 'Go on? [y/N] '
const password = 'Password of bot'

describe('login at a terminal', () => {
  test('the password is not shown, the token is, after asking', async () => {
    const server = await startServer({})
    const args = ['login', '--homeserver', server.url, '--user', 'bot']
    const { status, shown } = await atTerminal(args, [
      [password, `${PASSWORD}${ENTER}`],
      [asks, `y${ENTER}`],
    ])
    expect(status).toBe(0)
    expect(shown).not.toContain(PASSWORD.slice(0, 8))
    const [token = ''] = server.liveTokens()
    expect(shown).toContain(`${asks}yes\n`)
    expect(shown).toContain(`${token}\n`)
  })

  test('a password that is typed at the question is not shown, and counts as no', async () => {
    const server = await startServer({})
    const args = ['login', '--homeserver', server.url, '--user', 'bot']
    const { status, shown } = await atTerminal(args, [
      [password, `${PASSWORD}${ENTER}`],
      [asks, `${PASSWORD}${ENTER}`],
    ])
    expect(status).toBe(1)
    expect(shown).toContain(`${asks}no\n`)
    expect(shown).not.toContain(PASSWORD.slice(0, 8))
    expect(server.requests).toStrictEqual([])
  })

  test.each([
    ['no', `n${ENTER}`],
    ['Enter', ENTER],
    ['Ctrl-D', CTRL_D],
    ['another word', `yesterday${ENTER}`],
  ])('%s: nothing is done', async (_name, typed) => {
    const server = await startServer({})
    const { status, shown } = await atTerminal(
      ['login', '--homeserver', server.url, '--user', 'bot'],
      [
        [password, `${PASSWORD}${ENTER}`],
        [asks, typed],
      ],
    )
    expect(status).toBe(1)
    expect(shown).toContain('Nothing was done.')
    expect(shown).toContain('--store repos/OWNER/REPO')
    expect(server.requests).toStrictEqual([])
  })

  test('with its output piped on it does not ask, and the terminal never shows the token', async () => {
    const server = await startServer({})
    const args = ['login', '--homeserver', server.url, '--user', 'bot']
    const { status, shown, piped } = await atTerminal(args, [[password, `${PASSWORD}${ENTER}`]], true)
    expect(status).toBe(0)
    expect(shown).not.toContain(asks)
    const [token = ''] = server.liveTokens()
    expect(piped).toBe(`${token}\n`)
    expect(shown).not.toContain(token)
    expect(shown).not.toContain(PASSWORD.slice(0, 8))
  })

  test.each([
    ['at the question', asks, [[password, `${PASSWORD}${ENTER}`]]],
    ['at the password', password, []],
  ] as const)('Ctrl-C %s', async (_name, shown, before) => {
    const server = await startServer({})
    const args = ['login', '--homeserver', server.url, '--user', 'bot']
    const { status } = await atTerminal(args, [...before, [shown, CTRL_C]])
    expect(status).toBe(130)
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('a password that is corrected while it is typed', async () => {
    const server = await startServer({})
    const args = ['login', '--homeserver', server.url, '--user', 'bot']
    const typed = `${PASSWORD}xx\u007f\u007f${ENTER}`
    expect((await atTerminal(args, [[password, typed]], true)).status).toBe(0)
  })
})

describe('sessions at a terminal', () => {
  const question = 'End 1 session? [y/N] '

  test.each([
    ['yes', `y${ENTER}`, 0, []],
    ['no', ENTER, 1, ['CURL']],
  ])('it shows the table, asks, and does what is said: %s', async (_name, typed, expected, left) => {
    const server = await startServer({})
    server.pileUp('bot', [{ deviceId: 'CURL', displayName: 'curl' }])
    const { status, shown } = await atTerminal(
      ['sessions', '--homeserver', server.url, '--user', 'bot', '--end'],
      [
        [password, `${PASSWORD}${ENTER}`],
        [question, typed],
      ],
    )
    expect(status).toBe(expected)
    expect(shown.indexOf('CURL')).toBeLessThan(shown.indexOf(question))
    expect(shown).not.toContain(PASSWORD.slice(0, 8))
    expect(server.devices('bot').map(({ device_id: id }) => id)).toStrictEqual(left)
  })

  test('Ctrl-C at the question: nothing is ended but the session that was opened', async () => {
    const server = await startServer({})
    server.pileUp('bot', [{ deviceId: 'CURL' }])
    const { status } = await atTerminal(
      ['sessions', '--homeserver', server.url, '--user', 'bot', '--end'],
      [
        [password, `${PASSWORD}${ENTER}`],
        [question, CTRL_C],
      ],
    )
    expect(status).toBe(130)
    expect(server.devices('bot').map(({ device_id: id }) => id)).toStrictEqual(['CURL'])
  })
})

describe('a terminal that waits for something else', () => {
  test('Ctrl-C while the browser is waited for', async () => {
    const server = await startServer()
    const args = ['browser-login', '--homeserver', server.url, '--no-open']
    const { status, shown, piped } = await atTerminal(args, [['redirectUrl=', CTRL_C]], true)
    expect([status, piped]).toStrictEqual([130, ''])
    expect(shown.endsWith('Interrupted.\n')).toBe(true)
  })

  test('whoami asks for the token and does not show it', async () => {
    const server = await startServer({})
    const token = server.issueToken('bot', 'LAPTOP')
    const { status, shown } = await atTerminal(
      ['whoami', '--homeserver', server.url],
      [['Access token', `${token}${ENTER}`]],
    )
    expect(status).toBe(0)
    expect(shown).toContain('@bot:example.org LAPTOP\n')
    expect(shown).not.toContain(token)
  })

  test('a code: the session is shown whole, because one value of it is of no use', async () => {
    const server = await startServer({ flavour: 'oauth-only' })
    const reached = () => server.deviceGrant.approve(server.deviceGrant.codes()[0] ?? '', 'bot')
    server.inject(
      { path: '/oauth2/token' },
      { kind: 'hold', phase: 'before-effect', until: Promise.resolve(), reached },
    )
    const args = ['browser-login', '--homeserver', server.url]
    const { status, shown } = await atTerminal(args, [[asks, `y${ENTER}`]])
    expect(status).toBe(0)
    expect(shown).toMatch(/"refresh_token":"mar_\w+","oauth_client_id":/)
  })
})
