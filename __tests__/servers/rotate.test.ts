import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type Forge, startForge } from '../support/forge.js'
import { createJob, type StepOptions, type StepResult } from '../support/runner.js'
import { clearScene, stopLater } from '../support/scene.js'
import { type Synapse, startSynapse } from './support/synapse.js'

const PASSWORD = randomBytes(18).toString('base64url')
const SECRET = '/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN'
const PRELOAD = `--require ${process.cwd()}/__tests__/support/preload/kill-at-effect.cjs`

let server: Synapse
let users = 0
beforeAll(async () => {
  server = await startSynapse()
})
afterAll(() => server.stop())
afterEach(clearScene)

/** An account of its own, and a store for its token. */
async function setStage() {
  users += 1
  const user = `bot${users}`
  await server.register(user, PASSWORD)
  const forge = stopLater(await startForge())
  const stored = () => forge.secrets.get(SECRET)?.value ?? ''
  const rotate = (retire: string, step: StepOptions = {}) => runRotation(forge, user, stored(), retire, step)
  const call = (path: string) => server.call('GET', `/_matrix/client/v3${path}`, { token: stored() })
  const isAlive = async () => (await call('/account/whoami')).status === 200
  /** Devices that rotations made; the registration made one too. */
  const devices = async () => {
    const { body } = await call('/devices')
    const all: { readonly device_id: string }[] = Array.isArray(body['devices']) ? body['devices'] : []
    return all.filter(({ device_id: id }) => id.startsWith('GHA-')).length
  }
  return { rotate, isAlive, devices }
}

async function runRotation(
  forge: Forge,
  user: string,
  current: string,
  retire: string,
  step: StepOptions,
): Promise<StepResult> {
  const secrets = () => [PASSWORD, forge.token, ...[...forge.secrets.values()].map(({ value }) => value)]
  const job = await createJob({ secrets, github: { api_url: forge.url } })
  stopLater({ stop: () => job.dispose() })
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
  const { rotate, isAlive, devices } = await setStage()
  for (let round = 0; round < 4; round += 1) {
    expect((await rotate(retire)).annotations).toEqual([])
    expect(await isAlive()).toBe(true)
  }
  expect(await devices()).toBe(left)
})

describe('killed at a write of its own, retire: next-rotation', () => {
  const points = Array.from({ length: 14 }, (_, index) => index + 1)
  test.each(
    points.flatMap(
      (count) =>
        [
          [count, 'before'],
          [count, 'after'],
        ] as const,
    ),
  )('%i, %s', async (count, moment) => {
    const { rotate, isAlive, devices } = await setStage()
    for (let round = 0; round < 3; round += 1) await rotate('next-rotation')
    const killed = await rotate('next-rotation', {
      env: { NODE_OPTIONS: PRELOAD, KILL_AT: `append:${count}:${moment}` },
    })
    expect(killed.signal).toBe('SIGKILL')
    expect(await isAlive()).toBe(true)
    await rotate('next-rotation')
    expect(await devices()).toBeLessThanOrEqual(3)
    await rotate('next-rotation')
    expect(await isAlive()).toBe(true)
    expect(await devices()).toBe(2)
  })
})
