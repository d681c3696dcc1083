import { describe, expect, test } from '@jest/globals'
import { decidePoll, type PollDecision, type PollOutcome } from '../../src/oauth/polling.js'

const MINUTE = 60_000
const again = (waitMs: number, intervalMs: number): PollDecision => ({ next: 'ask-again', waitMs, intervalMs })
const stop = (why: 'expired' | 'refused'): PollDecision => ({ next: 'stop', why })

const error = (name?: string): PollOutcome => ({ kind: 'error', error: name })
const limited = (retryAfterMs?: number): PollOutcome => ({ kind: 'rate-limited', retryAfterMs })

describe('decidePoll: RFC 8628 §3.5', () => {
  test.each<[string, PollOutcome, number, number, PollDecision]>([
    ['pending keeps the pace', error('authorization_pending'), 5_000, MINUTE, again(5_000, 5_000)],
    ['slow_down adds five seconds for good', error('slow_down'), 5_000, MINUTE, again(10_000, 10_000)],
    ['and again', error('slow_down'), 10_000, MINUTE, again(15_000, 15_000)],
    ['no answer doubles the interval', { kind: 'no-answer' }, 5_000, MINUTE, again(10_000, 10_000)],
    ['429 is slow_down', limited(), 5_000, MINUTE, again(10_000, 10_000)],
    ['429 with a short delay', limited(1_000), 5_000, MINUTE, again(10_000, 10_000)],
    ['429 with a long delay: once, not for good', limited(30_000), 5_000, MINUTE, again(30_000, 10_000)],
    ['refused by the person', error('access_denied'), 5_000, MINUTE, stop('refused')],
    ['the code ended, says the server', error('expired_token'), 5_000, MINUTE, stop('refused')],
    ['any other error', error('invalid_grant'), 5_000, MINUTE, stop('refused')],
    ['an error without a name', error(undefined), 5_000, MINUTE, stop('refused')],
    ['the code ends before the next try', error('authorization_pending'), 5_000, 5_000, stop('expired')],
    ['just not', error('authorization_pending'), 5_000, 5_001, again(5_000, 5_000)],
    ['a delay beyond its end', limited(2 * MINUTE), 5_000, MINUTE, stop('expired')],
    ['it has ended already', { kind: 'no-answer' }, 5_000, -1, stop('expired')],
    ['a refusal stands, even then', error('access_denied'), 5_000, -1, stop('refused')],
  ])('%s', (_name, outcome, intervalMs, remainingMs, decision) => {
    expect(decidePoll(outcome, { intervalMs, remainingMs })).toStrictEqual(decision)
  })

  test('a server that never answers is asked a bounded number of times', () => {
    let [asked, intervalMs, remainingMs] = [0, 5_000, 20 * MINUTE]
    for (;;) {
      const decision = decidePoll({ kind: 'no-answer' }, { intervalMs, remainingMs })
      if (decision.next === 'stop') break
      asked += 1
      intervalMs = decision.intervalMs
      remainingMs -= decision.waitMs
    }
    expect(asked).toBe(6)
  })
})
