import { claim } from './claim.js'
import type { Setting, SweepHarness } from './harness.js'

/**
 * How many sessions older than the newest a whole rotation may leave: rotate/README.md. “Undisturbed, the new device
 * and one older are left (`now`: none older). Killed at any point: […] the next rotation leaves at most two older, the one
 * after it one.” `never` ends none, so there each rotation leaves exactly one more than there were.
 * @param round 0 for the next rotation, 1 for the one after it
 */
function olderAllowed({ credential, mode }: Setting, round: number, before: number): { least: number; most: number } {
  if (credential.rule === 'keeps') return { least: 0, most: 0 }
  if (credential.rule === 'adds' || mode === 'never') return { least: before, most: before }
  if (mode === 'now') return { least: 0, most: 0 }
  return round === 0 ? { least: 0, most: 2 } : { least: 1, most: 1 }
}

/** @param before sessions before that rotation */
export function claimBound(harness: SweepHarness, round: number, before: number): void {
  const { least, most } = olderAllowed(harness.setting, round, before)
  const older = harness.sessions().length - 1
  claim(
    older >= least && older <= most,
    `rotation ${round + 1} after it left ${older} older sessions, not ${least} to ${most}`,
  )
}

/** That a harness is as whole rotations leave a new one, so that the next case on it stands alone. */
export function claimSettled(harness: SweepHarness): void {
  const { credential, mode } = harness.setting
  if (credential.rule !== 'retires' || mode === 'never') return
  const [wanted, found] = [mode === 'now' ? 1 : 2, harness.sessions().length]
  claim(found === wanted, `the harness has ${found} sessions to begin with, not ${wanted}`)
}

/** Whether a token that was replaced has to live until the rotation after this one. */
export function sparesReplaced({ credential, mode }: Setting): boolean {
  return credential.rule === 'adds' || (credential.rule === 'retires' && mode !== 'now')
}

/** Counts of sessions for the table: where none is ever ended, what was added since; else what there is. */
export function comparable({ credential, mode }: Setting, counts: readonly number[], before: number): number[] {
  const grows = credential.rule === 'adds' || (credential.rule === 'retires' && mode === 'never')
  return counts.map((count) => (grows ? count - before : count))
}
