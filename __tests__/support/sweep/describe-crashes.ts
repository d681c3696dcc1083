import { afterAll, describe, expect, test } from '@jest/globals'
import type { CrashSweep, SweepResult } from './crash-sweep.js'
import { momentsOf, type ResultRow, saveResults } from './results.js'
import { describeSetting } from './settings.js'

/** A bound on hanging: each test kills some twenty rotations, and runs some eighty more. */
const TIMEOUT_MS = 600_000

const rows: ResultRow[] = []

/** One test for each sweep. Its list of failures names every case and claim that does not hold. */
export function describeCrashes(
  title: string,
  sweeps: readonly CrashSweep[],
  run: (sweep: CrashSweep) => Promise<SweepResult>,
): void {
  const named = sweeps.map((sweep, number) => {
    const post = sweep.post ? 'run' : 'not run'
    return [describeSetting(sweep.setting), post, { moments: momentsOf(number), ...sweep }] as const
  })
  describe(title, () => {
    test.each(named)(
      '%s, post step %s',
      async (_setting, _post, sweep) => {
        const { failures, row, moments } = await run(sweep)
        rows.push(row)
        expect(failures).toStrictEqual([])
        // The login, the write and two checks of a token: with fewer moments it was no rotation.
        expect(moments).toBeGreaterThanOrEqual(4)
      },
      TIMEOUT_MS,
    )
  })
}

/** @param name of the file that keeps what the sweeps of this file of tests found */
export function saveCrashes(name: string): void {
  afterAll(() => saveResults(name, rows))
}
