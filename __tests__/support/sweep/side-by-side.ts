import { MOMENTS, type Moment, type Stop, type Watch } from '../gate.js'
import type { RunningStep } from '../runner.js'
import { comparable } from './bounds.js'
import { claim } from './claim.js'
import { type ResultRow, resultRow } from './results.js'
import { countRequests, Series } from './series.js'
import type { Queued, Setting, SweepStage } from './stage.js'
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
async function overlap(stage: SweepStage, { stop, queued, reads }: Overlap): Promise<OverlapOutcome> {
  const before = stage.sessions().length
  const one = await stage.queue()
  const { running, watch, stopped } = await stage.startUntil(stop, one)
  try {
    if (!stopped) return { held: false, differed: false, alive: true, sessions: [] }
    const current = queued === 'together' ? one.current : (stage.tokens()[0] ?? '')
    await rotateWhole(stage, { name: 'the one that ran whole', current, post: false })
    await goOn(stage, one, { running, watch })
  } finally {
    watch.release()
    await running.result
    await one.job.dispose()
  }
  const alive = (await Promise.all(stage.tokens().map((token) => stage.answers(token)))).every((answers) => answers)
  const [differed, sessions] = [new Set(stage.tokens()).size > 1, stage.sessions().length]
  const counts = [sessions, ...(await recover(stage, { reads, rounds: roundsOf(stage.setting), post: false }))]
  return { held: true, differed, alive, sessions: comparable(stage.setting, counts, before) }
}

/** The one that was held ends nothing that is newer than its own session: that may be the stored one, in every mode. */
async function goOn(stage: SweepStage, { job }: Queued, { running, watch }: Standing): Promise<void> {
  const before = stage.sessions()
  watch.release()
  const { outcome, log, outputs } = await running.result
  await job.finish()
  const { ownName } = stage.setting.credential
  const own = ownName === undefined ? (outputs['device-id'] ?? '') : ownName(stage.server, outputs)
  const ended = before.filter((session) => !stage.sessions().includes(session))
  const newer = ended.filter((session) => own !== '' && session > own)
  claim(newer.length === 0, `the one that was held ended ${newer.join()}, which is newer than its own`)
  if (!keepsAll(stage.setting)) return
  claim(outcome === 'success', `the one that was held failed: ${log}`)
  await stage.claimStoredAlive('after both')
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
          series.run(`held ${moment} request ${index + 1}, ${request}, store ${reads + 1} read next`, async (stage) => {
            const outcome = await overlap(stage, { stop: { number: index + 1, moment }, queued, reads })
            claim(outcome.held, 'it made fewer requests')
            return outcome
          })
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
