import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { CompositeAction, FORGEJO_RUNNER, GITEA_RUNNER } from '../support/runner/flavor.js'
import { createJob, type Job, type JobOptions } from '../support/runner.js'

// The fake runner behaves as the runners of GitHub, Gitea and Forgejo do where an action can tell them apart.

const MANIFEST = `inputs:
  job-status: { default: '\${{ job.status }}' }
  job-matrix: { default: '\${{ toJSON(matrix) }}' }
  given: { default: 'by default' }
runs: { using: node24, main: main.cjs, post: post.cjs }
`
/** Prints what the step sees. */
const PRINT = `const { env } = process
console.log(JSON.stringify({
  status: env['INPUT_JOB-STATUS'], matrix: JSON.parse(env['INPUT_JOB-MATRIX']), state: env.STATE_kept ?? '',
  workflow: env.GITHUB_WORKFLOW ?? 'missing', ref: env.GITHUB_WORKFLOW_REF ?? 'missing',
}))
`
const SAVE = `require('node:fs').appendFileSync(process.env.GITHUB_STATE, 'kept=' + (process.env.INPUT_GIVEN) + '\\n')
`

/** These launchers start no export of `src/index.ts`, which is all that runs in the process of the tests. */
const OWN_PROCESS = { ownProcess: true } as const

let folder = ''
const jobs: Job[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'action-'))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'action.yml'), MANIFEST)
  writeFileSync(join(folder, 'main.cjs'), SAVE + PRINT)
  writeFileSync(join(folder, 'post.cjs'), PRINT)
})

afterEach(async () => {
  for (const job of jobs.splice(0)) await job.dispose()
  rmSync(folder, { recursive: true })
})

async function startJob(options: JobOptions = {}): Promise<Job> {
  const job = await createJob(options)
  jobs.push(job)
  return job
}

/** What the post step of one action sees after a step that failed. */
async function seenByPost(job: Job, inputs: Readonly<Record<string, string>> = {}) {
  await job.runAction(folder, inputs, OWN_PROCESS)
  await job.runScript('exit 1')
  const [post] = await job.finish()
  return JSON.parse(post?.log ?? '{}')
}

describe('the status of the job in the post step', () => {
  test('is evaluated again on GitHub', async () => {
    expect(await seenByPost(await startJob())).toMatchObject({ status: 'failure' })
  })

  test('is what it was before main on Gitea, because defaults are not evaluated again', async () => {
    expect(await seenByPost(await startJob({ flavor: GITEA_RUNNER }))).toMatchObject({ status: 'success' })
  })

  test('is that of the composite action, where the step belongs to one', async () => {
    const job = await startJob()
    const composite = new CompositeAction()
    await job.runAction(folder, {}, { ...OWN_PROCESS, composite })
    await job.runScript('exit 1')
    const [post] = await job.finish()
    expect(job.status).toBe('failure')
    expect(JSON.parse(post?.log ?? '')).toMatchObject({ status: 'success' })
  })

  test('is a failure within a composite action of which a step failed; the job failed too', async () => {
    const job = await startJob()
    const composite = new CompositeAction()
    await job.runAction(folder, {}, { ...OWN_PROCESS, composite })
    await job.runScript('exit 1', { composite })
    const [post] = await job.finish()
    expect(job.status).toBe('failure')
    expect(JSON.parse(post?.log ?? '')).toMatchObject({ status: 'failure' })
  })
})

test('the matrix is wrapped on Forgejo, also where there is none', async () => {
  expect(await seenByPost(await startJob({ matrix: { os: 'a' } }))).toMatchObject({ matrix: { os: 'a' } })
  const forgejo = { flavor: FORGEJO_RUNNER }
  expect(await seenByPost(await startJob({ ...forgejo, matrix: { os: 'a' } }))).toMatchObject({
    matrix: { Matrix: { os: 'a' } },
  })
  expect(await seenByPost(await startJob(forgejo))).toMatchObject({ matrix: { Matrix: {} } })
})

test.each([GITEA_RUNNER, FORGEJO_RUNNER])(
  'a forge has no GITHUB_WORKFLOW_REF, and the workflow no name',
  async (flavor) => {
    const seen = await seenByPost(await startJob({ flavor, github: { workflow: '' } }))
    expect(seen).toMatchObject({ workflow: '', ref: 'missing' })
  },
)

test('an expired context fails the job and starts no post step', async () => {
  const job = await startJob({ flavor: FORGEJO_RUNNER })
  await job.runAction(folder, {}, OWN_PROCESS)
  job.expire()
  expect(await job.finish()).toStrictEqual([])
  expect(job.status).toBe('failure')
})

describe('the state reaches the post step', () => {
  const kept = async (job: Job) => {
    const [post] = await job.finish()
    return JSON.parse(post?.log ?? '').state
  }

  test('where main leaks a secret', async () => {
    writeFileSync(join(folder, 'main.cjs'), `${SAVE}console.log('a leaked secret')`)
    const job = await startJob({ secrets: () => ['a leaked secret'] })
    await expect(job.runAction(folder, { given: 'this' }, OWN_PROCESS)).rejects.toThrow('leaks')
    expect(await kept(job)).toBe('this')
  })

  test('where main does not end', async () => {
    writeFileSync(join(folder, 'main.cjs'), `${SAVE}console.log('saved'); setInterval(() => {}, 1000)`)
    const job = await startJob()
    await expect(job.runAction(folder, { given: 'this' }, { ...OWN_PROCESS, timeoutMs: 1000 })).rejects.toThrow(
      'did not end',
    )
    expect(await kept(job)).toBe('this')
  })

  test('of two steps that run side by side to each its own', async () => {
    const job = await startJob()
    await Promise.all(['one', 'two'].map((given) => job.runAction(folder, { given }, OWN_PROCESS)))
    expect((await job.finish()).map(({ log }) => JSON.parse(log).state)).toStrictEqual(['two', 'one'])
  })
})

test('lines of the log are handed on while the step runs, masked', async () => {
  const job = await startJob()
  const log: string[] = []
  await job.runScript('echo ::add-mask::word; echo a word', { onLog: (line) => log.push(line) })
  expect(log).toStrictEqual(['a ***'])
})
