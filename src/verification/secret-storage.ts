import { createCipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { type JsonObject, optionalText } from '../api/values.js'
import { decodeBase64, decodeKey, encodeUnpadded } from './keys.js'

/** The only algorithm in the specification. @see https://spec.matrix.org/latest/client-server-api/#secret-storage */
export const ALGORITHM = 'm.secret_storage.v1.aes-hmac-sha2'
const IV_BYTES = 16
/** HMAC-SHA-256. */
const MAC_BYTES = 32
/** The plaintext of a key check: this many zero bytes, encrypted under the empty name. */
const CHECK_PLAINTEXT = Buffer.alloc(32)
const CHECK_NAME = ''

/**
 * Derives AES-CTR and HMAC key of one secret: HKDF-SHA-256 with 32 zero bytes as salt and the secret's name as info.
 */
function deriveKeys(storageKey: Uint8Array, name: string): { aes: Buffer; hmac: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', storageKey, Buffer.alloc(32), Buffer.from(name), 64))
  return { aes: bytes.subarray(0, 32), hmac: bytes.subarray(32) }
}

function counterMode(key: Buffer, iv: Buffer, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-ctr', key, iv)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

const authenticate = (key: Buffer, ciphertext: Uint8Array) => createHmac('sha256', key).update(ciphertext).digest()

/** Reads base64 of at least one byte. @param wanted the number of bytes, if only one is right */
function bytesIn(object: JsonObject, name: string, wanted?: number): Buffer | undefined {
  const bytes = decodeBase64(optionalText(object, name) ?? '')
  const { length } = bytes ?? []
  return length > 0 && (wanted === undefined || length === wanted) ? bytes : undefined
}

/**
 * Checks whether a key matches a key description. `iv` and `mac` are optional in the specification; where one is missing
 * or malformed this check is inconclusive, and the `mac` of the first secret decides.
 */
export function checkStorageKey(storageKey: Uint8Array, description: JsonObject): 'fits' | 'does-not-fit' | 'unknown' {
  const iv = bytesIn(description, 'iv', IV_BYTES)
  const mac = bytesIn(description, 'mac', MAC_BYTES)
  if (iv === undefined || mac === undefined) return 'unknown'
  const { aes, hmac } = deriveKeys(storageKey, CHECK_NAME)
  return timingSafeEqual(mac, authenticate(hmac, counterMode(aes, iv, CHECK_PLAINTEXT))) ? 'fits' : 'does-not-fit'
}

/** The private key in a secret, or why it cannot be read. */
export type OpenedSecret = { readonly seed: Buffer } | { readonly problem: 'malformed' | 'other-key' | 'not-a-key' }

/**
 * Decrypts a cross-signing secret.
 * @param name the type of the account data that holds it, such as `m.cross_signing.master`
 * @param encrypted the entry of the default key: `iv`, `ciphertext` and `mac`
 */
export function decryptSecret(storageKey: Uint8Array, name: string, encrypted: JsonObject): OpenedSecret {
  const iv = bytesIn(encrypted, 'iv', IV_BYTES)
  const ciphertext = bytesIn(encrypted, 'ciphertext')
  const mac = bytesIn(encrypted, 'mac', MAC_BYTES)
  // Compared with the `mac`, a malformed member would be reported as the secret of another key.
  if (iv === undefined || ciphertext === undefined || mac === undefined) return { problem: 'malformed' }
  const { aes, hmac } = deriveKeys(storageKey, name)
  if (!timingSafeEqual(mac, authenticate(hmac, ciphertext))) return { problem: 'other-key' }
  const seed = decodeKey(counterMode(aes, iv, ciphertext).toString('latin1'))
  return seed === undefined ? { problem: 'not-a-key' } : { seed }
}

/** Encrypts a private key as a secret of secret storage. @param random 16 bytes of a cryptographic source */
export function encryptSecret(storageKey: Uint8Array, name: string, seed: Uint8Array, random: Uint8Array): JsonObject {
  const iv = makeIv(random)
  const { aes, hmac } = deriveKeys(storageKey, name)
  const ciphertext = counterMode(aes, iv, Buffer.from(encodeUnpadded(seed)))
  return {
    iv: encodeUnpadded(iv),
    ciphertext: encodeUnpadded(ciphertext),
    mac: encodeUnpadded(authenticate(hmac, ciphertext)),
  }
}

/** Describes a random key of secret storage, with the data for a key check. @param random 16 bytes */
export function describeStorageKey(storageKey: Uint8Array, random: Uint8Array): JsonObject {
  const iv = makeIv(random)
  const { aes, hmac } = deriveKeys(storageKey, CHECK_NAME)
  const mac = authenticate(hmac, counterMode(aes, iv, CHECK_PLAINTEXT))
  return { algorithm: ALGORITHM, iv: encodeUnpadded(iv), mac: encodeUnpadded(mac) }
}

/** Creates an IV. Bit 63 is zero, because some implementations use a 64-bit counter that would overflow. */
function makeIv(random: Uint8Array): Buffer {
  const iv = Buffer.from(random)
  iv.writeUInt8(iv.readUInt8(8) & 0x7f, 8)
  return iv
}
