import { parse } from 'yaml'

/** A workflow as it is written, as far as examples use the syntax. Expressions are not evaluated yet. */
export interface Workflow {
  readonly name?: string
  readonly on: unknown
  readonly env?: Values
  readonly permissions?: unknown
  readonly concurrency?: unknown
  readonly jobs: Readonly<Record<string, WorkflowJob>>
}

export interface WorkflowJob {
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly env?: Values
  readonly outputs?: Values
  readonly permissions?: unknown
  readonly environment?: string
  readonly strategy?: { readonly matrix?: Readonly<Record<string, readonly unknown[]>> }
  readonly steps: readonly WorkflowStep[]
}

export interface WorkflowStep {
  readonly id?: string
  readonly name?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Values
  readonly env?: Values
  readonly 'continue-on-error'?: boolean
  readonly 'timeout-minutes'?: number
}

type Values = Readonly<Record<string, string | number | boolean>>

/** What is carried out, and what says nothing to a single run on one machine. */
const KNOWN = {
  workflow: ['name', 'on', 'env', 'permissions', 'concurrency', 'jobs'],
  job: ['name', 'runs-on', 'needs', 'if', 'env', 'outputs', 'permissions', 'environment', 'strategy', 'steps'],
  strategy: ['matrix', 'fail-fast', 'max-parallel'],
  step: ['id', 'name', 'if', 'uses', 'run', 'with', 'env', 'continue-on-error', 'timeout-minutes'],
}

/** Reads a workflow. @throws Error on a key that would be passed over: what an example says is executed, all of it */
export function readWorkflow(text: string): Workflow {
  const workflow: Workflow = parse(text)
  refuseUnknown('workflow', workflow)
  for (const job of Object.values(workflow.jobs)) {
    refuseUnknown('job', job)
    refuseUnknown('strategy', job.strategy ?? {})
    for (const step of job.steps) refuseUnknown('step', step)
  }
  return workflow
}

function refuseUnknown(kind: keyof typeof KNOWN, value: object): void {
  const unknown = Object.keys(value).filter((key) => !KNOWN[kind].includes(key))
  if (unknown.length > 0) throw new Error(`a ${kind} has keys that the executor does not know: ${unknown.join(', ')}`)
}

/** Jobs, each behind all that it needs. */
export function inOrder(jobs: Workflow['jobs']): [string, WorkflowJob][] {
  const ordered = new Map<string, WorkflowJob>()
  const add = (id: string, waiting: readonly string[]) => {
    const job = jobs[id]
    if (job === undefined || waiting.includes(id)) throw new Error(`${id} is needed, and is no job or needs itself`)
    for (const needed of needsOf(job)) add(needed, [...waiting, id])
    ordered.set(id, job)
  }
  for (const id of Object.keys(jobs)) add(id, [])
  return [...ordered]
}

export function needsOf({ needs = [] }: WorkflowJob): readonly string[] {
  return typeof needs === 'string' ? [needs] : needs
}

/** The values of each job of a matrix; one job without values where there is none. */
export function combinations({ strategy }: WorkflowJob): (Readonly<Record<string, unknown>> | undefined)[] {
  const axes = Object.entries(strategy?.matrix ?? {})
  if (axes.length === 0) return [undefined]
  return axes.reduce<Readonly<Record<string, unknown>>[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  )
}
