import { describe, expect, test } from '@jest/globals'
import { SessionRecorder } from '../../src/session/record.js'

const BYTES = 32_000

/** The state after tokens of this length were saved, where they fit. */
function save(tokenLength: number, teardownLength: number, user = '') {
  const state = new Map<string, string>()
  const recorder = new SessionRecorder(
    { saveState: (name, value) => void state.set(name, value) },
    { logout: 'always', homeserverUrl: 'https://matrix.example.org', deviceId: 'D', user },
  )
  const issuer = `https://auth.example.org/${'a'.repeat(teardownLength)}`
  const teardown = { kind: 'personal-session', tokenEndpoint: issuer, issuer, sessionId: '01' } as const
  const fits = recorder.saveTokens('t'.repeat(tokenLength), undefined, { phase: 'open', teardown })
  if (fits) recorder.update({ phase: 'open', teardown })
  return { fits, bytes: [...state.values()].reduce((sum, value) => sum + Buffer.byteLength(value), 0) }
}

describe('what is saved for the post step stays within 32,000 bytes', () => {
  test.each([
    ['tokens alone', 31_000, 10, ''],
    ['what ends the session counts, too', 29_000, 1_500, ''],
    ['bytes count, and not characters', 31_000, 10, 'ü'.repeat(400)],
  ])('%s', (_name, tokenLength, teardownLength, user) => {
    const { fits, bytes } = save(tokenLength, teardownLength, user)
    expect(bytes).toBeLessThanOrEqual(BYTES)
    expect(fits).toBe(bytes > 0)
  })

  test('tokens that fit are saved, longer ones are not', () => {
    expect([save(1_000, 10).fits, save(31_900, 10).fits]).toStrictEqual([true, false])
  })
})
