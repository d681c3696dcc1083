import type { CredentialKind } from '../credentials/kind.js'
import type { InputSource } from '../runner/ports.js'
import { RETIRE_MODES, type RetireMode } from '../session/rotation.js'
import type { Target } from '../stores/store.js'
import type { Forge } from '../stores/write.js'
import type { ActionInputs, Inputs } from './declared.js'
import { screenInputs } from './screen.js'
import { readSessionInputs, type SessionInputs, type SessionSource, type Skipped } from './session.js'
import { listedLines, readForge, readSecretName, readTargets, refuseSameNames } from './store.js'
import { booleanValue, checkToken, choiceValue, isBlank, Problems, secretText } from './values.js'

/** The inputs of the rotate action, checked and typed. */
export interface RotateInputs extends SessionInputs {
  /** The stored token, as far as the run knows; empty on the first run. */
  readonly currentToken: string
  readonly secretName: string
  /** The secret that holds the refresh token; empty without one. */
  readonly refreshSecretName: string
  readonly targets: readonly Target[]
  readonly storeToken: string
  readonly retire: RetireMode
  /** Whether the new token belongs to the device of the old token. */
  readonly keepDevice: boolean
  readonly forge: Forge
}

/** Reads all inputs of rotate. @throws Failure that names all problems at once */
export function readRotateInputs(source: SessionSource, kinds: readonly CredentialKind[]): RotateInputs | Skipped {
  const problems = new Problems()
  const screened = screenInputs('rotate', source, problems)
  const inputs: ActionInputs<'rotate'> = screened
  const currentToken = secretText(inputs.input('current-token'), 'token')?.value ?? ''
  const storeToken = secretText(inputs.input('store-token'), 'token')?.value ?? ''
  return readSessionInputs(source, screened, kinds, problems, (kind) => {
    const forge = readForge(screened, problems)
    if (kind !== undefined && storeToken === '') problems.add(MISSING_STORE_TOKEN)
    checkToken('store-token', storeToken, problems, 'invalid-input')
    const retire = choiceValue('retire', inputs.input('retire'), RETIRE_MODES, problems)
    if (kind !== undefined) checkOverlap(inputs, kind, retire, problems)
    return {
      currentToken,
      storeToken,
      ...readSecretNames(screened, kind, problems),
      targets: readTargets(storeLines(screened), { forge, reportMalformed: kind !== undefined }, problems),
      retire,
      keepDevice: readKeepDevice(inputs, kind, problems),
      forge,
    }
  })
}

const MISSING_STORE_TOKEN =
  '`store-token` is missing: a token that may write secrets, of a GitHub App or a person. GITHUB_TOKEN never can.'

/** Credentials that replace a token and keep the other tokens of its device valid. */
const KEEPING_KINDS: readonly string[] = ['mas-client-id', 'refresh-token']

function readKeepDevice(inputs: Inputs<'keep-device'>, kind: CredentialKind | undefined, problems: Problems): boolean {
  const keepDevice = booleanValue('keep-device', inputs.input('keep-device'), false, problems)
  if (keepDevice && kind !== undefined && !KEEPING_KINDS.includes(kind.input)) {
    problems.add(
      `\`keep-device: true\` does not go with \`${kind.input}\`: at a login on the same device some servers end the old token ` +
        '(Matrix Authentication Service, Dendrite, Conduit family), and the others cannot end it alone (Synapse, Tuwunel). ' +
        'Use `mas-client-id` or `refresh-token`.',
    )
  }
  return keepDevice
}

/** Requires `valid-for` if a replaced token ends only by its expiry: it has no device, and no list contains it. */
function checkOverlap(inputs: Inputs<'valid-for'>, kind: CredentialKind, retire: RetireMode, problems: Problems): void {
  if (kind.endsByItself !== true || retire === 'never' || !isBlank(inputs, 'valid-for')) return
  problems.miss(
    'valid-for',
    `\`valid-for\` is missing: with \`${kind.input}\` only its expiry ends a replaced token. Give at least twice ` +
      'the interval of the schedule, or set `retire: never`.',
  )
}

function readSecretNames(
  inputs: InputSource,
  kind: CredentialKind | undefined,
  problems: Problems,
): { secretName: string; refreshSecretName: string } {
  const secretName = readSecretName(inputs, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems)
  const refreshSecretName = readSecretName(inputs, 'refresh-secret-name', '', problems)
  const refreshes = kind?.refreshes === true
  if (refreshes && refreshSecretName === '') {
    problems.miss(
      'refresh-secret-name',
      '`refresh-secret-name` is missing: the secret that holds `refresh-token`. Its value changes each time.',
    )
  }
  if (kind !== undefined && !refreshes && refreshSecretName !== '') {
    problems.add(`\`refresh-secret-name\` goes with \`refresh-token\` only, not with \`${kind.input}\`.`)
  }
  refuseSameNames(secretName, refreshSecretName, problems)
  return { secretName, refreshSecretName }
}

function storeLines(inputs: InputSource): readonly string[] {
  const lines = listedLines(inputs.input('store-in'))
  return lines.length > 0 ? lines : [`repos/${inputs.environment('GITHUB_REPOSITORY') ?? ''}`]
}
