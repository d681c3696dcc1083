import { describe, expect, test } from '@jest/globals'
import {
  type CallbackRequest,
  isPageRequest,
  judgeCallback,
  loginUrl,
  makeRemoteRendezvous,
  makeRendezvous,
  pagePath,
  readPasted,
} from '../../src/cli/browser-listener.js'

let counter = 0
/** Other bytes each time. */
const bytes = (count: number) => Uint8Array.from({ length: count }, () => counter++ % 256)
const rendezvous = makeRendezvous('http://127.0.0.1:40001', bytes)
const { path, state } = rendezvous

const request = (change: Partial<CallbackRequest> = {}): CallbackRequest => ({
  method: 'GET',
  target: `${path}?state=${state}&loginToken=syl_made_up`,
  host: '127.0.0.1:40001',
  origin: undefined,
  fetchMode: 'navigate',
  fetchDestination: 'document',
  ...change,
})
const verdict = (change: Partial<CallbackRequest>) => judgeCallback(request(change), rendezvous)

const TAKEN = { kind: 'login-token', token: 'syl_made_up' }
const NOT_FOUND = { kind: 'refused', status: 404 }

describe('what is taken', () => {
  test.each<[string, Partial<CallbackRequest>]>([
    ['a navigation', {}],
    ['from a browser without Sec-Fetch', { fetchMode: undefined, fetchDestination: undefined }],
    // Matrix Authentication Service comes here through a form and a redirect: https://fetch.spec.whatwg.org/#origin-header
    ['that went through a form', { origin: 'null' }],
    ['with more in its query', { target: `${path}?state=${state}&loginToken=syl_made_up&lang=de` }],
    ['in another order', { target: `${path}?loginToken=syl_made_up&state=${state}` }],
  ])('%s', (_name, change) => {
    expect(verdict(change)).toStrictEqual(TAKEN)
  })
})

describe('what is refused', () => {
  test.each<[string, Partial<CallbackRequest>]>([
    ['no host', { host: undefined }],
    ['a user in the host', { host: 'x@127.0.0.1:40001' }],
    ['another port', { host: '127.0.0.1:40002' }],
    ['its own origin', { origin: 'http://127.0.0.1:40001' }],
    ['a path of two slashes', { target: `/${path}?state=${state}&loginToken=syl_made_up` }],
    ['a path with dots in it', { target: `/x/..${path}?state=${state}&loginToken=syl_made_up` }],
    ['an empty login token', { target: `${path}?state=${state}&loginToken=` }],
    ['a login token of white space', { target: `${path}?state=${state}&loginToken=%20` }],
    ['a fragment', { target: `${path}#?state=${state}&loginToken=syl_made_up` }],
    ['no path', { target: '*' }],
  ])('%s', (_name, change) => {
    expect(verdict(change)).toStrictEqual(NOT_FOUND)
  })

  test.each(['HEAD', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'get', ''])('the method “%s”', (method) => {
    expect(verdict({ method })).toStrictEqual({ kind: 'refused', status: 405 })
  })
})

test('the last page has one address, and the same conditions', () => {
  const page = request({ target: pagePath(rendezvous) })
  expect(isPageRequest(page, rendezvous)).toBe(true)
  for (const change of [{ target: `${page.target}?` }, { method: 'HEAD' }, { origin: 'https://evil.example' }]) {
    expect(isPageRequest({ ...page, ...change }, rendezvous)).toBe(false)
  }
})

test('the server is given an address that holds both unguessable parts, encoded', () => {
  const url = new URL(loginUrl('https://matrix.example/base', rendezvous))
  expect(url.href).toMatch(
    /^https:\/\/matrix\.example\/base\/_matrix\/client\/v3\/login\/sso\/redirect\?redirectUrl=http%3A%2F%2F127/,
  )
  expect(url.searchParams.get('redirectUrl')).toBe(`http://127.0.0.1:40001${path}?state=${state}`)
  expect(url.searchParams.get('action')).toBe('login')
  for (const part of [path.slice(1), state]) expect(Buffer.from(part, 'base64url')).toHaveLength(16)
  expect(path.slice(1)).not.toBe(state)
})

test('the address for --paste cannot be served: its name does not resolve, and nothing is sent without TLS', () => {
  const { protocol, hostname, port } = new URL(makeRemoteRendezvous(bytes).origin)
  expect({ protocol, port }).toStrictEqual({ protocol: 'https:', port: '' })
  // https://www.rfc-editor.org/rfc/rfc6761#section-6.4
  expect(hostname).toMatch(/\.invalid$/)
})

describe('what is pasted', () => {
  const remote = makeRemoteRendezvous(bytes)
  const address = `${remote.origin}${remote.path}?state=${remote.state}&loginToken=syl_made_up`

  test.each([
    ['the address', address, 'syl_made_up'],
    ['with blanks around it', `  ${address}\r\n`, 'syl_made_up'],
    ['nothing', '', undefined],
    ['the login token alone', 'syl_made_up', undefined],
    ['the address of another login', address.replace(remote.state, state), undefined],
    ['the address where the login began', loginUrl('https://matrix.example', remote), undefined],
    ['another machine', address.replace('matrix-access-token.invalid', 'evil.example'), undefined],
    ['a longer name', address.replace('.invalid', '.invalid.evil.example'), undefined],
    ['a port', address.replace('.invalid', '.invalid:8443'), undefined],
    ['http', address.replace('https:', 'http:'), undefined],
  ])('%s', (_name, text, token) => {
    expect(readPasted(text, remote)).toBe(token)
  })
})
