import { type Clock, type ExchangePorts, WaitBudget } from '../http/exchange.js'
import type { Transport } from '../http/transport.js'
import { MatrixClient } from '../matrix/client.js'
import { discover } from '../matrix/discovery.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import type { Random, Runner } from '../runner/ports.js'
import type { SecretFiles } from '../runner/secret-file.js'

/** What it takes to talk to a server, and to say what becomes of it. */
export interface NetworkPorts {
  readonly runner: Runner
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
}

/** Everything outside that an action touches. */
export interface ActionPorts extends NetworkPorts {
  readonly files: SecretFiles
}

/** Where to connect to, and with how much patience. */
export interface Connection {
  readonly homeserver: HomeserverAddress
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

const FOUND = { input: '', 'well-known': ' (found through .well-known)', 'server-name': ' (no .well-known there)' }

/** Finds the homeserver. @returns a client for it */
export async function connect(
  ports: NetworkPorts,
  { homeserver, maxWaitMs, allowHttp }: Connection,
): Promise<MatrixClient> {
  const patience = withPatience(ports, maxWaitMs)
  const { baseUrl, from } = await discover(homeserver, patience, allowHttp)
  ports.runner.info(`Homeserver: ${baseUrl}${FOUND[from]}`)
  return new MatrixClient(baseUrl, patience)
}

/** What requests need, with so many milliseconds to spend in pauses; each retry is logged with its reason. */
export function withPatience(
  { transport, clock, random, runner }: NetworkPorts,
  maxWaitMs: number,
  timeLeft?: () => number,
): ExchangePorts {
  return {
    transport,
    clock,
    random: random.fraction,
    budget: new WaitBudget(maxWaitMs, timeLeft),
    onRetry: (reason, waitMs) => runner.info(`Trying again in ${(waitMs / 1000).toFixed(1)} s: ${reason}.`),
  }
}
