import type { Masks } from '../runner/ports.js'
import { encodeUnpadded, KEY_BYTES } from './base64.js'
import { encodeRecoveryKey, grouped, withoutWhiteSpace } from './recovery-key.js'

/** Masks a private key in every form in which it is written down: base64, padded, unpadded and URL-safe, and hex. */
export function maskPrivateKey(masks: Masks, key: Uint8Array): void {
  const bytes = Buffer.from(key)
  const forms = [bytes.toString('base64'), encodeUnpadded(key), bytes.toString('base64url'), bytes.toString('hex')]
  for (const form of new Set(forms)) masks.mask(form)
}

/** Masks a recovery key as it was given, without white space, and grouped as clients show it. */
export function maskRecoveryKey(masks: Masks, text: string): void {
  for (const form of new Set([text, text.trim(), withoutWhiteSpace(text), grouped(text)])) masks.mask(form)
}

/** Masks the key of secret storage, also as the recovery key that it can be written as. */
export function maskStorageKey(masks: Masks, key: Uint8Array): void {
  maskPrivateKey(masks, key)
  if (key.length === KEY_BYTES) maskRecoveryKey(masks, encodeRecoveryKey(key))
}
