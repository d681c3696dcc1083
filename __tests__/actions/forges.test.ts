import { afterEach, describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/failures.js'
import { WaitBudget } from '../../src/http/exchange.js'
import { toolkitTransport } from '../../src/http/toolkit-transport.js'
import { type PreparedTarget, parseTarget } from '../../src/stores/store.js'
import { prepareTargets } from '../../src/stores/write.js'
import { fakeClock } from '../support/fakes.js'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type ForgeOptions, startForge } from '../support/forge.js'

afterEach(clearFixtures)

const NAME = 'MATRIX_ACCESS_TOKEN'

interface Looked {
  readonly forge: Awaited<ReturnType<typeof startForge>>
  readonly target: PreparedTarget | undefined
  /** Why the target was found unfit. */
  readonly problem: string
}

/** Prepares one target at a forge that answers as the real ones do. */
async function prepare(options: ForgeOptions, line = 'repos/octo/demo', token?: string): Promise<Looked> {
  const forge = stopLater(await startForge(options))
  const parsed = parseTarget(line)
  if ('problem' in parsed) throw new Error(parsed.problem)
  const ports = {
    transport: toolkitTransport('test', () => undefined),
    clock: fakeClock(),
    random: () => 0.5,
    budget: new WaitBudget(0),
    onRetry: () => {},
  }
  const kind = options.kind === 'github' ? 'github' : 'forgejo'
  const access = { targets: [parsed], forge: { kind, apiUrl: forge.url }, storeToken: token ?? forge.token } as const
  try {
    const [target] = await prepareTargets(ports, access, [NAME])
    return { forge, target, problem: '' }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    expect(error.code).toBe('store-refused')
    expect(error.hint).toContain('no login was made')
    return { forge, target: undefined, problem: error.message }
  }
}

async function whyRefused(target: PreparedTarget | undefined, name: string, value = 'x'): Promise<string> {
  const result = await target?.write(name, value)
  return result?.kind === 'refused' ? result.why : `not refused: ${result?.kind}`
}

const KINDS = ['gitea', 'forgejo'] as const
const ABOUT_RIGHTS = /scope|permission|administrator/

describe.each(KINDS)('%s: what is found out before any login', (kind) => {
  test.each([
    ['a repository', 'repos/octo/demo', ['GET /repos/octo/demo']],
    ['an organization', 'orgs/octo', ['GET /orgs/octo/actions/secrets?limit=1']],
  ])('%s that can be written takes one request, and nothing is changed', async (_name, line, requests) => {
    const { forge, problem } = await prepare({ kind }, line)
    expect(problem).toBe('')
    expect(forge.requests.map(({ method, path }) => `${method} ${path}`)).toStrictEqual(requests)
  })

  test.each(['repos/octo/demo', 'orgs/octo'])(
    'a dead token, for %s: its cause, and nothing about rights',
    async (line) => {
      const { problem } = await prepare({ kind }, line, 'dead')
      const sentence = kind === 'gitea' ? 'invalid username, password or token' : 'user does not exist [uid: 0, name: ]'
      expect(problem).toContain(`401, “${sentence}”. \`store-token\` is wrong, expired or revoked.`)
      expect(problem).not.toMatch(ABOUT_RIGHTS)
    },
  )

  test.each([
    ['repos/octo/demo', 'write:repository'],
    ['orgs/octo', 'write:organization'],
  ])('a missing scope, for %s', async (line, scope) => {
    const { problem } = await prepare({ kind, scopes: ['read:user'] }, line)
    expect(problem).toContain(`\`store-token\` lacks the scope ${scope}.`)
  })

  test.each(['repos/octo/demo', 'orgs/octo'])('a user who does not administer %s: who may write', async (line) => {
    const { problem } = await prepare({ kind, isAdministrator: false }, line)
    expect(problem).toContain('an administrator of the repository')
    expect(problem).toContain('The token of the job never can')
    expect(problem).not.toContain('scope')
  })

  test.each([
    [
      'a repository',
      'repos/octo/demo',
      '/repos/octo/demo',
      kind === 'gitea' ? 'not found' : "target couldn't be found",
    ],
    ['an owner', 'repos/octo/demo', '/repos/octo', 'GetUserByName'],
    ['an organization', 'orgs/octo', '/orgs/octo', 'GetOrgByName'],
  ])('%s that is missing or hidden', async (_name, line, missing, sentence) => {
    const { problem } = await prepare({ kind, missing: [missing] }, line)
    expect(problem).toContain('404')
    expect(problem).toContain(sentence)
    expect(problem).toContain('It does not exist, or the user of `store-token` cannot see it')
  })

  test('a renamed repository is not followed, and the new name is shown', async () => {
    const { forge, problem } = await prepare({ kind, renamed: { '/repos/octo/demo': '/repos/octo/new.name' } })
    expect(problem).toContain(kind === 'gitea' ? '301' : '307')
    expect(problem).toContain('It is now repos/octo/new.name. Write the new name into `store-in`.')
    expect(forge.requests).toHaveLength(1)
  })

  test.each([404, 405])(
    'an organization whose list of secrets is %i is not refused: that tells nothing',
    async (status) => {
      const gate = { take: () => ({ kind: 'respond', status, body: { message: 'not found' } }) as const }
      const { forge, problem } = await prepare({ kind, gate }, 'orgs/octo')
      expect([forge.requests.length, problem]).toStrictEqual([1, ''])
    },
  )
})

