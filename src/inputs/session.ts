import type { Credential, CredentialKind } from '../credentials/credential.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import { parseUser, type UserIdentifier } from '../matrix/identifiers.js'
import type { Runner } from '../runner/ports.js'
import { maskSecretInputs, readCredential } from './credential.js'
import { isBlank, readAllowHttp, readHomeserver, readMaxWait } from './homeserver.js'
import { explainMissingSecrets, missingSecretsCause } from './missing-credentials.js'
import { Problems } from './problems.js'
import { choiceValue, shown } from './values.js'

/** What every action that opens a session is told, sound and typed. */
export interface SessionInputs {
  readonly homeserver: HomeserverAddress
  readonly user: UserIdentifier | undefined
  readonly credential: Credential
  /** Empty: derive one. */
  readonly deviceId: string
  /** Empty: the default name. */
  readonly deviceName: string
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

/** No credential is set, and `if-no-credentials` says to go on without. */
export interface Skipped {
  readonly skipped: string
}

/** Reads what belongs to one action alone. `kind` is `undefined` where no credential is set, or too many. */
export type ReadExtra<Extra> = (problems: Problems, kind: CredentialKind | undefined) => Extra

/**
 * Masks what is secret, then reads everything.
 * @param kinds the kinds of credential that this action takes
 * @throws Failure that names all problems at once
 */
export function readSessionInputs<Extra>(
  runner: Runner,
  kinds: readonly CredentialKind[],
  readExtra: ReadExtra<Extra>,
): (SessionInputs & Extra) | Skipped {
  maskSecretInputs(runner, kinds)
  const problems = new Problems()
  const chosen = readCredential(runner, kinds, problems)
  const kind = typeof chosen === 'object' ? chosen.kind : undefined
  const user = readUser(runner, kind, problems)
  const options = readOptions(runner, problems)
  const extra = readExtra(problems, kind)
  const skip =
    choiceValue('if-no-credentials', runner.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip'
  if (chosen === 'none' && skip && problems.isEmpty) return { skipped: describeMissing(runner, kinds) }
  const homeserver = readHomeserver(runner, user, options.allowHttp, problems)
  if (chosen === 'none') reportMissing(runner, kinds, problems)
  problems.throwIfAny()
  if (typeof chosen !== 'object' || homeserver === undefined) throw new Error('unsound inputs got by')
  return { homeserver, user, credential: chosen.credential, ...options, ...extra }
}

function readUser(runner: Runner, kind: CredentialKind | undefined, problems: Problems): UserIdentifier | undefined {
  if (isBlank(runner, 'user')) {
    if (kind?.needsUser === true) problems.add(`user is missing: ${kind.input} needs one.`)
    return undefined
  }
  const raw = runner.input('user')
  const user = parseUser(raw.trim())
  if (!('problem' in user)) return user
  problems.add(`user “${shown(raw)}” ${user.problem}.`)
  return undefined
}

function readOptions(runner: Runner, problems: Problems) {
  return {
    deviceId: runner.input('device-id').trim(),
    deviceName: runner.input('device-name').trim(),
    maxWaitMs: readMaxWait(runner, problems),
    allowHttp: readAllowHttp(runner, problems),
  }
}

function missingSecrets(runner: Runner, kinds: readonly CredentialKind[]): { text: string; hint: string } {
  const names = kinds.map(({ input }) => input)
  return explainMissingSecrets(missingSecretsCause(runner), names)
}

function describeMissing(runner: Runner, kinds: readonly CredentialKind[]): string {
  const { text, hint } = missingSecrets(runner, kinds)
  return `${text} ${hint}`
}

function reportMissing(runner: Runner, kinds: readonly CredentialKind[], problems: Problems): void {
  const { text, hint } = missingSecrets(runner, kinds)
  problems.add(text, 'missing-credentials', hint)
}
