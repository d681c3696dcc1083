import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Certificate, makeCertificate, makeExpiredCertificate } from '../support/certificate.js'
import { botInputs, clearFixtures, PASSWORD, setFixture, stopLater, USERS } from '../support/fixture.js'
import { startHomeserver } from '../support/homeserver.js'
import { startProxy } from '../support/proxy.js'
import { createJob } from '../support/runner.js'

afterEach(clearFixtures)

/** A homeserver with a certificate for matrix.example.org and for this machine, and a job that runs with `env`. */
async function setTls(env: (certFile: string, port: number) => Record<string, string>, proxied?: 'silence' | number) {
  const certificate = stopLater(
    makeCertificate('matrix.example.org', 'example.org', '127.0.0.1', 'localhost', '2001:db8::1'),
  )
  const server = stopLater(await startHomeserver({ users: USERS, tls: certificate }))
  const port = Number(new URL(server.url).port)
  const proxy = stopLater(await startProxy(port, proxied === undefined ? {} : { refuseWith: proxied }))
  const job = await createJob({ secrets: () => server.secrets(), env: env(certificate.certFile, proxy.port) })
  stopLater({ stop: () => job.dispose() })
  return { server, proxy, job }
}

const README = fileURLToPath(new URL('../../README.md', import.meta.url))
const PROXIED = { homeserver: 'https://matrix.example.org', user: 'bot', password: PASSWORD, 'max-wait': '0' }

describe('certificates', () => {
  test('an unknown authority is tls, and nothing is sent', async () => {
    const { server, job } = await setTls(() => ({}))
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('tls')
    expect(login.annotations[0]?.message).toContain('NODE_EXTRA_CA_CERTS')
    expect(server.requests).toStrictEqual([])
  })

  test('NODE_EXTRA_CA_CERTS makes it known', async () => {
    const { server, job } = await setTls((certFile) => ({ NODE_EXTRA_CA_CERTS: certFile }))
    expect((await job.runAction('.', botInputs(server))).outcome).toBe('success')
  })

  // https://github.com/jwgmeligmeyling/checkstyle-github-action/issues/97
  test.each<[string, (certFile: string) => string, string]>([
    ['is missing', (file) => `${file}.missing`, 'this job cannot read (ENOENT)'],
    ['holds no PEM certificate', () => README, 'holds no certificate in PEM form'],
  ])('a file of further authorities that %s: a warning says why it has no effect', async (_name, path, part) => {
    const { server, job } = await setTls((file) => ({ NODE_EXTRA_CA_CERTS: path(file) }))
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('tls')
    expect(login.annotations[0]).toMatchObject({ level: 'warning', message: expect.stringContaining(part) })
  })

  test('NODE_TLS_REJECT_UNAUTHORIZED=0, which any earlier step can set, is overruled with a warning', async () => {
    const { server, job } = await setTls(() => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }))
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('tls')
    expect(login.annotations.map(({ level }) => level)).toStrictEqual(['warning', 'error'])
    expect(server.requests).toStrictEqual([])
  })

  test('…through a proxy too', async () => {
    const { server, proxy, job } = await setTls((_file, port) => ({
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
    }))
    const login = await job.runAction('.', PROXIED)
    expect(login.outputs.failure).toBe('tls')
    expect(proxy.connects).toHaveLength(1)
    expect(server.requests).toStrictEqual([])
  })

  test.each<[string, Certificate, string]>([
    ['expired', makeExpiredCertificate('127.0.0.1'), 'Renew the certificate on the server'],
    ['for another name', makeCertificate('elsewhere.test'), 'must contain exactly this name'],
  ])('%s: tls, with a hint of its own', async (_name, certificate, hint) => {
    stopLater(certificate)
    const server = stopLater(await startHomeserver({ users: USERS, tls: certificate }))
    const job = await createJob({
      secrets: () => server.secrets(),
      env: { NODE_EXTRA_CA_CERTS: certificate.certFile },
    })
    stopLater({ stop: () => job.dispose() })
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('tls')
    expect(login.annotations[0]?.message).toContain(hint)
    expect(server.requests).toStrictEqual([])
  })

  test('plain HTTP at the port is tls, and says that there is no TLS', async () => {
    const { server, job } = await setFixture()
    const login = await job.runAction('.', { ...botInputs(server), homeserver: server.url.replace('http:', 'https:') })
    expect(login.outputs.failure).toBe('tls')
    expect(login.annotations[0]?.message).toContain('no TLS at that port')
  })
})

