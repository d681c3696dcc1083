import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { clearFixtures } from '../../support/fixture.js'
import { PASSWORD } from '../support/session-watch.js'
import { type ActHarness, setActHarness } from './support/act-harness.js'

// Where act, and with it the runners of Gitea and Forgejo, which grew out of it, does not do what GitHub's runner does.
// Each of these is a gap of the runner's that the action cannot close. Should a test fail, act has changed, and the
// documentation can drop a warning.

let harness: ActHarness
beforeAll(async () => {
  harness = await setActHarness()
})
afterAll(clearFixtures)

const login = `
      - uses: actions/checkout@v6
      - uses: ./
        id: matrix
        with:
          homeserver: \${{ vars.HOMESERVER }}
          user: bot
          password: \${{ secrets.MATRIX_PASSWORD }}
          logout: always`

// GitHub's runner drops it (src/Runner.Worker/JobExtension.cs); act hands it on, and masks belong to one job.
test('a job output that holds a token reaches the next job, unmasked', async () => {
  const run = await harness.run(`
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      token: \${{ steps.matrix.outputs.access-token }}
    steps:${login}
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo "it is \${{ needs.build.outputs.token }}"
`)
  expect(run.log).toContain(`it is ${harness.tap.tokens.at(-1)}`)
  expect(run.leaks(harness.secrets())).not.toStrictEqual([])
})

const job = (steps: string) => `
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:${steps}
`

// pkg/runner/command.go: the pattern for the head is greedy, so the last :: ends it, and what is no command is printed.
// Only a password that is no secret shows: act masks its secrets by itself, and tokens hold no colon.
test('a mask with :: in it is printed', async () => {
  const password = 'made::up::password'
  const run = await harness.run(job(login.replace('secrets.MATRIX_PASSWORD', 'vars.PASSWORD')), {
    vars: { PASSWORD: password },
  })
  expect(run.log).toContain('::add-mask::made::up::password')
  expect(run.leaks([password])).not.toStrictEqual([])
})

// GitHub's runner masks eleven encodings of each value (src/Sdk/DTLogging/Logging/ValueEncoders.cs), act the value alone.
test('the percent-encoded and the JSON-escaped form of a password are printed', async () => {
  const password = 'made "up" & long enough'
  const prints = `
      - run: node -p 'const { P } = process.env; [P, encodeURIComponent(P), JSON.stringify(P)].join("\\n")'
        env:
          P: \${{ secrets.MATRIX_PASSWORD }}`
  const run = await harness.run(job(prints), { secrets: { MATRIX_PASSWORD: password } })
  expect(run.log).toContain('| ***')
  expect(run.log).toContain('| made%20%22up%22%20%26%20long%20enough')
  expect(run.log).toContain('| "made \\"up\\" & long enough"')
})

// Every output and the job summary are printed. The mask of the token covers them, because it is registered first.
test('outputs and the job summary are in the log, masked', async () => {
  const run = await harness.run(job(login))
  expect(run.log).toContain('::set-output:: access-token=***')
  expect(run.log).toContain('Summary - <h3>Matrix login</h3>')
  expect(run.leaks(harness.secrets())).toStrictEqual([])
})

// One pseudo-terminal takes stdout and stderr, so programs colour what they print; the action does not.
test('steps write to a terminal', async () => {
  const run = await harness.run(job(`\n      - run: node -p '"terminal " + process.stdout.isTTY'${login}`))
  expect(run.log).toContain('terminal true')
  expect(run.log).not.toContain('\u001B[')
})

// Its GITHUB_ACTION is the id of the step, or else its number in the job; there is no GITHUB_WORKFLOW_REF. The default
// device is derived from these, so it is the same on each run, and another one than on GitHub.
test('the default device is the same on each run', async () => {
  const devices: string[] = []
  for (let round = 0; round < 2; round += 1) {
    const run = await harness.run(job(login.replace('always', 'never')))
    devices.push(/device (GHA-\w{12})/.exec(run.log)?.[1] ?? '')
  }
  expect(devices[0]).toMatch(/^GHA-/)
  expect(devices[1]).toBe(devices[0])
})

test('the test of masks means something: the password itself never shows', async () => {
  const run = await harness.run(
    job(`\n      - run: echo "it is $P"\n        env:\n          P: \${{ secrets.MATRIX_PASSWORD }}`),
  )
  expect(run.log).toContain('it is ***')
  expect(run.leaks([PASSWORD])).toStrictEqual([])
})
