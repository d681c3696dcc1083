import { Failure } from '../failures.js'
import type { Log, Random } from '../runner/ports.js'
import type { PreparedTarget } from './store.js'
import { MAX_SECRET_NAME } from './targets.js'

const SUFFIX = '_WRITE_CHECK'
const VALUE_BYTES = 16

/** The ports that a write check needs. */
interface WriteCheckPorts {
  readonly log: Pick<Log, 'info' | 'warning'>
  readonly random: Pick<Random, 'bytes'>
}

/**
 * Proves the right to write at every target with a scratch secret that is written and deleted again. A stored token is
 * never written back for that: of two queued runs, the later one would overwrite the good token with a spent one.
 * @param secretNames the secrets that will be written, the most important one first
 * @throws Failure `store-refused` that names each target which cannot be written
 */
export async function proveWriting(
  targets: readonly PreparedTarget[],
  secretNames: readonly [string, ...string[]],
  { log, random }: WriteCheckPorts,
): Promise<void> {
  const scratch = scratchName(secretNames)
  const value = Buffer.from(random.bytes(VALUE_BYTES)).toString('hex')
  const problems: string[] = []
  for (const prepared of targets) {
    const { text } = prepared.target
    const result = await prepared.write(scratch, value)
    if (result.kind === 'stored') log.info(`${text} can be written: ${scratch} was stored there.`)
    else problems.push(`- ${text}: ${result.why}`)
    // After a lost answer the secret may be there as well.
    if (result.kind !== 'refused') await removeScratch(prepared, scratch, log)
  }
  if (problems.length === 0) return
  const list = problems.join('\n')
  throw new Failure('store-refused', `Not every target can be written (tried with ${scratch}):\n${list}`, NOTHING_USED)
}

const NOTHING_USED =
  'Correct what is said of each target and run it again. Nothing was used up: the stored tokens are as valid as before.'

async function removeScratch(prepared: PreparedTarget, scratch: string, log: Pick<Log, 'warning'>): Promise<void> {
  const problem = await prepared.remove(scratch)
  if (problem === undefined) return
  log.warning(
    `The scratch secret ${scratch} in ${prepared.target.text} could not be deleted: ${problem} ` +
      'It holds a random value. Delete it by hand.',
  )
}

/** Derived from the first name, within the longest name there may be; never a name that is in use. */
function scratchName([first, ...others]: readonly [string, ...string[]]): string {
  const taken = [first, ...others].map((name) => name.toUpperCase())
  let stem = first.slice(0, MAX_SECRET_NAME - SUFFIX.length)
  while (taken.includes(`${stem}${SUFFIX}`.toUpperCase())) stem = stem.slice(0, -1)
  return `${stem}${SUFFIX}`
}
