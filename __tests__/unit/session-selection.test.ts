import { describe, expect, test } from '@jest/globals'
import { ServerText } from '../../src/api/values.js'
import { rotationDeviceId } from '../../src/session/rotation.js'
import {
  type ListedSession,
  makerOf,
  matchesGlob,
  type SessionFilter,
  selectSessions,
} from '../../src/session/selection.js'

const NOW = Date.UTC(2026, 10, 26)
const DAY = 86_400_000

/** @param days since it was last seen; absent: never */
function session(deviceId: string, days?: number, name?: string): ListedSession {
  return {
    ...(deviceId === '' ? {} : { deviceId: new ServerText(deviceId) }),
    ...(name === undefined ? {} : { displayName: new ServerText(name) }),
    ...(days === undefined ? {} : { lastSeenAt: NOW - days * DAY }),
  }
}

const rotated = rotationDeviceId('GHA-ABCDEFGHIJKL', NOW - 200 * DAY, (count) => new Uint8Array(count))
const withOwnBase = rotationDeviceId('alerts-bot', NOW - 200 * DAY, (count) => new Uint8Array(count))

const LIST = [
  session('MINE', 0, 'curl'),
  session('NEW', 1, 'curl'),
  session('OLD', 100, 'curl'),
  session('OLDER', 200, 'Element'),
  session('NEVER', undefined, 'curl'),
  session('NAMELESS', 300),
  session(rotated, 200, 'curl'),
]

const ANY: SessionFilter = { olderThanMs: undefined, name: undefined, keep: 0 }

function ended(filter: Partial<SessionFilter>, list = LIST, devicesInUse: readonly string[] = ['MINE']): string[] {
  return selectSessions(list, { ...ANY, ...filter }, { devicesInUse, now: NOW })
    .filter(({ reprieve }) => reprieve === undefined)
    .map(({ session: { deviceId } }) => deviceId?.raw ?? '')
}

describe('selectSessions', () => {
  test.each<[string, Partial<SessionFilter>, string[]]>([
    ['no filter: all but the one in use and those of rotate', {}, ['NEW', 'OLD', 'OLDER', 'NAMELESS', 'NEVER']],
    ['older than 90 days, or never seen', { olderThanMs: 90 * DAY }, ['OLD', 'OLDER', 'NAMELESS', 'NEVER']],
    ['exactly as old is not older', { olderThanMs: 200 * DAY }, ['NAMELESS', 'NEVER']],
    ['by name', { name: 'cu*' }, ['NEW', 'OLD', 'NEVER']],
    ['by name, letter case counts', { name: 'CURL' }, []],
    ['both', { name: 'curl', olderThanMs: 90 * DAY }, ['OLD', 'NEVER']],
    ['the newest are kept', { keep: 2 }, ['OLDER', 'NAMELESS', 'NEVER']],
    ['the newest of those that match are kept', { name: 'curl', keep: 1 }, ['OLD', 'NEVER']],
    ['more are kept than there are', { keep: 99 }, []],
    ['a name that none has', { name: 'x' }, []],
    ['a session without a name has an empty one', { name: '' }, ['NAMELESS']],
  ])('%s', (_name, filter, expected) => {
    expect(ended(filter)).toStrictEqual(expected)
  })

  test('the order of the list does not matter', () => {
    expect(ended({ keep: 1 }, LIST.toReversed())).toStrictEqual(ended({ keep: 1 }))
  })

  test('every device in use is left, also one that is named twice in the list', () => {
    expect(ended({}, [...LIST, session('MINE', 5)], ['MINE', 'NEW', ''])).toStrictEqual([
      'OLD',
      'OLDER',
      'NAMELESS',
      'NEVER',
    ])
  })

  test('a session without a device is never the one in use', () => {
    expect(ended({}, [session('', 3, 'x')], [''])).toStrictEqual([''])
  })

  test('says why a session stays', () => {
    const selected = selectSessions(LIST, { ...ANY, keep: 1 }, { devicesInUse: ['MINE'], now: NOW })
    const reasons = selected.map(({ session: { deviceId }, reprieve }) => [deviceId?.raw, reprieve])
    expect(reasons.filter(([, reason]) => reason !== undefined)).toStrictEqual([
      ['MINE', 'in use'],
      ['NEW', 'kept'],
      [rotated, 'rotate'],
    ])
  })
})

test.each([
  ['GHA-ABCDEFGHIJKL', 'login'],
  ['MAT-ABCDEFGHIJ27', 'command'],
  ['GHA-ABCDEFGHIJKL-0000000000', 'rotate'],
  [rotated, 'rotate'],
  [withOwnBase, 'rotate'],
  ['GHA-abcdefghijkl', undefined],
  ['GHA-ABCDEFGHIJKLM', undefined],
  ['ABCDEFGHIJ', undefined],
  ['my-bot-0123456789', undefined],
  ['', undefined],
])('makerOf: the device %s is of %s', (deviceId, maker) => {
  expect(makerOf(session(deviceId), NOW)).toBe(maker)
})

test('makerOf: a personal session of rotate on a device that was kept', () => {
  expect(makerOf(session('BOTDEVICE', 1, withOwnBase), NOW)).toBe('rotate')
})

describe('matchesGlob', () => {
  test.each([
    ['curl', 'curl', true],
    ['curl', 'cur', false],
    ['curl', '*', true],
    ['', '*', true],
    ['', '', true],
    ['', '?', false],
    ['curl/8.1', 'curl/?.?', true],
    ['curl/8.10', 'curl/?.?', false],
    ['GitHub Actions: o/r · ci · test', 'GitHub*test', true],
    ['aXbXc', 'a*X*c', true],
    ['abc', 'a*d', false],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['(a)[b]', '(a)[b]', true],
    ['🦀 bot', '? bot', true],
    ['mississippi', '*iss*pi', true],
    ['mississippi', '*iss*pi?', false],
  ])('%s, %s: %s', (text, pattern, expected) => {
    expect(matchesGlob(text, pattern)).toBe(expected)
  })

  // Backtracking would take longer than the age of the universe.
  test('a hostile name is judged', () => {
    expect(matchesGlob('a'.repeat(5_000), `${'*a'.repeat(20)}b`)).toBe(false)
  })
})
