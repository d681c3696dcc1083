import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD, setFixture } from '../support/fixture.js'

afterEach(clearFixtures)

/** A password that can stand anywhere. */
const WORDS = PASSWORD.replaceAll(' ', '_')

describe('inputs', () => {
  test('all problems are reported at once, and nothing is sent', async () => {
    const { server, job } = await setFixture()
    const login = await job.runAction('.', {
      homeserver: 'ftp://example.org',
      user: '@bot',
      password: PASSWORD,
      'access-token': 'syt_something_else_entirely',
      logout: 'sometimes',
      'allow-http': 'yes',
      'max-wait': '2m',
    })
    expect(login.outputs.failure).toBe('invalid-input')
    const [error] = login.annotations
    for (const part of [
      '`homeserver`',
      '`user`',
      '`password`, `access-token`',
      'sometimes',
      '`allow-http`',
      '`max-wait`',
    ]) {
      expect(error?.message).toContain(part)
    }
    expect(server.requests).toStrictEqual([])
  })

  test.each([
    [
      'http:// to another host',
      { homeserver: 'http://matrix.example.org', user: 'bot', password: PASSWORD },
      'insecure-url',
    ],
    [
      'a blank password',
      { homeserver: 'https://matrix.example.org', user: 'bot', password: ' ' },
      'missing-credentials',
    ],
    ['no server anywhere', { user: 'bot', password: PASSWORD }, 'invalid-input'],
    ['no user', { homeserver: 'https://matrix.example.org', password: PASSWORD }, 'invalid-input'],
    [
      'logout of a given token',
      { homeserver: 'https://matrix.example.org', 'access-token': 'x'.repeat(20), logout: 'always' },
      'invalid-input',
    ],
  ])('%s', async (_name, inputs, word) => {
    const { job } = await setFixture({}, { secrets: () => [PASSWORD] })
    const login = await job.runAction('.', inputs)
    expect(login.outputs.failure).toBe(word)
  })

  test.each([
    [
      'a fork',
      {
        github: { event_name: 'pull_request' },
        event: {
          pull_request: { head: { repo: { full_name: 'fork/demo' } }, base: { repo: { full_name: 'octo/demo' } } },
        },
      },
      'fork',
    ],
    ['Dependabot', { github: { actor: 'dependabot[bot]' } }, 'Dependabot'],
    ['a misspelt name', {}, 'spelling'],
  ])('no credential in a run of %s is explained', async (_name, options, part) => {
    const { server, job } = await setFixture({}, options)
    const login = await job.runAction('.', { homeserver: server.url, user: 'bot' })
    expect(login.outputs.failure).toBe('missing-credentials')
    expect(login.annotations[0]?.message).toContain(part)
    const skipped = await job.runAction('.', { 'if-no-credentials': 'skip' })
    expect(skipped.outcome).toBe('success')
    expect(skipped.outputs).toMatchObject({ authenticated: 'false', failure: '' })
  })

  test.each([
    ['.', 'homeserver', WORDS],
    ['.', 'user', ` ${WORDS.toUpperCase()}`],
    ['.', 'device-name', `deploy ${WORDS}`],
    ['.', 'credentials-file', WORDS],
    ['.', 'logout', WORDS],
    ['.', 'max-wait', WORDS],
    ['rotate', 'secret-name', WORDS.toUpperCase()],
    ['rotate', 'store-in', `repos/octo/demo\n${WORDS}`],
    ['rotate', 'device-id', WORDS],
    ['rotate', 'homeserver', 'syt_Ym90_QwErTyUiOpAsDfGhJkLz_0a1B2c'],
    ['rotate', 'secret-name', 'ghp_a1b2c3d4e5f6g7h8i9j0'],
    ['logout', 'homeserver', 'https://syt_Ym90_QwErTyUiOpAsDfGhJkLz_0a1B2c.example.org'],
  ])('%s: a secret in %s is refused, sent nowhere, and shown nowhere', async (action, name, value) => {
    const { server, job } = await setFixture({}, { secrets: () => [] })
    const credential = action === 'logout' ? { 'access-token': WORDS } : { user: 'bot', password: WORDS }
    const result = await job.runAction(action, { homeserver: server.url, ...credential, [name]: value })
    expect(result.outputs['failure']).toBe('invalid-input')
    expect(result.annotations.map(({ message }) => message).join()).toContain(`\`${name}\``)
    expect(server.requests).toStrictEqual([])
    const shown = job.log.toLowerCase().replaceAll(/[ _-]/g, '')
    for (const part of ['correcthorse', 'batterystaple', 'qwertyuiop', 'g7h8i9j0']) expect(shown).not.toContain(part)
  })

  test('an input that action.yml does not declare: a warning names the one that was meant', async () => {
    const { job } = await setFixture()
    const inputs = { homeserver: 'https://matrix.example.org', user: 'bot' }
    // The runner warns of it, and passes it on all the same.
    const login = await job.runAction('.', inputs, { env: { INPUT_PASSWORT: PASSWORD } })
    expect(login.outputs['failure']).toBe('missing-credentials')
    expect(login.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('Did you mean `password`?') }),
    )
  })

  test('a byte order mark and line breaks around a password are dropped, with one warning', async () => {
    const { server, job } = await setFixture()
    const login = await job.runAction('.', {
      homeserver: server.url,
      user: '\ufeff@bot:example.org',
      password: `\ufeff${PASSWORD}\r\n\n`,
    })
    expect(login.outcome).toBe('success')
    expect(login.annotations.map(({ message }) => message)).toStrictEqual([
      expect.stringMatching(/^`password` has a byte order mark .* and a line break at its end, which is left out/),
      expect.stringMatching(/^`user` has invisible characters around it/),
    ])
  })

  test('what is no homeserver and no user is recognised, with the value that was meant', async () => {
    const { job } = await setFixture()
    const login = await job.runAction('.', {
      homeserver: 'https://app.element.io/#/user/@bot:example.org',
      user: 'https://matrix.to/#/@bot:example.org',
      password: PASSWORD,
    })
    expect(login.outputs['failure']).toBe('invalid-input')
    expect(login.annotations[0]?.message).toContain('write @bot:example.org')
    expect(login.annotations[0]?.message).toContain('write example.org')
  })
})
