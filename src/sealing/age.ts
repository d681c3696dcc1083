import { Decrypter, Encrypter } from 'age-encryption'

/**
 * The work factor of scrypt, as a power of two. Passphrases shorter than 16 characters are refused, so it need not
 * compensate for weak ones. At 15, sealing and unsealing take about 0.2 s on two cores; at 16, over half a second.
 */
const WORK_FACTOR = 15

/**
 * Encrypts text with a passphrase: the `scrypt` recipient of the age format. The `age` command can decrypt it.
 * @see https://age-encryption.org/v1
 */
export async function seal(text: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(WORK_FACTOR)
  return encrypter.encrypt(text)
}

/** The decrypted text of a file, or why it could not be decrypted. */
export type Unsealed = { readonly text: string } | { readonly problem: UnsealProblem }

/**
 * `passphrase`: it does not decrypt the key of this file; the passphrase is wrong or the key was altered, which cannot
 * be distinguished. `damaged`: the file is truncated or altered.
 */
export type UnsealProblem = 'passphrase' | 'damaged'

/** Decrypts a file of {@link seal} or of `age --passphrase`. */
export async function openAge(file: Uint8Array, passphrase: string): Promise<Unsealed> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return { text: await decrypter.decrypt(file, 'text') }
  } catch (error) {
    return { problem: error instanceof Error && error.message === NO_KEY ? 'passphrase' : 'damaged' }
  }
}

/** The message of the pinned library version if no key of the file could be unwrapped. */
const NO_KEY = "no identity matched any of the file's recipients"
