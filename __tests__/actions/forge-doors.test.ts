import { describe, expect, test } from '@jest/globals'
import { canonicalMatrix, deviceDisplayName, readRunContext, stableDeviceId } from '../../src/session/device-id.js'
import { deviceBase } from '../../src/session/rotation.js'
import { json, recordingRunner } from '../support/fakes.js'
import { runDoor } from '../support/run-doors.js'

type Changes = Readonly<Record<string, string>>

const GITHUB = {
  GITHUB_REPOSITORY: 'octo/demo',
  GITHUB_WORKFLOW: 'Deploy',
  GITHUB_WORKFLOW_REF: 'octo/demo/.github/workflows/deploy.yml@refs/heads/main',
  GITHUB_JOB: 'build',
  GITHUB_ACTION: 'login',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_SERVER_URL: 'https://github.com',
}
const SERVER = 'https://example.org'

const contextOf = (changes: Changes) => readRunContext(recordingRunner({ environment: { ...GITHUB, ...changes } }))
const stable = (changes: Changes = {}, matrix = '', server = SERVER) =>
  stableDeviceId(server, contextOf(changes), canonicalMatrix(matrix))
const base = (changes: Changes = {}, server = SERVER, repository = 'octo/demo', name = 'MATRIX_ACCESS_TOKEN') =>
  deviceBase(server, contextOf(changes).forge, repository, name)

/** Each is github.com, and so no part of a hash. */
const GITHUB_ADDRESSES = [
  'https://github.com',
  'https://github.com/',
  'https://GitHub.com',
  'https://github.com:443',
  'https://github.com/octo',
]
/** Each is a forge of its own, and no two are the same. */
const FORGES = [
  'https://codeberg.org',
  'https://gitea.example.org',
  'https://gitea.example.org:3000',
  'http://gitea.example.org',
  'https://github.example.com',
  'https://github.com.example.org',
  'https://example.org?https://github.com',
  'http://github.com',
  'https://[::1]:3000',
  'codeberg.org',
]

