import { afterEach, describe, expect, test } from '@jest/globals'
import { ask, comeBackUrl, navigate } from '../support/browser.js'
import { beginBrowserLogin, callbackOf, loginsOf, startServer } from '../support/browser-login-harness.js'
import { clearFixtures } from '../support/fixture.js'

afterEach(clearFixtures)

const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const PAGE_ELSEWHERE = { origin: 'https://evil.example' }

interface Attack {
  readonly name: string
  /** From the address that would be taken. */
  readonly url?: (taken: URL) => string
  readonly method?: string
  readonly headers?: (taken: URL) => Readonly<Record<string, string>>
  readonly path?: (taken: URL) => string
  readonly status: number
}

function swapCase(text: string): string {
  return [...text].map((each) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase())).join('')
}

/** The address that would be taken, at another path. */
const at = (path: (path: string) => string) => (taken: URL) => taken.origin + path(taken.pathname) + taken.search
/** The same, with another query. */
const asking = (change: (query: URLSearchParams) => void) => (taken: URL) => {
  const query = new URLSearchParams(taken.search)
  change(query)
  return `${taken.origin}${taken.pathname}?${query}`
}

const ATTACKS: readonly Attack[] = [
  { name: 'another path', url: at(() => '/'), status: 404 },
  { name: 'the path in another case', url: at(swapCase), status: 404 },
  { name: 'a path below', url: at((path) => `${path}/more`), status: 404 },
  { name: 'the last page, before its time', url: (taken) => `${taken.origin}${taken.pathname}/done`, status: 404 },
  { name: 'another state', url: asking((query) => query.set('state', 'x'.repeat(22))), status: 404 },
  { name: 'no state', url: asking((query) => query.delete('state')), status: 404 },
  { name: 'two states', url: asking((query) => query.append('state', 'other')), status: 404 },
  { name: 'no login token', url: asking((query) => query.delete('loginToken')), status: 404 },
  { name: 'two login tokens', url: asking((query) => query.append('loginToken', 'of-the-attacker')), status: 404 },
  { name: 'a login token with a line break', url: asking((query) => query.set('loginToken', 'a\r\nb')), status: 404 },
  { name: 'HEAD', method: 'HEAD', status: 405 },
  { name: 'POST', method: 'POST', status: 405 },
  { name: 'OPTIONS', method: 'OPTIONS', status: 405 },
  {
    name: 'a name that points here (DNS rebinding)',
    headers: ({ port }) => ({ ...NAVIGATION, host: `evil.example:${port}` }),
    status: 404,
  },
  { name: 'localhost', headers: ({ port }) => ({ host: `localhost:${port}` }), status: 404 },
  { name: 'the address without the port', headers: () => ({ host: '127.0.0.1' }), status: 404 },
  {
    name: 'a page elsewhere that fetches',
    headers: () => ({ ...PAGE_ELSEWHERE, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }),
    status: 404,
  },
  { name: 'the same, in a browser without Sec-Fetch', headers: () => PAGE_ELSEWHERE, status: 404 },
  { name: 'a sandboxed page that fetches', headers: () => ({ origin: 'null', 'sec-fetch-mode': 'cors' }), status: 404 },
  {
    name: 'a page elsewhere that shows an image',
    headers: () => ({ 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }),
    status: 404,
  },
  {
    name: 'a page elsewhere that frames it',
    headers: () => ({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }),
    status: 404,
  },
  { name: 'a whole URL, as a proxy is asked', path: (taken) => taken.href, status: 404 },
  { name: 'an address of 10,000 characters', url: (taken) => `${taken.href}&more=${'x'.repeat(10_000)}`, status: 431 },
]

describe('requests that are refused and have no effect', () => {
  test.each(ATTACKS)('$name', async ({ url, method, headers, path, status }) => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    const comeBack = await comeBackUrl(server, printed, 'bot')
    const taken = new URL(comeBack)
    const answer = await ask(url?.(taken) ?? comeBack, {
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers: headers(taken) }),
      ...(path === undefined ? {} : { path: path(taken) }),
    })
    expect(answer).toMatchObject({ status, body: '' })
    expect(loginsOf(server)).toStrictEqual([])
    // The login goes on as if nothing had been.
    expect((await navigate(comeBack)).body).toContain('You can close this window.')
    const { status: ended, stdout } = await command.result
    expect(ended).toBe(0)
    expect(server.isAlive(stdout.trim())).toBe(true)
  })
})

describe('one login token is taken, once', () => {
  test('a second one is refused, the last page is shown, and then nothing listens', async () => {
    const server = await startServer()
    const { command, printed } = await beginBrowserLogin(server)
    const first = await comeBackUrl(server, printed, 'bot')
    const second = await comeBackUrl(server, printed, 'mallory')
    expect((await ask(first)).status).toBe(303)
    expect((await ask(first)).status).toBe(404)
    expect((await ask(second)).status).toBe(404)
    const page = `${callbackOf(printed).origin}${callbackOf(printed).pathname}/done`
    expect((await ask(page)).status).toBe(200)
    const { status, stderr } = await command.result
    expect(status).toBe(0)
    expect(stderr).toContain('Logged in as @bot:example.org')
    expect(loginsOf(server)).toHaveLength(1)
    await expect(ask(page)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('only this machine is listened to, at another port and path each time', async () => {
    const server = await startServer()
    const logins = [await beginBrowserLogin(server), await beginBrowserLogin(server)]
    const [one, other] = logins.map(({ printed }) => callbackOf(printed))
    for (const url of [one, other]) {
      expect(url).toMatchObject({ hostname: '127.0.0.1', protocol: 'http:' })
      expect(url?.pathname).toMatch(/^\/[\w-]{22}$/)
      expect(url?.search).toMatch(/^\?state=[\w-]{22}$/)
    }
    expect(new Set([one?.port, one?.pathname, one?.search, other?.port, other?.pathname, other?.search]).size).toBe(6)
    for (const { command } of logins) {
      command.kill('SIGINT')
      await command.result
    }
  })
})
