import { Failure } from '../failures.js'
import type { ExchangePorts } from '../http/exchange.js'
import type { Log } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { type Forge, openStore } from './index.js'
import type { PreparedTarget, WriteResult } from './store.js'
import type { Target } from './targets.js'

/** Where secrets are to be stored, and with whose rights. */
interface StoreAccess {
  readonly targets: readonly Target[]
  readonly forge: Forge
  readonly storeToken: string
}

/** How many targets are looked at side by side: a few requests at a time are no burst to a forge. */
const MAX_PARALLEL = 4

/** Checks every target before anything is changed. @throws Failure `store-refused`, NoAnswerError: that of the first target */
export async function prepareTargets(
  ports: ExchangePorts,
  { targets, forge, storeToken }: StoreAccess,
  secretNames: readonly string[],
): Promise<readonly PreparedTarget[]> {
  const store = openStore(forge, new Secret(storeToken), ports)
  const prepared: PreparedTarget[] = []
  for (let from = 0; from < targets.length; from += MAX_PARALLEL) {
    const some = targets.slice(from, from + MAX_PARALLEL).map((target) => store.prepare(target, secretNames))
    // Only when all have ended: nothing may go on beside the report of a failure.
    for (const outcome of await Promise.allSettled(some)) {
      if (outcome.status === 'rejected') throw outcome.reason
      prepared.push(outcome.value)
    }
  }
  return prepared
}

/** The outcome of the writes to one target. */
export interface Written {
  readonly name: string
  readonly result: WriteResult
  /** The secrets that it surely took, in the order of the writes. */
  readonly stored: readonly string[]
  /** The secret that it did not surely take, which ended the writes to this target. */
  readonly failed: string | undefined
}

/**
 * Writes values to every target, also when another target fails: the first value everywhere, then the next. A target
 * that did not surely take one value gets none of the values that follow, so that its secrets stay a pair.
 * @param values names of secrets and their new values
 */
export async function writeEverywhere(
  targets: readonly PreparedTarget[],
  values: readonly (readonly [secretName: string, value: string])[],
  log: Pick<Log, 'info'>,
): Promise<readonly Written[]> {
  const outcomes = new Map<PreparedTarget, Written>()
  for (const [secretName, value] of values) {
    for (const prepared of targets) {
      const before = outcomes.get(prepared)
      if (before?.failed !== undefined) continue
      const result = await prepared.write(secretName, value)
      const { text } = prepared.target
      log.info(
        result.kind === 'stored'
          ? `Stored ${secretName} in ${text}.`
          : `${secretName} not stored in ${text}: ${result.why}`,
      )
      outcomes.set(prepared, addOutcome(before, secretName, result, text))
    }
  }
  return [...outcomes.values()]
}

/** Stored only if every write was, refused only if no write changed anything. */
function addOutcome(before: Written | undefined, secretName: string, result: WriteResult, name: string): Written {
  const stored = before?.stored ?? []
  if (result.kind === 'stored') return { name, result, stored: [...stored, secretName], failed: undefined }
  const worst: WriteResult = stored.length === 0 ? result : { kind: 'unknown', why: result.why }
  return { name, result: worst, stored, failed: `${secretName}: ${describeFailure(result)}` }
}

function describeFailure({ kind, why }: Exclude<WriteResult, { kind: 'stored' }>): string {
  return kind === 'unknown' ? `may have taken it, ${why}` : why
}

/** Whether every target said no: a write that was not answered may have been carried out. */
export function refusedEverywhere(written: readonly Written[]): boolean {
  return written.every(({ result }) => result.kind === 'refused')
}

/** What the new token meant for the one that was stored before, which decides what is true after a failed write. */
export type EarlierToken =
  /** It is as valid as before. */
  | 'untouched'
  /** The server gave the new token for it, and accepts it again only until the new one is used. */
  | 'used-up'

/** Names of the targets that took every value. */
export function storedIn(written: readonly Written[]): readonly string[] {
  return written.filter(({ result }) => result.kind === 'stored').map(({ name }) => name)
}

/** @throws Failure `store-refused` or `store-partial` where not all took it */
export function reportWrites(written: readonly Written[], earlier: EarlierToken): void {
  if (storedIn(written).length === written.length) return
  const list = written.map(describeWritten).join('\n')
  if (refusedEverywhere(written)) {
    throw new Failure('store-refused', `No target took the new token:\n${list}`, REMEDIES[earlier].refused)
  }
  throw new Failure('store-partial', `Not every target took the new token:\n${list}`, REMEDIES[earlier].partial)
}

function describeWritten({ name, stored, failed, result }: Written): string {
  if (result.kind === 'stored') return `- ${name}: took it`
  if (stored.length > 0) return `- ${name}: took ${stored.join(', ')}, but not ${failed ?? ''}`
  return `- ${name}: ${describeFailure(result)}`
}

const USED_UP =
  'Correct what is said of each target and run it again soon: refresh-token was used, and most servers accept it again ' +
  'only until its successor is used, which was not done. The successor is the output `refresh-token`, masked.'

const REMEDIES: Readonly<Record<EarlierToken, { readonly refused: string; readonly partial: string }>> = {
  untouched: {
    refused: 'Correct what is said of each target and run it again. The secrets stored before are unchanged.',
    partial:
      'Correct what is said of each target and run it again. Nothing was ended: the old and the new token stay as valid as they are.',
  },
  'used-up': { refused: USED_UP, partial: USED_UP },
}
