import { describe, expect, test } from '@jest/globals'
import {
  describeUser,
  isSameUser,
  isUserId,
  isWebClient,
  loginIdentifier,
  parseServerName,
  parseUser,
  type UserIdentifier,
} from '../../src/matrix/identifiers.js'

function parsed(text: string): UserIdentifier {
  const user = parseUser(text)
  if ('problem' in user) throw new Error(user.problem)
  return user
}

describe('parseUser', () => {
  test.each([
    ['@bot:example.org', 'bot', 'example.org'],
    ['@bot:example.org:8448', 'bot', 'example.org:8448'],
    ['@bot:[2001:db8::1]:8448', 'bot', '[2001:db8::1]:8448'],
    ['@bot:192.0.2.1', 'bot', '192.0.2.1'],
    // Historical user IDs: the specification demands that they are accepted.
    ['@Bot Übel!:example.org', 'Bot Übel!', 'example.org'],
    ['@:example.org', '', 'example.org'],
    // Only a value that begins like a link is one.
    ['@matrix:example.org', 'matrix', 'example.org'],
  ])('%s is a user ID', (text, localpart, serverName) => {
    expect(parsed(text)).toMatchObject({ kind: 'user-id', localpart, serverName: { text: serverName } })
  })

  test.each([
    ['bot', { kind: 'localpart', localpart: 'bot' }],
    ['bot@example.org', { kind: 'email', address: 'bot@example.org' }],
    ['+44 (1632) 960-123', { kind: 'phone', digits: '441632960123' }],
    // A server decides about a localpart: no server name follows, so none of these is a room or a quotation.
    ['#bot', { kind: 'localpart', localpart: '#bot' }],
    ['!bot', { kind: 'localpart', localpart: '!bot' }],
    ['the “bot”', { kind: 'localpart', localpart: 'the “bot”' }],
    ['“the” bot', { kind: 'localpart', localpart: '“the” bot' }],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toStrictEqual(expected)
  })

  test.each([
    ['@bot', 'write @name:example.org'],
    ['bot:example.org', 'write it with @ in front'],
    ['@bot:', 'server name'],
    ['@bot:exa mple.org', 'server name'],
    ['@bot:example.org/path', 'server name'],
    [`@${'b'.repeat(255)}:example.org`, '255 bytes'],
    ['+44', 'phone'],
    ['+0441632960123', 'phone'],
    ['a@b@c', 'e-mail'],
    ['a b@c', 'e-mail'],
    ['bot\n::error::x', 'line break'],
    ['#room:example.org', 'room alias'],
    ['!abc:example.org', 'room ID'],
    ['@bot:matrix.to', 'web client'],
    // https://github.com/Nheko-Reborn/nheko/issues/660
    ['@bot:müller.example', 'xn--'],
    ['@bot:🦊.example:8448', 'xn--'],
    ['@bot:exa\u200bmple.org', 'no valid server name'],
    // The letters outside ASCII are not in its server name.
    ['@botü:exa mple.org', 'no valid server name'],
    ['“@bot:example.org”', 'quotation marks'],
    ['"bot"', 'quotation marks'],
    ['https://matrix.to/#/@bot:example.org', 'write @bot:example.org'],
    ['https://matrix.to/#/%40bot%3Aexample.org?via=example.org', 'write @bot:example.org'],
    ['https://app.element.io/#/user/@bot:example.org:8448', 'write @bot:example.org:8448'],
    ['matrix.to/#/@bot:example.org', 'write @bot:example.org'],
    ['http://matrix.to/#/@bot:example.org', 'write @bot:example.org'],
    ['https://matrix.to/#/@bot:chat.example.org', 'write @bot:chat.example.org'],
    ['https://matrix.to/#/@bot:example.org?from=matrix:u/eve:example.org', 'write @bot:example.org'],
    ['matrix:u/bot:example.org?action=chat', 'write @bot:example.org'],
    ['https://matrix.to/#/#room:example.org', 'write @name:example.org'],
    ['https://matrix.to/#/@Bot:example.org?from=@eve:example.org', 'write @name:example.org'],
    ['https://example.org/@', 'write @name:example.org'],
  ])('%j is refused: %s', (text, part) => {
    const result = parseUser(text)
    expect('problem' in result ? result.problem : 'accepted').toContain(part)
  })
})

