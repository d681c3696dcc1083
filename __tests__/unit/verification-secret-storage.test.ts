import { describe, expect, test } from '@jest/globals'
import { isJsonObject, type JsonObject } from '../../src/api/values.js'
import { encodeUnpadded } from '../../src/verification/keys.js'
import {
  checkStorageKey,
  decryptSecret,
  describeStorageKey,
  encryptSecret,
} from '../../src/verification/secret-storage.js'
import { VECTORS, type VectorAccount } from '../support/verification/vectors.js'

const KINDS = ['master', 'self_signing', 'user_signing'] as const
const RANDOM = Buffer.alloc(16, 0xff)
const objectIn = (value: unknown): JsonObject => {
  if (!isJsonObject(value)) throw new Error('not an object')
  return value
}

function storageOf({ account_data: data, storage_key_hex: hex }: VectorAccount) {
  const keyId = String(data['m.secret_storage.default_key']?.['key'])
  const entry = (kind: string) => objectIn(objectIn(data[`m.cross_signing.${kind}`]?.['encrypted'])[keyId])
  return { key: Buffer.from(hex, 'hex'), description: objectIn(data[`m.secret_storage.key.${keyId}`]), entry }
}

const padded = (text: unknown) => Buffer.from(String(text), 'base64').toString('base64')
const unpadded = (text: unknown) => encodeUnpadded(Buffer.from(String(text), 'base64'))
const flipped = (text: unknown) => {
  const bytes = Buffer.from(String(text), 'base64')
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)
  return bytes.toString('base64')
}

describe.each(VECTORS.accounts.map((account) => [account.made_with, account] as const))('%s', (_name, account) => {
  const { key, description, entry } = storageOf(account)
  const wrong = Buffer.alloc(32, 7)

  test('its key fits, and no other does', () => {
    expect(checkStorageKey(key, description)).toBe('fits')
    expect(checkStorageKey(wrong, description)).toBe('does-not-fit')
  })

  test.each(KINDS)('its secret %s is read, padded and not', (kind) => {
    const name = `m.cross_signing.${kind}`
    const secret = entry(kind)
    for (const form of [padded, unpadded]) {
      const spelt = Object.fromEntries(Object.entries(secret).map(([member, text]) => [member, form(text)]))
      const opened = decryptSecret(key, name, spelt)
      expect('seed' in opened ? encodeUnpadded(opened.seed) : opened).toBe(account.private_keys_base64[kind])
    }
  })

  test.each([
    ['another key', wrong, {}, 'other-key'],
    ['a changed mac', key, { mac: flipped(entry('master')['mac']) }, 'other-key'],
    ['a mac that is cut off', key, { mac: unpadded(entry('master')['mac']).slice(0, 40) }, 'malformed'],
    ['a changed ciphertext', key, { ciphertext: flipped(entry('master')['ciphertext']) }, 'other-key'],
    ['the secret of another name', key, entry('self_signing'), 'other-key'],
    ['a short iv', key, { iv: 'AAAA' }, 'malformed'],
    ['no iv', key, { iv: undefined }, 'malformed'],
    ['no mac', key, { mac: undefined }, 'malformed'],
    ['no ciphertext', key, { ciphertext: undefined }, 'malformed'],
    ['an iv in base64url', key, { iv: '-_-_' }, 'malformed'],
    ['a mac in base64url', key, { mac: '-_-_' }, 'malformed'],
    ['an empty mac', key, { mac: '' }, 'malformed'],
    ['an empty ciphertext', key, { ciphertext: '' }, 'malformed'],
    ['an empty iv', key, { iv: '' }, 'malformed'],
    ['base64url', key, { ciphertext: '-_-_' }, 'malformed'],
    ['a changed iv, which the mac does not cover', key, { iv: flipped(entry('master')['iv']) }, 'not-a-key'],
  ])('refused: %s', (_case, storageKey, change, problem) => {
    const secret = Object.fromEntries(
      Object.entries({ ...entry('master'), ...change }).filter(([, value]) => value !== undefined),
    )
    expect(decryptSecret(storageKey, 'm.cross_signing.master', secret)).toStrictEqual({ problem })
  })

  test.each(['iv', 'mac'])('a description without %s, or with a malformed one, says nothing about a key', (member) => {
    const { [member]: _left, ...rest } = description
    expect(checkStorageKey(wrong, rest)).toBe('unknown')
    for (const text of ['', 'AAAA', '-_-_']) {
      expect(checkStorageKey(key, { ...description, [member]: text })).toBe('unknown')
    }
  })
})

describe('what is written', () => {
  const key = Buffer.alloc(32, 3)
  const seed = Buffer.alloc(32, 9)

  test('is read back, and has bit 63 of the iv at zero', () => {
    const secret = encryptSecret(key, 'm.cross_signing.master', seed, RANDOM)
    expect(decryptSecret(key, 'm.cross_signing.master', secret)).toStrictEqual({ seed })
    expect(Buffer.from(String(secret['iv']), 'base64').toString('hex')).toBe(`${'ff'.repeat(8)}7f${'ff'.repeat(7)}`)
    expect(JSON.stringify(secret)).not.toContain('=')
  })

  test('describes the key so that it can be checked', () => {
    const description = describeStorageKey(key, RANDOM)
    expect(description['algorithm']).toBe('m.secret_storage.v1.aes-hmac-sha2')
    expect(checkStorageKey(key, description)).toBe('fits')
    expect(checkStorageKey(seed, description)).toBe('does-not-fit')
  })

  test('equals what another client wrote, for the same iv', () => {
    const [, account] = VECTORS.accounts
    const storage = storageOf(account)
    const entry = storage.entry('master')
    const random = Buffer.from(String(entry['iv']), 'base64')
    const own = Buffer.from(account.private_keys_base64.master, 'base64')
    expect(encryptSecret(storage.key, 'm.cross_signing.master', own, random)).toStrictEqual(entry)
  })
})
