import { describe, expect, test } from '@jest/globals'
import { REPOSITORY } from '../support/publisher.js'
import type { WorkflowHarness } from '../support/workflow/harness.js'
import { runWorkflow } from '../support/workflow.js'

// What the executor of the examples makes of a workflow: as GitHub does, as far as the examples go.

const SECRET = 'made-up-secret-of-a-test'

function run(jobs: string, harness: Partial<WorkflowHarness> = {}) {
  const text = `name: Test\non: push\nenv: { LEVEL: workflow, FROM_WORKFLOW: yes }\njobs:\n${jobs}`
  return runWorkflow(text, { secrets: { SECRET }, otherSecrets: () => [], ...harness })
}

async function results(jobs: string, harness?: Partial<WorkflowHarness>) {
  return (await run(jobs, harness)).jobs.map(({ name, result }) => `${name}: ${result}`)
}

describe('jobs', () => {
  test('run behind those that they need, whatever the order in the file', async () => {
    const jobs = `
  last: { needs: [middle], steps: [] }
  middle: { needs: first, steps: [] }
  first: { steps: [] }`
    expect(await results(jobs)).toStrictEqual(['first: success', 'middle: success', 'last: success'])
  })

  test('are skipped where one that they need failed or was skipped, unless they say always()', async () => {
    const jobs = `
  one: { steps: [{ run: exit 1 }] }
  two: { needs: one, steps: [] }
  three: { needs: two, steps: [] }
  four: { needs: three, if: always(), steps: [] }
  five: { needs: one, if: failure(), steps: [] }`
    expect(await results(jobs)).toStrictEqual([
      'one: failure',
      'two: skipped',
      'three: skipped',
      'four: success',
      'five: success',
    ])
  })

  test('of a matrix are one for each combination', async () => {
    const jobs = `
  one:
    strategy: { matrix: { a: [1, 2], b: [x, y] } }
    steps: [{ run: 'echo "\${{ matrix.a }}\${{ matrix.b }}"' }]`
    const { jobs: runs } = await run(jobs)
    expect(runs.map(({ name }) => name)).toStrictEqual(['one (1, x)', 'one (1, y)', 'one (2, x)', 'one (2, y)'])
    expect(runs.map(({ log }) => log)).toStrictEqual(['1x\n', '1y\n', '2x\n', '2y\n'])
  })

  test('see the secrets of their environment, before those of the repository, and of no other', async () => {
    const jobs = `
  one:
    strategy: { matrix: { bot: [a, b] } }
    environment: \${{ matrix.bot }}
    steps: [{ run: 'echo "\${{ secrets.NAME == matrix.bot }} \${{ secrets.SECRET == ''of-the-repository'' }}"' }]
  two:
    steps: [{ run: 'echo "\${{ secrets.NAME == '''' }} \${{ secrets.SECRET == ''of-the-repository'' }}"' }]`
    const environments = { a: { NAME: 'a' }, b: { NAME: 'b', SECRET: 'of-the-environment' } }
    const { jobs: runs } = await run(jobs, { secrets: { SECRET: 'of-the-repository' }, environments })
    expect(runs.map(({ name, log }) => [name, log])).toStrictEqual([
      ['one (a)', 'true true\n'],
      ['one (b)', 'true false\n'],
      ['two', 'true true\n'],
    ])
  })

  test('hand outputs on, but for those that hold a secret, in any form that is masked', async () => {
    const jobs = `
  one:
    outputs:
      plain: \${{ steps.it.outputs.plain }}
      secret: \${{ steps.it.outputs.secret }}
      encoded: \${{ steps.it.outputs.encoded }}
    steps:
      - id: it
        run: |
          echo "plain=hello" >>"$GITHUB_OUTPUT"
          echo "secret=$SECRET" >>"$GITHUB_OUTPUT"
          echo "encoded=$(printf %s "$SECRET" | base64)" >>"$GITHUB_OUTPUT"
        env: { SECRET: '\${{ secrets.SECRET }}' }
  two:
    needs: one
    steps: [{ run: 'echo "\${{ toJSON(needs.one.outputs) }}"' }]`
    const { job } = await run(jobs)
    expect(job('one')).toMatchObject({ outputs: { plain: 'hello' }, dropped: ['secret', 'encoded'] })
    // Gitea and Forgejo hand on, and store, all of it: the warning in forgejo.yml is about this.
    const kept = await run(jobs, { dropsSecretOutputs: false })
    expect(kept.job('one')).toMatchObject({ outputs: { plain: 'hello', secret: SECRET }, dropped: [] })
  })
})