describe('devices on github.com stay what they are', () => {
  // Made by the code before forges were told apart. Other values would end tokens that are in use.
  const FIXED: readonly (readonly [string, Changes, string, string])[] = [
    ['GHA-J43JGMSIQBQQ', {}, '', SERVER],
    ['GHA-QWQYBPH7QFIA', {}, '{"os":"ubuntu","node":20}', SERVER],
    ['GHA-IWDZSZ4EGIAQ', { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' }, '', SERVER],
    ['GHA-2GEFIF7X3UGJ', { GITHUB_REF: 'refs/tags/v1' }, '', SERVER],
    [
      'GHA-ZZS23POXIMJP',
      { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-1-a' },
      '',
      SERVER,
    ],
    [
      'GHA-VYSHTCVLNFJA',
      { GITHUB_WORKFLOW_REF: '', GITHUB_ACTION: '__run_2' },
      'null',
      'https://matrix.example.org/path',
    ],
  ]

  test.each(FIXED)('%s', (id, changes, matrix, server) => {
    for (const address of GITHUB_ADDRESSES)
      expect(stable({ ...changes, GITHUB_SERVER_URL: address }, matrix, server)).toBe(id)
  })

  test('bases of rotations', () => {
    for (const address of GITHUB_ADDRESSES) {
      const on = { GITHUB_SERVER_URL: address }
      expect(base(on)).toBe('GHA-BXWIMQWSKE7G')
      expect(base(on, SERVER, 'octo/demo', 'matrix_access_token')).toBe('GHA-BXWIMQWSKE7G')
      expect(base(on, 'https://matrix.example.org/path', 'Octo/Other', 'OTHER')).toBe('GHA-RFT3ZRUAUGBA')
    }
  })
})

test('each other forge has devices of its own, in logins and in rotations', () => {
  for (const one of [stable, base]) {
    const ids = FORGES.map((address) => one({ GITHUB_SERVER_URL: address }))
    expect(new Set([one(), ...ids]).size).toBe(FORGES.length + 1)
    expect(ids.every((id) => /^GHA-[A-Z2-7]{12}$/.test(id))).toBe(true)
  }
})

test('the address of a forge with a slash or a path is the same forge', () => {
  for (const address of ['https://codeberg.org/', 'https://Codeberg.org', 'https://codeberg.org/forge'])
    expect(stable({ GITHUB_SERVER_URL: address })).toBe(stable({ GITHUB_SERVER_URL: 'https://codeberg.org' }))
})

const LOGIN = { homeserver: 'https://matrix.example.org', user: 'bot', password: 'a password of the test' }
const ANSWERS = [
  [/login$/, json(200, { user_id: '@bot:example.org', device_id: 'D', access_token: 'syt_token_of_the_test' })],
] as const
const run = (inputs: Changes, environment: Changes) =>
  runDoor({ ...LOGIN, 'device-id': 'D', ...inputs }, ANSWERS, undefined, { ...GITHUB, ...environment })

describe('logout: on-failure on Gitea, whose runner keeps the first value of job-status', () => {
  test.each<[string, Changes, Changes, number]>([
    ['Gitea', { logout: 'on-failure' }, { GITEA_ACTIONS: 'true' }, 1],
    ['Forgejo, which sets both', { logout: 'on-failure' }, { GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }, 0],
    ['Forgejo alone', { logout: 'on-failure' }, { FORGEJO_ACTIONS: 'true' }, 0],
    ['GitHub', { logout: 'on-failure' }, {}, 0],
    ['Gitea, always', { logout: 'always' }, { GITEA_ACTIONS: 'true' }, 0],
    ['Gitea, never', { logout: 'never' }, { GITEA_ACTIONS: 'true' }, 0],
  ])('%s', async (_name, inputs, environment, count) => {
    const { said, failure } = await run(inputs, environment)
    expect(failure).toBeUndefined()
    expect(said('notice').filter((text) => text.includes('job-status: ${{ job.status }}'))).toHaveLength(count)
  })
})

describe('a runner that names neither the file nor the name of the workflow', () => {
  const UNNAMED = { GITHUB_WORKFLOW_REF: '', GITHUB_WORKFLOW: '' }
  const warned = async (inputs: Changes, environment: Changes) =>
    (await run(inputs, environment)).said('warning').filter((text) => text.includes('`name:`'))

  test.each<[string, Changes, Changes, number]>([
    ['never', { 'device-id': '' }, UNNAMED, 1],
    ['never, with a device-id', {}, UNNAMED, 0],
    ['always: the device is another one each time', { 'device-id': '', logout: 'always' }, UNNAMED, 0],
    ['on-failure: likewise', { 'device-id': '', logout: 'on-failure' }, UNNAMED, 0],
    ['a name alone', { 'device-id': '' }, { ...UNNAMED, GITHUB_WORKFLOW: 'Deploy' }, 0],
    ['a file alone', { 'device-id': '' }, { ...UNNAMED, GITHUB_WORKFLOW_REF: GITHUB.GITHUB_WORKFLOW_REF }, 0],
    ['a reference without a file', { 'device-id': '' }, { ...UNNAMED, GITHUB_WORKFLOW_REF: '@refs/heads/main' }, 1],
  ])('%s', async (_name, inputs, environment, count) => {
    expect(await warned(inputs, environment)).toHaveLength(count)
  })

  test.each<[Changes, string]>([
    [{}, 'GitHub Actions: octo/demo · Deploy · build'],
    [{ GITHUB_WORKFLOW: '' }, 'GitHub Actions: octo/demo · build'],
    [{ GITHUB_WORKFLOW: '', GITHUB_JOB: '' }, 'GitHub Actions: octo/demo'],
    [{ GITHUB_JOB: '' }, 'GitHub Actions: octo/demo · Deploy'],
    [{ GITHUB_WORKFLOW: '  ' }, 'GitHub Actions: octo/demo · build'],
    [{ GITHUB_REPOSITORY: '', GITHUB_WORKFLOW: '', GITHUB_JOB: '' }, 'GitHub Actions'],
  ])('the display name has no empty part: %j', (changes, name) => {
    expect(deviceDisplayName('', contextOf(changes))).toBe(name)
  })
})

describe('the branch', () => {
  test.each([
    ['main', 'refs/heads/main'],
    ['feature/x', 'refs/heads/feature/x'],
    ['heads/main', 'refs/heads/heads/main'],
    ['v1', 'refs/heads/v1'],
  ])('%s of a schedule is %s of a push', (short, long) => {
    expect(stable({ GITHUB_REF: short, GITHUB_EVENT_NAME: 'schedule' })).toBe(stable({ GITHUB_REF: long }))
  })

  test('a branch that is called like a tag or a pull request is none of them', () => {
    const of = (ref: string) => stable({ GITHUB_REF: ref })
    expect(
      new Set([of('v1'), of('refs/tags/v1'), of('refs/pull/1/merge'), of('tags/v1'), of('pull requests'), of('')]).size,
    ).toBe(6)
  })
})

describe('the matrix of Forgejo’s runner', () => {
  test.each([
    ['{"Matrix":{"os":"a"}}', '{"os":"a"}'],
    [' {"Matrix": {"b": 1, "a": {"d": 2, "c": 3}}}\n', '{"a":{"c":3,"d":2},"b":1}'],
    ['{"Matrix":{}}', ''],
    ['{"Matrix":null}', ''],
    // Of a matrix with this one dimension, as other runners have it.
    ['{"Matrix":"a"}', '{"Matrix":"a"}'],
    ['{"Matrix":7}', '{"Matrix":7}'],
    ['{"Matrix":{"os":"a"},"os":"b"}', '{"Matrix":{"os":"a"},"os":"b"}'],
    ['{"matrix":{"os":"a"}}', '{"matrix":{"os":"a"}}'],
    ['{"Matrix":{"Matrix":{"os":"a"}}}', '{"Matrix":{"os":"a"}}'],
    ['{"Matrix":{"os":"a"}', '{"Matrix":{"os":"a"}'],
    ['[]', '[]'],
    ['null', ''],
  ])('%s', (given, canonical) => {
    expect(canonicalMatrix(given)).toBe(canonical)
  })
})
