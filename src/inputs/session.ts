import type { Credential, CredentialKind, UserDemand } from '../credentials/kind.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import { parseUser, type UserIdentifier } from '../matrix/identifiers.js'
import type { Runner } from '../runner/ports.js'
import { maskSecretInputs, readCredential, reportForeignOptions } from './credential.js'
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
  const user = readUser(runner, typeof chosen === 'object' ? chosen : undefined, problems)
  if (kind !== undefined) reportForeignOptions(runner, kinds, kind, problems)
  const options = readOptions(runner, problems)
  const extra = readExtra(problems, kind)
  const skip =
    choiceValue('if-no-credentials', runner.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip'
  if (chosen === 'none' && skip && problems.isEmpty) return { skipped: describeMissing(runner, kinds) }
  const homeserver = readHomeserver(runner, user, options.allowHttp, problems)
  if (chosen === 'none') reportMissing(runner, kinds, problems)
  problems.throwIfAny()
  if (typeof chosen !== 'object' || chosen.credential === undefined || homeserver === undefined) {
    throw new Error('unsound inputs got by')
  }
  return { homeserver, user, credential: chosen.credential, ...options, ...extra }
}

function readUser(
  runner: Runner,
  chosen: { readonly kind: CredentialKind; readonly user: UserDemand } | undefined,
  problems: Problems,
): UserIdentifier | undefined {
  if (isBlank(runner, 'user')) {
    if (chosen !== undefined && chosen.user !== 'none') problems.add(`user is missing: ${chosen.kind.input} needs one.`)
    return undefined
  }
  const raw = runner.input('user')
  const user = parseUser(raw.trim())
  const problem = 'problem' in user ? user.problem : chosen === undefined ? undefined : unfit(user, chosen)
  if (problem !== undefined) problems.add(`user “${shown(raw)}” ${problem}.`)
  return 'problem' in user || problem !== undefined ? undefined : user
}

/** What a credential cannot do with a user in this form. */
function unfit(
  user: UserIdentifier,
  { kind: { input }, user: demand }: { readonly kind: CredentialKind; readonly user: UserDemand },
): string | undefined {
  if (demand === 'user-id' && user.kind !== 'user-id') {
    return `is no user ID: ${input} needs the whole of it, @name:example.org, exactly as the server has it`
  }
  if (demand === 'name' && !('localpart' in user)) return `is no user ID: ${input} needs @name:example.org, or name`
  return undefined
}

function readOptions(runner: Runner, problems: Problems) {
  const deviceId = runner.input('device-id').trim()
  // It stands in scopes, which blanks separate, and in paths.
  if (/[\s\p{Cc}]/u.test(deviceId)) problems.add(`device-id “${shown(deviceId)}” has white space in it.`)
  return {
    deviceId,
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
