import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { ApiError, type ApiProblem } from '../../src/api/error.js'
import { ServerText } from '../../src/api/values.js'
import { explain } from '../../src/explain.js'
import { FAILURES } from '../../src/failure-codes.js'
import { Failure } from '../../src/failures.js'
import { NetworkError } from '../../src/http/exchange.js'
import { LOG_IN } from '../../src/matrix/client.js'
import { Secret } from '../../src/secret.js'
import { noAnswer } from '../support/fakes.js'

describe('text from a server', () => {
  test.each([
    ['a\r\n::error::b', 'a : :error: :b'],
    ['x ##[error]y', 'x ## [error]y'],
    ['\u001b[31mred\u0000', '[31mred'],
    ['right\u202eleft', 'right left'],
    [':::::', ': :'],
  ])('%j becomes %j', (text, expected) => {
    expect(`${new ServerText(text)}`).toBe(expected)
  })

  test('is cut to 300 characters, not in the middle of one', () => {
    expect(String(new ServerText('🚀'.repeat(400))).length).toBeLessThanOrEqual(300)
    expect(String(new ServerText('🚀'.repeat(400))).isWellFormed()).toBe(true)
  })
})

test('a Secret shows nowhere but through reveal()', () => {
  const secret = new Secret('hunter2')
  expect(
    [`${secret}`, JSON.stringify({ secret }), inspect(secret), inspect({ a: [secret] }), String(secret)].join(),
  ).not.toContain('hunter2')
  expect(secret.reveal()).toBe('hunter2')
})

describe('explain', () => {
  const problems: readonly ApiProblem[] = [
    { kind: 'refused', status: 418, errcode: undefined, text: undefined, body: {} },
    { kind: 'rate-limited', status: 429, errcode: undefined, retryAfterMs: undefined },
    { kind: 'rate-limited', status: 429, errcode: 'M_LIMIT_EXCEEDED', retryAfterMs: 9e15 },
    { kind: 'server-error', status: 502, errcode: undefined, text: undefined },
    { kind: 'redirected', status: 302, location: new ServerText('/login') },
    { kind: 'foreign', status: 200, evidence: new ServerText('text/html') },
    { kind: 'malformed', status: 200, what: 'it has no usable access_token' },
  ]
  const errors: readonly unknown[] = [
    ...problems.map((problem) => new ApiError(problem, { server: 'https://example.org', operation: LOG_IN }, false)),
    ...(
      [
        'dns',
        'refused',
        'reset',
        'timeout',
        'truncated',
        'too-large',
        'not-http',
        'certificate',
        'tls-refused',
        'not-tls',
        'proxy',
        'proxy-refused',
        'other',
      ] as const
    ).map((problem) => new NetworkError(noAnswer(problem), false, 3)),
    new Failure('denied', 'no'),
    new TypeError('undefined is not a function'),
    'a string',
    null,
    undefined,
  ]

  test.each(errors)('%# has a known word, a message and a hint', (error) => {
    const { code: word, message, hint } = explain(error, 0)
    expect(Object.keys(FAILURES)).toContain(word)
    expect(message.length).toBeGreaterThan(10 - (error instanceof Failure ? 10 : 0))
    expect(hint.length).toBeGreaterThan(10)
  })

  test('names status, server and what was asked', () => {
    const { message } = explain(errors[0], 0)
    expect(message).toBe('https://example.org refused to log in: 418.')
  })

  test('a bug does not print the message of the error, which may hold anything', () => {
    expect(explain(new Error('token syt_secret'), 0).message).not.toContain('syt_secret')
  })

  test('a query in a redirect is not shown', () => {
    expect(explain(errors[4], 0).message).not.toContain('abc')
  })
})
