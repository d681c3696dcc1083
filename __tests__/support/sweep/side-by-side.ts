import { MOMENTS, type Moment, type Stop, type Watch } from '../gate.js'
import type { RunningStep } from '../runner.js'
import { comparable } from './bounds.js'
import { claim } from './claim.js'
import type { Queued, Setting, SweepHarness } from './harness.js'
import { type ResultRow, resultRow } from './results.js'
import { countRequests, Series } from './series.js'
import { recover, rotateWhole } from './whole.js'

/** When the rotation that runs whole was queued: with the one that is held, or just before it runs. */
export type QueuedWhen = 'together' | 'later'

interface Overlap {
  readonly stop: Stop
  readonly queued: QueuedWhen
  readonly reads: number
}

interface OverlapOutcome {
  /** Whether there was such a request to be held at. */
  readonly held: boolean
  readonly differed: boolean
  readonly alive: boolean
  readonly sessions: readonly number[]
}

/** Rotations before the two that overlap. */
const SETTLED = 3

interface Standing {
  readonly running: RunningStep
  readonly watch: Watch
}

/** One rotation stands still at one of its requests while another one runs whole, and then goes on. */
async function overlap(harness: SweepHarness, { stop, queued, reads }: Overlap): Promise<OverlapOutcome> {
  const before = harness.sessions().length
  const one = await harness.queue()
  const { running, watch, stopped } = await harness.startUntil(stop, one)
  try {
    if (!stopped) return { held: false, differed: false, alive: true, sessions: [] }
    const current = queued === 'together' ? one.current : (harness.tokens()[0] ?? '')
    await rotateWhole(harness, { name: 'the one that ran whole', current, post: false })
    await goOn(harness, one, { running, watch })
  } finally {
    watch.release()
    await running.result
    await one.job.dispose()
  }
  const alive = (await Promise.all(harness.tokens().map((token) => harness.answers(token)))).every((answers) => answers)
  const [differed, sessions] = [new Set(harness.tokens()).size > 1, harness.sessions().length]
  const counts = [sessions, ...(await recover(harness, { reads, rounds: roundsOf(harness.setting), post: false }))]
  return { held: true, differed, alive, sessions: comparable(harness.setting, counts, before) }
}

/** The one that was held ends nothing that is newer than its own session: that may be the stored one, in every mode. */
async function goOn(harness: SweepHarness, { job }: Queued, { running, watch }: Standing): Promise<void> {
  const before = harness.sessions()
  watch.release()
  const { outcome, log, outputs } = await running.result
  await job.finish()
  const { ownName } = harness.setting.credential
  const own = ownName === undefined ? (outputs['device-id'] ?? '') : ownName(harness.server, outputs)
  const ended = before.filter((session) => !harness.sessions().includes(session))
  const newer = ended.filter((session) => own !== '' && session > own)
  claim(newer.length === 0, `the one that was held ended ${newer.join()}, which is newer than its own`)
  if (!keepsAll(harness.setting)) return
  claim(outcome === 'success', `the one that was held failed: ${log}`)
  await harness.claimStoredAlive('after both')
}

/** Rotations that are watched after the two: with those of `next-rotation` one device goes later than the others. */
function roundsOf({ mode }: Setting): number {
  return mode === 'next-rotation' ? 2 : 1
}

/** `now` needs a concurrency group, as the contract says: side by side it may end the token that the other one stores. */
function keepsAll({ mode }: Setting): boolean {
  return mode !== 'now'
}

export interface OverlapResult {
  readonly failures: readonly string[]
  readonly row: ResultRow
}

/** Holds one rotation before and after each of its requests, of either server, while another one runs whole. */
export async function holdAtEachRequest(
  setting: Setting,
  queued: QueuedWhen,
  moments: readonly Moment[] = MOMENTS,
): Promise<OverlapResult> {
  const requests = await countRequests(setting, SETTLED)
  const series = new Series(setting, SETTLED)
  const outcomes: (OverlapOutcome | undefined)[] = []
  try {
    for (const [index, request] of requests.entries()) {
      for (const moment of moments) {
        const run = (reads: number) =>
          series.run(
            `held ${moment} request ${index + 1}, ${request}, store ${reads + 1} read next`,
            async (harness) => {
              const outcome = await overlap(harness, { stop: { number: index + 1, moment }, queued, reads })
              claim(outcome.held, 'it made fewer requests')
              return outcome
            },
          )
        const first = await run(0)
        outcomes.push(first)
        // Where the stores hold different tokens afterwards, the next rotation may have read either.
        if (first?.differed === true) outcomes.push(await run(1))
      }
    }
  } finally {
    await series.stop()
  }
  const row = resultRow(
    'overlapped',
    `one held at each request while the other, queued ${queued}, runs whole`,
    setting,
    outcomes.map((outcome) => outcome?.sessions),
  )
  const dead = outcomes.filter((outcome) => outcome?.alive === false).length
  return { failures: series.failures, row: { ...row, dead } }
}
