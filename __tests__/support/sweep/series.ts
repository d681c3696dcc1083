import { claimSettled } from './bounds.js'
import { claim } from './claim.js'
import { type CurrentToken, type Setting, SweepStage } from './stage.js'

/** A case: runs on a stage, and says what it found. @throws Error that says which claim does not hold */
export type Case<Outcome> = (stage: SweepStage) => Promise<Outcome>

/** A stage on which so many rotations have run undisturbed. */
export async function settledStage(setting: Setting, rotations: number): Promise<SweepStage> {
  const stage = await SweepStage.set(setting)
  for (let round = 0; round < rotations; round += 1) {
    const { outcome, log } = await stage.rotate({ post: false })
    claim(outcome === 'success', `a rotation that nothing disturbed failed: ${log}`)
  }
  return stage
}

/** The requests of a whole rotation, found by counting one. */
export async function countRequests(
  setting: Setting,
  rotations: number,
  current: CurrentToken = 'stored',
): Promise<readonly string[]> {
  const stage = await settledStage(setting, rotations)
  try {
    return await stage.requestsOfRotation(stage.currentToken(current, 0))
  } finally {
    await stage.stop()
  }
}

/**
 * Runs cases one after the other. A case that ends well leaves the stage as whole rotations leave a new one (which is
 * checked), so the next one has it; after a case that failed there is a new stage. What failed is kept, not thrown: all
 * of it is told in the end.
 */
export class Series {
  /** What failed: the name of the case, and the claim that does not hold. */
  readonly failures: string[] = []
  readonly #setting: Setting
  /** How many rotations have run before a case; with none, each case has a stage of its own. */
  readonly #rotations: number
  #stage: SweepStage | undefined

  constructor(setting: Setting, rotations: number) {
    this.#setting = setting
    this.#rotations = rotations
  }

  /** @returns `undefined` where the case failed */
  async run<Outcome>(name: string, one: Case<Outcome>): Promise<Outcome | undefined> {
    this.#stage ??= await settledStage(this.#setting, this.#rotations)
    try {
      if (this.#rotations > 1) claimSettled(this.#stage)
      const outcome = await one(this.#stage)
      if (this.#rotations === 0) await this.stop()
      return outcome
    } catch (error) {
      this.failures.push(`${name}: ${error instanceof Error ? error.message : 'no error'}`)
      await this.stop()
      return undefined
    }
  }

  async stop(): Promise<void> {
    await this.#stage?.stop()
    this.#stage = undefined
  }
}
