import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import { FLAVOURS, MODES, setHarness } from '../support/rotation-harness.js'
import { FULL } from '../support/sweep/results.js'

afterEach(clearFixtures)

describe.each(FULL ? FLAVOURS : (['synapse', 'mas'] as const))('%s', (flavour) => {
  test.each([
    ['next-rotation', 2],
    ['now', 1],
    ['never', 4],
  ] as const)(
    'retire: %s – four rotations leave %i devices, and the stored token always works',
    async (retire, devices) => {
      const { server, rotate, stored } = await setHarness({ flavour })
      for (let round = 0; round < 4; round += 1) {
        const result = await rotate({ retire })
        expect(result.annotations).toStrictEqual([])
        expect(result.outputs['failure']).toBe('')
        expect(stored()).toBe(result.outputs['access-token'])
        expect(server.isAlive(stored())).toBe(true)
      }
      expect(server.devices('bot')).toHaveLength(devices)
    },
  )
})

test('the order: public key, whoami with the old token, login, whoami with the new one, write, devices', async () => {
  const { server, forge, rotate } = await setHarness()
  await rotate()
  const [before, forgeBefore] = [server.requests.length, forge.requests.length]
  await rotate()
  expect(server.requests.slice(before).map(({ method, path }) => `${method} ${path.split('/').pop()}`)).toStrictEqual([
    'GET whoami',
    'POST login',
    'GET whoami',
    'GET devices',
  ])
  expect(forge.requests.slice(forgeBefore).map(({ method }) => method)).toStrictEqual(['GET', 'PUT'])
  expect(forge.requests[0]?.headers).toMatchObject({
    'x-github-api-version': '2022-11-28',
    accept: 'application/vnd.github+json',
  })
})

describe('stale and empty current tokens', () => {
  test.each(FULL ? FLAVOURS : (['synapse', 'mas'] as const))(
    '%s: two rotations that were queued with the same token: the stored one lives',
    async (flavour) => {
      const { server, rotate, stored } = await setHarness({ flavour })
      for (let round = 0; round < 3; round += 1) await rotate()
      const same = stored()
      await rotate({}, same)
      await rotate({}, same)
      expect(server.isAlive(stored())).toBe(true)
    },
  )

  test.each(MODES)('retire: %s – an empty one, by a spelling mistake, while a stored token lives', async (retire) => {
    const { server, rotate, stored } = await setHarness()
    await rotate({ retire })
    await rotate({ retire }, '')
    expect(server.isAlive(stored())).toBe(true)
  })

  test('a dead one is no reason to stop', async () => {
    const { server, rotate, stored } = await setHarness()
    const result = await rotate({}, 'syt_dead_AAAAAAAAAAAAAAAAAAAA_000000')
    expect(result.outcome).toBe('success')
    expect(result.annotations[0]).toMatchObject({ level: 'warning' })
    expect(server.isAlive(stored())).toBe(true)
  })

  test('somebody else’s is wrong-user, before anything is opened', async () => {
    const { server, rotate } = await setHarness()
    const token = server.issueToken('mallory', 'PHONE')
    expect((await rotate({}, token)).outputs['failure']).toBe('wrong-user')
    expect(server.devices('bot')).toStrictEqual([])
  })

  test.each(MODES)(
    'retire: %s – one that was made by hand is ended by now only; else a notice names it',
    async (retire) => {
      const { server, rotate } = await setHarness()
      const token = server.issueToken('bot', 'BYHAND')
      const result = await rotate({ retire }, token)
      expect(server.isAlive(token)).toBe(retire !== 'now')
      if (retire !== 'now')
        expect(result.annotations[0]).toMatchObject({ level: 'notice', message: expect.stringContaining('BYHAND') })
    },
  )
})

