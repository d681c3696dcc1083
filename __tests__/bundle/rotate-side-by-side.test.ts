import { afterAll, describe, expect, test } from '@jest/globals'
import type { Moment } from '../support/gate.js'
import type { Setting } from '../support/sweep/harness.js'
import { runQueues } from '../support/sweep/queued.js'
import { FULL, momentsOf, type ResultRow, saveResults } from '../support/sweep/results.js'
import { describeSetting, distinctSettings, keptDeviceSetting, settingOf } from '../support/sweep/settings.js'
import { holdAtEachRequest, type QueuedWhen } from '../support/sweep/side-by-side.js'

/** A bound on hanging: each test runs some hundred rotations. */
const TIMEOUT_MS = 600_000

const rows: ResultRow[] = []
afterAll(() => saveResults('side-by-side', rows))

// Two that refresh one session at once take each other's tokens away, on every server: that needs a concurrency group.
const full = [...distinctSettings(1), ...distinctSettings(2)].filter(({ credential }) => credential.rule !== 'keeps')
const named = (settings: readonly Setting[]) => settings.map((setting) => [describeSetting(setting), setting] as const)

describe('rotations whose current-token is not the stored one, one after the other: what is stored lives', () => {
  const sample = [settingOf({ mode: 'now' }), settingOf({ flavour: 'mas', targets: 2 }), keptDeviceSetting()]
  test.each(named(FULL ? full : sample))(
    '%s',
    async (_name, setting) => {
      const { failures, row } = await runQueues(setting)
      rows.push(row)
      expect(failures).toStrictEqual([])
    },
    TIMEOUT_MS,
  )
})

interface Pair {
  readonly setting: Setting
  readonly queued: QueuedWhen
  readonly moments?: readonly Moment[]
}

describe('two rotations side by side, one held before and after each of its requests while the other runs whole', () => {
  const sample: readonly Pair[] = [
    { setting: settingOf({}), queued: 'together', moments: ['after'] },
    { setting: settingOf({ flavour: 'mas', mode: 'now' }), queued: 'together', moments: ['before'] },
    { setting: keptDeviceSetting(), queued: 'together', moments: ['after'] },
  ]
  const together = full.map((setting): Pair => ({ setting, queued: 'together' }))
  // Under never nothing is ended, and now is excepted: when the other one was queued matters to next-rotation alone.
  const later = full
    .filter(({ mode }) => mode === 'next-rotation')
    .map((setting): Pair => ({ setting, queued: 'later' }))
  const pairs = (FULL ? [...together, ...later] : sample).map((pair, number) => ({
    moments: momentsOf(number),
    ...pair,
    name: describeSetting(pair.setting),
  }))
  test.each(pairs)(
    '$name, queued $queued',
    async ({ setting, queued, moments }) => {
      const { failures, row } = await holdAtEachRequest(setting, queued, moments)
      rows.push(row)
      expect(failures).toStrictEqual([])
    },
    TIMEOUT_MS,
  )
})
