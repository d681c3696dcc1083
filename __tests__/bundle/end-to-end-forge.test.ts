import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD, stopLater, USERS } from '../support/fixture.js'
import { startForge } from '../support/forge.js'
import { startHomeserver } from '../support/homeserver.js'
import { PUBLISHER } from '../support/publisher.js'
import { FORGEJO_RUNNER, GITEA_RUNNER } from '../support/runner/flavor.js'
import { runWorkflow } from '../support/workflow.js'

// end-to-end.yml runs the actions inside Forgejo and Gitea. Here its workflow and its script run against fakes.

afterEach(clearFixtures)

const WORKFLOW = readFileSync('.github/e2e/forge-workflow.yml', 'utf8')

test.each([
  ['Gitea', GITEA_RUNNER],
  ['Forgejo', FORGEJO_RUNNER],
])('forge-workflow.yml succeeds on the fake runner of %s, and stores a token', async (_name, flavor) => {
  const server = stopLater(await startHomeserver({ users: USERS }))
  const forge = stopLater(await startForge({ kind: 'forgejo' }))
  const text = WORKFLOW.replaceAll('HOMESERVER', server.url).replaceAll(
    'http://localhost:3000/tester/',
    `${PUBLISHER}/`,
  )
  const { jobs } = await runWorkflow(text, {
    flavor,
    dropsSecretOutputs: false,
    github: { api_url: forge.url },
    secrets: { MATRIX_PASSWORD: PASSWORD, SEAL_PASSPHRASE: 'a passphrase of a test', STORE_TOKEN: forge.token },
    otherSecrets: () => server.secrets(),
  })
  expect(jobs.map(({ name, result }) => `${name}: ${result}`)).toStrictEqual([
    'login: success',
    'open: success',
    'rotate: success',
  ])
  const [stored] = forge.secrets.values()
  expect(server.liveTokens()).toStrictEqual([stored?.value])
})

const DOCKER = `#!/bin/sh
case "$*" in
*generate-access-token*) echo token-of-the-tester ;;
*generate-runner-token*) echo token-of-the-runner ;;
create*) echo container-of-the-runner ;;
cp*) for last; do :; done; printf '#!/bin/sh\\necho "$@"\\n' >"$last"; chmod +x "$last" ;;
esac
`
const GIT = `#!/bin/sh
case "$*" in
*' push '*) printf '%s\\n' "$*" >>"$PUSHES" ;;
*) PATH=\${PATH#*:} exec git "$@" ;;
esac
`

interface FakeApi {
  /** The states of the jobs, one list for each time they are asked for; the last one stays. */
  readonly states: readonly (readonly string[])[]
  readonly stored: readonly string[]
}

/** Runs run-on-forge.sh. @returns its result, the requests to the forge and the pushes */
async function runScript({ states, stored }: FakeApi) {
  const requests: string[] = []
  let asked = 0
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/api/v1', '')
    if (path !== '/version') requests.push(`${request.method} ${path}`)
    const state = states[Math.min(asked, states.length - 1)] ?? []
    if (path.endsWith('/tasks')) asked += 1
    const answer = path.endsWith('/tasks')
      ? { workflow_runs: state.map((status) => ({ status })) }
      : stored.map((name) => ({ name }))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const folder = mkdtempSync(join(tmpdir(), 'forge-'))
  stopLater({
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve(rmSync(folder, { recursive: true })))),
  })
  mkdirSync(join(folder, 'bin'))
  for (const [name, script] of [
    ['docker', DOCKER],
    ['git', GIT],
  ] as const)
    writeFileSync(join(folder, 'bin', name), script, { mode: 0o755 })
  writeFileSync(join(folder, 'pushes'), '')
  const child = spawn('bash', ['.github/e2e/run-on-forge.sh'], {
    env: {
      PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`,
      HOME: folder,
      RUNNER_TEMP: folder,
      PUSHES: join(folder, 'pushes'),
      FORGE: 'gitea',
      FORGE_URL: `http://127.0.0.1:${port}`,
      CONTAINER: 'container-of-the-forge',
      RUNNER_IMAGE: 'runner:1',
      RUNNER_BINARY: '/bin/runner',
      HOMESERVER: 'http://127.0.0.1:8008',
      PASSWORD: 'password of a test',
      POLL_SECONDS: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const pushed = readFileSync(join(folder, 'forge/demo/.github/workflows/test.yml'), 'utf8')
  const pushes = readFileSync(join(folder, 'pushes'), 'utf8').trim().split('\n')
  return { status, output, requests, pushes, pushed, folder }
}

const SUCCESS = ['success', 'success', 'success']
const STORED = ['MATRIX_ACCESS_TOKEN']

describe('run-on-forge.sh', () => {
  test('pushes the actions, then the workflow behind its secrets, and waits for three jobs', async () => {
    const states = [[], ['running', 'waiting', 'blocked'], SUCCESS]
    const { status, output, requests, pushes, pushed } = await runScript({ states, stored: STORED })
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining('All jobs succeeded') })
    expect(requests).toStrictEqual([
      'POST /user/repos',
      'POST /user/repos',
      'PUT /repos/tester/demo/actions/secrets/MATRIX_PASSWORD',
      'PUT /repos/tester/demo/actions/secrets/SEAL_PASSPHRASE',
      'PUT /repos/tester/demo/actions/secrets/STORE_TOKEN',
      ...states.map(() => 'GET /repos/tester/demo/actions/tasks'),
      'GET /repos/tester/demo/actions/secrets',
    ])
    expect(pushes.map((push) => push.replace(/.* push --quiet http:\/\/127\.0\.0\.1:\d+/, ''))).toStrictEqual([
      '/tester/matrix-access-token HEAD:refs/heads/main HEAD:refs/tags/v1',
      '/tester/demo HEAD:refs/heads/main',
    ])
    expect(pushed).not.toContain('HOMESERVER')
  })

  test.each([
    ['a job that fails', { states: [['success', 'failure', 'skipped']], stored: STORED }],
    ['a token that is not stored', { states: [SUCCESS], stored: [] }],
  ])('fails for %s', async (_name, api) => {
    expect((await runScript(api)).status).not.toBe(0)
  })
})
