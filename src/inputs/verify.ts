import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import { parseUser, type UserIdentifier } from '../matrix/identifiers.js'
import type { Runner } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { decodeKey } from '../verification/base64.js'
import { maskPrivateKey, maskRecoveryKey } from '../verification/private-keys.js'
import { decodeRecoveryKey, withoutWhiteSpace } from '../verification/recovery-key.js'
import type { OwnerSecret } from '../verification/verify-device.js'
import { isBlank, readAllowHttp, readHomeserver, readMaxWait } from './homeserver.js'
import { type MissingSecretsCause, missingSecretsCause } from './missing-credentials.js'
import { Problems } from './problems.js'
import { checkToken } from './token.js'
import { secretText, shown } from './values.js'

/** Inputs of the verify action, checked and typed. */
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

/**
 * Masks every secret, then reads all inputs.
 * @throws Failure that names all problems at once
 */
export function readVerifyInputs(runner: Runner): VerifyInputs {
  maskSecrets(runner)
  const problems = new Problems()
  const token = readToken(runner, problems)
  const secret = readSecret(runner, problems)
  reportMissing(runner, problems)
  const user = readUser(runner, problems)
  const allowHttp = readAllowHttp(runner, problems)
  const homeserver = readHomeserver(runner, user, allowHttp, problems)
  const expectedKey = readDeviceKey(runner, problems)
  const maxWaitMs = readMaxWait(runner, problems)
  problems.throwIfAny()
  if (token === undefined || secret === undefined || homeserver === undefined) throw new Error('unsound inputs got by')
  return { homeserver, user, accessToken: new Secret(token), secret, expectedKey, maxWaitMs, allowHttp }
}

/** Masks what is secret before anything else: a mistake in another input must not print a key. */
function maskSecrets(runner: Runner): void {
  const token = secretText(runner.input('access-token'), 'token')
  if (token !== undefined) runner.mask(token.value)
  if (!isBlank(runner, 'recovery-key')) maskRecoveryKey(runner, runner.input('recovery-key'))
  const passphrase = secretText(runner.input('recovery-passphrase'), 'password')
  if (passphrase !== undefined) runner.mask(passphrase.value)
  const key = secretText(runner.input('self-signing-key'), 'token')
  if (key === undefined) return
  runner.mask(key.value)
  const seed = decodeKey(withoutWhiteSpace(key.value))
  if (seed !== undefined) maskPrivateKey(runner, seed)
}

function readToken(runner: Runner, problems: Problems): string | undefined {
  const token = secretText(runner.input('access-token'), 'token')
  checkToken('access-token', token?.value ?? '', problems)
  return token?.value
}

/** The one secret that is set; `undefined` where none is, or where a problem was noted. */
function readSecret(runner: Runner, problems: Problems): OwnerSecret | undefined {
  const set = SECRETS.filter((name) => !isBlank(runner, name))
  const [only, ...others] = set
  if (others.length > 0) {
    problems.add(`Only one of ${SECRETS.join(', ')} may be set, but there are ${set.length}: ${set.join(', ')}.`)
    return undefined
  }
  return only === undefined ? undefined : READERS[only](runner, problems)
}

const READERS: Readonly<Record<SecretInput, (runner: Runner, problems: Problems) => OwnerSecret | undefined>> = {
  'recovery-key': (runner, problems) => {
    const decoded = decodeRecoveryKey(runner.input('recovery-key'))
    if ('key' in decoded) return { kind: 'recovery-key', key: decoded.key }
    problems.add(`recovery-key ${decoded.problem}.`, 'wrong-recovery-key', RECOVERY_KEY_HINT)
    return undefined
  },
  'recovery-passphrase': (runner) => {
    const passphrase = secretText(runner.input('recovery-passphrase'), 'password')?.value ?? ''
    return { kind: 'recovery-passphrase', passphrase: new Secret(passphrase) }
  },
  'self-signing-key': (runner, problems) => {
    const seed = decodeKey(withoutWhiteSpace(runner.input('self-signing-key')))
    if (seed !== undefined) return { kind: 'self-signing-key', seed }
    problems.add('self-signing-key is not the base64 of 32 bytes.')
    return undefined
  },
}

const RECOVERY_KEY_HINT =
  'Copy the whole recovery key: 48 letters and digits that begin with Es. A passphrase belongs into `recovery-passphrase`.'

/** One problem for everything that is missing, because one cause explains it: the run gets no secrets. */
function reportMissing(runner: Runner, problems: Problems): void {
  const token = isBlank(runner, 'access-token') ? ['access-token'] : []
  const secret = SECRETS.every((name) => isBlank(runner, name)) ? [`one of ${SECRETS.join(', ')}`] : []
  if (token.length + secret.length === 0) return
  const text = `${[...token, ...secret].join(' and ')} must be set. A secret that does not exist is an empty string.`
  problems.add(text, 'missing-credentials', MISSING_HINTS[missingSecretsCause(runner)])
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

function readUser(runner: Runner, problems: Problems): UserIdentifier | undefined {
  if (isBlank(runner, 'user')) return undefined
  const user = parseUser(runner.input('user').trim())
  if (!('problem' in user)) return user
  problems.add(`user “${shown(runner.input('user'))}” ${user.problem}.`)
  return undefined
}

function readDeviceKey(runner: Runner, problems: Problems): Uint8Array | undefined {
  if (isBlank(runner, 'device-key')) return undefined
  const key = decodeKey(withoutWhiteSpace(runner.input('device-key')))
  if (key === undefined) problems.add('device-key is not an Ed25519 key: it must be the base64 of 32 bytes.')
  return key
}
