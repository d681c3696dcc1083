import { MOMENTS, type Moment } from '../gate.js'
import { type Crash, type CrashOutcome, crash } from './crash.js'
import type { CurrentToken, Setting } from './harness.js'
import { atRequest, atWrite, type Killer } from './kill.js'
import { type ResultRow, resultRow } from './results.js'
import { countRequests, Series } from './series.js'

export interface CrashSweep {
  readonly setting: Setting
  /** How many rotations have run before: 0 – the first rotation is killed; else 2 or more. */
  readonly rotations: number
  /** How many rotations in a row are killed. */
  readonly times: number
  readonly post: boolean
  /** Of the rotation that is killed; the stored one unless it is said. */
  readonly current?: CurrentToken
  /** Both, unless it is a sample. */
  readonly moments?: readonly Moment[]
}

export interface SweepResult {
  /** How many requests, or writes, there were to be killed at. */
  readonly moments: number
  readonly failures: readonly string[]
  readonly row: ResultRow
}

/** Kills a rotation before and after each request that it makes: how many there are is found by counting a whole one. */
export async function killAtEachRequest(sweep: CrashSweep): Promise<SweepResult> {
  const requests = await countRequests(sweep.setting, sweep.rotations, sweep.current)
  const name = (number: number) => requests[number - 1] ?? 'which a whole rotation does not make'
  const result = await sweepMoments(requestSweepName(sweep), sweep, (number, moment) =>
    atRequest({ number, moment }, name(number)),
  )
  const miscounted = result.moments === requests.length ? [] : [`killed at ${result.moments} of ${requests.length}`]
  return { ...result, failures: [...result.failures, ...miscounted] }
}

function requestSweepName({ rotations, times, post, current = 'stored' }: CrashSweep): string {
  const which = rotations === 0 ? 'the first rotation' : times === 1 ? 'a rotation' : `${times} rotations in a row`
  const queued = current === 'stored' ? '' : ` with ${current} current-token`
  return `${which}${queued} killed at each request, post step ${post ? 'run' : 'not run'}`
}

/** Kills a rotation before and after each of its writes to a command file, or to stdout. */
export function killAtEachWrite(sweep: CrashSweep, kind: 'append' | 'write'): Promise<SweepResult> {
  return sweepMoments(`a rotation killed at each ${WRITES[kind]}`, sweep, (number, moment) =>
    atWrite(kind, number, moment),
  )
}

const WRITES = { append: 'write to a command file', write: 'write to stdout' }

/** No rotation has so many: a bound on the loop. */
const MOST = 100

/** Goes on until a rotation comes to its end unharmed, because there is no such moment in it any more. */
async function sweepMoments(
  name: string,
  sweep: CrashSweep,
  killerAt: (number: number, moment: Moment) => Killer,
): Promise<SweepResult> {
  const series = new Series(sweep.setting, sweep.rotations)
  const outcomes: (readonly number[] | undefined)[] = []
  const result = (moments: number) => ({
    moments,
    failures: series.failures,
    row: resultRow(
      'killed',
      name,
      sweep.setting,
      outcomes.flatMap((one) => Array<typeof one>(sweep.times).fill(one)),
    ),
  })
  try {
    for (let number = 1; number <= MOST; number += 1) {
      for (const moment of sweep.moments ?? MOMENTS) {
        for (const outcome of await crashReading(series, sweep, killerAt(number, moment))) {
          if (outcome?.killed === false) return result(number - 1)
          outcomes.push(outcome?.sessions)
        }
      }
    }
    return result(MOST)
  } finally {
    await series.stop()
  }
}

/** Where the stores hold different tokens afterwards, the next rotation may have read either. */
async function crashReading(
  series: Series,
  { times, post, current = 'stored' }: CrashSweep,
  killer: Killer,
): Promise<readonly (CrashOutcome | undefined)[]> {
  const run = (reads: number) => {
    const one: Crash = { killer, times, post, current, reads }
    return series.run(`${killer.name}, current-token of store ${reads + 1}`, (harness) => crash(harness, one))
  }
  const first = await run(0)
  return first?.differed === true ? [first, await run(1)] : [first]
}
