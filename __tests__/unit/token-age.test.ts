import { describe, expect, test } from '@jest/globals'
import { ServerText } from '../../src/api/values.js'
import { Failure } from '../../src/failures.js'
import { checkTokenAge, rotationDeviceId } from '../../src/session/rotation.js'

const NOW = Date.UTC(2026, 10, 26)
const DAY = 86_400_000
const MAX_AGE = 30 * DAY

function check(deviceId: string | undefined, maxAgeMs: number | undefined) {
  const warnings: string[] = []
  const device = deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }
  const owner = { userId: new ServerText('@bot:example.org'), ...device }
  try {
    const rotatedAt = checkTokenAge(owner, maxAgeMs, NOW, { warning: (message) => warnings.push(message) })
    return { rotatedAt, warnings }
  } catch (error) {
    return { failure: error instanceof Failure ? error : undefined }
  }
}

const rotated = (ageMs: number) => rotationDeviceId('alerts-bot', NOW - ageMs, (count) => new Uint8Array(count))

describe('checkTokenAge', () => {
  test.each([
    ['as old as it may be', rotated(MAX_AGE), NOW - MAX_AGE],
    ['of a moment ago', rotated(0), NOW],
    ['of a runner whose clock is a day ahead', rotated(-DAY), NOW + DAY],
  ])('%s', (_name, deviceId, rotatedAt) => {
    expect(check(deviceId, MAX_AGE)).toStrictEqual({ rotatedAt, warnings: [] })
  })

  test.each([
    ['not made by rotate', 'LAPTOP'],
    ['without a device', undefined],
    ['with a character too many', `${rotated(0)}x`],
    ['of the day after tomorrow', rotated(-DAY - 1)],
    ['of before the first version', rotated(NOW - Date.UTC(2026, 0, 1) + 1)],
  ])('%s: a warning says that nothing was checked', (_name, deviceId) => {
    const warnings = [expect.stringContaining('`max-age` was not checked')]
    expect(check(deviceId, MAX_AGE)).toStrictEqual({ rotatedAt: undefined, warnings })
  })

  test('a millisecond older is too old, and the message has the time and the days', () => {
    const { failure } = check(rotated(MAX_AGE + 1), MAX_AGE)
    expect(failure?.code).toBe('token-too-old')
    expect(failure?.message).toBe(
      'The token of @bot:example.org was rotated at 2026-10-26T23:59:59.999Z, 30.0 days ago.',
    )
    expect(failure?.hint).toContain('Run the workflow that rotates it.')
  })

  test('without max-age nothing is compared and nothing is warned of', () => {
    expect(check(rotated(300 * DAY), undefined)).toStrictEqual({ rotatedAt: NOW - 300 * DAY, warnings: [] })
    const first = Date.UTC(2026, 0, 1)
    expect(check(rotated(NOW - first), undefined)).toStrictEqual({ rotatedAt: first, warnings: [] })
    expect(check('LAPTOP', undefined)).toStrictEqual({ rotatedAt: undefined, warnings: [] })
  })
})
