import { afterEach, describe, expect, test } from '@jest/globals'
import { ask, comeBackUrl, navigate } from '../support/browser.js'
import { beginBrowserLogin, callbackOf, loginsOf, startServer } from '../support/browser-login-harness.js'
import { startCommand } from '../support/command.js'
import { clearFixtures, PASSWORD } from '../support/fixture.js'

afterEach(clearFixtures)

describe('Ctrl-C leaves nothing behind', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s while the browser is waited for', async (signal) => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    command.kill(signal)
    const { status, stdout, stderr } = await command.result
    expect([status, stdout]).toStrictEqual([130, ''])
    expect(stderr.endsWith('Interrupted.\n')).toBe(true)
    expect(loginsOf(server)).toStrictEqual([])
    await expect(ask(callbackOf(printed).href)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('while the login is under way: the session that comes of it is ended', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    const held = holdLogin(server)
    await navigate(await comeBackUrl(server, printed, 'bot'))
    await held.reached
    expect(server.liveTokens()).toHaveLength(1)
    command.kill('SIGINT')
    await command.said(/Interrupting/)
    held.release()
    const { status, stdout, stderr } = await command.result
    expect([status, stdout]).toStrictEqual([130, ''])
    expect(stderr).toContain('The session was ended again')
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('twice: it does not wait for what is under way', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    const held = holdLogin(server)
    await navigate(await comeBackUrl(server, printed, 'bot'))
    await held.reached
    command.kill('SIGINT')
    await command.said(/Interrupting/)
    command.kill('SIGINT')
    expect((await command.result).status).toBe(130)
    held.release()
  })

  test('between tries: the pause ends at once', async () => {
    const server = await startServer({ passwordLogin: true })
    server.inject(
      { method: 'POST', path: '/login' },
      { kind: 'respond', status: 429, headers: { 'retry-after': '60' }, body: {} },
    )
    const args = ['login', '--homeserver', server.url, '--user', 'bot']
    const command = startCommand({ args, input: PASSWORD, secrets: () => server.secrets() })
    await command.said(/Trying again in 60\.0 s/)
    command.kill('SIGINT')
    const { status } = await command.result
    expect(status).toBe(130)
    expect(server.liveTokens()).toStrictEqual([])
  })
})

/** The session is made, and its answer kept back. */
function holdLogin(server: Awaited<ReturnType<typeof startServer>>) {
  let [release, reached] = [() => {}, () => {}]
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  const standsStill = new Promise<void>((resolve) => {
    reached = resolve
  })
  server.inject(
    { method: 'POST', path: '/login' },
    { kind: 'hold', phase: 'after-effect', until, reached: () => reached() },
  )
  return { reached: standsStill, release: () => release() }
}
