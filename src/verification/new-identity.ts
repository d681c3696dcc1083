import type { JsonObject } from '../api/json.js'
import type { Random } from '../runner/ports.js'
import { encodeUnpadded, KEY_BYTES } from './base64.js'
import { type CrossSigningUsage, keyIdOf } from './identity.js'
import { publicKeyOf, signatureOf } from './signing.js'

/** The private keys of a new identity, and of the secret storage that will hold them. 32 bytes each. */
export interface NewIdentity {
  readonly master: Uint8Array
  readonly selfSigning: Uint8Array
  readonly userSigning: Uint8Array
  readonly storageKey: Uint8Array
  /** ID of the key of secret storage: 32 letters and digits, as Element makes them. */
  readonly keyId: string
}

/** Makes the keys. @param random must be a cryptographic source */
export function makeIdentity(random: Pick<Random, 'bytes'>): NewIdentity {
  return {
    master: random.bytes(KEY_BYTES),
    selfSigning: random.bytes(KEY_BYTES),
    userSigning: random.bytes(KEY_BYTES),
    storageKey: random.bytes(KEY_BYTES),
    keyId: Buffer.from(random.bytes(16)).toString('hex'),
  }
}

/**
 * The public keys as they are uploaded: self-signing and user-signing key are signed by the master key.
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3keysdevice_signingupload
 */
export function publicIdentity(userId: string, identity: NewIdentity): JsonObject {
  const master = keyObject(userId, 'master', identity.master)
  const signed = (usage: CrossSigningUsage, seed: Uint8Array) => {
    const object = keyObject(userId, usage, seed)
    const keyId = keyIdOf(publicKeyOf(identity.master))
    return { ...object, signatures: { [userId]: { [keyId]: signatureOf(object, identity.master) } } }
  }
  return {
    master_key: master,
    self_signing_key: signed('self_signing', identity.selfSigning),
    user_signing_key: signed('user_signing', identity.userSigning),
  }
}

function keyObject(userId: string, usage: CrossSigningUsage, seed: Uint8Array): JsonObject {
  const publicKey = publicKeyOf(seed)
  return { user_id: userId, usage: [usage], keys: { [keyIdOf(publicKey)]: encodeUnpadded(publicKey) } }
}
