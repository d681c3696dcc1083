import { describe, expect, test } from '@jest/globals'
import {
  canonicalMatrix,
  deviceDisplayName,
  randomDeviceId,
  readRunContext,
  stableDeviceId,
} from '../../src/session/device-id.js'
import { recordingRunner } from '../support/fakes.js'

const ENVIRONMENT = {
  GITHUB_REPOSITORY: 'octo/demo',
  GITHUB_WORKFLOW: 'Deploy',
  GITHUB_WORKFLOW_REF: 'octo/demo/.github/workflows/deploy.yml@refs/heads/main',
  GITHUB_JOB: 'build',
  GITHUB_ACTION: 'login',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'push',
}

function deviceId(changes: Readonly<Record<string, string>> = {}, matrix = '', server = 'https://example.org'): string {
  const context = readRunContext(recordingRunner({ environment: { ...ENVIRONMENT, ...changes } }))
  return stableDeviceId(server, context, canonicalMatrix(matrix))
}

describe('the stable device', () => {
  test('has a form that every server takes, and is the same on every run', () => {
    expect(deviceId()).toMatch(/^GHA-[A-Z2-7]{12}$/)
    expect(deviceId({ GITHUB_RUN_ID: '2', GITHUB_RUN_ATTEMPT: '3' })).toBe(deviceId())
  })

  test.each([
    ['repository', { GITHUB_REPOSITORY: 'octo/other' }],
    ['workflow file', { GITHUB_WORKFLOW_REF: 'octo/demo/.github/workflows/other.yml@refs/heads/main' }],
    ['job', { GITHUB_JOB: 'deploy' }],
    ['step', { GITHUB_ACTION: 'login2' }],
    ['branch', { GITHUB_REF: 'refs/heads/next' }],
    ['pull requests', { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/1/merge' }],
    // Its ref is the base branch: it must not end production's token.
    ['pull_request_target', { GITHUB_EVENT_NAME: 'pull_request_target' }],
    ['tags', { GITHUB_REF: 'refs/tags/v1' }],
    ['forge', { GITHUB_SERVER_URL: 'https://git.example.org' }],
    ['merge queue', { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-1-abc' }],
  ])('is another for another %s', (_name, changes) => {
    expect(deviceId(changes)).not.toBe(deviceId())
  })

  test('is another for another server, and for each leg of a matrix', () => {
    const ids = [
      deviceId(),
      deviceId({}, '', 'https://example.com'),
      deviceId({}, '{"os":"a"}'),
      deviceId({}, '{"os":"b"}'),
    ]
    expect(new Set(ids).size).toBe(4)
  })

  test('is the same on github.com, whether its address is set or not, and whatever path it has', () => {
    expect(deviceId({ GITHUB_SERVER_URL: 'https://github.com' })).toBe(deviceId())
    expect(deviceId({ GITHUB_SERVER_URL: 'https://git.example.org/forge' })).toBe(
      deviceId({ GITHUB_SERVER_URL: 'https://git.example.org' }),
    )
  })

  // A change would leave the sessions of every earlier run behind.
  test('is the same in every version', () => {
    expect(deviceId()).toBe('GHA-J43JGMSIQBQQ')
  })

  test('does not depend on the ref the workflow file was taken from', () => {
    expect(deviceId({ GITHUB_WORKFLOW_REF: 'octo/demo/.github/workflows/deploy.yml@refs/tags/v1' })).toBe(deviceId())
  })

  test('is one for all tags, one for all pull requests of either kind, one for all merge queues', () => {
    expect(deviceId({ GITHUB_REF: 'refs/tags/v1' })).toBe(deviceId({ GITHUB_REF: 'refs/tags/v2' }))
    expect(deviceId({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/1/merge' })).toBe(
      deviceId({ GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' }),
    )
    expect(
      deviceId({ GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-1-abc' }),
    ).toBe(deviceId({ GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/next/pr-2-def' }))
  })

  test('falls back to the name of the workflow where the runner does not know its file', () => {
    expect(deviceId({ GITHUB_WORKFLOW_REF: '' })).not.toBe(
      deviceId({ GITHUB_WORKFLOW_REF: '', GITHUB_WORKFLOW: 'Other' }),
    )
  })
})

// A change would leave the sessions of every earlier run behind.
test.each([
  ['refs/heads/main', 'push', 'refs/heads/main'],
  // Forgejo up to 11 uses the short name in a scheduled run.
  ['main', 'schedule', 'refs/heads/main'],
  ['', 'schedule', ''],
  ['refs/tags/v1', 'push', 'tags'],
  ['refs/heads/main', 'pull_request_target', 'pull requests'],
  ['refs/pull/1/merge', 'issue_comment', 'pull requests'],
  ['refs/heads/main', 'merge_group', 'merge queue'],
  ['refs/heads/gh-readonly-queue/main/pr-1-abc', 'push', 'merge queue'],
])('the branch of %j in a run of %s: %j', (ref, event, expected) => {
  const environment = { ...ENVIRONMENT, GITHUB_REF: ref, GITHUB_EVENT_NAME: event }
  expect(readRunContext(recordingRunner({ environment })).branch).toBe(expected)
})

test.each([
  ['{"b":1,"a":{"d":2,"c":3}}', '{"a":{"c":3,"d":2},"b":1}'],
  ['{"b":1,"c":2,"a":3}', '{"a":3,"b":1,"c":2}'],
  ['[{"b":1,"a":2},[3,1]]', '[{"a":2,"b":1},[3,1]]'],
  ['null', ''],
  [' {} ', ''],
  ['', ''],
  [' ', ''],
  ['"linux"', '"linux"'],
  ['1.0', '1'],
  [' not JSON ', 'not JSON'],
  // The runner of Forgejo serializes a Go struct.
  ['{"Matrix":{"b":1,"a":2}}', '{"a":2,"b":1}'],
  ['{"Matrix":null}', ''],
  ['{"Matrix":"keanu"}', '{"Matrix":"keanu"}'],
  ['{"os":"linux"}', '{"os":"linux"}'],
  ['{"Matrix":{"b":1},"a":2}', '{"Matrix":{"b":1},"a":2}'],
])('matrix %s', (json, canonical) => {
  expect(canonicalMatrix(json)).toBe(canonical)
})

test('a random device has the same form', () => {
  expect(randomDeviceId((count) => new Uint8Array(count).fill(255))).toBe('GHA-777777777777')
})

describe('the display name', () => {
  const context = readRunContext(recordingRunner({ environment: ENVIRONMENT }))

  test('says where the session comes from', () => {
    expect(deviceDisplayName('', context)).toBe('GitHub Actions: octo/demo · Deploy · build')
  })

  test.each([
    [{ GITHUB_WORKFLOW: '' }, 'GitHub Actions: octo/demo · build'],
    [{ GITHUB_WORKFLOW: ' ' }, 'GitHub Actions: octo/demo · build'],
    [{ GITHUB_REPOSITORY: '', GITHUB_WORKFLOW: '', GITHUB_JOB: '' }, 'GitHub Actions'],
  ])('leaves out what the runner does not say: %j', (changes, expected) => {
    const unnamed = readRunContext(recordingRunner({ environment: { ...ENVIRONMENT, ...changes } }))
    expect(deviceDisplayName('', unnamed)).toBe(expected)
  })

  test('is the one that was given', () => {
    expect(deviceDisplayName('Deployment of the bridge', context)).toBe('Deployment of the bridge')
  })

  test('is cut to 90 code points, never in the middle of one, and holds no control characters', () => {
    const name = deviceDisplayName(`a\n${'🚀'.repeat(200)}`, context)
    expect([...name]).toHaveLength(90)
    expect(name.startsWith('a 🚀')).toBe(true)
    expect(name.isWellFormed()).toBe(true)
  })
})
