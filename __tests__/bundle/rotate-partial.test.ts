import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import type { Fault } from '../support/homeserver/faults.js'
import type { StepResult } from '../support/runner.js'
import type { SweepHarness } from '../support/sweep/harness.js'
import { FULL } from '../support/sweep/results.js'
import { settledHarness } from '../support/sweep/series.js'
import { settingOf } from '../support/sweep/settings.js'
import { recover } from '../support/sweep/whole.js'

afterEach(clearFixtures)

/** What a store does with the writes of one rotation, and what the message says about it. */
interface Answer {
  readonly name: string
  readonly fault: Fault
  /** How often it is asked: 410 is asked again without a version, 422 with a fresh key. */
  readonly times: number
  /** Whether it is certain that the write was not carried out. */
  readonly refused: boolean
  readonly words: readonly string[]
}

function status(code: number, message: string, ...words: readonly string[]): Answer {
  return {
    name: `${code} ${message}`,
    fault: { kind: 'respond', status: code, body: { message } },
    times: code === 410 || code === 422 ? 2 : 1,
    refused: code < 500,
    words: [`${code}, “${message}”.`, ...words],
  }
}

function limit(code: number, message: string): Answer {
  const answer = status(code, message, 'Too many requests')
  return { ...answer, fault: { kind: 'respond', status: code, headers: { 'retry-after': '60' }, body: { message } } }
}

const noAnswer = (name: string, fault: Fault): Answer => ({
  name,
  fault,
  times: 1,
  refused: false,
  words: ['no complete answer from 127.0.0.1'],
})

const REFUSALS: readonly Answer[] = [
  status(401, 'Bad credentials', '`store-token` is wrong, expired or revoked'),
  status(403, 'Resource not accessible by personal access token', 'lacks the permission', 'read and write'),
  status(403, 'Resource not accessible by integration', 'GITHUB_TOKEN of a workflow can never', 'read and write'),
  status(404, 'Not Found', 'does not exist, or `store-token` has no access', 'read and write'),
  status(410, 'Gone', 'update the action'),
  status(422, 'Validation Failed', 'name of the secret'),
  limit(429, 'API rate limit exceeded'),
  // GitHub's secondary rate limit has the status of a permission that is missing.
  limit(403, 'You have exceeded a secondary rate limit'),
]
const DOUBTS: readonly Answer[] = [
  status(500, 'Server Error'),
  status(502, 'Bad Gateway'),
  noAnswer('a cut before the effect', { kind: 'refuse' }),
  noAnswer('an answer that is lost', { kind: 'lose-answer' }),
]
const ANSWERS = [...REFUSALS, ...DOUBTS]

interface Failed {
  readonly harness: SweepHarness
  readonly result: StepResult
  readonly message: string
  /** Before the rotation whose writes fail. */
  readonly before: { readonly token: string; readonly sessions: readonly string[] }
}

/** A rotation some of whose writes fail to the end, after two that nothing disturbed. */
async function rotateFailing(targets: number, failing: ReadonlyMap<number, Answer>): Promise<Failed> {
  const harness = stopLater(await settledHarness(settingOf({ targets }), 2))
  const before = { token: harness.tokens()[0] ?? '', sessions: harness.sessions() }
  for (const [index, { fault, times }] of failing) {
    harness.forge.inject({ method: 'PUT', path: harness.targets()[index]?.path ?? 'no such target', times }, fault)
  }
  const { job, start } = await harness.queue(before.token, { 'max-wait': '0' })
  const result = await start().result
  await job.finish()
  await job.dispose()
  const [error, ...others] = result.annotations.filter(({ level }) => level === 'error')
  expect(others).toStrictEqual([])
  return { harness, result, message: error?.message ?? '', before }
}

function expectWords({ harness, message, result }: Failed, failing: ReadonlyMap<number, Answer>): void {
  const taken = harness.targets().filter((_, index) => !failing.has(index))
  expect(result.outputs['stored-in']).toBe(taken.map(({ line }) => line).join('\n'))
  for (const { line } of taken) expect(message).toContain(`- ${line}: took it`)
  for (const [index, { words, refused }] of failing) {
    const told = message.split('\n').find((text) => text.startsWith(`- ${harness.targets()[index]?.line}: `)) ?? ''
    for (const part of words) expect(told).toContain(part)
    expect(told.includes('may have taken it')).toBe(!refused)
  }
}

/** Both tokens live, wherever they stand, also after the post step; the outputs let somebody finish by hand. */
async function expectNothingEnded(
  { harness, result, before }: Failed,
  failing: ReadonlyMap<number, Answer>,
): Promise<void> {
  const fresh = result.outputs['access-token'] ?? ''
  expect(result.outputs['failure']).toBe('store-partial')
  expect(result.outputs['user-id']).toBe('@bot:example.org')
  expect(harness.sessions()).toStrictEqual([...before.sessions, result.outputs['device-id']])
  for (const token of [fresh, before.token]) expect(await harness.answers(token)).toBe(true)
  const stands = harness.tokens().map((_, index) => {
    const { refused = false, fault } = failing.get(index) ?? {}
    return refused || (fault !== undefined && fault.kind !== 'lose-answer') ? before.token : fresh
  })
  expect(harness.tokens()).toStrictEqual(stands)
  for (const name of ['rotated-at', 'retired']) expect(result.outputs[name] ?? '').toBe('')
}

