import { afterEach, expect, jest, test } from '@jest/globals'
import { startTimer } from '../../src/http/transport.js'
import { sleepUnless } from '../../src/runner/live.js'

afterEach(() => {
  jest.useRealTimers()
})

// Node fires a timer of 2147483648 ms and more after 1 ms.
test.each([2_147_483_647, 2_147_483_648, 2_147_484_000, 9e15, Number.POSITIVE_INFINITY, Number.NaN])(
  'a delay of %d ms does not overflow',
  (ms) => {
    const start = jest.spyOn(globalThis, 'setTimeout')
    startTimer(ms, () => {})()
    expect(start.mock.calls.map(([, delay]) => delay)).toStrictEqual([2_147_483_647])
    start.mockRestore()
  },
)

test('a pause goes through it', async () => {
  jest.useFakeTimers()
  let over = false
  void sleepUnless(new AbortController().signal, 9e15).then(() => {
    over = true
  })
  await jest.advanceTimersByTimeAsync(2_147_483_646)
  expect(over).toBe(false)
  await jest.advanceTimersByTimeAsync(1)
  expect(over).toBe(true)
})
