import { claimSettled } from './bounds.js'
import { claim } from './claim.js'
import { type CurrentToken, type Setting, SweepHarness } from './harness.js'

/** A case: runs on a harness, and says what it found. @throws Error that says which claim does not hold */
export type Case<Outcome> = (harness: SweepHarness) => Promise<Outcome>

/** A harness on which so many rotations have run undisturbed. */
export async function settledHarness(setting: Setting, rotations: number): Promise<SweepHarness> {
  const harness = await SweepHarness.set(setting)
  for (let round = 0; round < rotations; round += 1) {
    const { outcome, log } = await harness.rotate({ post: false })
    claim(outcome === 'success', `a rotation that nothing disturbed failed: ${log}`)
  }
  return harness
}

/** The requests of a whole rotation, found by counting one. */
export async function countRequests(
  setting: Setting,
  rotations: number,
  current: CurrentToken = 'stored',
): Promise<readonly string[]> {
  const harness = await settledHarness(setting, rotations)
  try {
    return await harness.requestsOfRotation(harness.currentToken(current, 0))
  } finally {
    await harness.stop()
  }
}

/**
 * Runs cases one after the other. A case that ends well leaves the harness as whole rotations leave a new one (which is
 * checked), so the next one has it; after a case that failed there is a new harness. What failed is kept, not thrown: all
 * of it is told in the end.
 */
export class Series {
  /** What failed: the name of the case, and the claim that does not hold. */
  readonly failures: string[] = []
  readonly #setting: Setting
  /** How many rotations have run before a case; with none, each case has a harness of its own. */
  readonly #rotations: number
  #harness: SweepHarness | undefined

  constructor(setting: Setting, rotations: number) {
    this.#setting = setting
    this.#rotations = rotations
  }

  /** @returns `undefined` where the case failed */
  async run<Outcome>(name: string, one: Case<Outcome>): Promise<Outcome | undefined> {
    this.#harness ??= await settledHarness(this.#setting, this.#rotations)
    try {
      if (this.#rotations > 1) claimSettled(this.#harness)
      const outcome = await one(this.#harness)
      if (this.#rotations === 0) await this.stop()
      return outcome
    } catch (error) {
      this.failures.push(`${name}: ${error instanceof Error ? error.message : 'no error'}`)
      await this.stop()
      return undefined
    }
  }

  async stop(): Promise<void> {
    await this.#harness?.stop()
    this.#harness = undefined
  }
}
