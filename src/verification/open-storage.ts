import { type JsonObject, optionalObject, optionalText, ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import type { Masks } from '../runner/ports.js'
import type { Secret } from '../secret.js'
import { deriveFromPassphrase, maskPrivateKey, maskStorageKey, readPassphraseParameters } from './keys.js'
import type { KeysApi } from './keys-api.js'
import { ALGORITHM, checkStorageKey, decryptSecret } from './secret-storage.js'

/** Account data types: https://spec.matrix.org/latest/client-server-api/#storage */
export const DEFAULT_KEY = 'm.secret_storage.default_key'
export const keyType = (keyId: string) => `m.secret_storage.key.${keyId}`
export const MASTER = 'm.cross_signing.master'
export const SELF_SIGNING = 'm.cross_signing.self_signing'
export const USER_SIGNING = 'm.cross_signing.user_signing'

/**
 * The secret that unlocks secret storage: the 32 bytes of the recovery key, or the passphrase that it is derived from.
 */
export type StorageSecret =
  | { readonly kind: 'recovery-key'; readonly key: Uint8Array }
  | { readonly kind: 'recovery-passphrase'; readonly passphrase: Secret }

/** Secret storage, with a key that matches its description as far as it can be checked. */
export interface OpenStorage {
  readonly keyId: string
  readonly storageKey: Uint8Array
}

/**
 * Finds the default key of secret storage and checks that the given key matches it.
 * @throws Failure `not-cross-signed` if there is no secret storage; `wrong-recovery-key`
 */
export async function openStorage(
  api: KeysApi,
  masks: Masks,
  userId: string,
  secret: StorageSecret,
): Promise<OpenStorage> {
  const keyId = optionalText(await api.accountData(userId, DEFAULT_KEY), 'key') ?? ''
  const isUsable = keyId !== '' && keyId.isWellFormed()
  const description = !isUsable ? undefined : await api.accountData(userId, keyType(keyId))
  const algorithm = optionalText(description, 'algorithm')
  if (description === undefined || algorithm === undefined) {
    throw new Failure('not-cross-signed', `The account ${new ServerText(userId)} has no secret storage.`, SET_UP)
  }
  if (algorithm !== ALGORITHM) {
    throw new Failure(
      'not-cross-signed',
      `The secret storage of ${new ServerText(userId)} uses an algorithm that is not supported.`,
      SET_UP,
    )
  }
  const storageKey = await storageKeyOf(secret, description)
  maskStorageKey(masks, storageKey)
  if (checkStorageKey(storageKey, description) === 'does-not-fit') throw wrongKey(secret, userId)
  return { keyId, storageKey }
}

const SET_UP =
  'Set up recovery for the account in Element (Settings → Encryption). An account without a cross-signing identity can ' +
  'get both from the command `create-identity` (docs/command.md).'

/** @see https://github.com/element-hq/element-web/issues/34878 for a client that replaced the key and left the secrets */
const CHANGE_KEY =
  'A client replaced the key of secret storage and did not encrypt the secrets again. In a session that is verified, ' +
  'change the recovery key in Element (Settings → Encryption), and give the new one.'

async function storageKeyOf(secret: StorageSecret, description: JsonObject): Promise<Uint8Array> {
  if (secret.kind === 'recovery-key') return secret.key
  const parameters = readPassphraseParameters(optionalObject(description, 'passphrase'))
  if (!('problem' in parameters)) return deriveFromPassphrase(secret.passphrase.reveal(), parameters)
  const message = `\`recovery-passphrase\` cannot be used: the account's secret storage ${parameters.problem}.`
  throw new Failure('wrong-recovery-key', message, 'Set `recovery-key` to the recovery key of the account instead.')
}

function wrongKey(secret: StorageSecret, userId: string): Failure {
  const message = `\`${secret.kind}\` does not open the secret storage of ${new ServerText(userId)}.`
  return new Failure('wrong-recovery-key', message)
}

/**
 * Reads one private key of the identity from secret storage, and masks it.
 * @param name type of the account data, such as `m.cross_signing.master`
 * @throws Failure `not-cross-signed` if it is missing or not encrypted with the default key; `wrong-recovery-key` if its
 *   `mac` shows another key
 */
export async function readStoredSecret(
  api: KeysApi,
  masks: Masks,
  userId: string,
  { keyId, storageKey }: OpenStorage,
  name: string,
): Promise<Uint8Array> {
  const entries = optionalObject(await api.accountData(userId, name), 'encrypted') ?? {}
  const encrypted = optionalObject(entries, keyId)
  const opened =
    encrypted === undefined ? { problem: whyMissing(entries, keyId) } : decryptSecret(storageKey, name, encrypted)
  if ('seed' in opened) {
    maskPrivateKey(masks, opened.seed)
    return opened.seed
  }
  throw unreadable(opened.problem, name, userId)
}

/** Tells a secret that is not there from one that only other keys than the default one open. */
function whyMissing(entries: JsonObject, keyId: string): 'absent' | 'malformed' | 'not-for-default-key' {
  if (Object.hasOwn(entries, keyId)) return 'malformed'
  return Object.keys(entries).length === 0 ? 'absent' : 'not-for-default-key'
}

function unreadable(
  problem: 'absent' | 'not-for-default-key' | 'malformed' | 'other-key' | 'not-a-key',
  name: string,
  userId: string,
): Failure {
  switch (problem) {
    case 'absent':
      return new Failure(
        'not-cross-signed',
        `The secret storage of ${new ServerText(userId)} does not hold ${name}.`,
        SET_UP,
      )
    case 'not-for-default-key':
      return new Failure(
        'not-cross-signed',
        `${name} in the secret storage of ${new ServerText(userId)} is not encrypted with its default key.`,
        CHANGE_KEY,
      )
    case 'malformed':
      return new Failure(
        'not-cross-signed',
        `${name} in the secret storage of ${new ServerText(userId)} is malformed.`,
        SET_UP,
      )
    case 'other-key':
      return new Failure(
        'wrong-recovery-key',
        `The key does not open ${name} in the secret storage of ${new ServerText(userId)}.`,
      )
    case 'not-a-key':
      return new Failure(
        'identity-mismatch',
        `${name} in the secret storage of ${new ServerText(userId)} is not a private key.`,
      )
  }
}
