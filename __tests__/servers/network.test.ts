import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type ExampleOrg, startExampleOrg } from './support/example-org.js'
import { isAlive, newJob, PASSWORD, remember } from './support/session-watch.js'
import { startTinyproxy } from './support/tinyproxy.js'

const PROXY_PASSWORD = randomBytes(18).toString('hex')
const PROXY_LOGIN = { user: 'runner', password: PROXY_PASSWORD }

afterEach(clearFixtures)

describe('Synapse behind nginx, found through .well-known at another host and port', () => {
  let site: ExampleOrg
  const user = '@bot:example.org'
  const inputs = { user, password: PASSWORD, logout: 'always' }
  const trusted = () => ({ NODE_EXTRA_CA_CERTS: site.authority.certificateFile })

  beforeAll(async () => {
    site = await startExampleOrg()
    remember(await site.synapse.register('bot', PASSWORD))
  })
  afterAll(() => site.stop())

  /** A job on a runner that knows the names. */
  const jobWith = (env: Readonly<Record<string, string>>) => newJob({ env, node: site.names.node })

  test('a user ID is enough, where the authority is trusted', async () => {
    const job = await jobWith(trusted())
    const before = site.nginx.requests().length
    const login = await job.runAction('.', inputs)
    expect(login.annotations).toStrictEqual([])
    expect(login.outputs).toMatchObject({ 'user-id': user, 'homeserver-url': site.clientApi, failure: '' })
    const token = remember(login.outputs['access-token'])
    expect(await isAlive(site.synapse, token)).toBe(true)
    const [post] = await job.finish()
    expect(post?.annotations).toStrictEqual([])
    expect(await isAlive(site.synapse, token)).toBe(false)
    expect(site.nginx.requests().slice(before)).toStrictEqual([
      'example.org:443 "GET /.well-known/matrix/client HTTP/1.1" 200',
      'matrix.example.org:8448 "POST /_matrix/client/v3/login HTTP/1.1" 200',
      'matrix.example.org:8448 "POST /_matrix/client/v3/logout HTTP/1.1" 200',
    ])
  })

  test('without the authority it is tls, and nothing is sent', async () => {
    const before = site.nginx.requests().length
    const login = await (await jobWith({})).runAction('.', inputs)
    expect(login.outputs['failure']).toBe('tls')
    expect(login.annotations[0]?.message).toContain('NODE_EXTRA_CA_CERTS')
    expect(site.nginx.requests().slice(before)).toStrictEqual([])
  })

  test('a certificate for another name is tls', async () => {
    const before = site.nginx.requests().length
    const login = await (await jobWith(trusted())).runAction('.', { ...inputs, homeserver: site.misnamed })
    expect(login.outputs['failure']).toBe('tls')
    expect(site.nginx.requests().slice(before)).toStrictEqual([])
  })

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing', async () => {
    const job = await jobWith({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    expect((await job.runAction('.', inputs)).outputs['failure']).toBe('tls')
  })

  test('plain HTTP is refused, and goes with allow-http', async () => {
    const homeserver = 'http://plain.example.org:8008'
    const job = await jobWith({})
    expect((await job.runAction('.', { ...inputs, homeserver })).outputs['failure']).toBe('insecure-url')
    const allowed = await job.runAction('.', { ...inputs, homeserver, 'allow-http': 'true' })
    expect(allowed.outputs['failure']).toBe('')
    remember(allowed.outputs['access-token'])
    await job.finish()
  })

  describe('through tinyproxy', () => {
    /** A job on a runner that knows no name at all: whatever works, the proxy does. */
    const proxied = (port: number, login = '') =>
      newJob({
        env: { ...trusted(), HTTPS_PROXY: `http://${login}127.0.0.1:${port}` },
        secrets: () => [PASSWORD, PROXY_PASSWORD],
      })

    test('logs in and out', async () => {
      const proxy = stopLater(await startTinyproxy(site.names))
      const job = await proxied(proxy.port)
      const login = await job.runAction('.', inputs)
      expect(login.annotations).toStrictEqual([])
      expect(login.outputs).toMatchObject({ 'homeserver-url': site.clientApi, failure: '' })
      const token = remember(login.outputs['access-token'])
      await job.finish()
      expect(await isAlive(site.synapse, token)).toBe(false)
      expect(proxy.connects()).toStrictEqual(['example.org:443', 'matrix.example.org:8448', 'matrix.example.org:8448'])
    })

    test('with user and password, which are in no log', async () => {
      const proxy = stopLater(await startTinyproxy(site.names, PROXY_LOGIN))
      const job = await proxied(proxy.port, `runner:${PROXY_PASSWORD}@`)
      const login = await job.runAction('.', inputs)
      expect(login.annotations).toStrictEqual([])
      remember(login.outputs['access-token'])
      await job.finish()
      expect(proxy.connects()).toHaveLength(3)
    })

    // tinyproxy answers 407 to no login, and 401 to a wrong one (src/reqs.c).
    test.each([
      ['', 407],
      ['runner:wrong@', 401],
    ])('with %j as its user and password it is unreachable: the proxy, %i', async (login, status) => {
      const proxy = stopLater(await startTinyproxy(site.names, PROXY_LOGIN))
      const job = await proxied(proxy.port, login)
      const refused = await job.runAction('.', { ...inputs, 'max-wait': '0' })
      expect(refused.outputs['failure']).toBe('unreachable')
      expect(refused.annotations[0]?.message).toContain(`the proxy did not connect (statusCode=${status})`)
    })

    test('NO_PROXY is a way past it', async () => {
      const proxy = stopLater(await startTinyproxy(site.names))
      const env = {
        ...trusted(),
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
        NO_PROXY: 'elsewhere.test,.example.org',
      }
      const job = await jobWith(env)
      const login = await job.runAction('.', { ...inputs, homeserver: site.clientApi })
      expect(login.outputs['failure']).toBe('')
      remember(login.outputs['access-token'])
      await job.finish()
      expect(proxy.connects()).toStrictEqual([])
    })

    test('a name that the proxy does not know is unreachable', async () => {
      const proxy = stopLater(await startTinyproxy(site.names))
      const job = await proxied(proxy.port)
      const homeserver = 'https://unknown.example.org'
      const login = await job.runAction('.', { ...inputs, homeserver, 'max-wait': '0' })
      expect(login.outputs['failure']).toBe('unreachable')
    })
  })
})
