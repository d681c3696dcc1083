import { readFileSync } from 'node:fs'
import { stopLater } from '../../../support/fixture.js'
import { PASSWORD } from '../../support/session-watch.js'
import { type Synapse, startSynapse } from '../../support/synapse.js'
import { startTokenTap, type TokenTap } from '../../support/token-tap.js'
import { type ActOptions, type ActRun, createActRunner } from './act.js'

export const PASSPHRASE = 'a made-up passphrase of thirty-odd characters'
/** A later step, as a user writes it. */
const NEXT_STEP = readFileSync('__tests__/support/demo/next-step.mjs', 'utf8')

/** A real Synapse with an account, and act to run workflows against it. */
export interface ActHarness {
  readonly synapse: Synapse
  readonly tap: TokenTap
  /** Every secret there is, by now. */
  secrets(): readonly string[]
  run(workflow: string, options?: Partial<ActOptions>): Promise<ActRun>
  /** Of all tokens that were handed out, in their order, whether they work. */
  alive(): Promise<boolean[]>
}

export async function setActHarness(): Promise<ActHarness> {
  const synapse = stopLater(await startSynapse())
  const tap = stopLater(await startTokenTap(synapse.url))
  const runner = stopLater(createActRunner())
  await synapse.register('bot', PASSWORD)
  const run = (workflow: string, options: Partial<ActOptions> = {}) =>
    runner.run({
      ...options,
      workflow,
      files: { 'next-step.mjs': NEXT_STEP },
      secrets: { MATRIX_PASSWORD: PASSWORD, SEAL_PASSPHRASE: PASSPHRASE, ...options.secrets },
      vars: { HOMESERVER: tap.url, ...options.vars },
    })
  const isAlive = async (token: string) =>
    (await synapse.call('GET', '/_matrix/client/v3/account/whoami', { token })).status === 200
  return {
    synapse,
    tap,
    secrets: () => [PASSWORD, PASSPHRASE, ...tap.tokens],
    run,
    alive: () => Promise.all(tap.tokens.map(isAlive)),
  }
}
