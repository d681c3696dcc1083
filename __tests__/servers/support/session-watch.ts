import { randomBytes } from 'node:crypto'
import { stopLater } from '../../support/fixture.js'
import { createJob, type Job, type JobOptions } from '../../support/runner.js'
import type { RealServer } from './real-server.js'

/** The password of every account, made anew for each file of tests. */
export const PASSWORD = randomBytes(18).toString('base64url')

const tokens: string[] = []

/** A token that was handed out: from now on every run is searched for it. */
export function remember(token: string | undefined): string {
  if (token === undefined || token === '') throw new Error('no token')
  tokens.push(token)
  return token
}

/** A job whose runs are searched for the password, and for every token that was handed out so far. */
export async function newJob(options: JobOptions = {}): Promise<Job> {
  const job = await createJob({ secrets: () => [PASSWORD, ...tokens], ...options })
  stopLater({ stop: () => job.dispose() })
  return job
}

export async function isAlive(server: RealServer, token: string): Promise<boolean> {
  return (await server.call('GET', '/_matrix/client/v3/account/whoami', { token })).status === 200
}

/** The devices of the account that a token belongs to. */
export async function devicesOf(server: RealServer, token: string): Promise<readonly RealDevice[]> {
  const { body } = await server.call('GET', '/_matrix/client/v3/devices', { token })
  return Array.isArray(body['devices']) ? body['devices'] : []
}

interface RealDevice {
  readonly device_id: string
  readonly display_name?: string
}
