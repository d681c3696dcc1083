import type { CredentialKind } from '../credentials/credential.js'
import { ROTATING_KINDS } from '../credentials/index.js'
import { isInsecure } from '../matrix/homeserver-address.js'
import { RETIRE_MODES, type RetireMode } from '../rotation.js'
import type { Runner } from '../runner/ports.js'
import type { Forge } from '../stores/index.js'
import { parseTarget, type Target } from '../stores/targets.js'
import { isBlank, readAllowHttp } from './homeserver.js'
import { Problems } from './problems.js'
import { readSessionInputs, type SessionInputs, type Skipped } from './session.js'
import { choiceValue, secretText, shown } from './values.js'

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
    const retire = choiceValue('retire', runner.input('retire'), RETIRE_MODES, problems)
    if (kind !== undefined) checkOverlap(runner, kind, retire, problems)
    return {
      currentToken,
      storeToken,
      ...readSecretNames(runner, kind, problems),
      targets: readTargets(runner, forge, kind, problems),
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

/** Gitea and Forgejo set these variables; their API is at `/api/v1`. */
function readForge(runner: Runner, problems: Problems): Forge {
  const apiUrl = (runner.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '')
  const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => runner.environment(name) === 'true')
  // Whether `allow-http` is malformed is reported where it is read.
  const allowHttp = readAllowHttp(runner, new Problems())
  if (!URL.canParse(apiUrl)) problems.add(`GITHUB_API_URL “${shown(apiUrl)}” is not a URL.`)
  else if (isInsecure(new URL(apiUrl), allowHttp)) {
    problems.add(`GITHUB_API_URL “${shown(apiUrl)}” would carry the token in clear.`, 'insecure-url')
  }
  return { kind: marked || apiUrl.endsWith('/api/v1') ? 'forgejo' : 'github', apiUrl }
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
    problems.add(
      `secret-name and refresh-secret-name are the same, ${shown(secretName)}: each token needs its own secret.`,
    )
  }
  return { secretName, refreshSecretName }
}

/** https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets */
function readSecretName(runner: Runner, input: string, byDefault: string, problems: Problems): string {
  const name = isBlank(runner, input) ? byDefault : runner.input(input).trim()
  if (name !== '' && (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /^(GITHUB|GITEA|FORGEJO)_/i.test(name))) {
    problems.add(
      `${input} “${shown(name)}” is no name for a secret: letters, digits and _, not beginning with GITHUB_.`,
    )
  }
  return name
}

function readTargets(
  runner: Runner,
  forge: Forge,
  kind: CredentialKind | undefined,
  problems: Problems,
): readonly Target[] {
  const lines = runner
    .input('store-in')
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
  if (lines.length === 0) lines.push(`repos/${runner.environment('GITHUB_REPOSITORY') ?? ''}`)
  const targets = new Map<string, Target>()
  for (const line of lines) {
    const target = parseTarget(line)
    if ('problem' in target) {
      if (kind !== undefined) problems.add(`store-in “${shown(line)}” ${target.problem}.`)
    } else if (forge.kind === 'forgejo' && (target.kind !== 'actions' || target.place.of === 'environment')) {
      problems.add(`store-in “${shown(line)}”: Gitea and Forgejo know repos/OWNER/REPO and orgs/ORGANIZATION only.`)
    } else targets.set(`${target.kind} ${JSON.stringify(target.place).toLowerCase()}`, target)
  }
  return [...targets.values()]
}
