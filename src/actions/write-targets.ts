import { Failure } from '../failures.js'
import type { Log } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { type Forge, openStore } from '../stores/index.js'
import type { Writable, WriteResult } from '../stores/store.js'
import type { Target } from '../stores/targets.js'
import { type NetworkPorts, withWaitBudget } from '../session/connect.js'

/** Where secrets are to be stored, and with whose rights. */
interface StoreAccess {
  readonly targets: readonly Target[]
  readonly forge: Forge
  readonly storeToken: string
  readonly maxWaitMs: number
}

/** Looks at every target before anything is changed. @throws Failure `store-refused` */
export async function prepareTargets(
  ports: NetworkPorts,
  { targets, forge, storeToken, maxWaitMs }: StoreAccess,
  secretNames: readonly string[],
): Promise<readonly Writable[]> {
  const store = openStore(forge, new Secret(storeToken), withWaitBudget(ports, maxWaitMs))
  const prepared: Writable[] = []
  for (const target of targets) prepared.push(await store.prepare(target, secretNames))
  return prepared
}

/** What became of the writes to one target. */
export interface Written {
  readonly name: string
  readonly result: WriteResult
}

/**
 * Writes values to every target, whatever becomes of the others: the first value everywhere, then the next. A target that
 * did not surely take one gets none of those that follow, so that what it holds stays a whole.
 * @param values names of secrets, and what they are to hold
 */
export async function writeEverywhere(
  targets: readonly Writable[],
  values: readonly (readonly [secretName: string, value: string])[],
  log: Log,
): Promise<readonly Written[]> {
  const results = new Map<Writable, WriteResult>()
  for (const [secretName, value] of values) {
    for (const writable of targets) {
      const before = results.get(writable)
      if (before !== undefined && before.kind !== 'taken') continue
      const result = await writable.write(secretName, value)
      const { text } = writable.target
      log.info(
        result.kind === 'taken'
          ? `Stored ${secretName} in ${text}.`
          : `${secretName} not stored in ${text}: ${result.why}`,
      )
      results.set(writable, worse(before, result))
    }
  }
  return [...results].map(([{ target }, result]) => ({ name: target.text, result }))
}

/** Of two writes to one target: taken only if both were, refused only if nothing of it was taken. */
function worse(before: WriteResult | undefined, result: WriteResult): WriteResult {
  if (before === undefined) return result
  if (result.kind === 'taken') return before
  return { kind: 'unknown', why: result.why }
}

/** Whether every target said no: a write that was not answered may have been carried out. */
export function refusedEverywhere(written: readonly Written[]): boolean {
  return written.every(({ result }) => result.kind === 'refused')
}

/** The targets that took every value, a line each. */
export function storedIn(written: readonly Written[]): string {
  return takenBy(written).join('\n')
}

function takenBy(written: readonly Written[]): readonly string[] {
  return written.filter(({ result }) => result.kind === 'taken').map(({ name }) => name)
}

/** @throws Failure `store-refused` or `store-partial` where not all took it */
export function reportWrites(written: readonly Written[]): void {
  const taken = takenBy(written)
  if (taken.length === written.length) return
  const list = describeFailures(written)
  if (refusedEverywhere(written)) throw new Failure('store-refused', `No target took the new token:\n${list}`)
  throw new Failure('store-partial', `Not every target took the new token:\n${list}`)
}

function describeFailures(written: readonly Written[]): string {
  return written
    .map(({ name, result }) => {
      if (result.kind === 'taken') return `- ${name}: took it`
      return `- ${name}: ${result.kind === 'unknown' ? 'may have taken it, ' : ''}${result.why}`
    })
    .join('\n')
}
