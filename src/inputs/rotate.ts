import type { CredentialKind } from '../credentials/credential.js'
import { ROTATING_KINDS } from '../credentials/index.js'
import { RETIRE_MODES, type RetireMode } from '../rotation.js'
import type { Runner } from '../runner/ports.js'
import type { Forge } from '../stores/index.js'
import type { Target } from '../stores/targets.js'
import { isBlank } from './homeserver.js'
import type { Problems } from './problems.js'
import { readSessionInputs, type SessionInputs, type Skipped } from './session.js'
import { linesOf, readForge, readSecretName, readTargets } from './store.js'
import { checkToken } from './token.js'
import { choiceValue, secretText } from './values.js'

/** Everything the rotate action was told, sound and typed. */
export interface RotateInputs extends SessionInputs {
  /** The token as it is stored now, as far as the run knows; empty on the first run. */
  readonly currentToken: string
  readonly secretName: string
  /** The secret that holds the refresh token; empty without one. */
  readonly refreshSecretName: string
  readonly targets: readonly Target[]
  readonly storeToken: string
  readonly retire: RetireMode
  readonly forge: Forge
}

/** @throws Failure that names all problems at once */
export function readRotateInputs(runner: Runner): RotateInputs | Skipped {
  const currentToken = maskedToken(runner, 'current-token')
  const storeToken = maskedToken(runner, 'store-token')
  return readSessionInputs(runner, ROTATING_KINDS, (problems, kind) => {
    const forge = readForge(runner, problems)
    if (kind !== undefined && storeToken === '') problems.add(MISSING_STORE_TOKEN)
    checkToken('store-token', storeToken, problems, 'invalid-input')
    const retire = choiceValue('retire', runner.input('retire'), RETIRE_MODES, problems)
    if (kind !== undefined) checkOverlap(runner, kind, retire, problems)
    return {
      currentToken,
      storeToken,
      ...readSecretNames(runner, kind, problems),
      targets: readTargets(storeLines(runner), { runner, forge, reportMalformed: kind !== undefined }, problems),
      retire,
      forge,
    }
  })
}

const MISSING_STORE_TOKEN =
  'store-token is missing: a token that may write secrets, from a GitHub App or a person. GITHUB_TOKEN never can.'

function maskedToken(runner: Runner, name: string): string {
  const value = secretText(runner.input(name), 'token')?.value ?? ''
  if (value !== '') runner.mask(value)
  return value
}

/** Nothing but its own end retires a token that has no device and that no list shows. */
function checkOverlap(runner: Runner, kind: CredentialKind, retire: RetireMode, problems: Problems): void {
  if (kind.endsByItself !== true || retire === 'never' || !isBlank(runner, 'valid-for')) return
  problems.add(
    `valid-for is missing: with ${kind.input} a replaced token is ended by nothing but its own end. Give at least twice ` +
      'the interval of the schedule, or set retire: never.',
  )
}

function readSecretNames(
  runner: Runner,
  kind: CredentialKind | undefined,
  problems: Problems,
): { secretName: string; refreshSecretName: string } {
  const secretName = readSecretName(runner, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems)
  const refreshSecretName = readSecretName(runner, 'refresh-secret-name', '', problems)
  const refreshes = kind?.refreshes === true
  if (refreshes && refreshSecretName === '') {
    problems.add(
      'refresh-secret-name is missing: the secret that refresh-token comes from. Its value changes each time.',
    )
  }
  if (kind !== undefined && !refreshes && refreshSecretName !== '') {
    problems.add(`refresh-secret-name goes with refresh-token only, not with ${kind.input}.`)
  }
  if (secretName.toUpperCase() === refreshSecretName.toUpperCase()) {
    problems.add(`secret-name and refresh-secret-name are the same: each token needs its own secret.`)
  }
  return { secretName, refreshSecretName }
}

function storeLines(runner: Runner): readonly string[] {
  const lines = linesOf(runner.input('store-in'))
  return lines.length > 0 ? lines : [`repos/${runner.environment('GITHUB_REPOSITORY') ?? ''}`]
}
