import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scryptSync } from 'node:crypto'

/**
 * The part of https://age-encryption.org/v1 that a passphrase needs, written from that page with the cryptography of
 * Node: another implementation than the one that the action uses, to open what it seals and to seal what it opens.
 */

/** Where each part of a file is, in bytes. */
export interface AgeFile {
  readonly salt: Buffer
  /** scrypt's N, as a power of two. */
  readonly workFactor: number
  /** First byte of each part. */
  readonly parts: Readonly<Record<AgePart, number>>
  open(passphrase: string): string
}

export type AgePart = 'version' | 'stanza' | 'salt' | 'workFactor' | 'wrappedKey' | 'mac' | 'nonce' | 'payload'

const HEADER =
  /^age-encryption\.org\/v1\n-> scrypt ([A-Za-z0-9+/]{22}) (\d+)\n([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n/
const NONCE = 16
const TAG = 16

export function readAgeFile(file: Buffer): AgeFile {
  const header = HEADER.exec(file.toString('latin1'))
  if (header === null) throw new Error('no age file with a passphrase')
  const [all, encodedSalt = '', logN = '', wrapped = '', mac = ''] = header
  const salt = Buffer.from(encodedSalt, 'base64')
  const workFactor = Number(logN)
  const parts = {
    version: 0,
    stanza: all.indexOf('scrypt'),
    salt: all.indexOf(encodedSalt),
    workFactor: all.indexOf(` ${logN}\n`) + 1,
    wrappedKey: all.indexOf(`\n${wrapped}\n`) + 1,
    mac: all.length - mac.length - 1,
    nonce: all.length,
    payload: all.length + NONCE,
  }
  const open = (passphrase: string) => {
    const fileKey = decrypt(keyFor(passphrase, salt, workFactor), Buffer.alloc(12), Buffer.from(wrapped, 'base64'))
    if (headerMac(fileKey, all.slice(0, parts.mac - 1)) !== mac) throw new Error('the header was changed')
    const nonce = file.subarray(parts.nonce, parts.payload)
    return decrypt(payloadKey(fileKey, nonce), LAST_CHUNK, file.subarray(parts.payload)).toString()
  }
  return { salt, workFactor, parts, open }
}

/** One chunk only: less than 64 KiB of text. */
export function writeAgeFile(text: string, passphrase: string, workFactor: number): Buffer {
  const [fileKey, salt, nonce] = [randomBytes(16), randomBytes(16), randomBytes(NONCE)]
  const wrapped = encrypt(keyFor(passphrase, salt, workFactor), Buffer.alloc(12), fileKey)
  const head = `age-encryption.org/v1\n-> scrypt ${unpadded(salt)} ${workFactor}\n${unpadded(wrapped)}\n---`
  const header = Buffer.from(`${head} ${headerMac(fileKey, head)}\n`)
  return Buffer.concat([header, nonce, encrypt(payloadKey(fileKey, nonce), LAST_CHUNK, Buffer.from(text))])
}

/** The eleven bytes that count chunks, and the one that says which is the last. */
const LAST_CHUNK = Buffer.from([...new Array<number>(11).fill(0), 1])

function keyFor(passphrase: string, salt: Buffer, workFactor: number): Buffer {
  const salted = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt])
  return scryptSync(passphrase, salted, 32, { N: 2 ** workFactor, r: 8, p: 1, maxmem: 2 ** 30 })
}

function headerMac(fileKey: Buffer, head: string): string {
  const key = Buffer.from(hkdfSync('sha256', fileKey, '', 'header', 32))
  return unpadded(createHmac('sha256', key).update(head).digest())
}

function payloadKey(fileKey: Buffer, nonce: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32))
}

function encrypt(key: Buffer, nonce: Buffer, text: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG })
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG })
  decipher.setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()])
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
