import { describe, expect, test } from '@jest/globals'
import { describePortMistake } from '../../src/inputs/suspicions.js'
import { isInsecure, parseBaseUrl, parseHomeserver } from '../../src/matrix/homeserver-address.js'

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
    ['http://127.10.200.30:8008', 'http://127.10.200.30:8008'],
    ['https://example.org/_matrixish', 'https://example.org/_matrixish'],
  ])('%s', (text, url) => {
    expect(parseHomeserver(text, false)).toStrictEqual({ kind: 'base-url', url })
  })
})

describe('http:// leaves this machine only when it is allowed', () => {
  test.each([
    'http://example.org',
    'http://10.127.0.0',
    'http://x127.0.0.1.example',
    'http://10.0.0.1',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
  ])('%s', (text) => {
    expect(parseHomeserver(text, false)).toStrictEqual({
      problem: 'sends credentials in clear text, over http://',
      insecure: true,
    })
    expect(parseHomeserver(text, true)).toMatchObject({ kind: 'base-url' })
  })
})

test.each([
  'example.org',
  'example.org:8448',
  '[2001:db8::1]:8448',
  'example.org/',
  'example.org///',
  // 0127 is octal: 87.0.0.1, which is not this machine.
  '0127.0.0.1:8448',
  // Names in which an expression only seems to be.
  'my-vars.ORG',
  'env.7.example.org',
])('%s is a server name', (text) => {
  expect(parseHomeserver(text, false)).toMatchObject({
    kind: 'server-name',
    serverName: { text: text.replaceAll('/', '') },
  })
})

test.each([
  ['https://user:secret@example.org', 'user or password'],
  ['https://user@example.org', 'user or password'],
  ['https://:secret@example.org', 'user or password'],
  ['https://matrix.to@example.org', 'user or password'],
  [`https://example.org/${'x'.repeat(2_049 - 20)}`, 'longer than any address'],
  ['example.org/https://example.org', 'neither'],
  ['https://example.org/?access_token=x', 'query'],
  ['https://example.org/#/login', 'fragment'],
  ['https://example.org/#login', 'fragment'],
  ['ftp://example.org', 'https'],
  ['https://', 'URL'],
  ['@bot:example.org', 'user ID'],
  ['@bot:matrix.to', 'write only the part behind the colon'],
  ['example.org/matrix', 'neither'],
  ['https:example.org', 'neither'],
  ['müller.example', 'xn--'],
  ['example。org', 'neither'],
  ['example.org#about', 'neither'],
  ['https://matrix.to/#/@bot:example.org', 'write example.org'],
  ['https://matrix.to/#/@bot:chat.example.org', 'write chat.example.org'],
  ['https://matrix.to/#/@bot:example.org:8448', 'write example.org:8448'],
  ['matrix.to', 'write the part of the user ID behind the colon'],
  ['http://app.element.io', 'web client'],
  ['https://app.element.io:443/', 'web client'],
  ['app.element.io', 'web client'],
  ['https://app.element.io', 'web client'],
  ['https://App.Element.io/#/room/!abc:example.org', 'web client'],
  ['https://app.element.io/#/user/%40bot%3Aexample.org', 'write example.org'],
  ['https://chat.example.org/#/home', 'web client'],
  ['#room:example.org', 'room'],
  ['secrets.MATRIX_SERVER', 'expression'],
  ['Tr0ub4dor', 'capitals'],
  ['https://Tr0ub4dor/path.x', 'capitals'],
  ['http://Tr0ub4dor:8008', 'capitals'],
  ['127.0.0.1:8008', 'write http://127.0.0.1:8008'],
  ['localhost:8008', 'write http://localhost:8008'],
  ['[::1]:80', 'write http://[::1]:80'],
])('%s is refused: %s', (text, part) => {
  const result = parseHomeserver(text, true)
  expect('problem' in result ? result.problem : 'accepted').toContain(part)
})

test.each([
  ['example.org:8448', 'to https://example.org:8448.'],
  ['192.168.1.2:8008', 'to http://192.168.1.2:8008.'],
  ['matrix.example.org', undefined],
  ['127.0.0.1', undefined],
])('advice on the port of %s: %s', (text, part) => {
  const address = parseHomeserver(text, false)
  if (!('kind' in address) || address.kind !== 'server-name') throw new Error('not a server name')
  const advice = describePortMistake(address.serverName)
  if (part === undefined) expect(advice).toBeUndefined()
  else expect(advice).toContain(part)
})

test('a URL may have 2048 characters', () => {
  const url = `https://example.org/${'x'.repeat(2_048 - 20)}`
  expect(parseHomeserver(url, false)).toStrictEqual({ kind: 'base-url', url })
})

test('a URL from .well-known may have 2048 characters, and no more', () => {
  const ofLength = (characters: number) => `https://example.org/${'x'.repeat(characters - 20)}`
  expect(parseBaseUrl(ofLength(2_048))).toHaveProperty('url')
  expect(parseBaseUrl(ofLength(2_049))).toHaveProperty('problem')
})

test('what is neither http nor https is insecure, also where http is allowed', () => {
  expect(isInsecure(new URL('ftp://127.0.0.1'), true)).toBe(true)
})
