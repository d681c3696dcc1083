import type { JsonObject } from '../api/json.js'
import { Failure } from '../failures.js'
import { encodeUnpadded } from './base64.js'
import { checkDevice, checkIdentity, type IdentitySeeds, keyIdOf, type ShownKeys, type Subject } from './identity.js'
import { isSignedBy, signatureIn, signatureOf } from './signing.js'

/** What is to be done with a device: nothing, because its signature is valid, or the upload of one. */
export type SigningDecision =
  | { readonly kind: 'signed'; readonly deviceKey: string }
  | {
      readonly kind: 'unsigned'
      readonly deviceKey: string
      /** Whether there is a signature under this key ID that is not valid. */
      readonly hasInvalid: boolean
      /** The device's keys as the server showed them, without `unsigned`, with the new signature alone. */
      readonly signed: JsonObject
    }

/**
 * Decides what is to be signed, or why nothing is: nothing is ever signed whose owner is not proven.
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
