import { describe, expect, test } from '@jest/globals'
import {
  decodeBase64,
  decodeKey,
  decodeRecoveryKey,
  deriveFromPassphrase,
  encodeRecoveryKey,
  encodeUnpadded,
  maskRecoveryKey,
  maskStorageKey,
  readPassphraseParameters,
} from '../../src/verification/keys.js'
import { VECTORS } from '../support/verification/vectors.js'

const KEY = Uint8Array.from({ length: 32 }, (_, index) => index)
const TEXT = VECTORS.recovery_keys.bytes_0_to_31
const COMPACT = TEXT.replaceAll(' ', '')
const hexOf = (text: string) => {
  const decoded = decodeRecoveryKey(text)
  return 'key' in decoded ? decoded.key.toString('hex') : decoded.problem
}

describe('the recovery key', () => {
  test('is written as in the vector, and read back', () => {
    expect(encodeRecoveryKey(KEY)).toBe(TEXT)
    expect(hexOf(TEXT)).toBe(Buffer.from(KEY).toString('hex'))
  })

  test.each(VECTORS.accounts.map((account) => [account.made_with, account] as const))('of %s', (_name, account) => {
    expect(hexOf(account.recovery_key)).toBe(account.storage_key_hex)
    expect(encodeRecoveryKey(Buffer.from(account.storage_key_hex, 'hex'))).toBe(account.recovery_key)
  })

  test.each([
    ['none', COMPACT],
    ['line breaks', TEXT.replaceAll(' ', '\r\n')],
    ['no-break spaces, tabs, and a BOM', `\ufeff\t${TEXT.replaceAll(' ', '\u00a0\u2009')}\n`],
    ['a blank in another place', `${COMPACT.slice(0, 5)} ${COMPACT.slice(5)}`],
  ])('white space does not matter: %s', (_name, text) => {
    expect(hexOf(text)).toBe(Buffer.from(KEY).toString('hex'))
  })

  test.each([
    ['parity', VECTORS.recovery_keys.wrong['parity'], /check digit/],
    ['length', VECTORS.recovery_keys.wrong['too_short'], /length/],
    ['prefix', VECTORS.recovery_keys.wrong['prefix'], /begin/],
    ['alphabet', VECTORS.recovery_keys.wrong['alphabet'], /never have/],
    ['a leading zero byte', `1${COMPACT}`, /length/],
    ['one character missing', COMPACT.slice(0, -1), /length|begin|check/],
    ['doubled', COMPACT + COMPACT, /length/],
    ['endless', 'E'.repeat(1_000_000), /too long: 1000000/],
    ['a wrong beginning', `2A${COMPACT.slice(2)}`, /begin/],
    ['of 201 characters', 'E'.repeat(201), /too long: 201/],
    ['of 200 characters', 'E'.repeat(200), /wrong length/],
    ['empty', '', /length/],
    ['ones only', '1'.repeat(35), /begin/],
    ['a letter outside the BMP', `${COMPACT.slice(0, -1)}🙂`, /never have/],
  ])('is refused, and nothing of it is repeated: %s', (_name, text, problem) => {
    const decoded = decodeRecoveryKey(text ?? '')
    expect(decoded).toStrictEqual({ problem: expect.stringMatching(problem) })
    expect(JSON.stringify(decoded)).not.toContain((text ?? '').slice(0, 6) || '?')
  })

  test('each single changed character is noticed', () => {
    for (let at = 0; at < COMPACT.length; at += 1) {
      const other = COMPACT[at] === 'z' ? 'y' : 'z'
      expect(decodeRecoveryKey(COMPACT.slice(0, at) + other + COMPACT.slice(at + 1))).toHaveProperty('problem')
    }
  })
})

