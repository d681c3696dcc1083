import { describe, expect, test } from '@jest/globals'
import { type Clock, exchange, NoAnswerError, WaitBudget } from '../../src/http/exchange.js'
import { decideRetry, type TryOutcome } from '../../src/http/retry.js'
import { parseRetryAfter } from '../../src/http/retry-after.js'
import { fakeClock, noAnswer, type ScriptedExchange, scriptedTransport, text } from '../support/fakes.js'

const limited = (retryAfterMs?: number): TryOutcome => ({ kind: 'rate-limited', reason: '429', retryAfterMs })
const noReply: TryOutcome = { kind: 'no-answer', reason: 'refused' }

function decide(outcome: TryOutcome, before: number, budgetMs: number, random: number) {
  return decideRetry(outcome, { earlier: new Map([[outcome.kind, before]]), budgetMs, random })
}

describe('decideRetry', () => {
  test.each<[string, TryOutcome, number, number, number, number | false]>([
    ['first no-answer, full jitter: from nothing…', noReply, 0, 120_000, 0, 0],
    ['…to one second', noReply, 0, 120_000, 0.999, 999],
    ['doubles', noReply, 3, 120_000, 0.5, 4_000],
    ['up to a ceiling', noReply, 6, 120_000, 1, 16_000],
    ['and ends', noReply, 7, 120_000, 0, false],
    ['500 once', { kind: 'internal-error', reason: '500' }, 0, 120_000, 0.5, 500],
    ['and not twice', { kind: 'internal-error', reason: '500' }, 1, 120_000, 0.5, false],
    ['a limit waits exactly as long as the server says', limited(7_000), 0, 120_000, 0.9, 7_000],
    ['a limit without a hint: half…', limited(), 0, 120_000, 0, 2_500],
    ['…to all of 5 s', limited(), 0, 120_000, 1, 5_000],
    ['then of twice that', limited(), 1, 120_000, 1, 10_000],
    ['a server that says 0 for ever does not loop for ever', limited(0), 9, 120_000, 0, false],
    ['a pause that just fits', limited(120_000), 0, 120_000, 0, 120_000],
    ['a pause that does not fit is not begun', limited(120_001), 0, 120_000, 0, false],
    ['max-wait 0: no retries of any kind, not even at once', limited(0), 0, 0, 0, false],
    ['what is final stays so', { kind: 'final' }, 0, 120_000, 0, false],
  ])('%s', (_name, outcome, before, budgetMs, random, expected) => {
    const decision = decide(outcome, before, budgetMs, random)
    expect(decision.retry ? decision.waitMs : false).toBe(expected)
  })
})

describe('parseRetryAfter', () => {
  const now = Date.UTC(2026, 0, 1)
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['2026', 2_026_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('%j', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected)
  })
})

describe('exchange', () => {
  const URL = 'https://example.org/'
  const ASK = `GET ${URL}`

  async function run(
    script: readonly ScriptedExchange[],
    maxWaitMs = 120_000,
    clock: Clock & { pauses: number[] } = fakeClock(),
  ) {
    const transport = scriptedTransport(script)
    const retries: string[] = []
    const ports = {
      transport,
      clock,
      random: () => 0.5,
      budget: new WaitBudget(maxWaitMs),
      onRetry: (reason: string) => void retries.push(reason),
    }
    const request = { method: 'GET', url: URL, headers: {}, deadlineMs: 1_000 } as const
    const result = await exchange(request, ports).catch((error: unknown) => error)
    expect(transport.rest).toEqual([])
    return { result, retries, pauses: clock.pauses }
  }

  test('each retry is told, with its reason', async () => {
    const { retries } = await run([
      [ASK, noAnswer('reset')],
      [ASK, text(502, '')],
      [ASK, text(200, '')],
    ])
    expect(retries).toEqual(['no answer (reset)', 'the server is not available (502)'])
  })

  test('the larger of header and body counts', async () => {
    const transport = scriptedTransport([
      [ASK, text(429, '', { 'retry-after': '2' })],
      [ASK, text(200, '')],
    ])
    const clock = fakeClock()
    const ports = { transport, clock, random: () => 0, budget: new WaitBudget(60_000), onRetry: () => {} }
    await exchange({ method: 'GET', url: URL, headers: {}, deadlineMs: 1 }, ports, () => ({ retryAfterMs: 3_000 }))
    expect(clock.pauses).toEqual([3_000])
  })

  test('the budget is one for all pauses', async () => {
    const wait = text(429, '', { 'retry-after': '5' })
    const { pauses } = await run(
      [
        [ASK, wait],
        [ASK, wait],
        [ASK, wait],
      ],
      12_000,
    )
    expect(pauses).toEqual([5_000, 5_000])
  })

  test('4xx is an answer', async () => {
    expect((await run([[ASK, text(403, '')]])).pauses).toEqual([])
  })

  test.each(['certificate', 'not-tls', 'too-large'] as const)('%s does not get better by waiting', async (problem) => {
    expect((await run([[ASK, noAnswer(problem)]])).pauses).toEqual([])
  })

  test('a cancelled pause ends the tries', async () => {
    const clock = fakeClock()
    clock.cancelled = true
    expect((await run([[ASK, noAnswer()]], 120_000, clock)).result).toBeInstanceOf(NoAnswerError)
  })

  test('knows whether any try may have arrived', async () => {
    const lost = await run([
      [ASK, noAnswer('timeout')],
      [ASK, noAnswer('certificate')],
    ])
    expect(lost.result).toMatchObject({ answerLost: true, tries: 2 })
    const never = await run([[ASK, noAnswer('certificate')]])
    expect(never.result).toMatchObject({ answerLost: false })
  })
})

// Jobs that are limited together are told the same moment, and all but one of them are limited again.
test('a limited login goes on for as long as max-wait lasts, however often it is told to wait', () => {
  const earlier = new Map([['rate-limited', 30]] as const)
  const state = { earlier, budgetMs: 90_000, random: 0.5 }
  expect(decideRetry({ kind: 'rate-limited', reason: '429', retryAfterMs: 1_000 }, state).retry).toBe(true)
  expect(decideRetry({ kind: 'rate-limited', reason: '429', retryAfterMs: 0 }, state).retry).toBe(false)
})
