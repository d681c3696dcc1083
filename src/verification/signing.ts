import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../api/values.js'
import { decodeBase64, encodeUnpadded, KEY_BYTES } from './keys.js'
import { optionalObject, optionalText } from './members.js'

/** Maximum depth, more than any key object has, so that a hostile response cannot exhaust the stack. */
const MAX_DEPTH = 64

/** The value has no canonical form: a fraction, a number beyond 2^53, a lone surrogate, or too many levels. */
class CanonicalJsonError extends Error {}

/**
 * Encodes a value as canonical JSON: keys ordered by code point, no white space, integers within ±(2^53−1) only.
 * @throws {@link CanonicalJsonError}
 * @see https://spec.matrix.org/latest/appendices/#canonical-json
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new CanonicalJsonError('too many levels')
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item, depth + 1)).join(',')}]`
  if (!isJsonObject(value)) throw new CanonicalJsonError(`no canonical form of ${typeof value}`)
  const members = Object.entries(value).sort(([left], [right]) => compareCodePoints(left, right))
  return `{${members.map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member, depth + 1)}`).join(',')}}`
}

/** Compares by code point, the order of UTF-8; JavaScript's default order is that of UTF-16 units. */
function compareCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new CanonicalJsonError('lone surrogate')
  return JSON.stringify(text)
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new CanonicalJsonError('not a safe integer')
  return String(value)
}

/**
 * Returns the signed bytes of an object: its canonical JSON without `signatures` and `unsigned` at the top level.
 * @throws {@link CanonicalJsonError}
 * @see https://spec.matrix.org/latest/appendices/#signing-json
 */
export function signedBytes(object: JsonObject): Buffer {
  const { signatures: _signatures, unsigned: _unsigned, ...signed } = object
  return Buffer.from(canonicalJson(signed))
}

/** PKCS #8 and SPKI prefixes of an Ed25519 key: RFC 8410, section 7. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

function privateKeyOf(seed: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
}

/** Returns the public key of a 32-byte Ed25519 private key (seed). */
export function publicKeyOf(seed: Uint8Array): Buffer {
  return createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES)
}

/** Signs an object. @returns the signature in unpadded base64 */
export function signatureOf(object: JsonObject, seed: Uint8Array): string {
  return encodeUnpadded(sign(null, signedBytes(object), privateKeyOf(seed)))
}

/** Returns the signature of an object by a user's key. */
export function signatureIn(object: JsonObject, userId: string, keyId: string): string | undefined {
  return optionalText(optionalObject(optionalObject(object, 'signatures'), userId), keyId)
}

/** Returns whether an object has a valid signature by this public key under this key ID. */
export function isSignedBy(object: JsonObject, userId: string, keyId: string, publicKey: Uint8Array): boolean {
  const signature = decodeBase64(signatureIn(object, userId, keyId) ?? '')
  // createPublicKey accepts 33 bytes and ignores the last one.
  if (signature === undefined || publicKey.length !== KEY_BYTES) return false
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' })
    return verify(null, signedBytes(object), key, signature)
  } catch (error) {
    if (error instanceof CanonicalJsonError) return false
    throw error
  }
}
