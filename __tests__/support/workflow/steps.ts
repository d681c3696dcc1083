import { ownAction } from '../publisher.js'
import type { Job, StepOptions, StepResult } from '../runner.js'
import type { WorkflowStep } from './document.js'
import { type Contexts, interpolate, interpolateAll, isMet, type Status } from './expressions.js'
import type { WorkflowHarness } from './harness.js'

/** What became of a step. */
export interface StepRun {
  readonly name: string
  readonly outcome: 'success' | 'failure' | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
  /** Absent where no process of ours ran: skipped, or the action of somebody else. */
  readonly result: StepResult | undefined
}

/** Upper bound for a step, so that a test that hangs ends. */
const MAX_MINUTES = 1

const OURS = ownAction('v1$')

/** Carries out the steps of one job, in order, as src/Runner.Worker/StepsRunner.cs does. */
export class StepsRunner {
  readonly job: Job
  readonly steps: StepRun[] = []
  readonly #harness: WorkflowHarness
  readonly #contexts: Contexts
  readonly #byId: Record<string, { outputs: Readonly<Record<string, string>>; outcome: string; conclusion: string }> =
    {}

  /** @param contexts those that stay the same for the whole job */
  constructor(job: Job, harness: WorkflowHarness, contexts: Contexts) {
    this.job = job
    this.#harness = harness
    this.#contexts = contexts
  }

  /** All contexts as they are now. */
  get contexts(): Contexts {
    return { ...this.#contexts, steps: this.#byId, job: { status: this.job.status } }
  }

  async run(step: WorkflowStep, contextName: string): Promise<void> {
    const name = step.name ?? step.uses ?? step.run ?? ''
    if (name === this.#harness.cancelBefore) this.job.status = 'cancelled'
    const before = this.job.status
    const met = isMet(step.if, this.contexts, statusOf(this.job.status))
    const run = met ? await this.#start(step, name, contextName) : skipped(name)
    this.steps.push(run)
    const forgiven = run.outcome === 'failure' && step['continue-on-error'] === true
    if (forgiven) this.job.status = before
    if (step.id === undefined) return
    this.#byId[step.id] = { outputs: run.outputs, outcome: run.outcome, conclusion: forgiven ? 'success' : run.outcome }
  }

  async #start(step: WorkflowStep, name: string, contextName: string): Promise<StepRun> {
    const { 'timeout-minutes': minutes } = step
    const options = {
      id: contextName,
      env: interpolateAll(step.env, this.contexts),
      ...(minutes === undefined ? {} : { timeoutMs: Math.min(minutes, MAX_MINUTES) * 60_000 }),
    }
    if (step.uses !== undefined)
      return this.#use(step.uses, () => interpolateAll(step.with, this.contexts), name, options)
    const script = this.#harness.replaced?.[name] ?? interpolate(step.run ?? '', this.contexts)
    return finished(name, await this.job.runScript(script, options))
  }

  async #use(
    uses: string,
    inputs: () => Readonly<Record<string, string>>,
    name: string,
    options: StepOptions,
  ): Promise<StepRun> {
    const ours = OURS.exec(uses)
    if (ours !== null) return finished(name, await this.job.runAction(ours[1] ?? '.', inputs, options))
    const foreign = this.#harness.foreign?.[uses.replace(/^https:\/\/[^/]+\//, '').replace(/@.*$/, '')]
    if (foreign === undefined) throw new Error(`an action that nothing stands in for: ${uses}`)
    return { name, outcome: 'success', outputs: foreign(this.job, inputs()), result: undefined }
  }
}

function statusOf(status: Job['status']): Status {
  return { success: status === 'success', failure: status === 'failure', cancelled: status === 'cancelled' }
}

function skipped(name: string): StepRun {
  return { name, outcome: 'skipped', outputs: {}, result: undefined }
}

function finished(name: string, result: StepResult): StepRun {
  return { name, outcome: result.outcome, outputs: result.outputs, result }
}

/** `GITHUB_ACTION` of each step: its `id`, or a name made of what it is, numbered in order of appearance. */
export function contextNames(steps: readonly WorkflowStep[]): string[] {
  const seen = new Map<string, number>()
  return steps.map(({ id, uses }) => {
    if (id !== undefined) return id
    const name = uses === undefined ? '__run' : `__${uses.replace(/@.*$/, '').replace(/[^\w-]/g, '_')}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  })
}
