import type { ApiPorts } from '../api/call.js'
import { type Clock, WaitBudget } from '../http/exchange.js'
import type { Transport } from '../http/transport.js'
import { MatrixClient } from '../matrix/client.js'
import type { Discovered } from '../matrix/discovery.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import type { Log, Masks, Random, Runner } from '../runner/ports.js'
import type { SecretFiles } from '../runner/secret-file.js'

/** The network, masks and log that a connection needs. */
export interface NetworkPorts {
  readonly log: Log
  readonly masks: Masks
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
}

/** The server to connect to, and the time limit for waiting. */
export interface Connection {
  readonly homeserver: HomeserverAddress
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

const FOUND = { input: '', 'well-known': ' (found through .well-known)', 'server-name': ' (no .well-known there)' }

/**
 * Finds the homeserver.
 * @param api the dependencies of earlier calls of the step, if there were any
 * @returns a client for it
 * @throws ApiError, NetworkError, Failure
 */
export async function connect(
  ports: NetworkPorts,
  { homeserver, maxWaitMs, allowHttp }: Connection,
  api: ApiPorts = withWaitBudget(ports, maxWaitMs),
): Promise<MatrixClient> {
  const { baseUrl, from } = await findBaseUrl(homeserver, api, allowHttp)
  ports.log.info(`Homeserver: ${baseUrl}${FOUND[from]}`)
  return new MatrixClient(baseUrl, api)
}

async function findBaseUrl(address: HomeserverAddress, api: ApiPorts, allowHttp: boolean): Promise<Discovered> {
  if (address.kind === 'base-url') return { baseUrl: address.url, from: 'input' }
  const { discover } = await import('../matrix/discovery.js')
  return discover(address.serverName, api, allowHttp)
}

/** Creates the dependencies of calls, with this wait budget in milliseconds; each retry is logged with its reason. */
export function withWaitBudget(
  { transport, clock, random, log, masks }: NetworkPorts,
  maxWaitMs: number,
  timeLeft?: () => number,
): ApiPorts {
  return {
    transport,
    clock,
    random: random.fraction,
    budget: new WaitBudget(maxWaitMs, timeLeft),
    onRetry: (reason, waitMs) => sayRetry(log, reason, waitMs, clock.now() + waitMs),
    mask: (secret) => masks.mask(secret),
  }
}

/** In milliseconds. A longer wait is shown on the page of the run, so that the step does not look blocked. */
const LONG_WAIT_MS = 10_000

function sayRetry(log: Log, reason: string, waitMs: number, at: number): void {
  const seconds = (waitMs / 1000).toFixed(1)
  if (waitMs <= LONG_WAIT_MS) log.info(`Trying again in ${seconds} s: ${reason}.`)
  else log.notice(`Trying again in ${seconds} s, at ${new Date(at).toISOString().slice(11, 19)} UTC: ${reason}.`)
}

/**
 * Shortens the time limits of requests so that all of them end within this time, in milliseconds. Pauses are unchanged.
 */
export function withinTime(api: ApiPorts, totalMs: number): ApiPorts {
  const { transport, clock } = api
  const end = clock.now() + totalMs
  return {
    ...api,
    transport: (request) =>
      transport({ ...request, deadlineMs: Math.max(1, Math.min(request.deadlineMs, end - clock.now())) }),
  }
}

/** Creates the dependencies of calls with a time limit for pauses and requests together, in milliseconds. */
export function withDeadline(ports: NetworkPorts, totalMs: number): ApiPorts {
  const deadline = ports.clock.now() + totalMs
  return withWaitBudget(ports, totalMs, () => deadline - ports.clock.now())
}

/** The external dependencies of an action. The runner is also the log and the masks of the network. */
export interface ActionPorts extends NetworkPorts {
  readonly runner: Runner
  /** Loaded on demand: few steps write a file. */
  readonly files: () => Promise<SecretFiles>
}
