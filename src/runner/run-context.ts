import type { Runner } from './ports.js'

/** What identifies the step that runs, for its device and its display name. */
export interface RunContext {
  readonly repository: string
  /** Workflow file (`GITHUB_WORKFLOW_REF` up to `@`), or the workflow's name where there is none. */
  readonly workflowFile: string
  readonly workflowName: string
  readonly job: string
  /** The step's `id`, or the name the runner numbered it with. */
  readonly step: string
  /** The branch, or one word for all tags, all pull requests, all merge queues. */
  readonly branch: string
}

export function readRunContext(runner: Runner): RunContext {
  const variable = (name: string) => runner.environment(name) ?? ''
  const workflowRef = variable('GITHUB_WORKFLOW_REF').split('@')[0] ?? ''
  const workflowName = variable('GITHUB_WORKFLOW')
  return {
    repository: variable('GITHUB_REPOSITORY'),
    workflowFile: workflowRef === '' ? workflowName : workflowRef,
    workflowName,
    job: variable('GITHUB_JOB'),
    step: variable('GITHUB_ACTION'),
    branch: branchOf(variable('GITHUB_REF'), variable('GITHUB_EVENT_NAME')),
  }
}

/**
 * Tags, pull requests and merge queues are countless and each lives for a moment, so each kind is one. A
 * `pull_request_target` run has the base branch as its ref; it must not share a device with that branch's deployments.
 */
function branchOf(ref: string, eventName: string): string {
  if (eventName.startsWith('pull_request') || ref.startsWith('refs/pull/')) return 'pull requests'
  if (eventName === 'merge_group' || ref.startsWith('refs/heads/gh-readonly-queue/')) return 'merge queue'
  if (ref.startsWith('refs/tags/')) return 'tags'
  return ref
}
