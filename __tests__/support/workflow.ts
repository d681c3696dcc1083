import { githubContext } from './runner/github-environment.js'
import { createJob, type StepResult } from './runner.js'
import { combinations, inOrder, needsOf, readWorkflow, type Workflow, type WorkflowJob } from './workflow/document.js'
import { type Contexts, interpolate, interpolateAll, isMet } from './workflow/expressions.js'
import type { WorkflowHarness } from './workflow/harness.js'
import { contextNames, type StepRun, StepsRunner } from './workflow/steps.js'

/** What became of a job, or of one job of a matrix. */
export interface JobRun {
  /** Its ID; behind it the values of a matrix, in parentheses. */
  readonly name: string
  readonly result: 'success' | 'failure' | 'cancelled' | 'skipped'
  /** Those that reach the jobs which need it. */
  readonly outputs: Readonly<Record<string, string>>
  /** Names of those that the runner kept back. */
  readonly dropped: readonly string[]
  readonly steps: readonly StepRun[]
  readonly posts: readonly StepResult[]
  /** What people see. */
  readonly log: string
}

/** What became of a workflow. */
export interface WorkflowRun {
  readonly jobs: readonly JobRun[]
  /** The one job of this name. */
  job(name: string): JobRun
}

/**
 * Executes a workflow: each job in a {@link createJob} of its own, the built actions started as the runner starts them,
 * `run:` steps by bash, every step searched for every secret. One job after the other, whatever `concurrency` says.
 */
export async function runWorkflow(text: string, harness: WorkflowHarness): Promise<WorkflowRun> {
  const workflow = readWorkflow(text)
  refuseUnusedReplacements(workflow, harness)
  const runs = new Map<string, readonly JobRun[]>()
  for (const [id, job] of inOrder(workflow.jobs)) {
    const needed = needsOf(job).map((name) => [name, merge(runs.get(name) ?? [])] as const)
    const contexts = {
      github: { ...githubContext({ ...harness.github, job: id }), event: {} },
      vars: harness.vars ?? {},
      secrets: harness.secrets,
      needs: Object.fromEntries(needed),
    }
    const results = needed.map(([, { result }]) => result)
    const status = {
      success: results.every((result) => result === 'success'),
      failure: results.includes('failure'),
      cancelled: [...runs.values()].flat().some(({ result }) => result === 'cancelled'),
    }
    if (isMet(job.if, contexts, status)) runs.set(id, await runJobs(workflow, id, contexts, harness))
    else runs.set(id, [notRun(id)])
  }
  return summary([...runs.values()].flat())
}

function refuseUnusedReplacements({ jobs }: Workflow, { replaced = {}, cancelBefore }: WorkflowHarness): void {
  const names = Object.values(jobs).flatMap(({ steps }) => steps.map(({ name, uses, run }) => name ?? uses ?? run))
  const meant = [...Object.keys(replaced), ...(cancelBefore === undefined ? [] : [cancelBefore])]
  const unused = meant.filter((name) => !names.includes(name))
  if (unused.length > 0) throw new Error(`no step has the name ${unused.join(', ')}`)
}

async function runJobs(
  workflow: Workflow,
  id: string,
  contexts: Contexts,
  harness: WorkflowHarness,
): Promise<JobRun[]> {
  const job = workflow.jobs[id]
  const runs: JobRun[] = []
  if (job === undefined) return runs
  for (const matrix of combinations(job)) {
    const values = Object.values(matrix ?? {}).join(', ')
    const name = values === '' ? id : `${id} (${values})`
    const env = { ...workflow.env, ...job.env }
    const own = { ...contexts, matrix: matrix ?? null }
    const secrets = { ...harness.secrets, ...secretsOfEnvironment(job, own, harness) }
    runs.push(await runJob({ name, id, job, env, matrix }, { ...own, secrets }, { ...harness, secrets }))
  }
  return runs
}

/** @throws Error where an environment is named that the harness does not have: GitHub would make it, without secrets */
function secretsOfEnvironment(
  { environment }: WorkflowJob,
  contexts: Contexts,
  { environments = {} }: WorkflowHarness,
): WorkflowHarness['secrets'] {
  if (environment === undefined) return {}
  const name = interpolate(environment, contexts)
  const secrets = environments[name]
  if (secrets === undefined) throw new Error(`no environment has the name ${name}`)
  return secrets
}

interface PlannedJob {
  readonly name: string
  readonly id: string
  readonly job: WorkflowJob
  readonly env: NonNullable<WorkflowJob['env']>
  readonly matrix: Readonly<Record<string, unknown>> | undefined
}

async function runJob(planned: PlannedJob, contexts: Contexts, harness: WorkflowHarness): Promise<JobRun> {
  const { name, id, job: definition, matrix } = planned
  const env = interpolateAll(planned.env, contexts)
  const secrets = Object.values(harness.secrets).filter((secret) => secret !== '')
  const ofEnvironments = Object.values(harness.environments ?? {}).flatMap((all) => Object.values(all))
  const job = await createJob({
    env: { ...harness.env, ...env },
    github: { ...harness.github, job: id },
    matrix,
    ...(harness.flavor === undefined ? {} : { flavor: harness.flavor }),
    secrets: () => [...secrets, ...ofEnvironments, ...harness.otherSecrets()],
  })
  try {
    for (const secret of secrets) job.registerSecret(secret)
    const runner = { temp: job.temp, os: 'Linux' }
    const steps = new StepsRunner(job, harness, { ...contexts, env, runner })
    const names = contextNames(definition.steps)
    for (const [index, step] of definition.steps.entries()) await steps.run(step, names[index] ?? '')
    const posts = await job.finish()
    const values = interpolateAll(definition.outputs, steps.contexts)
    const passed = harness.dropsSecretOutputs === false ? { outputs: values, dropped: [] } : job.jobOutputs(values)
    return { name, result: job.status, ...passed, steps: steps.steps, posts, log: job.log }
  } finally {
    await job.dispose()
  }
}

function notRun(name: string): JobRun {
  return { name, result: 'skipped', outputs: {}, dropped: [], steps: [], posts: [], log: '' }
}

/** The jobs of a matrix are one to those that need it: the worst result, and the outputs of the last that set them. */
function merge(runs: readonly JobRun[]): Pick<JobRun, 'result' | 'outputs'> {
  const worst = (['failure', 'cancelled', 'skipped'] as const).find((bad) => runs.some(({ result }) => result === bad))
  return { result: worst ?? 'success', outputs: Object.assign({}, ...runs.map(({ outputs }) => outputs)) }
}

function summary(jobs: readonly JobRun[]): WorkflowRun {
  const job = (name: string) => {
    const found = jobs.find((run) => run.name === name)
    if (found === undefined) throw new Error(`no job ${name}: ${jobs.map((run) => run.name).join(', ')}`)
    return found
  }
  return { jobs, job }
}
