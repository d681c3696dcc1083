import { describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/failures.js'
import { proxyFor } from '../../src/http/proxy.js'
import { proxySettings } from '../../src/http/toolkit-transport.js'

const TARGET = 'https://matrix.example.org/_matrix/client/v3/login'

function find(environment: Readonly<Record<string, string>>, target = TARGET) {
  const settings = proxySettings(new URL(target), (name) => environment[name])
  return settings && proxyFor(new URL(target), settings)
}

const basic = (credentials: string | Buffer) => `Basic ${Buffer.from(credentials).toString('base64')}`

describe('a value as curl reads it', () => {
  test.each<[string, boolean, string, number, string | undefined]>([
    ['http://proxy.test:3128', false, 'proxy.test', 3128, undefined],
    ['http://proxy.test:3128/', false, 'proxy.test', 3128, undefined],
    ['HTTP://PROXY.test:3128/path?query#fragment', false, 'proxy.test', 3128, undefined],
    ['https://proxy.test:8443', true, 'proxy.test', 8443, undefined],
    ['https://proxy.test', true, 'proxy.test', 443, undefined],
    // The runner and the toolkit read it so: https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners
    ['http://proxy.test', false, 'proxy.test', 80, undefined],
    ['http://proxy.test:', false, 'proxy.test', 80, undefined],
    ['proxy:3128', false, 'proxy', 3128, undefined],
    ['proxy', false, 'proxy', 80, undefined],
    ['10.0.0.1:3128', false, '10.0.0.1', 3128, undefined],
    ['proxy:1', false, 'proxy', 1, undefined],
    ['proxy:65535', false, 'proxy', 65_535, undefined],
    ['  proxy:3128\t\n', false, 'proxy', 3128, undefined],
    ['http://[::1]:3128', false, '::1', 3128, undefined],
    ['[2001:db8::7]:3128', false, '2001:db8::7', 3128, undefined],
    ['http://[fe80::1%25eth0]:3128', false, 'fe80::1%eth0', 3128, undefined],
    ['http://under_score.test:3128', false, 'under_score.test', 3128, undefined],
    ['user:pw@proxy:3128', false, 'proxy', 3128, basic('user:pw')],
    ['http://user@proxy:3128', false, 'proxy', 3128, basic('user:')],
    ['http://:pw@proxy:3128', false, 'proxy', 3128, basic(':pw')],
    ['http://@proxy:3128', false, 'proxy', 3128, undefined],
    ['http://u%40s:p%3aw%21@proxy:3128', false, 'proxy', 3128, basic('u@s:p:w!')],
    ['http://user:100%@proxy:3128', false, 'proxy', 3128, basic('user:100%')],
    ['100%:%zz%4@proxy:3128', false, 'proxy', 3128, basic('100%:%zz%4')],
    ['http://user:p%20w@proxy:3128', false, 'proxy', 3128, basic('user:p w')],
    ['user:p@w@proxy:3128', false, 'proxy', 3128, basic('user:p@w')],
    ['user:p:w@[::1]:3128', false, '::1', 3128, basic('user:p:w')],
    ['http://user:pässword@proxy:3128', false, 'proxy', 3128, basic('user:pässword')],
    ['http://user:%E4@proxy:3128', false, 'proxy', 3128, basic(Buffer.from([...Buffer.from('user:'), 0xe4]))],
  ])('%j', (value, secure, host, port, authorization) => {
    expect(find({ HTTPS_PROXY: value })).toStrictEqual({ secure, host, port, authorization })
  })
})

describe('a value that is no HTTP proxy stops the step', () => {
  test.each([
    'socks5://proxy:1080',
    'socks5h://user:hunter2@proxy:1080',
    'ftp://proxy:21',
    'user:/hunter2@proxy',
    '%',
    '://proxy',
    'http://',
    'http://:3128',
    'http://user:hunter2@',
    'http://proxy:port',
    'http://proxy:0',
    'http://proxy:65536',
    'http://proxy:-1',
    'http://user:hunter2/x@proxy:3128',
    'http://user:hunter2#x@proxy:3128',
    'http://user:hunter2%0d%0a@proxy:3128',
    'http://proxy:3128:3128',
    'http://::1:3128',
    'http://[::1:3128',
    'http://[example]:3128',
    'http://pro xy:3128',
    'http://pro<xy:3128',
    'http://proxy!:3128',
    'http://user:hunter2%7f@proxy:3128',
    '"http://proxy:3128"',
  ])('%j: the message names the variable and shows nothing of the value', (value) => {
    for (const name of ['HTTPS_PROXY', 'https_proxy']) {
      const failure = failureOf(() => find({ [name]: value }))
      expect(failure.code).toBe('invalid-input')
      expect(failure.message).toBe(`${name} is not the address of an HTTP proxy.`)
      expect(failure.hint).not.toContain('hunter2')
      expect(failure.hint).toContain('http://user:password@host:port')
      expect(failure.hint).toContain('list the host in NO_PROXY')
    }
  })

  test('but not where no proxy is needed', () => {
    expect(find({ HTTPS_PROXY: 'socks5://proxy:1080', NO_PROXY: 'example.org' })).toBeUndefined()
    expect(find({ HTTP_PROXY: 'socks5://proxy:1080' })).toBeUndefined()
  })
})

function failureOf(action: () => unknown): Failure {
  try {
    action()
  } catch (error) {
    if (error instanceof Failure) return error
  }
  throw new Error('no failure')
}

describe('the variables', () => {
  test.each<[Record<string, string>, string, string | undefined]>([
    [{ HTTPS_PROXY: 'a' }, TARGET, 'a'],
    [{ https_proxy: 'a' }, TARGET, 'a'],
    [{ https_proxy: 'a', HTTPS_PROXY: 'b' }, TARGET, 'a'],
    [{ https_proxy: '', HTTPS_PROXY: 'b' }, TARGET, 'b'],
    [{ https_proxy: ' ', HTTPS_PROXY: 'b' }, TARGET, 'b'],
    [{ HTTP_PROXY: 'a' }, TARGET, undefined],
    [{ HTTP_PROXY: 'a' }, 'http://matrix.example.org/', 'a'],
    [{ http_proxy: 'a' }, 'http://matrix.example.org/', 'a'],
    [{ HTTPS_PROXY: 'a' }, 'http://matrix.example.org/', undefined],
    [{ HTTPS_PROXY: 'a', no_proxy: '', NO_PROXY: '*' }, TARGET, undefined],
    [{ HTTPS_PROXY: 'a', no_proxy: 'b', NO_PROXY: '*' }, TARGET, 'a'],
    [{ HTTP_PROXY: 'a', NO_PROXY: 'matrix.example.org:80' }, 'http://matrix.example.org/', undefined],
    [{ HTTP_PROXY: 'a', NO_PROXY: 'matrix.example.org:443' }, 'http://matrix.example.org/', 'a'],
    [{}, TARGET, undefined],
  ])('%j for %s: %s', (environment, target, host) => {
    expect(find(environment, target)?.host).toBe(host)
  })
})

describe('NO_PROXY', () => {
  test.each([
    ['*', 'matrix.example.org'],
    ['a.test, *', 'matrix.example.org'],
    ['matrix.example.org', 'matrix.example.org'],
    ['MATRIX.Example.ORG', 'matrix.example.org'],
    ['example.org', 'matrix.example.org'],
    ['.example.org', 'matrix.example.org'],
    ['.example.org', 'example.org'],
    ['*.example.org', 'matrix.example.org'],
    ['example.org.', 'matrix.example.org'],
    ['example.org', 'example.org.'],
    ['a.test, example.org', 'example.org'],
    ['a.test example.org', 'example.org'],
    [' a.test ,\t.example.org , b.test', 'matrix.example.org'],
    ['example.org:443', 'example.org'],
    ['example.org:8448', 'example.org:8448'],
    ['.example.org:8448', 'matrix.example.org:8448'],
    ['bücher.example', 'matrix.bücher.example'],
    ['10.1.2.3', '10.1.2.3'],
    ['10.1.2.3:8448', '10.1.2.3:8448'],
    ['10.0.0.0/8', '10.200.0.1'],
    ['10.1.2.0/23', '10.1.3.255'],
    ['0.0.0.0/0', '192.0.2.1'],
    ['2001:db8::1', '[2001:db8::1]'],
    ['2001:0DB8:0:0::1', '[2001:db8::1]'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['[2001:db8::1]:8448', '[2001:db8::1]:8448'],
    ['2001:db8::/32', '[2001:db8:ffff::1]'],
    ['10.0.0.0/8', '[::ffff:10.1.2.3]'],
  ])('%j: %s is asked directly', (noProxy, host) => {
    expect(find({ HTTPS_PROXY: 'proxy', NO_PROXY: noProxy }, `https://${host}/`)).toBeUndefined()
  })

  test.each([
    ['', 'example.org'],
    [',', 'example.org'],
    ['.', 'example.org'],
    ['example.org', 'notexample.org'],
    ['.example.org', 'notexample.org'],
    ['*.example.org', 'example.org'],
    ['matrix.example.org', 'example.org'],
    ['example.org:8448', 'example.org'],
    ['exam*', 'example.org'],
    ['https://example.org', 'example.org'],
    ['0.2.1', '192.0.2.1'],
    ['10.1.2.3', '10.1.2.4'],
    ['10.0.0.0/8', '11.0.0.1'],
    ['10.0.0.0/33', '10.0.0.1'],
    ['10.0.0.0/', '10.0.0.1'],
    ['2001:db8::/129', '[2001:db8::1]'],
    ['2001:db8::/32', '[2001:db9::1]'],
    ['[2001:db8::1]:8448', '[2001:db8::1]'],
    ['[2001:db8::1]', '[2001:db8::2]'],
    ['x[2001:db8::1]', '[2001:db8::1]'],
    ['example.org:', 'example.org'],
    ['example/8', '10.0.0.1'],
    ['10.0.0.0/8x', '10.0.0.1'],
    ['bücher<', 'example.org'],
    ['10.0.0.0/8', 'ten.example.org'],
  ])('%j: %s goes through the proxy', (noProxy, host) => {
    expect(find({ HTTPS_PROXY: 'proxy', NO_PROXY: noProxy }, `https://${host}/`)?.host).toBe('proxy')
  })
})

test.each(['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '[::ffff:127.0.0.1]', 'localhost.'])(
  '%s is this machine, not the one of the proxy',
  (host) => {
    expect(find({ HTTPS_PROXY: 'proxy' }, `https://${host}:8448/`)).toBeUndefined()
  },
)
