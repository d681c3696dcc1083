import { Decrypter, Encrypter } from 'age-encryption'

/**
 * scrypt's work factor, as a power of two. Passphrases shorter than 16 characters are refused, so it need not make up for
 * weak ones; at 15 sealing and opening take some 0.2 s on two cores, at 16 over half a second.
 */
const WORK_FACTOR = 15

/** Encrypts to a passphrase: the `scrypt` recipient of https://age-encryption.org/v1. The `age` command opens it. */
export async function seal(text: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(WORK_FACTOR)
  return encrypter.encrypt(text)
}

/** What a file held, or why it stays closed. */
export type Unsealed = { readonly text: string } | { readonly problem: UnsealProblem }

/**
 * `passphrase`: it does not open the key of this file: it is another one, or the key was changed, which looks the
 * same; `damaged`: cut off, or not what was sealed.
 */
export type UnsealProblem = 'passphrase' | 'damaged'

/** Opens what {@link seal} made, or `age --passphrase`. */
export async function unseal(file: Uint8Array, passphrase: string): Promise<Unsealed> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return { text: await decrypter.decrypt(file, 'text') }
  } catch (error) {
    return { problem: error instanceof Error && error.message === NO_KEY ? 'passphrase' : 'damaged' }
  }
}

/** What the library says where no key of the file could be unwrapped, in its pinned version. */
const NO_KEY = "no identity matched any of the file's recipients"
