import { createPrivateKey, createPublicKey, pbkdf2, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { isJsonObject, type JsonObject, optionalObject, optionalText } from '../api/values.js'
import type { Masks } from '../runner/ports.js'

/**
 * Decodes standard base64, padded or unpadded. `Buffer.from` skips invalid characters and accepts base64url, so
 * alphabet, length and padding are checked here.
 * @returns the bytes; `undefined` for anything that is not base64
 * @see https://spec.matrix.org/latest/appendices/#unpadded-base64
 */
export function decodeBase64(text: string): Buffer | undefined {
  const unpadded = text.replace(/={1,2}$/, '')
  if (unpadded !== text && text.length % 4 !== 0) return undefined
  if (!/^[A-Za-z0-9+/]*$/.test(unpadded) || unpadded.length % 4 === 1) return undefined
  return Buffer.from(unpadded, 'base64')
}

/** Encodes bytes as standard base64 without padding, the form of keys and signatures in Matrix. */
export function encodeUnpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}

/** Length of an Ed25519 key, private or public, in bytes. */
export const KEY_BYTES = 32

/** Decodes the base64 of one 32-byte key. @returns `undefined` for any other text */
export function decodeKey(text: string): Buffer | undefined {
  const bytes = decodeBase64(text)
  return bytes?.length === KEY_BYTES ? bytes : undefined
}

/** Bitcoin's alphabet: https://spec.matrix.org/latest/appendices/#cryptographic-key-representation */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const PREFIX = [0x8b, 0x01] as const
const TOTAL_BYTES = PREFIX.length + KEY_BYTES + 1
/** Maximum length, in characters; a recovery key has 48 without white space. */
const MAX_CHARACTERS = 200

/** The key of secret storage, or the problem with the text, completing "recovery-key …". */
export type DecodedRecoveryKey = { readonly key: Buffer } | { readonly problem: string }

/** Removes white space of every kind: a pasted key can contain line breaks and no-break spaces. */
export function withoutWhiteSpace(text: string): string {
  return text.replace(/[\s\u0085\u200b]/g, '')
}

/** Groups a recovery key as clients show it: a space after every fourth character. */
function grouped(text: string): string {
  return withoutWhiteSpace(text).replace(/(.{4})(?=.)/gsu, '$1 ')
}

/**
 * Reads a recovery key: base58 of the bytes 8B 01, the key and a parity byte.
 * @see https://spec.matrix.org/latest/client-server-api/#key-representation
 */
export function decodeRecoveryKey(text: string): DecodedRecoveryKey {
  const compact = withoutWhiteSpace(text)
  if (compact.length > MAX_CHARACTERS) return { problem: `is too long: ${compact.length} characters instead of 48` }
  const bytes = decodeBase58(compact)
  if (bytes === undefined) return { problem: 'holds a character that recovery keys never have (0, O, I, l, + or -)' }
  if (bytes.length !== TOTAL_BYTES) return { problem: 'has the wrong length: a part of it is missing or doubled' }
  if (PREFIX.some((byte, index) => bytes[index] !== byte)) return { problem: 'does not begin as recovery keys do (Es)' }
  if (parityOf(bytes) !== 0) return { problem: 'has a wrong check digit: a character is mistyped' }
  return { key: bytes.subarray(PREFIX.length, TOTAL_BYTES - 1) }
}

/** Formats a 32-byte key as a recovery key, in groups of four characters. */
export function encodeRecoveryKey(key: Uint8Array): string {
  const bytes = Buffer.from([...PREFIX, ...key])
  return grouped(encodeBase58(Buffer.from([...bytes, parityOf(bytes)])))
}

function parityOf(bytes: Uint8Array): number {
  return bytes.reduce((parity, byte) => parity ^ byte, 0)
}

function decodeBase58(text: string): Buffer | undefined {
  let number = 0n
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit === -1) return undefined
    number = number * 58n + BigInt(digit)
  }
  // In base58 each leading 1 is a zero byte, which the number alone does not contain.
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  const hex = number === 0n ? '' : number.toString(16)
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')])
}

/** Encodes bytes that start with 0x8B; leading zeros are not supported. */
function encodeBase58(bytes: Buffer): string {
  let number = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (; number > 0n; number /= 58n) text = `${ALPHABET[Number(number % 58n)]}${text}`
  return text
}

/** Parameters of a key that is derived from a passphrase. */
export interface PassphraseParameters {
  /** Used as UTF-8 text; it is not decoded, although it looks like base64. */
  readonly salt: string
  readonly iterations: number
  readonly bits: number
}

/** Maximum iterations, which the server chooses: ten times the usual number takes about 20 s on a busy runner. */
const MAX_ITERATIONS = 5_000_000
const MIN_BITS = 128
const MAX_BITS = 1_024

/**
 * Reads how the key of secret storage is derived from a passphrase.
 * @returns the parameters, or a problem completing "The account's secret storage …"
 * @see https://spec.matrix.org/latest/client-server-api/#deriving-keys-from-passphrases
 */
export function readPassphraseParameters(
  passphrase: JsonObject | undefined,
): PassphraseParameters | { readonly problem: string } {
  if (passphrase === undefined) return { problem: 'was not made from a passphrase' }
  const algorithm = optionalText(passphrase, 'algorithm')
  if (algorithm !== 'm.pbkdf2') return { problem: 'derives its key from a passphrase in a way that is not supported' }
  const salt = optionalText(passphrase, 'salt')
  const { iterations, bits = KEY_BYTES * 8 } = passphrase
  if (salt === undefined || !isWithin(iterations, 1, Number.MAX_SAFE_INTEGER) || !isWithin(bits, MIN_BITS, MAX_BITS)) {
    return { problem: 'has malformed passphrase parameters' }
  }
  if (iterations > MAX_ITERATIONS) return { problem: `asks for more than ${MAX_ITERATIONS} iterations of PBKDF2` }
  return bits % 8 === 0 ? { salt, iterations, bits } : { problem: 'has malformed passphrase parameters' }
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
}

/** Derives the key of secret storage: PBKDF2 with SHA-512 over the unchanged passphrase, outside the main thread. */
export function deriveFromPassphrase(
  passphrase: string,
  { salt, iterations, bits }: PassphraseParameters,
): Promise<Buffer> {
  return promisify(pbkdf2)(passphrase, salt, iterations, bits / 8, 'sha512')
}

/** Masks a private key in every encoding in use: base64, padded, unpadded and URL-safe, and hex. */
export function maskPrivateKey(masks: Masks, key: Uint8Array): void {
  const bytes = Buffer.from(key)
  const forms = [bytes.toString('base64'), encodeUnpadded(key), bytes.toString('base64url'), bytes.toString('hex')]
  for (const form of new Set(forms)) masks.mask(form)
}

/** Masks a recovery key as given, without white space, and grouped as clients show it. */
export function maskRecoveryKey(masks: Masks, text: string): void {
  for (const form of new Set([text, text.trim(), withoutWhiteSpace(text), grouped(text)])) masks.mask(form)
}

/** Masks the key of secret storage, also in the form of a recovery key. */
export function maskStorageKey(masks: Masks, key: Uint8Array): void {
  maskPrivateKey(masks, key)
  if (key.length === KEY_BYTES) maskRecoveryKey(masks, encodeRecoveryKey(key))
}

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
