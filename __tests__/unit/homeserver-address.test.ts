import { describe, expect, test } from '@jest/globals'
import { parseHomeserver } from '../../src/matrix/homeserver-address.js'

describe('a base URL is used as it is', () => {
  test.each([
    ['https://matrix.example.org', 'https://matrix.example.org'],
    ['https://matrix.example.org/', 'https://matrix.example.org'],
    ['https://matrix.example.org:8448//', 'https://matrix.example.org:8448'],
    ['https://example.org/matrix/', 'https://example.org/matrix'],
    ['https://example.org/_matrix/client/v3/login', 'https://example.org'],
    ['https://example.org/path/_matrix', 'https://example.org/path'],
    ['HTTPS://Example.ORG', 'https://example.org'],
    ['http://localhost:8008', 'http://localhost:8008'],
    ['http://127.0.0.1:8008', 'http://127.0.0.1:8008'],
    ['http://127.1:8008', 'http://127.0.0.1:8008'],
    ['http://[::1]:8008', 'http://[::1]:8008'],
  ])('%s', (text, url) => {
    expect(parseHomeserver(text, false)).toEqual({ kind: 'base-url', url })
  })
})

describe('http:// leaves this machine only when it is allowed', () => {
  test.each(['http://example.org', 'http://10.0.0.1', 'http://localhost.example.org', 'http://127.0.0.1.example.org'])(
    '%s',
    (text) => {
      expect(parseHomeserver(text, false)).toMatchObject({ insecure: true })
      expect(parseHomeserver(text, true)).toMatchObject({ kind: 'base-url' })
    },
  )
})

test.each(['example.org', 'example.org:8448', '[2001:db8::1]:8448', 'example.org/'])('%s is a server name', (text) => {
  expect(parseHomeserver(text, false)).toMatchObject({
    kind: 'server-name',
    serverName: { text: text.replace('/', '') },
  })
})

test.each([
  ['https://user:secret@example.org', 'user or password'],
  ['https://example.org/?access_token=x', 'query'],
  ['https://example.org/#/login', 'fragment'],
  ['ftp://example.org', 'https'],
  ['https://', 'URL'],
  ['@bot:example.org', 'user ID'],
  ['example.org/matrix', 'neither'],
  ['https:example.org', 'neither'],
])('%s is refused: %s', (text, part) => {
  const result = parseHomeserver(text, true)
  expect('problem' in result ? result.problem : 'accepted').toContain(part)
})
