import { describe, expect, test } from '@jest/globals'
import { secretMember } from '../../src/api/values.js'
import { WaitBudget } from '../../src/http/exchange.js'
import { pollForTokens, requestDeviceCode } from '../../src/oauth/device-grant.js'
import { fakeClock, json, noAnswer, type ScriptedExchange, scriptedTransport } from '../support/fakes.js'

const ENDPOINT = 'https://auth.example.org/device'
const ASK = `POST ${ENDPOINT}`
const CODE = { device_code: 'device-code', user_code: 'USER', verification_uri: 'https://auth.example.org/link' }

function setUp(script: readonly ScriptedExchange[]) {
  const transport = scriptedTransport(script)
  const clock = fakeClock()
  const ports = { transport, clock, random: () => 0.5, budget: new WaitBudget(0), onRetry: () => {}, mask: () => {} }
  return { transport, clock, ports }
}

describe('the interval', () => {
  test.each([
    [{ interval: 5, expires_in: 1200 }, 5_000],
    [{ expires_in: 1200 }, 5_000],
    [{ interval: 'x', expires_in: 1200 }, 5_000],
    [{ interval: 0, expires_in: 1200 }, 1_000],
    [{ interval: 61, expires_in: 1200 }, 60_000],
    // More than a timer can hold: Node would fire it after 1 ms, over and over.
    [{ interval: 2_147_484, expires_in: 1200 }, 60_000],
    [{ interval: 1e300, expires_in: 1200 }, 5_000],
    [{ interval: 40, expires_in: 30 }, 15_000],
    [{ interval: 2_147_484, expires_in: 40 }, 20_000],
    [{ interval: 5, expires_in: 1 }, 1_000],
  ])('%j: %i ms', async (members, intervalMs) => {
    const { ports } = setUp([[ASK, json(200, { ...CODE, ...members })]])
    const code = await requestDeviceCode(ENDPOINT, 'client', 'scope', ports, false)
    expect(code.intervalMs).toBe(intervalMs)
  })
})

test('each question has its whole deadline, also after one that was not answered', async () => {
  const { transport, clock, ports } = setUp([
    [ASK, json(200, { ...CODE, expires_in: 1200 })],
    [ASK, noAnswer('timeout')],
    [ASK, json(200, { access_token: 'token' })],
  ])
  const slow = async (request: Parameters<typeof transport>[0]) => {
    await clock.sleep(30_000)
    return await transport(request)
  }
  const code = await requestDeviceCode(ENDPOINT, 'client', 'scope', ports, false)
  const answer = await pollForTokens(ENDPOINT, 'client', code, { ...ports, transport: slow })
  expect(secretMember(answer, 'access_token')?.reveal()).toBe('token')
  expect(transport.requests.map(({ deadlineMs }) => deadlineMs)).toStrictEqual([30_000, 30_000, 30_000])
})