describe.each(KINDS)('%s: refused writes', (kind) => {
  test.each(['CI', 'GITEA_X', 'github_x'])('the name %s is 400, and the rules are named', async (name) => {
    const { target } = await prepare({ kind })
    const why = await whyRefused(target, name)
    expect(why).toContain('400, “invalid variable or secret name”. A name has letters, digits and _')
    expect(why).not.toMatch(ABOUT_RIGHTS)
  })

  test('rights that were lost in between: who may write, or nothing where the sentence is another', async () => {
    const { target, forge } = await prepare({ kind })
    const body = { message: 'user should be the owner of the repo' }
    forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body })
    expect(await whyRefused(target, NAME)).toContain('an administrator of the repository')
    forge.inject({ method: 'PUT' }, { kind: 'respond', status: 403, body: { message: 'the repository is archived' } })
    expect(await whyRefused(target, NAME)).toBe('403, “the repository is archived”.')
  })

  test('an empty value is 422, with the sentence alone', async () => {
    const { target } = await prepare({ kind })
    expect(await whyRefused(target, NAME, '')).toBe('422, “[Data]: Required”.')
  })

  test('names are stored in capitals, places found in any letter case, and what was written can be deleted', async () => {
    const { target, forge } = await prepare({ kind }, 'repos/Octo/DEMO')
    expect(await target?.write('matrix_token', 'x')).toStrictEqual({ kind: 'stored' })
    expect([...forge.secrets.keys()]).toStrictEqual(['/repos/octo/demo/actions/secrets/MATRIX_TOKEN'])
    expect(await target?.write('MATRIX_TOKEN', 'y')).toStrictEqual({ kind: 'stored' })
    expect(await target?.remove('matrix_token')).toBeUndefined()
    expect(forge.secrets.size).toBe(0)
    expect(await target?.remove('matrix_token')).toBeUndefined()
  })
})

test('a value that Gitea finds too long is refused with its sentence; Forgejo takes it', async () => {
  const long = 'x'.repeat(65_537)
  expect(await whyRefused((await prepare({ kind: 'gitea' })).target, NAME, long)).toBe('400, “data too long”.')
  expect(await (await prepare({ kind: 'forgejo' })).target?.write(NAME, long)).toStrictEqual({ kind: 'stored' })
})

test.each([
  [16, 'stored'],
  [17, 'refused'],
])('Forgejo %i decides about FORGEJO_X itself: %s', async (version, kind) => {
  const { target } = await prepare({ kind: 'forgejo', version })
  expect(await target?.write('FORGEJO_X', 'x')).toMatchObject({ kind })
})

test('a renamed repository on GitHub, which names no new name', async () => {
  const { problem } = await prepare({ kind: 'github', renamed: { '/repos/octo/demo': '/repos/octo/new' } })
  expect(problem).toContain('301, “Moved Permanently”. It was renamed or moved')
})

test.each([
  'https://evil.example/%0A::error::/repos/::set-output/x',
  '/api/v1/repos/octo/demo%0a::warning::x/actions',
  '/login',
])('a redirect to %s shows nothing of it', async (location) => {
  const { target, forge } = await prepare({ kind: 'gitea' })
  forge.inject({ method: 'PUT' }, { kind: 'respond', status: 301, headers: { location }, body: {} })
  expect(await whyRefused(target, NAME)).not.toMatch(/::|evil|login|It is now/)
})
