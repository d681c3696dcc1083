import { claimBound, sparesReplaced } from './bounds.js'
import { claim } from './claim.js'
import type { SweepHarness } from './harness.js'

interface Whole {
  /** In what fails: which rotation it is. */
  readonly name: string
  readonly current: string
  readonly post: boolean
}

/**
 * One whole rotation: it succeeds, every stored token lives, and for as long as the mode says so do the replaced one and
 * the newest there was: that may be the stored one where `current-token` is stale.
 */
export async function rotateWhole(harness: SweepHarness, { name, current, post }: Whole): Promise<void> {
  const newest = [...harness.sessions()].sort().at(-1)
  const wasAlive = current !== '' && (await harness.answers(current))
  const { outcome, log } = await harness.rotate({ current, post })
  claim(outcome === 'success', `${name} failed: ${log}`)
  await harness.claimStoredAlive(name)
  claim(new Set(harness.tokens()).size === 1, `${name} left different tokens in the stores`)
  if (!sparesReplaced(harness.setting)) return
  if (wasAlive) claim(await harness.answers(current), `${name} ended the token that it replaced`)
  if (newest !== undefined) claim(harness.sessions().includes(newest), `${name} ended the newest session before it`)
}

interface Recovery {
  /** Which store the first of them has its `current-token` from: after a kill they may hold different ones. */
  readonly reads: number
  readonly rounds: number
  /** Whether the first of them has its post step, which does nothing after a whole rotation. */
  readonly post: boolean
}

/**
 * Some whole rotations, until everything is as if nothing had happened, with the sessions within the contract after each.
 * @returns how many there were
 */
export async function recover(harness: SweepHarness, { reads, rounds, post }: Recovery): Promise<number[]> {
  const left: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const current = harness.tokens()[round === 0 ? reads : 0] ?? ''
    const before = harness.sessions().length
    await rotateWhole(harness, { name: `rotation ${round + 1} after it`, current, post: post && round === 0 })
    claimBound(harness, round, before)
    left.push(harness.sessions().length)
  }
  return left
}
