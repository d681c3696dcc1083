import { afterEach, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { startDendrite } from './support/dendrite.js'
import { startNginx } from './support/nginx.js'
import { freePort } from './support/real-process.js'
import type { RealServer } from './support/real-server.js'
import { newJob, PASSWORD, remember } from './support/session-watch.js'
import { NO_LIMITS, startSynapse } from './support/synapse.js'

afterEach(clearFixtures)

/** A reverse proxy that has a port for each of so many jobs, so that its log tells who asked how often. */
async function doorsTo(server: RealServer, count: number) {
  const ports: number[] = []
  while (ports.length < count) ports.push(await freePort())
  const sites = ports.map((port) => ({ name: 'localhost', address: '127.0.0.1', port, passTo: server.url }))
  const nginx = stopLater(await startNginx(sites))
  const logins = (port: number) =>
    nginx
      .requests()
      .filter((line) => line.includes(`:${port} "POST /_matrix/client/v3/login`))
      .map((line) => line.slice(-3))
  return ports.map((port) => ({ url: `http://127.0.0.1:${port}`, logins: () => logins(port) }))
}

/** Logs in through each door at once, and out again. */
async function logInAtOnce(doors: readonly { readonly url: string }[]) {
  const inputs = { user: 'bot', password: PASSWORD, logout: 'always' }
  const jobs = await Promise.all(doors.map(() => newJob()))
  const logins = await Promise.all(
    jobs.map((job, index) => job.runAction('.', { ...inputs, homeserver: doors[index]?.url ?? '' })),
  )
  for (const { outcome, outputs } of logins) if (outcome === 'success') remember(outputs['access-token'])
  for (const job of jobs) await job.finish()
  return logins
}

test('Synapse’s own rate limit is honoured: five logins, then the time at which a retry can work, and no hammering', async () => {
  const server = stopLater(await startSynapse({}))
  remember(await server.register('bot', PASSWORD))
  const inputs = { homeserver: server.url, user: 'bot', password: PASSWORD, logout: 'always' }
  const job = await newJob()
  for (let login = 1; login <= 5; login += 1) {
    const { outcome, outputs } = await job.runAction('.', inputs)
    expect(outcome).toBe('success')
    remember(outputs['access-token'])
  }
  const limited = await job.runAction('.', inputs)
  expect(limited.outputs['failure']).toBe('rate-limited')
  expect(limited.annotations[0]?.message).toMatch(/A retry can work from 20\d\d-.*Z on \(in \d+ s\)/)
  expect(limited.log).not.toContain('Trying again')
  await job.finish()
})

test('eight jobs at once on a default Synapse: five log in, three say when to retry, each asks once', async () => {
  const server = stopLater(await startSynapse({}))
  remember(await server.register('bot', PASSWORD))
  const doors = await doorsTo(server, 8)
  const logins = await logInAtOnce(doors)
  const limited = logins.filter(({ outcome }) => outcome === 'failure')
  expect(limited.map(({ outputs }) => outputs['failure'])).toStrictEqual([
    'rate-limited',
    'rate-limited',
    'rate-limited',
  ])
  for (const { annotations } of limited) expect(annotations[0]?.message).toContain('A retry can work from')
  for (const door of doors) expect(door.logins()).toHaveLength(1)
})

test('eight jobs at once on a Synapse that lets one in every second: all log in, none asks more often than told', async () => {
  const bucket = { per_second: 1, burst_count: 2 }
  const server = stopLater(
    await startSynapse({ rc_login: { address: bucket, account: NO_LIMITS.rc_login['account'] } }),
  )
  remember(await server.register('bot', PASSWORD))
  const doors = await doorsTo(server, 8)
  const logins = await logInAtOnce(doors)
  expect(logins.map(({ outputs }) => outputs['failure'])).toStrictEqual(doors.map(() => ''))
  // All are told the same moment, so all who wait ask in it, and one is let in: the last one asks once for each of them.
  for (const door of doors) expect(door.logins().length).toBeLessThanOrEqual(8)
})

test('Dendrite limits by X-Forwarded-For: behind a reverse proxy the pause it asks for is made, once', async () => {
  const server = stopLater(await startDendrite({ rateLimiting: { threshold: 1, cooloffMs: 5_000 } }))
  remember(await server.register('bot', PASSWORD))
  const doors = await doorsTo(server, 2)
  const logins = await logInAtOnce(doors)
  expect(logins.map(({ outcome }) => outcome)).toStrictEqual(['success', 'success'])
  expect(doors.flatMap((door) => door.logins()).toSorted()).toStrictEqual(['200', '200', '429'])
})
