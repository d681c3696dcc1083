import { describe, expect, test } from '@jest/globals'
import type { FailureCode } from '../../src/failures.js'
import { hintsFor, suspicions } from '../../src/inputs/suspicions.js'
import { parseHomeserver } from '../../src/matrix/homeserver-address.js'
import { parseUser } from '../../src/matrix/identifiers.js'

function suspect(secret: string, { input = 'password', user = '@bot:example.org', homeserver = 'example.org' } = {}) {
  const who = parseUser(user)
  const where = parseHomeserver(homeserver, false)
  if ('problem' in who || 'problem' in where) throw new Error('not valid')
  return suspicions({ input, secret, user: who, homeserver: where })
}

function at(homeserver: string, user?: string) {
  const where = parseHomeserver(homeserver, false)
  const who = user === undefined ? undefined : parseUser(user)
  if ('problem' in where || (who !== undefined && 'problem' in who)) throw new Error('not valid')
  return { input: 'password', secret: '', user: who, homeserver: where }
}

test.each([
  'correct horse battery staple',
  '***x',
  'x***',
  'x@bot:example.org',
  '@bot:example.org and more',
  'the secrets.password',
  'secrets.password!',
  'a$price',
  '$price!',
  '50%off%',
  '%off%s',
])('%j is an ordinary secret', (secret) => {
  expect(suspect(secret)).toStrictEqual([])
})

test('a credential without a user', () => {
  expect(suspicions(at('example.org'))).toStrictEqual([])
})

describe('hints, by the code of the failure', () => {
  test.each<FailureCode>(['wrong-credentials', 'denied', 'token-invalid'])(
    '%s: what is odd about the secret',
    (code) => {
      expect(hintsFor(code, { ...at('example.org:8448', '@bot:example.org'), secret: '"hunter2"' })).toStrictEqual([
        expect.stringContaining('quotation marks'),
      ])
    },
  )

  test.each<FailureCode>(['unreachable', 'tls', 'not-a-homeserver'])('%s: the port of a server name', (code) => {
    expect(hintsFor(code, { ...at('example.org:8008'), secret: '"hunter2"' })).toStrictEqual([
      'The server name example.org:8008 is looked up at https://example.org, without the port. ' +
        'If the client API is at that port, set `homeserver` to https://example.org:8008.',
    ])
    expect(hintsFor(code, at('example.org'))).toStrictEqual([])
    expect(hintsFor(code, at('https://example.org:8008'))).toStrictEqual([])
  })

  test('any other code: none', () => {
    expect(hintsFor('rate-limited', { ...at('example.org:8008', 'a@b.org'), secret: '"hunter2"' })).toStrictEqual([])
  })

  // RFC 1918 section 3. The name comes from a user ID too, which allows what `homeserver` refuses: loopback with a port.
  test.each([
    ['localhost:8008', 'http'],
    ['127.0.0.1:8008', 'http'],
    ['[::1]:8008', 'http'],
    ['10.0.0.1:8008', 'http'],
    ['192.168.1.2:8008', 'http'],
    ['172.16.0.1:8008', 'http'],
    ['172.20.0.1:8008', 'http'],
    ['172.31.0.1:8008', 'http'],
    ['172.15.0.1:8008', 'https'],
    ['172.32.0.1:8008', 'https'],
    ['192.0.2.10:8008', 'https'],
    ['110.0.0.1:8008', 'https'],
    ['10.example.org:8008', 'https'],
    ['10.0.0.1.example.org:8008', 'https'],
  ])('%s: the client API is probably spoken to over %s', (name, scheme) => {
    const user = parseUser(`@bot:${name}`)
    if ('problem' in user || user.kind !== 'user-id') throw new Error('not valid')
    const homeserver = { kind: 'server-name', serverName: user.serverName } as const
    const suspects = { input: 'password', secret: '', user, homeserver }
    expect(hintsFor('unreachable', suspects).join()).toContain(`set \`homeserver\` to ${scheme}://${name}.`)
  })
})

