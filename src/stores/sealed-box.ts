import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto'
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { blake2b } from '@noble/hashes/blake2.js'

const KEY_LENGTH = 32
const NONCE_LENGTH = 24
/** The DER prefix of a 32-byte X25519 public key: RFC 8410 §4. */
const SPKI_PREFIX = Buffer.from('302a300506032b656e032100', 'hex')

/**
 * Encrypts a message as `crypto_box_seal` of libsodium, the format that GitHub requires for secrets: an ephemeral key
 * pair, X25519 with the recipient's key, HSalsa20 over the shared secret, XSalsa20-Poly1305 with a nonce of BLAKE2b
 * over both public keys.
 * @throws Error for a public key of low order, with which anyone can decrypt the box
 * @see https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
export function sealedBox(message: Uint8Array, recipient: Uint8Array): Uint8Array {
  const ephemeral = generateKeyPairSync('x25519')
  const ephemeralPublic = ephemeral.publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_LENGTH)
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, recipient]), format: 'der', type: 'spki' })
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey })
  const nonce = blake2b(Buffer.concat([ephemeralPublic, recipient]), { dkLen: NONCE_LENGTH })
  const box = xsalsa20poly1305(hsalsa20(shared), nonce).encrypt(message)
  return Buffer.concat([ephemeralPublic, box])
}

/** HSalsa20 with a zero nonce, as `crypto_box_beforenm` applies it to the shared secret. */
function hsalsa20(shared: Uint8Array): Uint8Array {
  const key = new Uint32Array(8)
  hsalsa(words(Buffer.from('expand 32-byte k')), words(shared), new Uint32Array(4), key)
  return new Uint8Array(key.buffer)
}

/** Converts bytes to 32-bit words. Copies them, because a Buffer may start at any offset. */
function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer)
}
