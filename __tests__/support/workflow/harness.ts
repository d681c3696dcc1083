import type { RunnerFlavor } from '../runner/flavor.js'
import type { GithubContext } from '../runner/github-environment.js'
import type { Job } from '../runner.js'

/** Everything that a workflow finds around it. */
export interface WorkflowHarness {
  readonly secrets: Readonly<Record<string, string>>
  /** Secrets of environments, by its name: for the jobs that name it, and no others. */
  readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly vars?: Readonly<Record<string, string>>
  readonly github?: Partial<GithubContext>
  /** Default: the runner of GitHub. */
  readonly flavor?: RunnerFlavor
  /** Variables of the machine. */
  readonly env?: Readonly<Record<string, string>>
  /** Actions of others, by `owner/name`. */
  readonly foreign?: Readonly<Record<string, ForeignAction>>
  /**
   * What runs in place of a `run:` step, by the step's name: for what cannot be had here (a package index, a library).
   * A name that no step has is a mistake.
   */
  readonly replaced?: Readonly<Record<string, string>>
  /** The run is cancelled when the step of this name would start. */
  readonly cancelBefore?: string
  /** Whether a job output that holds a masked value is dropped: GitHub does, Gitea and Forgejo do not. */
  readonly dropsSecretOutputs?: boolean
  /** Every secret there is, besides those above; asked after each step. */
  readonly otherSecrets: () => readonly string[]
}

/** Stands in for the action of somebody else: what it leaves behind in the job. @returns its outputs */
export type ForeignAction = (job: Job, inputs: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
