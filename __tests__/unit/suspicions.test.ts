import { describe, expect, test } from '@jest/globals'
import { suspicions } from '../../src/inputs/suspicions.js'
import { parseHomeserver } from '../../src/matrix/homeserver-address.js'
import { parseUser } from '../../src/matrix/identifiers.js'

function suspect(secret: string, { input = 'password', user = '@bot:example.org', homeserver = 'example.org' } = {}) {
  const who = parseUser(user)
  const where = parseHomeserver(homeserver, false)
  if ('problem' in who || 'problem' in where) throw new Error('not valid')
  return suspicions({ input, secret, user: who, homeserver: where })
}

test('an ordinary login has nothing suspicious', () => {
  expect(suspect('correct horse battery staple')).toEqual([])
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
    expect(found).toEqual([expect.stringContaining(part)])
    expect(found.join()).toMatch(/^`password` .*\.$/)
    expect(found.join()).not.toMatch(/hunter2|secret[^s.]/)
  })

  test('of a token has the form of one', () => {
    expect(suspect('syt_hunter2secret_abc', { input: 'access-token' })).toEqual([])
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
  ])('%s at %s: %s', (user, homeserver, part) => {
    expect(suspect('correct', { user, homeserver })).toEqual([expect.stringContaining(part)])
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
    expect(suspect('correct', { user, homeserver })).toEqual([])
  })
})