describe('stores', () => {
  const TWO = 'repos/octo/demo\nrepos/octo/demo/environments/prod/eu'
  const ENVIRONMENT = '/repos/octo/demo/environments/prod%2Feu/secrets/MATRIX_ACCESS_TOKEN'

  test('several targets take the same token; one that is listed twice is written once', async () => {
    const { forge, rotate, stored } = await setHarness()
    const result = await rotate({ 'store-in': `${TWO}\ndependabot:repos/octo/demo\n repos/octo/demo ` })
    expect(result.outputs['stored-in']?.split('\n')).toHaveLength(3)
    expect(new Set([...forge.secrets.values()].map(({ value }) => value))).toStrictEqual(new Set([stored()]))
    expect([...forge.secrets.keys()]).toContain(ENVIRONMENT)
    expect(forge.requests.filter(({ method }) => method === 'PUT')).toHaveLength(3)
  })

  test.each(['actions', 'dependabot', 'codespaces'])(
    '%s: an organization secret keeps its visibility and its repositories, more than one page of them',
    async (kind) => {
      const selected = Array.from({ length: 250 }, (_, index) => index + 1)
      const path = `/orgs/octo/${kind}/secrets/MATRIX_ACCESS_TOKEN`
      const { forge, rotate } = await setHarness(
        {},
        { secrets: { [path]: { value: 'old', visibility: 'selected', selected } } },
      )
      await rotate({ 'store-in': `${kind}:orgs/octo` })
      expect(forge.secrets.get(path)).toMatchObject({ visibility: 'selected', selected })
      expect(forge.secrets.get(path)?.value).not.toBe('old')
    },
  )

  test('a new organization secret is private', async () => {
    const { forge, rotate } = await setHarness()
    await rotate({ 'store-in': 'orgs/octo' })
    expect([...forge.secrets.values()]).toMatchObject([{ visibility: 'private' }])
  })

  test.each([
    [401, { message: 'Bad credentials' }, 'expired or revoked'],
    [403, { message: 'Resource not accessible by integration' }, 'GITHUB_TOKEN of a workflow can never'],
    [403, { message: 'Resource not accessible by personal access token' }, 'Secrets: read and write'],
    [404, { message: 'Not Found' }, 'does not exist'],
  ])('a public key that is refused with %i %j is store-refused, before any login', async (status, body, part) => {
    const { server, forge, rotate } = await setHarness()
    forge.inject({ path: 'public-key' }, { kind: 'respond', status, body })
    const result = await rotate()
    expect(result.outputs['failure']).toBe('store-refused')
    expect(result.annotations[0]?.message).toContain(part)
    expect(server.requests).toStrictEqual([])
  })

  test.each([403, 404, 422])(
    'every write refused with %i: the new session is ended, the old token untouched',
    async (status) => {
      const { server, forge, rotate, stored } = await setHarness()
      await rotate()
      const before = stored()
      forge.inject({ method: 'PUT', times: 2 }, { kind: 'respond', status, body: { message: 'no' } })
      const result = await rotate()
      expect(result.outputs['failure']).toBe('store-refused')
      expect(stored()).toBe(before)
      expect(server.liveTokens()).toStrictEqual([before])
    },
  )

  test('one of two refused is store-partial: both tokens live, each target is named', async () => {
    const { server, forge, rotate, stored } = await setHarness()
    await rotate()
    const before = stored()
    forge.inject({ method: 'PUT', path: 'environments' }, { kind: 'respond', status: 403, body: { message: 'no' } })
    const result = await rotate({ 'store-in': TWO })
    expect(result.outputs['failure']).toBe('store-partial')
    for (const name of TWO.split('\n')) expect(result.annotations[0]?.message).toContain(name)
    expect(server.isAlive(before) && server.isAlive(stored())).toBe(true)
  })

  test.each([
    ['lost', { kind: 'lose-answer' }],
    ['500', { kind: 'respond', status: 500 }],
  ] as const)('a write whose answer is %s to the end counts as done: nothing is ended', async (_name, fault) => {
    const { server, forge, rotate, stored } = await setHarness()
    forge.inject({ method: 'PUT', times: 9 }, fault)
    const result = await rotate({ 'max-wait': '0' })
    expect(result.outputs['failure']).toBe('store-partial')
    expect(result.annotations[0]?.message).toContain('may have taken it')
    expect(server.liveTokens()).toHaveLength(1)
    if (stored() !== '') expect(server.isAlive(stored())).toBe(true)
  })

  test('a key that was replaced in between is read again once', async () => {
    const { forge, rotate } = await setHarness()
    forge.inject({ method: 'PUT' }, { kind: 'respond', status: 422, body: { message: 'key_id is stale' } })
    expect((await rotate()).outcome).toBe('success')
    expect(forge.requests.map(({ method }) => method)).toStrictEqual(['GET', 'PUT', 'GET', 'PUT'])
  })

  test('410 is asked again without a version', async () => {
    const { forge, rotate } = await setHarness()
    forge.inject({ path: 'public-key' }, { kind: 'respond', status: 410, body: { message: 'Gone' } })
    expect((await rotate()).outcome).toBe('success')
    expect(forge.requests[1]?.headers['x-github-api-version']).toBeUndefined()
  })

  test('GitHub’s 403 with a delay is waited for', async () => {
    const { forge, rotate } = await setHarness()
    forge.inject(
      { path: 'public-key' },
      { kind: 'respond', status: 403, headers: { 'retry-after': '0' }, body: { message: 'secondary rate limit' } },
    )
    expect((await rotate()).outcome).toBe('success')
  })

  test('Gitea and Forgejo get the plain value, and know no environments', async () => {
    const { server, forge, rotate, stored } = await setHarness({}, { kind: 'forgejo' })
    const result = await rotate()
    expect(result.outcome).toBe('success')
    expect(server.isAlive(stored())).toBe(true)
    expect(forge.requests.map(({ method }) => method)).toStrictEqual(['GET', 'PUT'])
    expect((await rotate({ 'store-in': TWO })).outputs['failure']).toBe('invalid-input')
  })
})

test.each([
  ['no store-token', { 'store-token': '' }, '`store-token` is missing'],
  ['a name that GitHub keeps for itself', { 'secret-name': 'GITHUB_X' }, 'secret-name'],
  ['a target that is none', { 'store-in': 'octo/demo' }, 'repos/OWNER/REPO'],
])('%s is invalid-input', async (_name, inputs, part) => {
  const { rotate } = await setHarness()
  const result = await rotate(inputs)
  expect(result.outputs['failure']).toBe('invalid-input')
  expect(result.annotations[0]?.message).toContain(part)
})

test('a login that is refused changes nothing', async () => {
  const { forge, rotate } = await setHarness()
  const result = await rotate({ password: 'not the password at all' })
  expect(result.outputs['failure']).toBe('wrong-credentials')
  expect(forge.requests.filter(({ method }) => method === 'PUT')).toStrictEqual([])
})

test('a device that cannot be retired is named, does not fail the step, and goes next time', async () => {
  const { server, rotate } = await setHarness()
  for (let round = 0; round < 2; round += 1) await rotate()
  // The login on the old device, the second one of this rotation.
  server.inject({ path: '/logout' }, { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN' } })
  const result = await rotate()
  expect(result.outcome).toBe('success')
  expect(result.annotations[0]).toMatchObject({
    level: 'warning',
    message: expect.stringContaining('could not be retired'),
  })
  await rotate()
  expect(server.devices('bot')).toHaveLength(2)
})
