import { describe, expect, test } from '@jest/globals'
import { accountPage } from '../../src/oauth/metadata.js'
import { registerSecret } from '../../src/redaction.js'

const PAGE = 'https://account.example.org/account/'
const page = (uri: unknown, more: object = {}, baseUrl = 'https://matrix.example.org') =>
  accountPage({ account_management_uri: uri, ...more }, baseUrl, 'org.matrix.device_delete', 'GHA-ABC DEF')

describe('accountPage', () => {
  test('the action and the device, encoded', () => {
    expect(page(PAGE)).toBe(`${PAGE}?action=org.matrix.device_delete&device_id=GHA-ABC+DEF`)
  })

  test('a list of actions that has it, and one that has not', () => {
    const actions = (...names: string[]) => ({ account_management_actions_supported: names })
    expect(page(PAGE, actions('org.matrix.device_delete'))).toContain('action=org.matrix.device_delete')
    expect(page(PAGE, actions('org.matrix.profile'))).toBe(PAGE)
  })

  test('its own query, fragment and user are left out: they can hold what must not be shown', () => {
    expect(page('https://user:pw@account.example.org/account/?token=abc#frag')).toBe(page(PAGE))
  })

  test.each([
    ['nothing', undefined],
    ['a number', 7],
    ['no URL', 'account page'],
    ['plain HTTP', 'http://account.example.org/'],
    ['another scheme', 'javascript:alert(1)'],
    ['too long', `https://account.example.org/${'a/'.repeat(2_000)}`],
    ['a path that can be a secret', 'https://account.example.org/syt_Ym90_AbCdEf'],
    ['a path in hex', 'https://account.example.org/a/0123456789abcdef0123'],
    ['a host that can be a secret', 'https://0123456789abcdef0123.example.org/'],
    ['a path in hex, cut into pieces', 'https://account.example.org/0123456789a/bcdef012345/6789abcdef0'],
    ['a host in hex, cut into pieces', 'https://a123.b456.c789.d012.e345.example.org/'],
    ['an encoded path', 'https://account.example.org/%73%79%74%5f%59%6d'],
  ])('%s: no address', (_name, uri) => {
    expect(page(uri)).toBeUndefined()
  })

  test('of this machine, for a homeserver on this machine only', () => {
    expect(page('http://127.0.0.1:8008/account/', {}, 'http://127.0.0.1:8008')).toContain(
      'http://127.0.0.1:8008/account/?',
    )
    expect(page('http://127.0.0.1:8008/account/')).toBeUndefined()
    expect(page('http://account.example.org/', {}, 'http://127.0.0.1:8008')).toBeUndefined()
  })

  test('an address with a secret in it is not shown', () => {
    registerSecret('swordfish-of-the-owner')
    expect(page('https://account.example.org/swordfish-of-the-owner/')).toBeUndefined()
  })
})
