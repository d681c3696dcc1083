import { comparable } from './bounds.js'
import type { Setting, SweepHarness } from './harness.js'
import { type ResultRow, resultRow } from './results.js'
import { Series } from './series.js'
import { recover, rotateWhole } from './whole.js'

interface History {
  /** What stands in the store. */
  readonly stored: string
  /** What stood there two rotations ago. */
  readonly ancient: string
}

/** Rotations that run whole, one after the other: what `current-token` is for each. */
const QUEUES: Readonly<Record<string, (history: History) => readonly string[]>> = {
  'three queued with the same token': ({ stored }) => [stored, stored, stored],
  'empty by a spelling mistake, twice': () => ['', ''],
  'empty, then one that was queued before it': ({ stored }) => ['', stored],
  'one that was queued two rotations ago': ({ ancient }) => [ancient],
}

/** Runs each queue on a harness of its own. @returns what failed, and a line for the table */
export async function runQueues(setting: Setting): Promise<{ failures: readonly string[]; row: ResultRow }> {
  const outcomes: (readonly number[] | undefined)[] = []
  const failures: string[] = []
  for (const [name, currentTokens] of Object.entries(QUEUES)) {
    const series = new Series(setting, 1)
    outcomes.push(await series.run(name, (harness) => runQueue(harness, currentTokens)))
    await series.stop()
    failures.push(...series.failures)
  }
  return { failures, row: resultRow('queued', 'stale or empty current-token, one after the other', setting, outcomes) }
}

async function runQueue(
  harness: SweepHarness,
  currentTokens: (history: History) => readonly string[],
): Promise<readonly number[]> {
  const stored = () => harness.tokens()[0] ?? ''
  const ancient = stored()
  for (const name of ['the second rotation', 'the third one'])
    await rotateWhole(harness, { name, current: stored(), post: false })
  const before = harness.sessions().length
  for (const [index, current] of currentTokens({ stored: stored(), ancient }).entries())
    await rotateWhole(harness, { name: `number ${index + 1} of the queue`, current, post: true })
  const counts = [harness.sessions().length, ...(await recover(harness, { reads: 0, rounds: 2, post: false }))]
  return comparable(harness.setting, counts, before)
}