describe('steps', () => {
  const log = async (steps: string, harness?: Partial<WorkflowHarness>) => {
    const { jobs } = await run(`\n  one:\n    env: { LEVEL: job }\n    steps:${steps}`, harness)
    return { log: jobs[0]?.log, result: jobs[0]?.result, steps: jobs[0]?.steps.map(({ outcome }) => outcome) }
  }

  test('run on success, unless they say failure(), cancelled() or always()', async () => {
    const steps = `
      - run: exit 1
      - run: echo success
      - { if: failure(), run: echo failure }
      - { if: "always() && github.job == 'one'", run: echo always }
      - { if: cancelled(), run: echo cancelled }
      - { if: "\${{ !cancelled() }}", run: echo not cancelled }`
    expect(await log(steps)).toMatchObject({ log: 'failure\nalways\nnot cancelled\n', result: 'failure' })
  })

  test('after a cancellation only those that ask for it', async () => {
    const steps = `
      - run: echo before
      - { name: here, run: echo here }
      - { if: failure(), run: echo failure }
      - { if: cancelled(), run: echo cancelled }
      - { if: always(), run: echo always }`
    const cancelled = await log(steps, { cancelBefore: 'here' })
    expect(cancelled).toMatchObject({ log: 'before\ncancelled\nalways\n', result: 'cancelled' })
  })

  test('with continue-on-error do not fail the job: the outcome says failure, the conclusion success', async () => {
    const steps = `
      - { id: it, continue-on-error: true, run: exit 1 }
      - run: echo "\${{ steps.it.outcome }} \${{ steps.it.conclusion }} \${{ job.status }}"`
    expect(await log(steps)).toStrictEqual({
      log: 'failure success success\n',
      result: 'success',
      steps: ['failure', 'success'],
    })
  })

  test('see variables of four levels, the nearest one winning', async () => {
    const steps = `
      - run: echo "$LEVEL $FROM_WORKFLOW"
      - run: echo "$LEVEL"
        env: { LEVEL: step }
      - run: echo "LEVEL=earlier step" >>"$GITHUB_ENV"
      - run: echo "$LEVEL"`
    expect((await log(steps)).log).toBe('job yes\nstep\nearlier step\n')
  })

  test('print secrets masked', async () => {
    expect((await log(`\n      - run: echo "\${{ secrets.SECRET }}"`)).log).toBe('***\n')
  })

  test('can use the functions of GitHub: format(), contains(), a computed name', async () => {
    const steps = `
      - run: echo "\${{ secrets[format('{0}_NAME', 'computed')] }} \${{ contains('abc', 'b') }} \${{ secrets.MISSING }}."`
    expect((await log(steps, { secrets: { COMPUTED_NAME: 'hello' } })).log).toBe('*** true .\n')
  })
})

describe('a mistake is an error, and never passed over', () => {
  test.each([
    ['a key of a step that is not carried out', '\n  one: { steps: [{ run: ls, shell: sh }] }', {}],
    ['a key of a job', '\n  one: { container: x, steps: [] }', {}],
    ['an action that nothing stands in for', '\n  one: { steps: [{ uses: actions/cache@v4 }] }', {}],
    ['an environment that is not there', '\n  one: { environment: production, steps: [] }', {}],
    ['a job that is not there', '\n  one: { needs: two, steps: [] }', {}],
    ['jobs that need each other', '\n  one: { needs: two, steps: [] }\n  two: { needs: one, steps: [] }', {}],
    ['a context that is not there', '\n  one: { steps: [{ run: "${{ nothing.x }}" }] }', {}],
    ['a replacement for no step', '\n  one: { steps: [] }', { replaced: { Deploy: 'ls' } }],
    [
      'an input that the action does not have',
      `\n  one: { steps: [{ uses: ${REPOSITORY}@v1, with: { pasword: x } }] }`,
      {},
    ],
  ])('%s', async (_name, jobs, harness) => {
    await expect(run(jobs, harness)).rejects.toThrow()
  })

  test('a step that prints a secret which nobody masked', async () => {
    const leaking = run('\n  one: { steps: [{ run: "echo another-made-up-secret" }] }', {
      otherSecrets: () => ['another-made-up-secret'],
    })
    await expect(leaking).rejects.toThrow('The run leaks')
  })
})
