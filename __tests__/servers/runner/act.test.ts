import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../../support/fixture.js'
import { startForge } from '../../support/forge.js'
import { REPOSITORY } from '../../support/publisher.js'
import { type ActHarness, setActHarness } from './support/act-harness.js'

let harness: ActHarness
beforeEach(async () => {
  harness = await setActHarness()
})
afterEach(clearFixtures)

const USES_TOKEN = `
      - run: node next-step.mjs
        env:
          MATRIX_ACCESS_TOKEN: \${{ steps.matrix.outputs.access-token }}
          MATRIX_HOMESERVER: \${{ steps.matrix.outputs.homeserver-url }}`

/** The login step out of the checkout. */
const login = (...inputs: readonly string[]) => `
      - uses: actions/checkout@v6
      - uses: ./
        id: matrix
        with:
          homeserver: \${{ vars.HOMESERVER }}
          user: bot
          password: \${{ secrets.MATRIX_PASSWORD }}
          ${inputs.join('\n          ')}`

const job = (steps: string) => `
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:${steps}
`

test('login: the next steps use the token, the log is masked, the post step ends the session', async () => {
  const prints = `
      - run: echo "it is $TOKEN"; echo "$TOKEN" | base64 -w0; echo "{\\"token\\":\\"$TOKEN\\"}" | base64 -w0; printf %s "$TOKEN" | od -An -v -tx1 | tr -d ' \\n'
        env:
          TOKEN: \${{ steps.matrix.outputs.access-token }}`
  const run = await harness.run(job(login('logout: always') + USES_TOKEN + prints))
  expect(run.log).toContain('whoami: @bot:synapse.test on device GHA-')
  expect(run.log).toContain('read back: “Hello from a workflow” from @bot:synapse.test')
  expect(run.log).toContain('it is ***')
  expect(run.log).toContain('Logged out: @bot:synapse.test, device GHA-')
  expect(run.leaks(harness.secrets())).toStrictEqual([])
  expect(run.exitCode).toBe(0)
  expect(await harness.alive()).toStrictEqual([false])
  expect(harness.tap.requests.filter((line) => /log(in|out)/.test(line))).toStrictEqual([
    'POST /_matrix/client/v3/login 200',
    'POST /_matrix/client/v3/logout 200',
  ])
})

test('a wrong password fails the job, and says why', async () => {
  const run = await harness.run(job(login('logout: always')), { secrets: { MATRIX_PASSWORD: 'another password' } })
  expect(run.log).toContain('refused to log in: 403 M_FORBIDDEN')
  expect(run.leaks(['another password'])).toStrictEqual([])
  expect(run.exitCode).toBe(1)
})

// \${{ job.status }} is evaluated anew for the post step: that is how on-failure knows.
test.each([
  ['always', 'false', [false]],
  ['on-failure', 'true', [true]],
  ['on-failure', 'false', [false]],
  ['never', 'false', [true]],
])('logout: %s, and a step behind it that runs %s', async (mode, command, alive) => {
  const run = await harness.run(job(`${login(`logout: ${mode}`)}\n      - run: ${command}`))
  expect(run.exitCode).toBe(command === 'true' ? 0 : 1)
  expect(await harness.alive()).toStrictEqual(alive)
  expect(run.leaks(harness.secrets())).toStrictEqual([])
})

test('interrupted in a later step: the post step ends the session', async () => {
  let interrupted = false
  const run = await harness.run(job(`${login('logout: always')}\n      - run: echo now; exec tail -f /dev/null`), {
    onOutput: (text, interrupt) => {
      if (interrupted || !text.includes('| now')) return
      interrupted = true
      interrupt()
    },
  })
  expect(run.exitCode).not.toBe(0)
  expect(run.leaks(harness.secrets())).toStrictEqual([])
  expect(await harness.alive()).toStrictEqual([false])
})

test('export-env hands the session to steps that ask for nothing', async () => {
  const run = await harness.run(job(`${login('logout: always', 'export-env: true')}\n      - run: node next-step.mjs`))
  expect(run.log).toContain('read back: “Hello from a workflow”')
  expect(run.leaks(harness.secrets())).toStrictEqual([])
  expect(run.exitCode).toBe(0)
})

test('sealed in one job, unsealed in another', async () => {
  const run = await harness.run(`
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      sealed: \${{ steps.matrix.outputs.sealed-credentials }}
    steps:${login('logout: on-failure', 'seal-passphrase: ${{ secrets.SEAL_PASSPHRASE }}')}
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: ${REPOSITORY}/unseal@v1
        id: matrix
        with:
          sealed-credentials: \${{ needs.build.outputs.sealed }}
          passphrase: \${{ secrets.SEAL_PASSPHRASE }}${USES_TOKEN}
      - run: echo "it is \${{ steps.matrix.outputs.access-token }}"
      - uses: ${REPOSITORY}/logout@v1
        with:
          homeserver: \${{ steps.matrix.outputs.homeserver-url }}
          access-token: \${{ steps.matrix.outputs.access-token }}
`)
  expect(run.log).toContain('read back: “Hello from a workflow”')
  expect(run.log).toContain('it is ***')
  expect(run.leaks(harness.secrets())).toStrictEqual([])
  expect(run.exitCode).toBe(0)
  expect(await harness.alive()).toStrictEqual([false])
})

test('rotate writes to the secrets API; the job after it has the new token', async () => {
  const forge = stopLater(await startForge())
  const stored = () => forge.secrets.get('/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN')?.value ?? ''
  const workflow = job(`
      - uses: actions/checkout@v6
      - uses: ./rotate
        with:
          homeserver: \${{ vars.HOMESERVER }}
          user: '@bot:synapse.test'
          password: \${{ secrets.MATRIX_PASSWORD }}
          current-token: \${{ secrets.MATRIX_ACCESS_TOKEN }}
          store-token: \${{ secrets.STORE_TOKEN }}`)
  for (let round = 1; round <= 3; round += 1) {
    const secrets = { MATRIX_ACCESS_TOKEN: stored(), STORE_TOKEN: forge.token }
    const run = await harness.run(workflow, { secrets, apiUrl: forge.url })
    expect(run.leaks([...harness.secrets(), forge.token])).toStrictEqual([])
    expect(run.exitCode).toBe(0)
    expect(harness.tap.tokens).toContain(stored())
    expect(stored()).not.toBe(secrets.MATRIX_ACCESS_TOKEN)
  }
  // A device may be retired by logging in on it: that makes tokens, too. What is stored lives, and the one before it.
  expect((await harness.alive()).filter(Boolean)).toHaveLength(2)
})
