import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture, stopLater, USERS } from '../support/fixture.js'
import { startHomeserver } from '../support/homeserver.js'

afterEach(clearFixtures)

describe('faults', () => {
  const LOGIN = { method: 'POST', path: '/login' }

  test.each([
    ['cut before the headers', { kind: 'refuse' }],
    ['cut after the headers', { kind: 'cut-after-headers' }],
    ['truncated', { kind: 'truncate' }],
    ['the answer lost after the effect', { kind: 'lose-answer' }],
    ['503', { kind: 'respond', status: 503 }],
    ['500', { kind: 'respond', status: 500 }],
    ['429 with Retry-After', { kind: 'respond', status: 429, headers: { 'retry-after': '0' } }],
    [
      '429 with retry_after_ms',
      { kind: 'respond', status: 429, body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 5 } },
    ],
  ] as const)('%s: tried again, on the same device, and the session is the only one', async (_name, fault) => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, fault)
    const login = await job.runAction('.', { ...botInputs(server), logout: 'always' })
    expect(login.outcome).toBe('success')
    expect(login.log).toContain('Trying again in')
    expect(server.devices('bot')).toHaveLength(1)
    await job.finish()
    expect(server.liveTokens()).toStrictEqual([])
  })

  test.each([
    ['cut before the headers', { kind: 'refuse' }, 'unreachable'],
    ['cut after the headers', { kind: 'cut-after-headers' }, 'unreachable'],
    ['503', { kind: 'respond', status: 503 }, 'server-error'],
    ['500', { kind: 'respond', status: 500 }, 'server-error'],
    ['429', { kind: 'respond', status: 429, headers: { 'retry-after': '0' } }, 'rate-limited'],
    [
      '404 M_UNKNOWN',
      { kind: 'respond', status: 404, body: { errcode: 'M_UNKNOWN', error: 'No row found (devices)' } },
      'denied',
    ],
  ] as const)('max-wait: 0 – %s is not tried again', async (_name, fault, word) => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, fault)
    const login = await job.runAction('.', { ...botInputs(server), 'max-wait': '0' })
    expect(login.outputs.failure).toBe(word)
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test.each([
    ['oversize', { kind: 'oversize' }, 'server-error'],
    [
      'HTML with 200',
      { kind: 'respond', status: 200, headers: { 'content-type': 'text/html' }, body: '<html><title>Welcome</title>' },
      'not-a-homeserver',
    ],
    [
      'a Cloudflare challenge',
      {
        kind: 'respond',
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<html><title>Just a moment...</title>',
      },
      'not-a-homeserver',
    ],
    ['204', { kind: 'respond', status: 204 }, 'server-error'],
    [
      'bytes that are no UTF-8',
      { kind: 'respond', status: 200, body: Uint8Array.of(0x7b, 0xff, 0x7d) },
      'server-error',
    ],
    // A load balancer: https://github.com/matrix-org/matrix-js-sdk/issues/5495.
    [
      '408 with HTML, until nobody waits any more',
      { kind: 'respond', status: 408, headers: { 'content-type': 'text/html' }, body: '<html>408</html>' },
      'server-error',
    ],
  ] as const)('%s: %s', async (_name, fault, word) => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, fault)
    const login = await job.runAction('.', { ...botInputs(server), 'max-wait': '0' })
    expect(login.outputs.failure).toBe(word)
    expect(login.outputs['access-token']).toBeUndefined()
    expect(login.annotations).toHaveLength(1)
  })

  test('a compressed answer is named as such, and with `logout: never` the session that may remain', async () => {
    const { server, job } = await setFixture()
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    server.inject(LOGIN, { kind: 'respond', status: 200, headers, body: gzipSync('{}') })
    const { annotations } = await job.runAction('.', { ...botInputs(server), 'device-id': 'OWN' })
    expect(annotations).toHaveLength(1)
    expect(annotations[0]?.message).toContain(
      'its body is not a JSON object (it is compressed with gzip, which was not asked for). ' +
        'A session of bot on device OWN may remain: ',
    )
  })

  test.each([
    ['a token with a line break', { access_token: 'syt_a\n::error::b' }],
    ['no token', { access_token: null }],
    ['a user ID with a line break', { user_id: '@bot:example.org\n::error::gotcha' }],
  ])('a login that is answered with %s is server-error, and a warning names its session', async (_name, members) => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'alter', members })
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('server-error')
    expect(login.outputs['access-token']).toBeUndefined()
    expect(login.annotations.map(({ level }) => level)).toStrictEqual(['warning', 'error'])
    const [device] = server.devices('bot')
    expect(login.annotations[0]?.message).toContain(
      `A session of bot on device ${device?.device_id} at ${server.url} may remain`,
    )
  })

  test.each([301, 302, 303, 307, 308])('a %i with a password behind it is not followed', async (status) => {
    const { server, job } = await setFixture()
    const other = await startHomeserver({ users: USERS })
    stopLater(other)
    server.inject({}, { kind: 'respond', status, headers: { location: `${other.url}/_matrix/client/v3/login` } })
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('redirected')
    expect(other.requests).toStrictEqual([])
  })

  test('a session of somebody else is ended again', async () => {
    const { server, job } = await setFixture()
    server.inject(LOGIN, { kind: 'alter', members: { user_id: '@mallory:example.org' } })
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('wrong-user')
    expect(server.liveTokens()).toStrictEqual([])
  })
})
