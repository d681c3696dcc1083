import { type JsonObject, listMember, optionalObject, optionalText, ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import { decodeKey, encodeUnpadded, isSignedBy, publicKeyOf, signatureIn, signatureOf } from './keys.js'

/** The keys that the server returns for an account and one of its devices, from one response and unchecked. */
export interface ShownKeys {
  readonly device: JsonObject | undefined
  readonly master: JsonObject | undefined
  readonly selfSigning: JsonObject | undefined
  readonly userSigning: JsonObject | undefined
}

/** The device to sign, and its owner. */
export interface Subject {
  readonly userId: string
  readonly deviceId: string
  /** The Ed25519 public key that the device must have, 32 bytes. */
  readonly expectedKey?: Uint8Array
}

/** Private keys of the identity, 32 bytes each. */
export interface IdentitySeeds {
  /** Absent if only the self-signing key is given: then the master key is the one from the server. */
  readonly master?: Uint8Array
  readonly selfSigning: Uint8Array
}

/** Reads the response of `POST /keys/query`. Absent data is missing or empty. */
export function readShownKeys(answer: JsonObject, userId: string, deviceId: string): ShownKeys {
  return {
    device: optionalObject(optionalObject(optionalObject(answer, 'device_keys'), userId), deviceId),
    master: optionalObject(optionalObject(answer, 'master_keys'), userId),
    selfSigning: optionalObject(optionalObject(answer, 'self_signing_keys'), userId),
    userSigning: optionalObject(optionalObject(answer, 'user_signing_keys'), userId),
  }
}

/** The three keys of an identity, by their names in the specification. */
export type CrossSigningUsage = 'master' | 'self_signing' | 'user_signing'

/**
 * Returns the public key of a well-formed cross-signing key: one key, whose ID is the key itself in unpadded base64.
 * Clients ignore an identity with a padded ID or value, although servers accept it.
 * @see https://spec.matrix.org/latest/client-server-api/#cross-signing
 */
export function crossSigningKeyIn(
  object: JsonObject | undefined,
  userId: string,
  usage: CrossSigningUsage,
): Buffer | undefined {
  if (optionalText(object, 'user_id') !== userId || listMember(object, 'usage')?.includes(usage) !== true)
    return undefined
  const [entry, ...others] = Object.entries(optionalObject(object, 'keys') ?? {})
  if (entry === undefined || others.length > 0) return undefined
  const [keyId, value] = entry
  const publicKey = typeof value === 'string' ? decodeKey(value) : undefined
  if (publicKey === undefined || value !== encodeUnpadded(publicKey)) return undefined
  return keyId === keyIdOf(publicKey) ? publicKey : undefined
}

/** Returns the ID of a cross-signing key. */
export function keyIdOf(publicKey: Uint8Array): string {
  return `ed25519:${encodeUnpadded(publicKey)}`
}

/**
 * Checks a device before it is signed: its keys belong to this user and device, are signed by the device itself, are
 * the expected ones, and are not keys of the identity.
 * @returns the Ed25519 public key of the device, or why it must not be signed
 */
export function checkDevice(shown: ShownKeys, subject: Subject): Buffer | Failure {
  const { device } = shown
  const { userId, deviceId, expectedKey } = subject
  const name = new ServerText(deviceId)
  if (device === undefined)
    return new Failure('no-device-keys', `The device ${name} of ${new ServerText(userId)} has no encryption keys.`)
  const keyId = `ed25519:${deviceId}`
  const publicKey = decodeKey(optionalText(optionalObject(device, 'keys'), keyId) ?? '')
  if (publicKey === undefined) return mismatch(`The server shows no usable Ed25519 key of the device ${name}.`)
  if (optionalText(device, 'user_id') !== userId || optionalText(device, 'device_id') !== deviceId) {
    return mismatch(`The keys that the server shows for the device ${name} belong to another device or user.`)
  }
  if (!isSignedBy(device, userId, keyId, publicKey)) {
    return mismatch(`The keys of the device ${name} are not signed by the device itself.`)
  }
  if (isIdentityKey(shown, userId, [publicKey, decodeKey(deviceId)])) {
    return mismatch(`The device ${name} has a key of the account's cross-signing identity as its ID or key.`)
  }
  if (expectedKey !== undefined && !publicKey.equals(expectedKey)) {
    return mismatch(`The device ${name} does not have the key of \`device-key\`: it has ${encodeUnpadded(publicKey)}.`)
  }
  return publicKey
}

function mismatch(message: string): Failure {
  return new Failure('device-key-mismatch', message)
}

/**
 * Returns whether a key is part of the identity. Device and cross-signing keys share one namespace, and the same bytes
 * have several encodings.
 */
function isIdentityKey(shown: ShownKeys, userId: string, candidates: readonly (Buffer | undefined)[]): boolean {
  const identity = [
    crossSigningKeyIn(shown.master, userId, 'master'),
    crossSigningKeyIn(shown.selfSigning, userId, 'self_signing'),
    crossSigningKeyIn(shown.userSigning, userId, 'user_signing'),
  ]
  return identity.some((key) => key !== undefined && candidates.some((candidate) => candidate?.equals(key) === true))
}

/** Checks that the server returns an identity. @returns `not-cross-signed` if it returns none */
export function findIdentity({ master, selfSigning }: ShownKeys, userId: string): Failure | undefined {
  if (master !== undefined && selfSigning !== undefined) return undefined
  return new Failure('not-cross-signed', `The account ${new ServerText(userId)} has no cross-signing identity.`)
}

/**
 * Verifies that the private keys belong to the identity from the server, and that its master key signed the
 * self-signing key.
 * @returns the public self-signing key, or why it must not be used
 */
export function checkIdentity(shown: ShownKeys, userId: string, seeds: IdentitySeeds): Buffer | Failure {
  const missing = findIdentity(shown, userId)
  if (missing !== undefined) return missing
  const master = crossSigningKeyIn(shown.master, userId, 'master')
  const selfSigning = crossSigningKeyIn(shown.selfSigning, userId, 'self_signing')
  if (master === undefined || selfSigning === undefined) return foreign(userId, MALFORMED)
  if (seeds.master !== undefined && !publicKeyOf(seeds.master).equals(master)) {
    return foreign(userId, 'The master key in secret storage is not the one that the server shows.')
  }
  if (!publicKeyOf(seeds.selfSigning).equals(selfSigning)) {
    return foreign(userId, 'The private self-signing key is not the one that the server shows.')
  }
  if (shown.selfSigning === undefined || !isSignedBy(shown.selfSigning, userId, keyIdOf(master), master)) {
    return foreign(userId, 'The self-signing key that the server shows is not signed by the master key.')
  }
  return selfSigning
}

const MALFORMED = 'The server shows malformed keys, which clients ignore (one key each, its ID in unpadded base64).'

function foreign(userId: string, what: string): Failure {
  return new Failure(
    'identity-mismatch',
    `The cross-signing identity of ${new ServerText(userId)} does not match. ${what}`,
  )
}

/** What to do with a device: nothing, because its signature is valid, or upload a signature. */
export type SigningDecision =
  | { readonly kind: 'signed'; readonly deviceKey: string }
  | {
      readonly kind: 'unsigned'
      readonly deviceKey: string
      /** Whether there is an invalid signature under this key ID. */
      readonly hasInvalid: boolean
      /** The device keys from the server, without `unsigned`, with the new signature only. */
      readonly signed: JsonObject
    }

/**
 * Decides whether to sign a device. Nothing is signed before its owner is verified.
 * @returns the decision, or the refusal
 */
export function decideSigning(shown: ShownKeys, subject: Subject, seeds: IdentitySeeds): SigningDecision | Failure {
  const publicKey = checkDevice(shown, subject)
  if (publicKey instanceof Failure) return publicKey
  const selfSigning = checkIdentity(shown, subject.userId, seeds)
  if (selfSigning instanceof Failure) return selfSigning
  const { device = {} } = shown
  const { userId } = subject
  const deviceKey = encodeUnpadded(publicKey)
  const keyId = keyIdOf(selfSigning)
  if (isSignedBy(device, userId, keyId, selfSigning)) return { kind: 'signed', deviceKey }
  const { signatures: _signatures, unsigned: _unsigned, ...keys } = device
  const signed = { ...keys, signatures: { [userId]: { [keyId]: signatureOf(device, seeds.selfSigning) } } }
  return { kind: 'unsigned', deviceKey, hasInvalid: signatureIn(device, userId, keyId) !== undefined, signed }
}