const one = (index: number, answer: Answer) => new Map([[index, answer]])
const places = (FULL ? [2, 3] : [2]).flatMap((targets) =>
  Array.from({ length: targets }, (_, index) => ({ targets, index })),
)
const everywhere = places.flatMap((place) => ANSWERS.map((answer) => ({ ...place, name: answer.name, answer })))
const inOnePlace = ANSWERS.map((answer, number) => ({ targets: 2, index: number % 2, name: answer.name, answer }))

describe('one target of several does not take the new token', () => {
  test.each(FULL ? everywhere : inOnePlace)(
    'number $index of $targets: $name – both tokens live, and the next rotation makes it whole',
    async ({ targets, index, answer }) => {
      const failing = one(index, answer)
      const failed = await rotateFailing(targets, failing)
      expectWords(failed, failing)
      await expectNothingEnded(failed, failing)
      // Which of the two stores a job reads is not for us to choose.
      await recover(failed.harness, { reads: index, rounds: 2, post: false })
    },
  )
})

describe('no target takes the new token', () => {
  const all = (targets: number, answer: Answer) => new Map(Array.from({ length: targets }, (_, at) => [at, answer]))

  test.each(REFUSALS)('all say $name: the new session is ended, nothing else is touched', async (answer) => {
    const failing = all(2, answer)
    const failed = await rotateFailing(2, failing)
    expectWords(failed, failing)
    const { result, harness, before } = failed
    expect(result.outputs['failure']).toBe('store-refused')
    expect(result.outputs['access-token'] ?? '').toBe('')
    expect(harness.sessions()).toStrictEqual(before.sessions)
    expect(harness.tokens()).toStrictEqual([before.token, before.token])
    expect(await harness.answers(before.token)).toBe(true)
  })

  test.each(DOUBTS)('all: $name – any of them may have taken it, so nothing is ended', async (answer) => {
    const failing = all(2, answer)
    const failed = await rotateFailing(2, failing)
    expectWords(failed, failing)
    await expectNothingEnded(failed, failing)
  })

  const mixed = [0, 1].flatMap((refusing) =>
    (FULL ? REFUSALS : REFUSALS.slice(0, 1)).flatMap((refusal) =>
      (FULL ? DOUBTS : DOUBTS.slice(-1)).map((doubt) => ({ refusing, refusal, doubt })),
    ),
  )

  test.each(mixed)(
    'number $refusing says $refusal.name, the other one: $doubt.name – nothing is ended',
    async ({ refusing, refusal, doubt }) => {
      const failing = new Map([
        [refusing, refusal],
        [1 - refusing, doubt],
      ])
      const failed = await rotateFailing(2, failing)
      expectWords(failed, failing)
      await expectNothingEnded(failed, failing)
    },
  )
})

describe('a write that is tried again', () => {
  const refusal = status(403, 'Resource not accessible by personal access token')

  const firsts = [noAnswer('lost', { kind: 'lose-answer' }), status(502, 'Bad Gateway'), status(500, 'Server Error')]

  // The first try may have been carried out, whatever the second one is told: a limit, a token that has just expired.
  test.each(firsts.flatMap((first) => (['github', 'forgejo'] as const).map((forge) => ({ ...first, first, forge }))))(
    '$forge: $name, and then refused: it may have been taken, so nothing is ended',
    async ({ first, forge }) => {
      const harness = stopLater(await settledHarness(settingOf({ forge }), 2))
      const before = { token: harness.tokens()[0] ?? '', sessions: harness.sessions() }
      harness.forge.inject({ method: 'PUT' }, first.fault)
      harness.forge.inject({ method: 'PUT' }, refusal.fault)
      const result = await harness.rotate({ post: true })
      expect(result.outputs['failure']).toBe('store-partial')
      expect(result.annotations[0]?.message).toContain('may have taken it, 403')
      expect(harness.sessions()).toStrictEqual([...before.sessions, result.outputs['device-id']])
      for (const token of [before.token, ...harness.tokens()]) expect(await harness.answers(token)).toBe(true)
    },
  )
})

describe('the second target cannot be read beforehand', () => {
  test.each([401, 403, 404, 500])('%i to its public key: store-refused, before any login', async (code) => {
    const harness = stopLater(await settledHarness(settingOf({ targets: 2 }), 2))
    const [requests, writes, tokens] = [harness.server.requests.length, harness.writes(), harness.tokens()]
    const path = '/environments/prod/secrets/public-key'
    harness.forge.inject({ method: 'GET', path }, { kind: 'respond', status: code, body: { message: 'no' } })
    const { job, start } = await harness.queue(undefined, { 'max-wait': '0' })
    const { outputs } = await start().result
    await job.finish()
    await job.dispose()
    expect(outputs['failure']).toBe('store-refused')
    expect(harness.server.requests).toHaveLength(requests)
    expect([harness.writes(), harness.tokens()]).toStrictEqual([writes, tokens])
  })
})