describe('the passphrase', () => {
  const [account] = VECTORS.accounts
  const given = { algorithm: 'm.pbkdf2', salt: 'salt', iterations: 1000 }

  test('derives the key that matrix-js-sdk derived: the salt as text, SHA-512, the passphrase as typed', async () => {
    const description = account.account_data['m.secret_storage.key.e6lOFWi9fipcgiazJUNvcUHS6hfbn8ug']
    const parameters = readPassphraseParameters(Object(description?.['passphrase']))
    if ('problem' in parameters) throw new Error(parameters.problem)
    const key = await deriveFromPassphrase(account.recovery_passphrase ?? '', parameters)
    expect(key.toString('hex')).toBe(account.storage_key_hex)
  })

  test.each([
    ['256 bits unless said', given, { salt: 'salt', iterations: 1000, bits: 256 }],
    ['one iteration', { ...given, iterations: 1 }, { salt: 'salt', iterations: 1, bits: 256 }],
    ['the fewest bits', { ...given, bits: 128 }, { salt: 'salt', iterations: 1000, bits: 128 }],
    ['the most bits', { ...given, bits: 1024 }, { salt: 'salt', iterations: 1000, bits: 1024 }],
    ['other bits', { ...given, bits: 512 }, { salt: 'salt', iterations: 1000, bits: 512 }],
    ['the most iterations', { ...given, iterations: 5_000_000 }, { salt: 'salt', iterations: 5_000_000, bits: 256 }],
    ['no parameters', undefined, /not made from a passphrase/],
    ['an unknown algorithm', { ...given, algorithm: 'm.argon2' }, /not supported/],
    ['too many iterations', { ...given, iterations: 5_000_001 }, /more than 5000000/],
    ['no iterations', { ...given, iterations: 0 }, /malformed/],
    ['a fraction', { ...given, iterations: 1.5 }, /malformed/],
    ['text', { ...given, iterations: '1000' }, /malformed/],
    ['no salt', { algorithm: 'm.pbkdf2', iterations: 1000 }, /malformed/],
    ['odd bits', { ...given, bits: 257 }, /malformed/],
    ['few bits', { ...given, bits: 8 }, /malformed/],
    ['endless bits', { ...given, bits: 2 ** 31 }, /malformed/],
  ])('parameters of the server are bounded: %s', (_name, passphrase, expected) => {
    const read = readPassphraseParameters(passphrase)
    expect(read).toStrictEqual(expected instanceof RegExp ? { problem: expect.stringMatching(expected) } : expected)
  })
})

describe('base64', () => {
  test.each([
    ['', 0],
    ['AA', 1],
    ['AA==', 1],
    ['AAA', 2],
    ['AAA=', 2],
    ['AAAA', 3],
    ['+/+/', 3],
  ])('“%s”: %i bytes', (text, length) => {
    expect(decodeBase64(text)).toHaveLength(length)
  })

  test.each([
    'A',
    'AAAAA',
    'AA=',
    'AAA==',
    'AAAA=',
    'AAAA==',
    'A===',
    '-_-_',
    'AA AA',
    'AA\n',
    'AA==AA==',
    'AA=A',
    '=AAA',
    'ÄÄ',
  ])('“%s” is not base64, although Buffer takes it', (text) => {
    expect(decodeBase64(text)).toBeUndefined()
  })

  test('a key has 32 bytes, padded or not, and is written unpadded', () => {
    const padded = Buffer.from(KEY).toString('base64')
    for (const text of [padded, padded.replace('=', '')]) expect(decodeKey(text)).toStrictEqual(Buffer.from(KEY))
    for (const size of [31, 33]) expect(decodeKey(Buffer.alloc(size).toString('base64'))).toBeUndefined()
    expect(encodeUnpadded(KEY)).toBe(padded.replace('=', ''))
  })
})

describe('masks', () => {
  function masked(mask: (masks: { mask(secret: string): void }) => void): readonly string[] {
    const found: string[] = []
    mask({ mask: (secret) => found.push(secret) })
    return found
  }

  test('a recovery key is masked as it was given, without white space, and as clients show it', () => {
    const given = `${COMPACT.slice(0, 5)} ${COMPACT.slice(5)}`
    expect(masked((masks) => maskRecoveryKey(masks, ` ${given}\n`))).toStrictEqual([
      ` ${given}\n`,
      given,
      COMPACT,
      TEXT,
    ])
  })

  test('the key of secret storage is masked in every encoding, and as a recovery key', () => {
    const key = Buffer.alloc(32, 0xfb)
    expect(masked((masks) => maskStorageKey(masks, key))).toStrictEqual([
      `${'+/v7'.repeat(10)}+/s=`,
      `${'+/v7'.repeat(10)}+/s`,
      `${'-_v7'.repeat(10)}-_s`,
      'fb'.repeat(32),
      encodeRecoveryKey(key),
      encodeRecoveryKey(key).replaceAll(' ', ''),
    ])
  })

  test('a key of another length, which a passphrase may make, has no recovery key', () => {
    expect(masked((masks) => maskStorageKey(masks, Buffer.alloc(16, 0xfb)))).toHaveLength(4)
  })
})
