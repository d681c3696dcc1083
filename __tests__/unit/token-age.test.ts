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
    return { rotatedAt, warnings: warnings.length }
  } catch (error) {
    return { failure: error instanceof Failure ? error : undefined }
  }
}

const rotated = (ageMs: number) => rotationDeviceId('alerts-bot', NOW - ageMs, (count) => new Uint8Array(count))

describe('checkTokenAge', () => {
  test.each([
    ['as old as it may be', rotated(MAX_AGE), { rotatedAt: NOW - MAX_AGE, warnings: 0 }],
    ['of a moment ago', rotated(0), { rotatedAt: NOW, warnings: 0 }],
    ['not made by rotate', 'LAPTOP', { rotatedAt: undefined, warnings: 1 }],
    ['without a device', undefined, { rotatedAt: undefined, warnings: 1 }],
  ])('%s', (_name, deviceId, expected) => {
    expect(check(deviceId, MAX_AGE)).toEqual(expected)
  })

  test('a millisecond older is too old, and the message has the time and the days', () => {
    const { failure } = check(rotated(MAX_AGE + 1), MAX_AGE)
    expect(failure?.code).toBe('token-too-old')
    expect(failure?.message).toBe(
      'The token of @bot:example.org was rotated at 2026-10-26T23:59:59.999Z, 30.0 days ago.',
    )
  })

  test('without max-age nothing is compared and nothing is warned of', () => {
    expect(check(rotated(300 * DAY), undefined)).toEqual({ rotatedAt: NOW - 300 * DAY, warnings: 0 })
    expect(check('LAPTOP', undefined)).toEqual({ rotatedAt: undefined, warnings: 0 })
  })
})
