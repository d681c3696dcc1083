import { describe, expect, test } from '@jest/globals'
import { type Clock, exchange, NetworkError, WaitBudget } from '../../src/http/exchange.js'
import { type AttemptOutcome, decideRetry, isSuccess, parseRetryAfter } from '../../src/http/retry.js'
import { type HttpRequest, type HttpResponse, TransportError } from '../../src/http/transport.js'
import { fakeClock, noAnswer, type ScriptedExchange, scriptedTransport, text } from '../support/fakes.js'

const limited = (retryAfterMs?: number): AttemptOutcome => ({ kind: 'rate-limited', reason: '429', retryAfterMs })
const noReply: AttemptOutcome = { kind: 'no-answer', reason: 'refused' }

function decide(outcome: AttemptOutcome, before: number, budgetMs: number, random: number) {
  return decideRetry(outcome, { earlier: new Map([[outcome.kind, before]]), budgetMs, random })
}

describe('decideRetry', () => {
  test.each<[string, AttemptOutcome, number, number, number, number | false]>([
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
    const reason = 'reason' in outcome ? outcome.reason : ''
    expect(decision).toStrictEqual(expected === false ? { retry: false } : { retry: true, waitMs: expected, reason })
  })
})

describe('parseRetryAfter', () => {
  const now = Date.UTC(2026, 0, 1)
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    // The two obsolete forms, which a recipient must accept: RFC 9110 §5.6.7.
    ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
    ['Thu Jan  1 00:01:00 2026', 60_000],
    ['Thu, 01 Jan 2026 00:01:00 +0000', 60_000],
    ['01 Jan 2026 00:01:00 GMT', undefined],
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

test.each([
  [199, false],
  [200, true],
  [299, true],
  [300, false],
])('%s is a success: %s', (status, expected) => {
  expect(isSuccess(status)).toBe(expected)
})

const URL = 'https://example.org/'
const ASK = `GET ${URL}`
const GET = { method: 'GET', url: URL, headers: {}, deadlineMs: 1_000 } as const

describe('exchange', () => {
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
    const result = await exchange(GET, ports).catch((error: unknown) => error)
    expect(transport.rest).toStrictEqual([])
    return { result, retries, pauses: clock.pauses }
  }

  test('each retry is told, with its reason', async () => {
    const { retries } = await run([
      [ASK, noAnswer('reset')],
      [ASK, text(502, '')],
      [ASK, text(200, '')],
    ])
    expect(retries).toStrictEqual(['no answer (reset)', 'the server is not available (502)'])
  })

  test('the larger of header and body counts', async () => {
    const transport = scriptedTransport([
      [ASK, text(429, '', { 'retry-after': '2' })],
      [ASK, text(200, '')],
    ])
    const clock = fakeClock()
    const ports = { transport, clock, random: () => 0, budget: new WaitBudget(60_000), onRetry: () => {} }
    await exchange({ method: 'GET', url: URL, headers: {}, deadlineMs: 1 }, ports, () => ({ retryAfterMs: 3_000 }))
    expect(clock.pauses).toStrictEqual([3_000])
  })

  test.each([-1, -1e9, Number.NaN])('a delay of %d ms is none: half to all of 5 s', async (retryAfterMs) => {
    const limit = text(429, '')
    const transport = scriptedTransport([
      [ASK, limit],
      [ASK, limit],
    ])
    const clock = fakeClock()
    const ports = { transport, clock, random: () => 0, budget: new WaitBudget(5_000), onRetry: () => {} }
    const { response } = await exchange(GET, ports, () => ({ retryAfterMs }))
    expect([clock.pauses, response.status]).toStrictEqual([[2_500], 429])
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
    expect(pauses).toStrictEqual([5_000, 5_000])
  })

  test('4xx is an answer', async () => {
    expect((await run([[ASK, text(403, '')]])).pauses).toStrictEqual([])
  })

  test.each([408, 502, 503, 504, 520, 521, 522, 523, 524, 530])('%i is tried again, seven times', async (status) => {
    const { pauses } = await run(Array.from({ length: 8 }, () => [ASK, text(status, '')] as const))
    expect(pauses).toHaveLength(7)
  })

  test.each([400, 404, 407, 409, 425, 501, 505, 525, 526, 529, 99])('%i is not', async (status) => {
    expect((await run([[ASK, text(status, '')]])).pauses).toStrictEqual([])
  })

  test.each(['certificate', 'tls-refused', 'not-tls', 'proxy-refused', 'too-large', 'not-http'] as const)(
    '%s does not get better by waiting',
    async (problem) => {
      expect((await run([[ASK, noAnswer(problem)]])).pauses).toStrictEqual([])
    },
  )

  test('a cancelled pause ends the tries', async () => {
    const clock = fakeClock()
    clock.cancelled = true
    expect((await run([[ASK, noAnswer()]], 120_000, clock)).result).toBeInstanceOf(NetworkError)
  })
})

describe('whether an answer was lost', () => {
  const sent = (problem: TransportError['problem'] = 'timeout') => noAnswerFact(problem, true)
  const unsent = (problem: TransportError['problem'] = 'timeout') => noAnswerFact(problem, false)
  const final = (status: number) => text(status, '')

  test.each<[string, readonly (HttpResponse | TransportError)[], boolean]>([
    ['refused', [final(403)], false],
    ['limited, then refused', [text(429, '', { 'retry-after': '0' }), final(403)], false],
    ['request timeout (408), then refused', [final(408), final(403)], false],
    ['never connected, then refused', [unsent(), unsent('reset'), final(403)], false],
    ['sent, then refused', [sent(), final(403)], true],
    ['sent, then success', [sent(), final(200)], true],
    ['sent, then never connected, then refused', [sent(), unsent('refused'), final(403)], true],
    ['500, then refused', [final(500), final(403)], true],
    ['502, then refused', [final(502), final(403)], true],
    ['504, then never connected, then refused', [final(504), unsent('refused'), final(403)], true],
    ['524, then refused', [final(524), final(403)], true],
    ['500 twice', [final(500), final(500)], true],
    ['never connected, then a certificate', [unsent(), unsent('certificate')], false],
    ['sent, then a certificate', [sent(), unsent('certificate')], true],
    ['502, then a certificate', [final(502), unsent('certificate')], true],
    ['too large', [sent('too-large')], true],
  ])('%s: %s', async (_name, answers, lost) => {
    const transport = scriptedTransport(answers.map((answer) => [ASK, answer]))
    const ports = {
      transport,
      clock: fakeClock(),
      random: () => 0.5,
      budget: new WaitBudget(60_000),
      onRetry: () => {},
    }
    const result: unknown = await exchange(GET, ports).catch((error: unknown) => error)
    expect(result).toMatchObject({ answerLost: lost })
    expect(transport.rest).toStrictEqual([])
  })

  function noAnswerFact(problem: TransportError['problem'], requestSent: boolean): TransportError {
    return new TransportError(problem, 'example.org', problem, { requestSent })
  }
})

describe('the step as a whole', () => {
  const DEADLINE_MS = 30_000
  const MAX_WAIT_MS = 120_000

  /** A server that lets each request wait for this long; longer than its deadline is no answer. */
  function setUp(answerAfterMs: number, answer: HttpResponse, maxWaitMs: number, random = 0.5) {
    const clock = fakeClock()
    const deadlines: number[] = []
    const transport = async ({ deadlineMs }: HttpRequest) => {
      deadlines.push(deadlineMs)
      await clock.sleep(Math.min(deadlineMs, answerAfterMs))
      if (answerAfterMs < deadlineMs) return answer
      throw new TransportError('timeout', 'example.org', 'timeout', { requestSent: true })
    }
    const ports = { transport, clock, random: () => random, budget: new WaitBudget(maxWaitMs), onRetry: () => {} }
    const start = clock.now()
    const ask = () => exchange({ ...GET, deadlineMs: DEADLINE_MS }, ports).catch((error: unknown) => error)
    return { ask, deadlines, elapsed: () => clock.now() - start }
  }

  const NEVER = Number.POSITIVE_INFINITY
  const UNUSED = text(200, '')

  test.each([0, 1_000, 29_000, 31_000, 60_000, MAX_WAIT_MS, 600_000])(
    'max-wait %i ms and a host that drops packets: at most that and one deadline',
    async (maxWaitMs) => {
      for (const random of [0, 0.5, 0.999]) {
        const { ask, elapsed } = setUp(NEVER, UNUSED, maxWaitMs, random)
        await ask()
        expect(elapsed()).toBeLessThanOrEqual(maxWaitMs + DEADLINE_MS)
        expect(elapsed()).toBeGreaterThanOrEqual(Math.min(8 * DEADLINE_MS, Math.max(DEADLINE_MS, maxWaitMs - 16_000)))
      }
    },
  )

  test('each attempt has its whole deadline', async () => {
    const { ask, deadlines } = setUp(NEVER, UNUSED, MAX_WAIT_MS)
    await ask()
    expect(new Set(deadlines)).toStrictEqual(new Set([DEADLINE_MS]))
  })

  test('what one request lost is not there for the next', async () => {
    const { ask, deadlines, elapsed } = setUp(NEVER, UNUSED, MAX_WAIT_MS)
    await ask()
    const before = deadlines.length
    await ask()
    // Two seconds: enough to end a session that was opened before.
    expect(deadlines.slice(before)).toHaveLength(1)
    expect(elapsed()).toBeLessThanOrEqual(MAX_WAIT_MS + DEADLINE_MS + 2_000)
  })

  test.each([503, 429, 408])('slow answers that bring nothing (%i) count, too', async (status) => {
    const { ask, elapsed } = setUp(29_000, text(status, '', { 'retry-after': '1' }), MAX_WAIT_MS)
    await ask()
    expect(elapsed()).toBeLessThanOrEqual(MAX_WAIT_MS + DEADLINE_MS + 5_000)
  })

  test('a prompt answer leaves room for a pause of exactly max-wait', async () => {
    const { ask, elapsed } = setUp(200, text(429, '', { 'retry-after': '120' }), MAX_WAIT_MS)
    await ask()
    expect(elapsed()).toBe(MAX_WAIT_MS + 400)
  })

  test('answers that are kept cost nothing, however slow', async () => {
    const { ask, deadlines } = setUp(29_000, text(200, ''), 0)
    for (const _request of [1, 2, 3]) expect(await ask()).toMatchObject({ response: { status: 200 } })
    expect(deadlines).toStrictEqual([DEADLINE_MS, DEADLINE_MS, DEADLINE_MS])
  })
})

describe('WaitBudget.deadlineFor', () => {
  test.each([
    ['nothing lost', 120_000, 0, 30_000],
    ['all pauses spent', 120_000, 120_000, 30_000],
    ['ten seconds beyond', 120_000, 130_000, 20_000],
    ['a whole deadline beyond: enough to end a session', 120_000, 150_000, 2_000],
    ['far beyond', 0, 1e9, 2_000],
  ])('%s', (_name, maxWaitMs, lostMs, deadlineMs) => {
    const budget = new WaitBudget(maxWaitMs)
    budget.spend(lostMs)
    expect(budget.deadlineFor(30_000)).toBe(deadlineMs)
  })

  test('never more than what is left altogether, nor than what is wanted', () => {
    expect(new WaitBudget(120_000, () => 7_000).deadlineFor(30_000)).toBe(7_000)
    expect(new WaitBudget(120_000, () => -1).deadlineFor(30_000)).toBe(2_000)
    expect(new WaitBudget(0, () => -1).deadlineFor(1_000)).toBe(1_000)
  })
})

// Jobs that are limited together are told the same moment, and all but one of them are limited again.
test('a limited login goes on for as long as max-wait lasts, however often it is told to wait', () => {
  const earlier = new Map([['rate-limited', 30]] as const)
  const state = { earlier, budgetMs: 90_000, random: 0.5 }
  expect(decideRetry({ kind: 'rate-limited', reason: '429', retryAfterMs: 1_000 }, state).retry).toBe(true)
  expect(decideRetry({ kind: 'rate-limited', reason: '429', retryAfterMs: 0 }, state).retry).toBe(false)
})
