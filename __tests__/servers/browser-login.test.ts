import { hostname } from 'node:os'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { beginBrowserLogin, callbackOf } from '../support/browser-login-harness.js'
import { runCommand } from '../support/command.js'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { browse, servePage } from './support/browser.js'
import { type IdentityProvider, startIdentityProvider } from './support/identity-provider.js'
import { devicesOf, isAlive } from './support/session-watch.js'
import { NO_LIMITS, type Synapse, startSynapse } from './support/synapse.js'

/** What a person clicks: at the identity provider, then on Synapse's page that names the address the browser goes to. */
const asBot = ['Continue as bot', 'Continue']
const LAST_PAGE = { text: 'You can close this window.' }

let provider: IdentityProvider
let server: Synapse

beforeAll(async () => {
  provider = await startIdentityProvider(['bot', 'somebody'])
  server = await startSynapse((url) => ({
    ...NO_LIMITS,
    public_baseurl: `${url}/`,
    password_config: { enabled: false },
    oidc_providers: [oidcProvider(provider)],
  }))
})
afterAll(async () => {
  await server.stop()
  await provider.stop()
})
afterEach(clearFixtures)

function oidcProvider({ issuer, clientId, clientSecret }: IdentityProvider) {
  return {
    idp_id: 'company',
    idp_name: 'Company',
    issuer,
    client_id: clientId,
    client_secret: clientSecret,
    scopes: ['openid'],
    // Of the metadata, which Synapse wants over https: this provider is on loopback.
    skip_verification: true,
    user_mapping_provider: { config: { localpart_template: '{{ user.preferred_username }}' } },
  }
}

/** A session as Element has one, of the same person in the same browser. */
async function logInAsElementDoes(): Promise<string> {
  const element = stopLater(await servePage('<!doctype html><title>Element</title>'))
  const redirect = `${server.url}/_matrix/client/v3/login/sso/redirect?redirectUrl=${encodeURIComponent(element.url)}`
  await browse(redirect, { click: asBot, until: { address: element.url } })
  const body = { type: 'm.login.token', token: element.queries.at(-1)?.get('loginToken') }
  return String((await server.call('POST', '/_matrix/client/v3/login', { body })).body['access_token'])
}

describe('single sign-on in a real browser, at a real Synapse', () => {
  test('clicked through, the token arrives, and no log-out in Element ends it', async () => {
    const { command, printed } = await beginBrowserLogin(server)
    const end = await browse(printed, { click: asBot, until: LAST_PAGE })
    const { status, stdout } = await command.result
    expect(status).toBe(0)
    expect(end.text).toBe('You can close this window.\n\nThe terminal says how the login went on.')
    const token = stdout.trim()
    const who = await runCommand({ args: ['whoami', '--homeserver', server.url], input: token, secrets: () => [token] })
    expect(who.stdout).toMatch(/^@bot:synapse\.test MAT-[A-Z2-7]{12}\n$/)
    const names = (await devicesOf(server, token)).map(({ display_name: name }) => name)
    expect(names).toContain(`matrix-access-token on ${hostname()}`)

    const element = await logInAsElementDoes()
    expect((await server.call('POST', '/_matrix/client/v3/logout', { token: element, body: {} })).status).toBe(200)
    expect(await isAlive(server, element)).toBe(false)
    expect(await isAlive(server, token)).toBe(true)

    const out = await runCommand({ args: ['logout', '--homeserver', server.url], input: token, secrets: () => [token] })
    expect(out.status).toBe(0)
    expect(await isAlive(server, token)).toBe(false)
  })

  test('the login token stays neither in the address bar nor behind the back button', async () => {
    const { command, printed } = await beginBrowserLogin(server)
    const end = await browse(printed, { click: asBot, until: LAST_PAGE })
    expect((await command.result).status).toBe(0)
    expect(end.url).toBe(`${callbackOf(printed).origin}${callbackOf(printed).pathname}/done`)
    expect(end.history.at(-1)).toBe(end.url)
    expect(end.history.filter((url) => url.includes('loginToken'))).toStrictEqual([])
    // It did come, in a request that was answered with a redirect.
    expect(end.answers.filter(({ url }) => url.includes('loginToken')).map(({ status }) => status)).toStrictEqual([303])
  })

  test('--user: somebody else in the browser is logged out again', async () => {
    const { command, printed } = await beginBrowserLogin(server, { args: ['--user', '@bot:synapse.test'] })
    await browse(printed, { click: ['Continue as somebody', 'Continue'], until: LAST_PAGE })
    const { status, stdout, stderr } = await command.result
    expect([status, stdout]).toStrictEqual([1, ''])
    expect(stderr).toContain('says that this is @somebody:synapse.test, not @bot:synapse.test.')
    expect(stderr).toContain('The session was ended again')
  })

  test('--paste: the browser ends nowhere, and shows the address that is asked for', async () => {
    const { command, printed } = await beginBrowserLogin(server, { args: ['--paste'], keepInput: true })
    const end = await browse(printed, { click: asBot, until: { address: 'https://matrix-access-token.invalid/' } })
    command.type(end.history.at(-1) ?? '')
    const { status, stdout } = await command.result
    expect(status).toBe(0)
    expect(await isAlive(server, stdout.trim())).toBe(true)
  })
})

describe('pages that would use the listener', () => {
  /** They even know its address, and bring a login token of their own. */
  const attacked = (printed: string) => {
    const url = callbackOf(printed)
    url.searchParams.set('loginToken', 'syl_ofTheAttacker_aaaaaa')
    return url
  }

  test('a page on another origin that fetches, shows, frames and posts to it', async () => {
    const { command, printed } = await beginBrowserLogin(server)
    const target = attacked(printed)
    const page = stopLater(await servePage(attackPage(target)))
    const { answers } = await browse(page.url, { until: { origin: target.origin, answers: 10 } })
    const ofListener = answers.filter(({ url }) => url.startsWith(target.origin))
    expect(ofListener.length).toBeGreaterThanOrEqual(10)
    for (const { method, status } of ofListener)
      expect([method, status]).toStrictEqual([method, method === 'GET' ? 404 : 405])
    await browse(printed, { click: asBot, until: LAST_PAGE })
    const { status, stderr } = await command.result
    expect(status).toBe(0)
    expect(stderr).toContain('Logged in as @bot:synapse.test')
  })

  test('a name that was made to point here (DNS rebinding)', async () => {
    const { command, printed } = await beginBrowserLogin(server)
    const target = attacked(printed)
    target.hostname = 'rebound.example'
    const { answers } = await browse(target.href, { alias: 'rebound.example', until: { answers: 1 } })
    expect(answers.map(({ status }) => status)).toContain(404)
    expect(answers.filter(({ status }) => status < 400)).toStrictEqual([])
    await browse(printed, { click: asBot, until: LAST_PAGE })
    expect((await command.result).status).toBe(0)
  })
})

function attackPage(target: URL): string {
  const url = JSON.stringify(target.href)
  return `<!doctype html><title>evil</title>
<img src=${url}><iframe src=${url}></iframe><link rel="stylesheet" href=${url}><script src=${url}></script>
<iframe name="posted"></iframe><form method="post" action=${url} target="posted"><button>x</button></form>
<script>
for (const mode of ['cors', 'no-cors']) for (const method of ['GET', 'POST', 'HEAD']) fetch(${url}, { mode, method }).catch(() => {})
fetch(${url}, { method: 'PUT', headers: { 'x-custom': '1' } }).catch(() => {})
navigator.sendBeacon(${url}, 'x')
new WebSocket(${url}.replace('http', 'ws'))
document.querySelector('form').submit()
</script>`
}
