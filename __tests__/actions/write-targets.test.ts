import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures } from '../support/fixture.js'
import type { Fault } from '../support/homeserver/faults.js'
import { orderOfRotation, type RecordedRotation, setRotationFixture } from '../support/rotation-fixture.js'

afterEach(clearFixtures)

const LINES = ['repos/octo/demo', 'repos/octo/other', 'dependabot:repos/octo/demo']
const PATHS = [
  '/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN',
  '/repos/octo/other/actions/secrets/MATRIX_ACCESS_TOKEN',
  '/repos/octo/demo/dependabot/secrets/MATRIX_ACCESS_TOKEN',
]

/** What a target does with a write. */
type Answer = 'takes' | 'refuses' | 'may have taken'
const FAULTS: Readonly<Record<Exclude<Answer, 'takes'>, Fault>> = {
  refuses: { kind: 'respond', status: 403, body: { message: 'no' } },
  'may have taken': { kind: 'lose-answer' },
}
const ANSWERS = ['takes', 'refuses', 'may have taken'] as const

/** All answers of so many targets. */
function combinations(targets: number): readonly (readonly Answer[])[] {
  if (targets === 0) return [[]]
  return combinations(targets - 1).flatMap((rest) => ANSWERS.map((answer) => [...rest, answer]))
}

const requests = (rotation: RecordedRotation, pattern: RegExp) =>
  orderOfRotation(rotation).filter((step) => pattern.test(step))

async function rotateInto(answers: readonly Answer[]) {
  const fixture = await setRotationFixture()
  const inputs = { 'store-in': LINES.slice(0, answers.length).join('\n') }
  await fixture.rotate(inputs)
  const [before, devices] = [fixture.stored(), fixture.server.devices('bot')]
  for (const [index, answer] of answers.entries())
    if (answer !== 'takes')
      fixture.forge.inject({ method: 'PUT', path: PATHS[index] ?? 'no such target' }, FAULTS[answer])
  const rotation = await fixture.rotate(inputs)
  return { ...fixture, rotation, before, devices }
}

function expectOutcome(rotation: RecordedRotation, answers: readonly Answer[]): void {
  const isWhole = answers.every((answer) => answer === 'takes')
  const isRefused = answers.every((answer) => answer === 'refuses')
  expect(rotation.failure).toBe(isWhole ? '' : isRefused ? 'store-refused' : 'store-partial')
  expect(rotation.output('stored-in')).toBe(LINES.filter((_, index) => answers[index] === 'takes').join('\n'))
  for (const [index, answer] of isWhole ? [] : answers.entries()) {
    const said = rotation.message.split('\n').find((line) => line.startsWith(`- ${LINES[index]}: `)) ?? ''
    expect([said.includes('took it'), said.includes('may have taken it')]).toStrictEqual([
      answer === 'takes',
      answer === 'may have taken',
    ])
  }
}

describe('every target is tried, in order, and then only is anything ended', () => {
  const cases = [...combinations(2), ...combinations(3)].map((answers) => ({ name: answers.join(', '), answers }))

  test.each(cases)('$name', async ({ answers }) => {
    const { rotation, server, before, devices } = await rotateInto(answers)
    expectOutcome(rotation, answers)
    const order = orderOfRotation(rotation)
    expect(requests(rotation, /PUT/)).toStrictEqual(PATHS.slice(0, answers.length).map((path) => `forge PUT ${path}`))
    expect(order.indexOf('save session storing')).toBeLessThan(order.findIndex((step) => step.includes('PUT')))
    const firstEnd = order.findIndex((step) => step.includes('logout'))
    if (firstEnd !== -1) expect(firstEnd).toBeGreaterThan(order.findLastIndex((step) => step.includes('PUT')))
    // The new session is ended only where it is certain that no target has its token.
    const isRefused = answers.every((answer) => answer === 'refuses')
    expect(server.devices('bot')).toHaveLength(devices.length + (isRefused ? 0 : 1))
    expect(server.isAlive(before)).toBe(true)
    const left = server.devices('bot')
    expect(requests(await rotation.post(), /homeserver/)).toStrictEqual([])
    expect(server.devices('bot')).toStrictEqual(left)
  })
})

describe('two secrets, with refresh-token', () => {
  const REFRESH = '/repos/octo/demo/actions/secrets/MATRIX_REFRESH_TOKEN'
  const inputs = { user: '', password: '', 'refresh-secret-name': 'MATRIX_REFRESH_TOKEN' }

  test('the refresh token goes everywhere before the access token goes anywhere', async () => {
    const { server, rotate } = await setRotationFixture()
    const { refreshToken } = server.issueRefreshable('bot', 'REFRESHED')
    const rotation = await rotate({
      ...inputs,
      'refresh-token': refreshToken,
      'store-in': LINES.slice(0, 2).join('\n'),
    })
    expect(rotation.failure).toBe('')
    expect(requests(rotation, /PUT/).map((step) => step.split('/').pop())).toStrictEqual([
      // The right to write, proven before the token is used up.
      'MATRIX_REFRESH_TOKEN_WRITE_CHECK',
      'MATRIX_REFRESH_TOKEN_WRITE_CHECK',
      'MATRIX_REFRESH_TOKEN',
      'MATRIX_REFRESH_TOKEN',
      'MATRIX_ACCESS_TOKEN',
      'MATRIX_ACCESS_TOKEN',
    ])
  })

  test('a target that did not take the one is not given the other', async () => {
    const { server, forge, rotate } = await setRotationFixture()
    const { refreshToken } = server.issueRefreshable('bot', 'REFRESHED')
    forge.inject({ method: 'PUT', path: new RegExp(`${REFRESH}$`) }, FAULTS.refuses)
    const both = { ...inputs, 'refresh-token': refreshToken, 'store-in': LINES.slice(0, 2).join('\n') }
    const rotation = await rotate(both)
    expect(rotation.failure).toBe('store-partial')
    expect(requests(rotation, /PUT.*octo\/demo/)).toStrictEqual([
      `forge PUT ${REFRESH}_WRITE_CHECK`,
      `forge PUT ${REFRESH}`,
    ])
    expect(requests(rotation, /PUT.*octo\/other/)).toHaveLength(3)
  })
})

test('a target that took the refresh token and refuses the access token has not refused: half of the pair is there', async () => {
  const { server, forge, rotate } = await setRotationFixture()
  const { refreshToken } = server.issueRefreshable('bot', 'REFRESHED')
  forge.inject({ method: 'PUT', path: 'MATRIX_ACCESS_TOKEN' }, FAULTS.refuses)
  const rotation = await rotate({
    user: '',
    password: '',
    'refresh-token': refreshToken,
    'refresh-secret-name': 'MATRIX_REFRESH_TOKEN',
  })
  expect(rotation.failure).toBe('store-partial')
  expect(rotation.message).toContain('took MATRIX_REFRESH_TOKEN, but not MATRIX_ACCESS_TOKEN: 403')
  expect(rotation.output('stored-in')).toBe('')
})

test.each(['github', 'forgejo'] as const)('%s: one that is listed twice is written once', async (kind) => {
  const { rotate, stored } = await setRotationFixture({}, { kind })
  const rotation = await rotate({ 'store-in': 'repos/octo/demo\n repos/octo/demo ' })
  expect([rotation.failure, rotation.output('stored-in')]).toStrictEqual(['', 'repos/octo/demo'])
  expect(requests(rotation, /PUT/)).toHaveLength(1)
  expect(stored()).toBe(rotation.output('access-token'))
})
