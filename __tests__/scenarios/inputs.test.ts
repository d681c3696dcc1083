import { afterEach, describe, expect, test } from '@jest/globals'
import { clearScene, PASSWORD, setScene } from '../support/scene.js'

afterEach(clearScene)

describe('inputs', () => {
  test('all problems are reported at once, and nothing is sent', async () => {
    const { server, job } = await setScene()
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
    expect(server.requests).toEqual([])
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
    const { job } = await setScene({}, { secrets: () => [PASSWORD] })
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
    const { server, job } = await setScene({}, options)
    const login = await job.runAction('.', { homeserver: server.url, user: 'bot' })
    expect(login.outputs.failure).toBe('missing-credentials')
    expect(login.annotations[0]?.message).toContain(part)
    const skipped = await job.runAction('.', { 'if-no-credentials': 'skip' })
    expect(skipped.outcome).toBe('success')
    expect(skipped.outputs).toMatchObject({ authenticated: 'false', failure: '' })
  })
})