describe('proxies', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])(
    '%s is used; its user and password go to the proxy and into no log',
    async (name) => {
      const { server, proxy, job } = await setTls((certFile, port) => ({
        NODE_EXTRA_CA_CERTS: certFile,
        [name]: `http://proxyuser:proxypassword%21@127.0.0.1:${port}`,
      }))
      const login = await job.runAction('.', { ...PROXIED, logout: 'always' })
      expect(login.outcome).toBe('success')
      expect(proxy.connects[0]).toStrictEqual({
        target: 'matrix.example.org:443',
        authorization: `Basic ${Buffer.from('proxyuser:proxypassword!').toString('base64')}`,
      })
      expect(login.rawStdout + login.rawStderr).not.toContain('proxypassword')
      expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined()
      await job.finish()
      expect(server.liveTokens()).toStrictEqual([])
    },
  )

  test.each([
    ['user:100%@127.0.0.1:', 'user:100%'],
    ['http://user:p%40ss@127.0.0.1:', 'user:p@ss'],
  ])('a value as curl reads it: %s', async (value, credentials) => {
    const { proxy, job } = await setTls((certFile, port) => ({
      NODE_EXTRA_CA_CERTS: certFile,
      HTTPS_PROXY: ` ${value}${port} `,
    }))
    expect((await job.runAction('.', PROXIED)).outcome).toBe('success')
    expect(proxy.connects[0]?.authorization).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`)
  })

  test('an IPv6 target', async () => {
    const { proxy, job } = await setTls((certFile, port) => ({
      NODE_EXTRA_CA_CERTS: certFile,
      HTTPS_PROXY: `127.0.0.1:${port}`,
    }))
    expect((await job.runAction('.', { ...PROXIED, homeserver: 'https://[2001:db8::1]' })).outcome).toBe('success')
    expect(proxy.connects[0]?.target).toBe('[2001:db8::1]:443')
  })

  test.each(['socks5://user:hunter2hunter2@127.0.0.1:', 'http://user:hunter2hunter2@[127.0.0.1]:', '%:'])(
    '%s cannot be read: the step stops before anything is sent, and shows nothing of it',
    async (value) => {
      const { server, proxy, job } = await setTls((certFile, port) => ({
        NODE_EXTRA_CA_CERTS: certFile,
        https_proxy: `${value}${port}`,
      }))
      const login = await job.runAction('.', { ...PROXIED, 'max-wait': '120' })
      expect(login.outputs.failure).toBe('invalid-input')
      expect(login.annotations[0]?.message).toContain('https_proxy is not the address of an HTTP proxy.')
      expect(login.rawStdout + login.rawStderr).not.toMatch(/hunter2|127\.0\.0\.1/)
      expect([proxy.connects, server.requests]).toStrictEqual([[], []])
    },
  )

  test('a server name is discovered through the proxy', async () => {
    const { server, proxy, job } = await setTls((certFile, port) => ({
      NODE_EXTRA_CA_CERTS: certFile,
      HTTPS_PROXY: `127.0.0.1:${port}`,
    }))
    server.inject(
      { path: '.well-known' },
      {
        kind: 'respond',
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: '{"m.homeserver":{"base_url":"https://matrix.example.org/"}}',
      },
    )
    const login = await job.runAction('.', { user: '@bot:example.org', password: PASSWORD })
    expect(login.outputs['homeserver-url']).toBe('https://matrix.example.org')
    expect(proxy.connects.map(({ target }) => target)).toStrictEqual(['example.org:443', 'matrix.example.org:443'])
  })

  test('NO_PROXY and loopback go past it', async () => {
    const { server, proxy, job } = await setTls((certFile, port) => ({
      NODE_EXTRA_CA_CERTS: certFile,
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
    }))
    expect((await job.runAction('.', botInputs(server))).outcome).toBe('success')
    expect(proxy.connects).toStrictEqual([])
  })

  test('a proxy that refuses is named as such, and not asked again', async () => {
    const { proxy, job } = await setTls((_file, port) => ({ HTTPS_PROXY: `http://127.0.0.1:${port}` }), 407)
    const login = await job.runAction('.', { ...PROXIED, 'max-wait': '120' })
    expect(login.outputs.failure).toBe('unreachable')
    expect(proxy.connects).toHaveLength(1)
    expect(login.annotations[0]?.message).toContain('statusCode=407')
  })
})
