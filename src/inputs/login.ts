import type { Credential, CredentialKind } from '../credentials/credential.js'
import { CREDENTIAL_KINDS } from '../credentials/index.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import { parseUser, type UserIdentifier } from '../matrix/identifiers.js'
import type { Runner } from '../runner/ports.js'
import { maskSecretInputs, readCredential } from './credential.js'
import { isBlank, readAllowHttp, readHomeserver, readMaxWait } from './homeserver.js'
import { explainMissingSecrets, missingSecretsCause } from './missing-credentials.js'
import { Problems } from './problems.js'
import { choiceValue, shown } from './values.js'

export const LOGOUT_MODES = ['never', 'always', 'on-failure'] as const
/** When the post step ends the session. */
export type LogoutMode = (typeof LOGOUT_MODES)[number]

/** Everything the login action was told, sound and typed. */
export interface LoginInputs {
  readonly homeserver: HomeserverAddress
  readonly user: UserIdentifier | undefined
  readonly credential: Credential
  /** Empty: derive one. */
  readonly deviceId: string
  /** Empty: the default name. */
  readonly deviceName: string
  readonly logout: LogoutMode
  readonly maxWaitMs: number
  readonly allowHttp: boolean
  /** JSON of the job's matrix values. */
  readonly jobMatrix: string
}

/** No credential is set, and `if-no-credentials` says to go on without. */
export interface SkippedLogin {
  readonly skipped: string
}

/**
 * Masks what is secret, then reads everything.
 * @throws Failure that names all problems at once.
 */
export function readLoginInputs(runner: Runner): LoginInputs | SkippedLogin {
  maskSecretInputs(runner)
  const problems = new Problems()
  const chosen = readCredential(runner, problems)
  const user = readUser(runner, problems)
  const options = readOptions(runner, problems)
  const skip =
    choiceValue('if-no-credentials', runner.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip'
  if (chosen === 'none' && skip && problems.isEmpty) return { skipped: describeMissing(runner) }
  const homeserver = readHomeserver(runner, user, options.allowHttp, problems)
  if (chosen === 'none') reportMissing(runner, problems)
  else if (chosen !== undefined) checkCombination(chosen.kind, isBlank(runner, 'user'), options.logout, problems)
  problems.throwIfAny()
  if (chosen === 'none' || chosen === undefined || homeserver === undefined) throw new Error('unsound inputs got by')
  return { homeserver, user, credential: chosen.credential, ...options }
}

function readUser(runner: Runner, problems: Problems): UserIdentifier | undefined {
  if (isBlank(runner, 'user')) return undefined
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
    logout: choiceValue('logout', runner.input('logout'), LOGOUT_MODES, problems),
    maxWaitMs: readMaxWait(runner, problems),
    allowHttp: readAllowHttp(runner, problems),
    jobMatrix: runner.input('job-matrix'),
  }
}

function checkCombination(kind: CredentialKind, userIsBlank: boolean, logout: LogoutMode, problems: Problems): void {
  if (kind.needsUser && userIsBlank) problems.add(`user is missing: ${kind.input} needs one.`)
  if (!kind.logoutAllowed && logout !== 'never') {
    problems.add(
      `logout: ${logout} does not go with ${kind.input}: the action ends what it opened, not what it was given.`,
    )
  }
}

function missingSecrets(runner: Runner): { text: string; hint: string } {
  const names = CREDENTIAL_KINDS.map(({ input }) => input)
  return explainMissingSecrets(missingSecretsCause(runner), names)
}

function describeMissing(runner: Runner): string {
  const { text, hint } = missingSecrets(runner)
  return `${text} ${hint}`
}

function reportMissing(runner: Runner, problems: Problems): void {
  const { text, hint } = missingSecrets(runner)
  problems.add(text, 'missing-credentials', hint)
}