describe('parseServerName', () => {
  test.each([
    ['example.org:8448', 'example.org'],
    ['[::1]:8008', '[::1]'],
    ['localhost', 'localhost'],
  ])('%s has the hostname %s', (text, hostname) => {
    expect(parseServerName(text)?.hostname).toBe(hostname)
  })

  test.each(['', 'example.org:', 'example.org:123456', 'exämple.org', 'a/b', '::1', 'user@host'])(
    '%j is none',
    (text) => {
      expect(parseServerName(text)).toBeUndefined()
    },
  )
})

describe('isSameUser', () => {
  test.each([
    ['@bot:example.org', '@BOT:example.org', true],
    ['@bot:example.org', '@bot:example.com', false],
    ['Bot', '@bot:example.org', true],
    ['bot', '@bot2:example.org', false],
    // Only the case of ASCII letters: the lower case of the Kelvin sign is k, and that of İ begins with i.
    ['@\u212aim:example.org', '@kim:example.org', false],
    ['@kim:example.org', '@\u212aim:example.org', false],
    ['\u212aim', '@kim:example.org', false],
    ['@Übel:example.org', '@übel:example.org', false],
    ['@bot:EXAMPLE.org', '@bot:example.org', true],
    // What a person's address maps to only the server knows.
    ['bot@example.org', '@whoever:example.org', true],
    ['+441632960123', '@whoever:example.org', true],
  ])('%s and %s: %s', (user, userId, same) => {
    expect(isSameUser(parsed(user), userId)).toBe(same)
  })
})

describe('each form of a user', () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['@bot:example.org', '@bot:example.org', { type: 'm.id.user', user: '@bot:example.org' }],
    ['bot', 'bot', { type: 'm.id.user', user: 'bot' }],
    ['bot@example.org', 'bot@example.org', { type: 'm.id.thirdparty', medium: 'email', address: 'bot@example.org' }],
    ['+44 1632 960123', '+441632960123', { type: 'm.id.thirdparty', medium: 'msisdn', address: '441632960123' }],
  ])('%s is shown as %s, and sent as the specification has it', (text, shown, sent) => {
    expect(describeUser(parsed(text))).toBe(shown)
    expect(loginIdentifier(parsed(text))).toStrictEqual(sent)
  })
})

test('a user ID may have 255 bytes, and no more', () => {
  const ofLength = (bytes: number) => `@${'b'.repeat(bytes - 13)}:example.org`
  expect(parseUser(ofLength(255))).toMatchObject({ kind: 'user-id' })
  expect(parseUser(ofLength(256))).toHaveProperty('problem')
})

test('a phone number of 16 digits is none', () => {
  expect(parseUser('+4416329601234567')).toHaveProperty('problem')
})

test('a name may have 2,048 characters, and no more', () => {
  expect(parseUser('b'.repeat(2_048))).toMatchObject({ kind: 'localpart' })
  expect(parseUser('b'.repeat(2_049))).toMatchObject({ problem: expect.stringContaining('longer') })
})

test.each([
  ['@bot:example.org', true],
  ['@bot:example.org:8448', true],
  ['@bot:[2001:db8::1]', true],
  // Historical user IDs, which old accounts still have.
  ['@Bot Übel!:example.org', true],
  ['@:example.org', true],
  ['@bot', false],
  ['@bot:', false],
  ['bot:example.org', false],
  ['x@bot:example.org', false],
  ['@bot:exa mple.org', false],
  ['@bot:example.org\n::warning::x', false],
  ['@b\u0007t:example.org', false],
  ['', false],
])('%j in the answer of a server is a user ID: %s', (text, expected) => {
  expect(isUserId(text)).toBe(expected)
})

describe('isWebClient', () => {
  test.each([
    ['the link service', 'matrix.to'],
    ['Element', 'app.element.io'],
    ['Element as it is developed', 'develop.element.io'],
    ['Element before a release', 'staging.element.io'],
    ['Element on a phone', 'mobile.element.io'],
    ['Hydrogen', 'hydrogen.element.io'],
    ['Element under its former name', 'riot.im'],
    ['Matrix Public Archive', 'view.matrix.org'],
    ['Cinny', 'app.cinny.in'],
    ['SchildiChat', 'app.schildi.chat'],
    ['FluffyChat', 'fluffychat.im'],
    ['FluffyChat in the browser', 'web.fluffychat.im'],
    ['Nheko', 'nheko.im'],
  ])('knows %s', (_name, host) => {
    expect([host, `www.${host}`, host.toUpperCase()].map(isWebClient)).toStrictEqual([true, true, true])
  })

  test.each(['', 'matrix.org', 'element.io', 'matrix.example.org', 'matrix.to.example.org', 'app.www.element.io'])(
    'takes %j for a homeserver',
    (host) => {
      expect(isWebClient(host)).toBe(false)
    },
  )
})
