import type { InputSource } from './ports.js'

/** The identity of the current step, for its device ID and display name. */
export interface RunContext {
  /** Origin of the forge (`GITHUB_SERVER_URL`); empty for github.com. */
  readonly forge: string
  readonly repository: string
  /** Workflow file (`GITHUB_WORKFLOW_REF` up to `@`), or the workflow's name if there is none. May be empty. */
  readonly workflowFile: string
  readonly workflowName: string
  readonly job: string
  /** The step's `id`, or the name that the runner assigned. */
  readonly step: string
  /** The branch, or one name for all tags, all pull requests, all merge queues. */
  readonly branch: string
}

export function readRunContext(inputs: Pick<InputSource, 'environment'>): RunContext {
  const variable = (name: string) => inputs.environment(name) ?? ''
  const workflowRef = variable('GITHUB_WORKFLOW_REF').split('@')[0] ?? ''
  const workflowName = variable('GITHUB_WORKFLOW')
  return {
    forge: forgeOf(variable('GITHUB_SERVER_URL')),
    repository: variable('GITHUB_REPOSITORY'),
    workflowFile: workflowRef === '' ? workflowName : workflowRef,
    workflowName,
    job: variable('GITHUB_JOB'),
    step: variable('GITHUB_ACTION'),
    branch: branchOf(variable('GITHUB_REF'), variable('GITHUB_EVENT_NAME')),
  }
}

/** Returns the forge, so that the same workflow in a mirror on another forge does not end the tokens of this one. */
function forgeOf(serverUrl: string): string {
  const origin = URL.canParse(serverUrl) ? new URL(serverUrl).origin : serverUrl
  return origin === 'https://github.com' ? '' : origin
}

/**
 * Returns the branch. Tags, pull requests and merge queues are numerous and short-lived, so each kind shares one name.
 * A `pull_request_target` run has the base branch as its ref, but must not share a device with its deployments.
 */
function branchOf(ref: string, eventName: string): string {
  if (eventName.startsWith('pull_request') || ref.startsWith('refs/pull/')) return 'pull requests'
  if (eventName === 'merge_group' || ref.startsWith('refs/heads/gh-readonly-queue/')) return 'merge queue'
  if (ref.startsWith('refs/tags/')) return 'tags'
  // Forgejo up to 11 uses the short name in a scheduled run.
  return ref === '' || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
}
