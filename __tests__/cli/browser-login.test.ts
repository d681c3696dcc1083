import { hostname } from 'node:os'
import { afterEach, describe, expect, test } from '@jest/globals'
import { ask, comeBackUrl, navigate } from '../support/browser.js'
import { beginBrowserLogin, callbackOf, loginsOf, startServer } from '../support/browser-login-harness.js'
import { runCommand } from '../support/command.js'
import { clearFixtures } from '../support/fixture.js'

afterEach(clearFixtures)

describe('single sign-on', () => {
  test.each(['synapse', 'mas'] as const)(
    '%s: a token of its own on standard output, and nothing else',
    async (flavour) => {
      const server = await startServer({ flavour, singleSignOn: true })
      const { command, printed } = await beginBrowserLogin(server)
      const page = await navigate(await comeBackUrl(server, printed, 'bot'))
      const { status, stdout, stderr } = await command.result
      expect(status).toBe(0)
      expect(stdout).toMatch(flavour === 'mas' ? /^mct_\w+\n$/ : /^syt_\w+\n$/)
      expect(server.isAlive(stdout.trim())).toBe(true)
      expect(stderr).toContain('Logged in as @bot:example.org, device MAT-')
      expect(server.devices('bot')).toStrictEqual([
        {
          device_id: expect.stringMatching(/^MAT-[A-Z2-7]{12}$/),
          display_name: `matrix-access-token on ${hostname()}`,
        },
      ])
      expect(page).toMatchObject({ status: 200, url: expect.stringMatching(/\/done$/) })
      expect(page.body).toContain('You can close this window.')
    },
  )

  test('the exchange asks for no refresh token, which would make the token one of minutes', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    await navigate(await comeBackUrl(server, printed, 'bot'))
    await command.result
    const logins = loginsOf(server)
    expect(logins.map(({ body }) => Object.keys(JSON.parse(body)).sort())).toStrictEqual([
      ['device_id', 'initial_device_display_name', 'token', 'type'],
    ])
  })

  test('the last page is plain, and neither its address nor any answer holds on to the login token', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    const comeBack = await comeBackUrl(server, printed, 'bot')
    const callback = await ask(comeBack)
    expect(callback).toMatchObject({ status: 303, body: '' })
    const page = await ask(new URL(String(callback.headers['location']), comeBack).href)
    expect(callback.headers['location']).toBe(`${callbackOf(printed).pathname}/done`)
    for (const { headers } of [callback, page]) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
    }
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.body).not.toMatch(/src=|href=|<script|<style|<link/)
    expect((await command.result).status).toBe(0)
  })

  test('the browser is started with the address that is printed', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, { browser: true })
    expect(await command.opened()).toBe(printed)
    await navigate(await comeBackUrl(server, printed, 'bot'))
    expect((await command.result).status).toBe(0)
  })

  test('the browser does not receive tokens or passwords from the environment', async () => {
    const server = await startServer()
    const secrets = {
      GH_TOKEN: 'made-up-token-of-a-test',
      MATRIX_ACCESS_TOKEN: 'made-up-token-of-a-test',
      NPM_TOKEN: 'made-up-token-of-a-test',
      CLIENT_SECRET: 'made-up-secret-of-a-test',
      PGPASSWORD: 'made-up-password-of-a-test',
    }
    const env = { ...secrets, DISPLAY: ':7' }
    const { command, printed } = await beginBrowserLogin(server, { browser: true, env })
    await command.opened()
    const inherited = command.browserEnvironment()
    expect(inherited).toContain('DISPLAY=:7')
    expect(inherited.filter((line) => /made-up/.test(line))).toStrictEqual([])
    await navigate(await comeBackUrl(server, printed, 'bot'))
    expect((await command.result).status).toBe(0)
  })

  test('where there is no browser to start, the address is there all the same', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, {
      args: ['--homeserver', server.url],
      browser: true,
      env: { PATH: '/nowhere' },
    })
    await command.said(/No browser could be started here/)
    await navigate(await comeBackUrl(server, printed, 'bot'))
    expect((await command.result).status).toBe(0)
  })

  test('--paste: nothing listens, the address is asked for, and one of another login is not taken', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, { args: ['--paste'], keepInput: true })
    expect(callbackOf(printed).origin).toBe('https://matrix-access-token.invalid')
    const comeBack = await comeBackUrl(server, printed, 'bot')
    command.type(comeBack.replace('state=', 'state=x'))
    await command.said(/That is not the address that this login was sent to/)
    command.type(comeBack)
    const { status, stdout } = await command.result
    expect(status).toBe(0)
    expect(server.isAlive(stdout.trim())).toBe(true)
  })

  test('--paste: nothing pasted is a failure, and nothing is asked of the server', async () => {
    const server = await startServer()
    const { status, stdout, stderr } = await runCommand({
      args: ['browser-login', '--homeserver', server.url, '--paste'],
    })
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain('No address of this login was pasted')
    expect(loginsOf(server)).toStrictEqual([])
  })

  test('whoever is logged in in the browser: --user says who it must be, and anybody else is logged out again', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, { args: ['--user', '@bot:example.org'] })
    await navigate(await comeBackUrl(server, printed, 'mallory'))
    const { status, stdout, stderr } = await command.result
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain('says that this is @mallory:example.org, not @bot:example.org.')
    expect(stderr).toContain('The session was ended again')
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('nobody comes back: after five minutes it is over', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, { fast: true })
    const { status, stdout, stderr, pauses } = await command.result
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(pauses).toStrictEqual([300_000])
    expect(stderr).toContain('The login in the browser was not completed within five minutes.')
    await expect(ask(callbackOf(printed).href)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('a browser that never asks for the last page is waited for two seconds', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, { fast: true })
    await ask(await comeBackUrl(server, printed, 'bot'))
    const { status, pauses } = await command.result
    expect(status).toBe(0)
    expect(pauses).toStrictEqual([300_000, 2_000])
  })

  test('a login token that is too old', async () => {
    let now = Date.now()
    const server = await startServer({ flavour: 'mas', now: () => now })
    const { command, printed } = await beginBrowserLogin(server)
    const comeBack = await comeBackUrl(server, printed, 'bot')
    now += 31_000
    await navigate(comeBack)
    const { status, stderr } = await command.result
    expect(status).toBe(1)
    expect(stderr).toContain('403 M_FORBIDDEN, “Login token expired”')
    expect(stderr).toContain('30 s on Matrix Authentication Service')
  })

  test('an answer that is lost: the session that may exist is named', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server, { args: ['--max-wait', '0'] })
    server.inject({ method: 'POST', path: '/login' }, { kind: 'lose-answer' })
    await navigate(await comeBackUrl(server, printed, 'bot'))
    const { status, stderr } = await command.result
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /an orphaned session on device MAT-\w+ may remain at http:\S+\. If it is there: End it in the list/,
    )
    expect(loginsOf(server)).toHaveLength(1)
  })

  test('no login in a browser at all: what there is instead', async () => {
    const server = await startServer({ flavour: 'dendrite' })
    const { status, stdout, stderr } = await runCommand({ args: ['browser-login', '--homeserver', server.url] })
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain(
      'has no login in a browser; it offers: m.login.password.\nWith a password: matrix-access-token login.',
    )
  })

  test('a server that repeats the login token in its refusal: it is not shown', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    const comeBack = new URL(await comeBackUrl(server, printed, 'bot'))
    const body = { errcode: 'M_FORBIDDEN', error: `bad: ${comeBack.searchParams.get('loginToken')}` }
    server.inject({ method: 'POST', path: '/login' }, { kind: 'respond', status: 403, body })
    await navigate(comeBack.href)
    expect((await command.result).stderr).toContain('“bad: ***”')
  })
})
