import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { type Forge, startForge } from '../support/forge.js'
import type { StepOptions, StepResult } from '../support/runner.js'
import { REAL_HOMESERVERS } from './support/homeservers.js'
import type { RealServer } from './support/real-server.js'
import { devicesOf, isAlive, newJob, PASSWORD, remember } from './support/session-watch.js'

const SECRET = '/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN'
const PRELOAD = `--require ${process.cwd()}/__tests__/support/preload/kill-at-effect.cjs`

afterEach(clearFixtures)

describe.each(REAL_HOMESERVERS)('$name', ({ name, start }) => {
  let server: RealServer
  let users = 0
  beforeAll(async () => {
    server = await start()
  })
  afterAll(() => server.stop())

  /** An account of its own, and a store for its token. */
  async function setHarness() {
    users += 1
    const user = `bot${users}`
    remember(await server.register(user, PASSWORD))
    const forge = stopLater(await startForge())
    const stored = () => forge.secrets.get(SECRET)?.value ?? ''
    const rotate = (retire: string, step: StepOptions = {}) => runRotation(forge, user, stored(), retire, step)
    /** Devices that rotations made; the registration made one too. */
    const devices = async () =>
      (await devicesOf(server, stored())).filter(({ device_id: id }) => id.startsWith('GHA-')).length
    return { rotate, devices, isAlive: () => isAlive(server, stored()) }
  }

  async function runRotation(
    forge: Forge,
    user: string,
    current: string,
    retire: string,
    step: StepOptions,
  ): Promise<StepResult> {
    const secrets = () => [PASSWORD, forge.token, ...[...forge.secrets.values()].map(({ value }) => value)]
    const job = await newJob({ secrets, github: { api_url: forge.url } })
    const inputs = {
      homeserver: server.url,
      user,
      password: PASSWORD,
      'store-token': forge.token,
      'current-token': current,
      retire,
    }
    const result = await job.runAction('rotate', inputs, step)
    await job.finish()
    return result
  }

  test.each([
    ['next-rotation', 2],
    ['now', 1],
    ['never', 4],
  ])('retire: %s – four rotations leave %i devices', async (retire, left) => {
    const { rotate, isAlive: storedIsAlive, devices } = await setHarness()
    for (let round = 0; round < 4; round += 1) {
      expect((await rotate(retire)).annotations).toStrictEqual([])
      expect(await storedIsAlive()).toBe(true)
    }
    expect(await devices()).toBe(left)
  })

  describe('killed at a write of its own, retire: next-rotation', () => {
    const points = Array.from({ length: 18 }, (_, index) => index + 1)
    // All of them on Synapse, where a logout ends more than it names; a sample elsewhere.
    const chosen = name === 'Synapse' ? points : points.filter((count) => count % 3 === 0)
    test.each(
      chosen.flatMap(
        (count) =>
          [
            [count, 'before'],
            [count, 'after'],
          ] as const,
      ),
    )('%i, %s', async (count, moment) => {
      const { rotate, isAlive: storedIsAlive, devices } = await setHarness()
      for (let round = 0; round < 3; round += 1) await rotate('next-rotation')
      const killed = await rotate('next-rotation', {
        env: { NODE_OPTIONS: PRELOAD, KILL_AT: `append:${count}:${moment}` },
      })
      expect(killed.signal).toBe('SIGKILL')
      expect(await storedIsAlive()).toBe(true)
      await rotate('next-rotation')
      expect(await devices()).toBeLessThanOrEqual(3)
      await rotate('next-rotation')
      expect(await storedIsAlive()).toBe(true)
      expect(await devices()).toBe(2)
    })
  })
})
