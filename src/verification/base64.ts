/**
 * Decodes standard base64, padded or not. `Buffer.from` skips foreign characters and accepts base64url, so alphabet, length
 * and padding are checked here.
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

/** Decodes the base64 of one 32-byte key. @returns `undefined` where the text is anything else */
export function decodeKey(text: string): Buffer | undefined {
  const bytes = decodeBase64(text)
  return bytes?.length === KEY_BYTES ? bytes : undefined
}
