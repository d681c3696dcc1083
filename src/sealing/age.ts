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

/** @throws Error for a wrong passphrase, and for a file that was damaged, without saying which: nobody can tell */
export async function unseal(file: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return decrypter.decrypt(file, 'text')
}
