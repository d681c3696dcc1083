import { describe, expect, test } from '@jest/globals'
import { json, type ScriptedExchange } from '../support/fakes.js'
import { API, CLIENT, everythingShown, GITEA_API, PUBLIC_KEY, runRotation, SECRETS } from '../support/run-rotation.js'

const PASSWORD = 'correct_horse_battery_staple'
const INPUTS = { user: '@bot:example.org', password: PASSWORD }
const REFUSED_LOGIN: ScriptedExchange = [`POST ${CLIENT}/login`, json(403, { errcode: 'M_FORBIDDEN' })]
const GITHUB: readonly ScriptedExchange[] = [[`GET ${API}${SECRETS}/public-key`, PUBLIC_KEY], REFUSED_LOGIN]
const GITEA: readonly ScriptedExchange[] = [[`GET ${GITEA_API}/repos/octo/demo`, json(200, {})], REFUSED_LOGIN]
const ON_GITEA = { environment: { GITHUB_API_URL: GITEA_API, GITEA_ACTIONS: 'true' } }

describe('names of secrets', () => {
  test.each(['FORGEJO_TOKEN', 'GITEA_TOKEN', 'gitea_token', 'CI', 'GHA_TOKEN', 'MAT_TOKEN', 'x'.repeat(255)])(
    'GitHub takes %s',
    async (name) => {
      const { failure } = await runRotation({ ...INPUTS, 'secret-name': name }, GITHUB)
      expect(failure?.code).toBe('wrong-credentials')
    },
  )

  test('Forgejo decides about FORGEJO_TOKEN itself: versions before 17 take it', async () => {
    const { failure } = await runRotation({ ...INPUTS, 'secret-name': 'FORGEJO_TOKEN' }, GITEA, ON_GITEA)
    expect(failure?.code).toBe('wrong-credentials')
  })

  test.each(['GITHUB_X', 'github_x', '1X', 'A-B', 'A B', 'Ä', 'x'.repeat(256)])(
    'GitHub: %s is refused',
    async (name) => {
      const run = await runRotation({ ...INPUTS, 'secret-name': name }, [])
      expect(run.failure?.code).toBe('invalid-input')
      expect(run.failure?.message).toContain(`\`secret-name\` (${name.length} character`)
      expect(everythingShown(run)).not.toContain(name)
    },
  )

  test.each(['GITHUB_X', 'GITEA_X', 'gitea_x'])('Gitea and Forgejo: %s is refused', async (name) => {
    const { failure } = await runRotation({ ...INPUTS, 'secret-name': name }, [], ON_GITEA)
    expect(failure?.code).toBe('invalid-input')
  })

  // The server refuses it only when it is written: after the login, and after a refresh token was used up.
  test.each([
    ['secret-name', { ...INPUTS, 'secret-name': 'CI' }],
    ['secret-name', { 'refresh-token': 'syr_AAAAAAAAAAAA', 'secret-name': 'ci' }],
    ['refresh-secret-name', { 'refresh-token': 'syr_AAAAAAAAAAAA', 'refresh-secret-name': 'CI' }],
  ])('CI as %s is refused before anything is sent', async (input, inputs) => {
    const { failure } = await runRotation(inputs, [], ON_GITEA)
    expect(failure?.message).toContain(`\`${input}\` (2 characters) is CI`)
  })
})

describe('a secret in the wrong input is refused, and no part of it is shown', () => {
  const parts = (secret: string) =>
    Array.from({ length: secret.length - 11 }, (_, at) => secret.slice(at, at + 12)).map((part) => part.toLowerCase())

  const TOKENS = ['syt_', 'mct_', 'mat_', 'mpt_', 'ghp_', 'gho_', 'ghs_', 'github_pat_'].map(
    (prefix) => `${prefix}Ym90AAAABBBBCCCCDDDD1234`,
  )

  test.each(TOKENS)('%s as secret-name', async (token) => {
    const run = await runRotation({ ...INPUTS, 'secret-name': token }, [])
    expect(run.failure?.code).toBe('invalid-input')
    expect(run.failure?.message).toMatch(
      /^`secret-name` \(\d+ characters\) holds what looks like (an access|a GitHub) token \(\w+_…\); nothing was sent/,
    )
    for (const part of parts(token)) expect(everythingShown(run).toLowerCase()).not.toContain(part)
  })

  test.each([
    ['as it is', PASSWORD, 'secret-name'],
    ['in capitals', PASSWORD.toUpperCase(), 'secret-name'],
    ['with a blank', ` ${PASSWORD} `, 'secret-name'],
    ['within a name', `MY_${PASSWORD}_2`, 'secret-name'],
    ['in store-in', `repos/octo/${PASSWORD}`, 'store-in'],
    ['in store-in, no target', PASSWORD, 'store-in'],
    ['as a later target', `repos/octo/demo\nrepos/octo/${PASSWORD}`, 'store-in'],
  ])('a password %s', async (_name, value, input) => {
    const run = await runRotation({ ...INPUTS, [input]: value }, [])
    expect(run.failure?.code).toBe('invalid-input')
    expect(run.failure?.message).toContain(
      `\`${input}\` (${value.trim().length} characters) holds the value of \`password\``,
    )
    for (const part of parts(PASSWORD)) expect(everythingShown(run).toLowerCase()).not.toContain(part)
  })

  test('a short password as secret-name', async () => {
    const run = await runRotation({ ...INPUTS, password: 'hunter2', 'secret-name': 'Hunter2' }, [])
    expect(run.failure?.message).toContain('`secret-name` (7 characters) holds the value of `password`')
    expect(everythingShown(run).toLowerCase()).not.toContain('hunter2')
  })

  test.each(['current-token', 'store-token'])('the value of %s as secret-name', async (input) => {
    const secret = 'something_of_no_known_form'
    const run = await runRotation({ ...INPUTS, [input]: secret, 'secret-name': secret }, [])
    expect(run.failure?.message).toContain(`\`secret-name\` (26 characters) holds the value of \`${input}\``)
    expect(everythingShown(run)).not.toContain(secret)
  })

  test.each(TOKENS)('%s as a part of store-in', async (token) => {
    const run = await runRotation({ ...INPUTS, 'store-in': `repos/octo/${token}` }, [])
    expect(run.failure?.message).toMatch(
      /^`store-in` \(\d+ characters\) holds what looks like (an access|a GitHub) token \(\w+_…\); nothing was sent/,
    )
    for (const part of parts(token)) expect(everythingShown(run).toLowerCase()).not.toContain(part)
  })

  test('what is not a target is named by its number and length, and blank lines do not count', async () => {
    const run = await runRotation({ ...INPUTS, 'store-in': 'repos/octo/demo\n\n octo/hidden ' }, [])
    expect(run.failure?.message).toContain('`store-in` (11 characters) (target 2) is not repos/OWNER/REPO')
    expect(everythingShown(run)).not.toContain('hidden')
  })

  test('a short password that occurs in an honest target is no problem', async () => {
    const { failure } = await runRotation({ ...INPUTS, password: 'demo' }, GITHUB)
    expect(failure?.code).toBe('wrong-credentials')
  })
})
