import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from '@jest/globals'
import { CREDENTIAL_KINDS } from '../../src/credentials/index.js'
import { ADMIN, CREDENTIAL_ROWS, type CredentialRow } from '../support/credential-rows.js'
import { clearFixtures, setFixture, stopLater, USERS } from '../support/fixture.js'
import type { Homeserver } from '../support/homeserver.js'
import { startIdTokenService } from '../support/id-token-service.js'
import { ownAction, REPOSITORY } from '../support/publisher.js'
import { setHarness } from '../support/rotation-harness.js'
import { type Step, workflows } from './blocks.js'

// The pages that README.md leads to under "Choose your credential", one for each kind, and what they tell people to paste.

afterEach(clearFixtures)

const OURS = ownAction('v1$')
const SECTIONS = ['What you need', 'Set-up at the server', 'Workflow', 'What it opens', 'When it ends']

const table = /## Choose your credential\n[\s\S]*?\n((?:\|.*\n)+)/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? ''

function pageOf(input: string): string {
  const row = table.split('\n').find((line) => line.split('|')[2]?.includes(`\`${input}\``))
  return /\]\((docs\/credentials\/[\w-]+\.md)\)/.exec(row ?? '')?.[1] ?? ''
}

/** The step of this project in the workflow of a page that has the credential. */
function stepOf(page: string, input: string): Step {
  const steps = workflows.filter(({ place }) => place.startsWith(`${page}:`)).flatMap((workflow) => workflow.steps)
  const found = steps.filter(({ uses = '', with: given = {} }) => OURS.test(uses) && input in given)
  expect(found).toHaveLength(1)
  return found[0] ?? {}
}

/** What a page sets as plain text; what stands for a secret, a variable or an output is left to the row of the kind. */
function plainInputs({ with: given = {} }: Step): Record<string, string> {
  const plain = Object.entries(given).filter(([, value]) => !String(value).includes('${{'))
  return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]))
}

describe.each(CREDENTIAL_KINDS.map(({ input, companions = [] }) => ({ input, companions })))('$input', (kind) => {
  const page = pageOf(kind.input)

  test('has a page with the five sections, in order', () => {
    const headings = [...readFileSync(page, 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
    expect(headings.slice(0, SECTIONS.length)).toStrictEqual(SECTIONS)
  })

  test('shows a step with everything that goes with it', () => {
    const given = stepOf(page, kind.input).with ?? {}
    expect(Object.keys(given)).toStrictEqual(expect.arrayContaining([kind.input, ...kind.companions]))
    for (const name of [kind.input, ...kind.companions].filter((each) => !each.startsWith('oidc')))
      expect(String(given[name])).toMatch(/^\$\{\{ (?:secrets|steps|vars)\..+ \}\}$/)
  })
})

/** A kind has a row for each way; the page shows the first. */
const firstRows = CREDENTIAL_ROWS.filter(
  (row, index) => CREDENTIAL_ROWS.findIndex((other) => other.input === row.input) === index,
)

describe.each(firstRows.filter(({ input }) => input !== 'refresh-token'))('the step for $input', (row) => {
  test('works as it is pasted, and leaves no session', async () => {
    const step = stepOf(pageOf(row.input), row.input)
    const { server, job, inputs } = await setUp(row, step)
    const before = server.liveTokens()
    const login = await job.runAction('.', inputs)
    expect(login.outputs).toMatchObject({ authenticated: 'true', failure: '', 'user-id': inputs['user'] })
    for (const { annotations } of await job.finish()) expect(annotations).toStrictEqual([])
    expect(server.liveTokens()).toStrictEqual(before)
  })
})

async function setUp(row: CredentialRow, step: Step) {
  const flavour = row.flavours[0] ?? 'synapse'
  const { server, job } = await setFixture({ flavour, users: [...USERS, ADMIN], ...row.server })
  return { server, job, inputs: mergeInputs(server, row, step) }
}

/** The inputs of the page, with the values of the row in place of secrets. The row may set nothing that the page does not. */
function mergeInputs(server: Homeserver, row: CredentialRow, step: Step): Record<string, string> {
  const values = row.inputs(server)
  const given = Object.keys(step.with ?? {})
  expect(given).toStrictEqual(expect.arrayContaining(Object.keys(values)))
  // The account of the page is that of the row.
  const user = given.includes('user') ? { user: '@bot:example.org' } : {}
  return { ...values, ...plainInputs(step), homeserver: server.url, ...user }
}

test('the workflow for refresh-token refreshes and stores both tokens', async () => {
  const step = stepOf(pageOf('refresh-token'), 'refresh-token')
  expect(step.uses).toBe(`${REPOSITORY}/rotate@v1`)
  const { server, rotate, stored } = await setHarness()
  const { accessToken, refreshToken } = server.issueRefreshable('bot', 'KEPT')
  const inputs = { ...plainInputs(step), homeserver: server.url, 'refresh-token': refreshToken, user: '', password: '' }
  const { outputs, annotations } = await rotate(inputs, accessToken)
  expect({ failure: outputs['failure'], annotations }).toStrictEqual({ failure: '', annotations: [] })
  expect(server.isAlive(stored())).toBe(true)
  expect(stored().length).toBeGreaterThan(0)
  expect(outputs['device-id']).toBe('KEPT')
  expect(stored('/repos/octo/demo/actions/secrets/MATRIX_REFRESH_TOKEN')).toMatch(/^syr_./)
})

test('the workflow for oidc-audience logs in with the ID token of the run', async () => {
  const inputs = plainInputs(stepOf(pageOf('oidc-audience'), 'oidc-audience'))
  const issuer = stopLater(await startIdTokenService({}))
  const { server, job } = await setFixture(
    {
      users: [...USERS, { localpart: 'matrix-bot', password: 'unused' }],
      tokenAuthenticator: {
        keys: () => issuer.jwks(),
        issuer: 'https://token.actions.githubusercontent.com',
        audience: inputs['oidc-audience'] ?? '',
        accept: (told) => told['repository'] === 'octo/demo',
        localpart: () => 'matrix-bot',
      },
    },
    { env: issuer.environment },
  )
  const login = await job.runAction('.', { ...inputs, homeserver: server.url })
  expect(login.outputs).toMatchObject({ failure: '', 'user-id': inputs['user'] })
  await job.finish()
  expect(server.liveTokens()).toStrictEqual([])
})
