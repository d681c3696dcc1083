/** Where the runner of a forge differs from the runner of GitHub, as far as an action can tell. */
export interface RunnerFlavor {
  /**
   * Whether the defaults of inputs keep the value that they had when main started. Values under `with:` are evaluated again
   * for the post step. @see gitea.com/gitea/act_runner 0.4.1 and 1.0.8
   */
  readonly freezesDefaults: boolean
  /** Whether `toJSON(matrix)` is `{"Matrix":{…}}`. @see code.forgejo.org/forgejo/runner 12 */
  readonly wrapsMatrix: boolean
  /** Variables of GitHub that this runner does not set at all. */
  readonly missingVariables: readonly string[]
  /** Variables that only this runner sets. */
  readonly variables: Readonly<Record<string, string>>
}

export const GITHUB_RUNNER: RunnerFlavor = {
  freezesDefaults: false,
  wrapsMatrix: false,
  missingVariables: [],
  variables: {},
}

export const GITEA_RUNNER: RunnerFlavor = {
  freezesDefaults: true,
  wrapsMatrix: false,
  missingVariables: ['GITHUB_WORKFLOW_REF'],
  variables: { GITEA_ACTIONS: 'true' },
}

/** Forgejo before 14, which does not set `GITHUB_WORKFLOW_REF`; its runner also sets the variable of Gitea. */
export const FORGEJO_RUNNER: RunnerFlavor = {
  freezesDefaults: false,
  wrapsMatrix: true,
  missingVariables: ['GITHUB_WORKFLOW_REF'],
  variables: { FORGEJO_ACTIONS: 'true', GITEA_ACTIONS: 'true' },
}

/** The steps of one composite action. Their `job.status` is the status of this action, not of the job. */
export class CompositeAction {
  status: 'success' | 'failure' = 'success'
}
