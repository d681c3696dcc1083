import type { ActionInputs, Inputs } from '../inputs/declared.js'
import { type MissingSecretsCause, missingSecretsCause } from '../inputs/missing-credentials.js'
import { type InputPorts, screenInputs } from '../inputs/screen.js'
import { readUser, type SessionSource } from '../inputs/session.js'
import {
  checkToken,
  isBlank,
  Problems,
  readAllowHttp,
  readHomeserver,
  readMaxWait,
  secretText,
} from '../inputs/values.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import { Secret } from '../secret.js'
import { type ActionPorts, connect } from '../session/connect.js'
import {
  decodeKey,
  decodeRecoveryKey,
  maskPrivateKey,
  maskRecoveryKey,
  withoutWhiteSpace,
} from '../verification/keys.js'
import { KeysApi } from '../verification/keys-api.js'
import { type OwnerSecret, verifyDevice } from '../verification/verify-device.js'

/** Signs the device of a token with the account's cross-signing identity. Does not open or end a session. */
export async function verifyAction(ports: Omit<ActionPorts, 'files'>): Promise<void> {
  const { runner } = ports
  const inputs = readVerifyInputs(runner)
  const client = await connect(ports, inputs)
  const api = new KeysApi(client, inputs.accessToken)
  const { userId, deviceId, deviceKey } = await verifyDevice({ api, masks: runner, log: runner }, inputs)
  runner.setOutput('verified', 'true')
  runner.setOutput('user-id', userId)
  runner.setOutput('device-id', deviceId)
  runner.setOutput('device-key', deviceKey)
  runner.setOutput('failure', '')
}

/** The inputs of the verify action, checked and typed. */
export interface VerifyInputs {
  readonly homeserver: HomeserverAddress
  readonly user: UserIdentifier | undefined
  readonly accessToken: Secret
  readonly secret: OwnerSecret
  readonly expectedKey: Uint8Array | undefined
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

const SECRETS = ['recovery-key', 'recovery-passphrase', 'self-signing-key'] as const
type SecretInput = (typeof SECRETS)[number]

type VerifySource = ActionInputs<'verify'>

/**
 * Masks every secret, then reads all inputs.
 * @throws Failure that names all problems at once
 */
export function readVerifyInputs(source: SessionSource): VerifyInputs {
  maskKeys(source)
  const problems = new Problems()
  const inputs: VerifySource = screenInputs('verify', source, problems)
  const token = secretText(inputs.input('access-token'), 'token')?.value
  checkToken('access-token', token ?? '', problems)
  const secret = readSecret(inputs, problems)
  reportMissing(inputs, source, problems)
  const user = readUser(inputs, undefined, problems)
  const allowHttp = readAllowHttp(inputs, problems)
  const homeserver = readHomeserver(inputs, user, allowHttp, problems)
  const expectedKey = readDeviceKey(inputs, problems)
  const maxWaitMs = readMaxWait(inputs, problems)
  problems.throwIfAny()
  if (token === undefined || secret === undefined || homeserver === undefined) {
    throw new Error('invalid inputs were not reported')
  }
  return { homeserver, user, accessToken: new Secret(token), secret, expectedKey, maxWaitMs, allowHttp }
}

/** Masks keys in every form in which they are written. */
function maskKeys(source: InputPorts): void {
  if (!isBlank(source, 'recovery-key')) maskRecoveryKey(source, source.input('recovery-key'))
  const seed = decodeKey(withoutWhiteSpace(source.input('self-signing-key')))
  if (seed !== undefined) maskPrivateKey(source, seed)
}

/** Reads the one secret that is set; `undefined` if none is set, or if a problem was added. */
function readSecret(inputs: VerifySource, problems: Problems): OwnerSecret | undefined {
  const set = SECRETS.filter((name) => !isBlank(inputs, name))
  const [only, ...others] = set
  if (others.length > 0) {
    problems.add(`Only one of ${listNames(SECRETS)} may be set, but there are ${set.length}: ${listNames(set)}.`)
    return undefined
  }
  return only === undefined ? undefined : READERS[only](inputs, problems)
}

function listNames(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

const READERS: Readonly<Record<SecretInput, (inputs: VerifySource, problems: Problems) => OwnerSecret | undefined>> = {
  'recovery-key': (inputs, problems) => {
    const raw = inputs.input('recovery-key')
    const decoded = decodeRecoveryKey(raw)
    if ('key' in decoded) return { kind: 'recovery-key', key: decoded.key }
    problems.refuse('recovery-key', raw, decoded.problem, 'wrong-recovery-key', RECOVERY_KEY_HINT)
    return undefined
  },
  'recovery-passphrase': (inputs) => {
    const passphrase = secretText(inputs.input('recovery-passphrase'), 'password')?.value ?? ''
    return { kind: 'recovery-passphrase', passphrase: new Secret(passphrase) }
  },
  'self-signing-key': (inputs, problems) => {
    const raw = inputs.input('self-signing-key')
    const seed = decodeKey(withoutWhiteSpace(raw))
    if (seed !== undefined) return { kind: 'self-signing-key', seed }
    problems.refuse('self-signing-key', raw, 'is not the base64 of 32 bytes')
    return undefined
  },
}

const RECOVERY_KEY_HINT =
  'Copy the whole recovery key: 48 letters and digits that begin with Es. A passphrase belongs into `recovery-passphrase`.'

/** Reports one problem for all missing inputs, because they have one cause: the run gets no secrets. */
function reportMissing(inputs: VerifySource, source: SessionSource, problems: Problems): void {
  const token = isBlank(inputs, 'access-token') ? ['`access-token`'] : []
  const secret = SECRETS.every((name) => isBlank(inputs, name)) ? [`one of ${listNames(SECRETS)}`] : []
  if (token.length + secret.length === 0) return
  const text = `${[...token, ...secret].join(' and ')} must be set. A secret that does not exist is an empty string.`
  problems.add(text, 'missing-credentials', MISSING_HINTS[missingSecretsCause(source)])
}

const MISSING_HINTS: Readonly<Record<MissingSecretsCause, string>> = {
  fork:
    'This is a pull request from a fork: GitHub gives such runs no secrets. Skip the step there: ' +
    '`if: github.event.pull_request.head.repo.full_name == github.repository`.',
  dependabot: 'Dependabot triggered this run: add the secret under Settings → Secrets and variables → Dependabot.',
  unknown:
    'Check the spelling after `secrets.`, that the secret exists in this repository or environment, and that the job names ' +
    'its `environment`.',
}

/**
 * Reads `device-key`, the Ed25519 public key that the device must have; `undefined` if it is not set or was refused.
 */
export function readDeviceKey(inputs: Inputs<'device-key'>, problems: Problems): Uint8Array | undefined {
  if (isBlank(inputs, 'device-key')) return undefined
  const raw = inputs.input('device-key')
  const key = decodeKey(withoutWhiteSpace(raw))
  if (key === undefined) problems.refuse('device-key', raw, 'is not an Ed25519 key: it must be the base64 of 32 bytes')
  return key
}