describe('the secret', () => {
  test.each([
    [' hunter2secret', 'blank at its start'],
    ['hunter2secret ', 'blank at its end'],
    ['hunter2secret\u00a0', 'blank at its end'],
    ['hunter2\nsecret', 'more than one line'],
    ['"hunter2secret"', 'quotation marks'],
    ['„hunter2secret“', 'quotation marks'],
    ['hunter2\u200dsecret', 'U+200D'],
    ['syt_hunter2secret_abc', 'an access token (syt_…)'],
    ['ghp_hunter2secret', 'a GitHub token (ghp_…)'],
    ['secrets.hunter2secret', '`secrets.…`'],
    ['${{ secrets.hunter2secret }}', 'expression'],
    ['$hunter2secret', 'variable'],
    ['${hunter2secret}', 'variable'],
    ['$env:hunter2secret', 'variable'],
    ['%hunter2secret%', 'variable'],
    ['***', 'asterisks'],
    ['@hunter2secret:example.org', 'user ID'],
  ])('%j: %s', (secret, part) => {
    const found = suspect(secret)
    expect(found).toStrictEqual([expect.stringContaining(part)])
    expect(found.join()).toMatch(/^`password` .*\.$/)
    expect(found.join()).not.toMatch(/hunter2|secret[^s.]/)
  })

  test.each([
    ['hunter2secret\n', ['blank at its end']],
    [' *** ', ['blank at its start', 'blank at its end', 'asterisks']],
    ['\t$hunter2secret', ['blank at its start', 'variable']],
  ])('%j: %j', (secret, parts) => {
    expect(suspect(secret)).toStrictEqual(parts.map((part) => expect.stringContaining(part)))
  })

  test.each(['password', 'shared-secret'])('a token as %s', (input) => {
    expect(suspect('syt_hunter2secret_abc', { input })).toStrictEqual([
      expect.stringContaining('an access token (syt_…)'),
    ])
  })

  test('of a token has the form of one', () => {
    expect(suspect('syt_hunter2secret_abc', { input: 'access-token' })).toStrictEqual([])
  })
})

describe('the user', () => {
  test.each([
    ['bot@example.org', 'example.org', 'e-mail address'],
    ['$MATRIX_USER', 'example.org', 'name of a variable'],
    ['secrets.MATRIX_USER', 'example.org', '`secrets.…`'],
    ['+44 1632 960123', 'example.org', 'phone number'],
    [
      '@bot:example.org',
      'https://matrix.example.com',
      'account of example.org, and `homeserver` is matrix.example.com',
    ],
    ['@bot:example.org', 'example.com', 'account of example.org'],
    ['@bot:example.org', 'https://matrix.other.org', 'account of example.org'],
    ['@bot:example.org', 'https://10.example.com', 'account of example.org'],
    ['@bot:example.org', 'https://matrix.example.v2', 'account of example.org'],
    ['@bot:example.org', 'https://mylocalhost', 'account of example.org'],
    ['@bot:example.org', 'https://localhost.example.com', 'account of example.org'],
  ])('%s at %s: %s', (user, homeserver, part) => {
    expect(suspect('correct', { user, homeserver })).toStrictEqual([expect.stringContaining(part)])
  })

  test.each([
    ['@bot:example.org', 'https://matrix.example.org'],
    ['@bot:chat.example.org', 'https://matrix.example.org:8448'],
    ['@bot:EXAMPLE.org', 'example.org'],
    ['@bot:example.org', 'http://127.0.0.1:8008'],
    ['@bot:example.org', 'http://localhost:8008'],
    ['@bot:example.org', 'http://[::1]:8008'],
    ['bot', 'https://matrix.example.com'],
  ])('%s at %s is plausible', (user, homeserver) => {
    expect(suspect('correct', { user, homeserver })).toStrictEqual([])
  })
})
