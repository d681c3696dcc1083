import { Failure } from '../failures.js'
import type { ExchangePorts } from '../http/exchange.js'
import type { Log, Random } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { ForgeApi, type ReadHints } from './forge-api.js'
import { forgejoStore, readForgejoHints } from './forgejo.js'
import { githubStore, readGithubHints } from './github.js'
import { MAX_SECRET_NAME, type PreparedTarget, type SecretStore, type Target, type WriteResult } from './store.js'

/** The targets to store secrets in, and the token to do so. */
export interface StoreAccess {
  readonly targets: readonly Target[]
  readonly forge: Forge
  readonly storeToken: string
}

/** Maximum concurrent checks: a forge does not rate-limit a few parallel requests. */
const MAX_PARALLEL = 4

/** Checks every target before any change. @throws Failure `store-refused`, NetworkError: the one of the first target */
export async function prepareTargets(
  ports: ExchangePorts,
  { targets, forge, storeToken }: StoreAccess,
  secretNames: readonly string[],
): Promise<readonly PreparedTarget[]> {
  const store = openStore(forge, new Secret(storeToken), ports)
  const prepared: PreparedTarget[] = []
  for (let from = 0; from < targets.length; from += MAX_PARALLEL) {
    const some = targets.slice(from, from + MAX_PARALLEL).map((target) => store.prepare(target, secretNames))
    // Waits for all checks, so that none is in progress when a failure is reported.
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
  /** The secrets that were certainly stored, in the order of the writes. */
  readonly stored: readonly string[]
  /** The secret that was not certainly stored; the writes to this target stopped there. */
  readonly failed: string | undefined
}

/**
 * Writes values to every target, also if another target fails: the first value everywhere, then the next. After a write
 * that did not certainly succeed, a target gets no further values, so that its secrets stay consistent.
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

/** Combines outcomes: stored only if every write was stored, refused only if no write changed anything. */
function addOutcome(before: Written | undefined, secretName: string, result: WriteResult, name: string): Written {
  const stored = before?.stored ?? []
  if (result.kind === 'stored') return { name, result, stored: [...stored, secretName], failed: undefined }
  const worst: WriteResult = stored.length === 0 ? result : { kind: 'unknown', why: result.why }
  return { name, result: worst, stored, failed: `${secretName}: ${describeFailure(result)}` }
}

function describeFailure({ kind, why }: Exclude<WriteResult, { kind: 'stored' }>): string {
  return kind === 'unknown' ? `may have taken it, ${why}` : why
}

/** Returns whether every target refused. A write without a response does not count: it may have taken effect. */
export function refusedEverywhere(written: readonly Written[]): boolean {
  return written.every(({ result }) => result.kind === 'refused')
}

/** The effect of the new token on the stored token, which decides what to report after a failed write. */
export type EarlierToken =
  /** It is still valid. */
  | 'untouched'
  /** It was exchanged for the new token. The server accepts it again only until the new token is used. */
  | 'used-up'

/** Returns the names of the targets that stored every value. */
export function storedIn(written: readonly Written[]): readonly string[] {
  return written.filter(({ result }) => result.kind === 'stored').map(({ name }) => name)
}

/**
 * Reports the outcome of all writes.
 * @throws Failure `store-refused` or `store-partial` if a target did not store every value
 */
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
  'Correct what is said of each target and run it again soon: `refresh-token` was used, and most servers accept it again ' +
  'only until its successor is used, which was not done. The successor is the output `refresh-token`, masked.'

const REMEDIES: Readonly<Record<EarlierToken, { readonly refused: string; readonly partial: string }>> = {
  untouched: {
    refused: 'Correct what is said of each target and run it again. The secrets stored before are unchanged.',
    partial:
      'Correct what is said of each target and run it again. Nothing was ended: the old and the new token stay as valid as they are.',
  },
  'used-up': { refused: USED_UP, partial: USED_UP },
}

const SUFFIX = '_WRITE_CHECK'
const VALUE_BYTES = 16

/** The ports that a write check needs. */
interface WriteCheckPorts {
  readonly log: Pick<Log, 'info' | 'warning'>
  readonly random: Pick<Random, 'bytes'>
}

/**
 * Verifies write access to every target with a scratch secret, which is then deleted. The stored token is not rewritten
 * for this check: of two queued runs, the later one would overwrite the valid token with a used one.
 * @param secretNames the secrets that will be written, the most important one first
 * @throws Failure `store-refused` that names each target that cannot be written
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
    // After a lost response the secret may also exist.
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

/** Derives the name from the first secret name, within the maximum length; never the name of a secret in use. */
function scratchName([first, ...others]: readonly [string, ...string[]]): string {
  const taken = [first, ...others].map((name) => name.toUpperCase())
  let stem = first.slice(0, MAX_SECRET_NAME - SUFFIX.length)
  while (taken.includes(`${stem}${SUFFIX}`.toUpperCase())) stem = stem.slice(0, -1)
  return `${stem}${SUFFIX}`
}

/** The forge that runs the job. */
export interface Forge {
  readonly kind: ForgeKind
  /** `https://api.github.com`, without a trailing slash. */
  readonly apiUrl: string
}

export type ForgeKind = 'github' | 'forgejo'

/** The properties that differ between forges. */
interface ForgeStore {
  readonly open: (api: ForgeApi) => SecretStore
  readonly readHints: (token: string) => ReadHints
}

/** The stores. A new forge needs one file and one line here. */
const STORES: Readonly<Record<ForgeKind, ForgeStore>> = {
  github: { open: githubStore, readHints: readGithubHints },
  forgejo: { open: forgejoStore, readHints: () => readForgejoHints },
}

/** Creates the store of secrets for a forge. */
function openStore({ kind, apiUrl }: Forge, token: Secret, ports: ExchangePorts): SecretStore {
  const { open, readHints } = STORES[kind]
  return open(new ForgeApi(apiUrl, token, ports, readHints(token.reveal())))
}
