import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type ForgeOptions, startForge } from '../support/forge.js'

afterEach(clearFixtures)

const REPOSITORY = '/repos/octo/demo/actions/secrets'
const ORGANIZATION = '/orgs/octo/actions/secrets'

interface Asked {
  readonly options?: Omit<ForgeOptions, 'kind'>
  readonly method?: string
  readonly path?: string
  /** `undefined` sends none. */
  readonly token?: string | undefined
  readonly data?: string
}

async function ask(
  kind: 'gitea' | 'forgejo',
  asked: Asked,
): Promise<{ status: number; message: unknown; url: unknown }> {
  const forge = stopLater(await startForge({ kind, ...asked.options }))
  const { method = 'PUT', path = `${REPOSITORY}/X`, data = 'x' } = asked
  const token = 'token' in asked ? asked.token : forge.token
  const response = await fetch(forge.url + path, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    redirect: 'manual',
    ...(method === 'PUT' ? { body: JSON.stringify({ data }) } : {}),
  })
  const text = await response.text()
  const { message, url } = text.startsWith('{') ? JSON.parse(text) : { message: undefined, url: undefined }
  return { status: response.status, message, url }
}

/** Seen on Gitea 1.26 and Forgejo 7.0.15. */
const ANSWERS: readonly (readonly [name: string, Asked, gitea: [number, unknown?], forgejo: [number, unknown?]])[] = [
  [
    'a bad token',
    { token: 'bad' },
    [401, 'invalid username, password or token'],
    [401, 'user does not exist [uid: 0, name: ]'],
  ],
  ['no token', { token: undefined }, [401, 'token is required'], [401, 'token is required']],
  [
    'not the owner',
    { options: { isAdministrator: false } },
    [403, 'user should be the owner of the repo'],
    [403, 'user should be the owner of the repo'],
  ],
  [
    'not the owner of an organization',
    { options: { isAdministrator: false }, path: `${ORGANIZATION}/X` },
    [403, 'Must be an organization owner'],
    [403, 'Must be an organization owner'],
  ],
  [
    'no repository',
    { options: { missing: ['/repos/octo/demo'] } },
    [404, 'not found'],
    [404, "The target couldn't be found."],
  ],
  [
    'no organization',
    { options: { missing: ['/orgs/octo'] }, path: `${ORGANIZATION}/X` },
    [404, 'GetOrgByName'],
    [404, 'GetOrgByName'],
  ],
  ['no owner', { options: { missing: ['/repos/octo'] } }, [404, 'GetUserByName'], [404, 'GetUserByName']],
  [
    'a bad name',
    { path: `${REPOSITORY}/1X` },
    [400, 'invalid variable or secret name'],
    [400, 'invalid variable or secret name'],
  ],
  [
    'CI',
    { path: `${REPOSITORY}/CI` },
    [400, 'invalid variable or secret name'],
    [400, 'invalid variable or secret name'],
  ],
  ['FORGEJO_X', { path: `${REPOSITORY}/FORGEJO_X` }, [201], [201]],
  ['empty data', { data: '' }, [422, '[Data]: Required'], [422, '[Data]: Required']],
  ['much data', { data: 'x'.repeat(65_537) }, [400, 'data too long'], [201]],
  ['a renamed repository', { options: { renamed: { '/repos/octo/demo': '/repos/octo/new' } } }, [301], [307]],
  ['one secret', { method: 'GET' }, [405], [405]],
  ['the public key', { method: 'GET', path: `${REPOSITORY}/public-key` }, [405], [405]],
  ['the list', { method: 'GET', path: REPOSITORY }, [200], [404, "The target couldn't be found."]],
]

describe.each(['gitea', 'forgejo'] as const)('%s answers word by word', (kind) => {
  test.each(ANSWERS)('%s', async (_name, asked, gitea, forgejo) => {
    const [status, message] = kind === 'gitea' ? gitea : forgejo
    const answer = await ask(kind, asked)
    expect([answer.status, answer.message]).toStrictEqual([status, message])
    // Bodies of refusals also carry the address of the documentation.
    if (message !== undefined) expect(answer.url).toMatch(/\/api\/swagger$/)
  })

  test('a missing scope', async () => {
    const { status, message } = await ask(kind, { options: { scopes: ['read:repository'] } })
    expect([status, message]).toStrictEqual([
      403,
      expect.stringMatching(/^token does not have at least one of required scope\(s\), /),
    ])
  })
})
