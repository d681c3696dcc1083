import { describe, expect, test } from '@jest/globals'
import {
  canonicalJson,
  encodeUnpadded,
  isSignedBy,
  publicKeyOf,
  signatureOf,
  signedBytes,
} from '../../src/verification/keys.js'
import { partsOf, VECTORS } from '../support/verification/vectors.js'

const { canonical_json: vector } = VECTORS
const seed = Buffer.from(vector.seed_hex, 'hex')

describe('canonical JSON', () => {
  test('is that of the vector: keys by code point, nothing escaped without need', () => {
    expect(signedBytes(vector.object).toString()).toBe(vector.signed_bytes_utf8)
  })

  test.each([
    ['{"b":1,"a":[true,false,null,{"z":{},"y":[]}]}', '{"a":[true,false,null,{"y":[],"z":{}}],"b":1}'],
    ['{"10":1,"9":2,"1":3}', '{"1":3,"10":1,"9":2}'],
    ['{"\\u001f":"\\u007f\\/\\ud83d\\ude42"}', '{"\\u001f":"\u007f/🙂"}'],
    ['{"__proto__":1,"constructor":2}', '{"__proto__":1,"constructor":2}'],
    ['[9007199254740991,-9007199254740991,0]', '[9007199254740991,-9007199254740991,0]'],
    ['1.0', '1'],
  ])('%s', (text, expected) => {
    expect(canonicalJson(JSON.parse(text))).toBe(expected)
  })

  const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels)

  test.each([
    ['1.5', 'not a safe integer'],
    ['1e400', 'not a safe integer'],
    ['9007199254740992', 'not a safe integer'],
    ['-0', 'not a safe integer'],
    ['"\\ud800"', 'lone surrogate'],
    ['{"\\udc00":1}', 'lone surrogate'],
    [nested(66), 'too many levels'],
    [nested(65, '{"a":', '}').replace(':}', ':{"a":{}}}'), 'too many levels'],
    [nested(10_000), 'too many levels'],
  ])('%.30s has none', (text, why) => {
    expect(() => canonicalJson(JSON.parse(text))).toThrow(why)
  })

  test('65 levels have one: more than any key has', () => {
    expect(canonicalJson(JSON.parse(nested(65)))).toBe(nested(65))
  })

  test('what JSON does not know has none', () => {
    expect(() => canonicalJson({ a: undefined })).toThrow('no canonical form of undefined')
  })
})

describe('Ed25519', () => {
  test('public key and signature are those of the vector', () => {
    expect(encodeUnpadded(publicKeyOf(seed))).toBe(vector.public_key)
    expect(signatureOf(vector.object, seed)).toBe(vector.signature)
  })

  const signed = { ...vector.object, signatures: { '@x:y': { 'ed25519:K': vector.signature } } }
  const key = publicKeyOf(seed)

  test('a signature holds, whatever stands in unsigned', () => {
    expect(isSignedBy(signed, '@x:y', 'ed25519:K', key)).toBe(true)
    expect(isSignedBy({ ...signed, unsigned: { other: 1 } }, '@x:y', 'ed25519:K', key)).toBe(true)
  })

  test.each([
    ['another user', signed, '@x:z', 'ed25519:K', key],
    ['another key ID', signed, '@x:y', 'ed25519:L', key],
    ['another key', signed, '@x:y', 'ed25519:K', publicKeyOf(Buffer.alloc(32, 8))],
    ['a key of 33 bytes', signed, '@x:y', 'ed25519:K', Buffer.concat([key, Buffer.alloc(1)])],
    ['another member', { ...signed, more: 1 }, '@x:y', 'ed25519:K', key],
    ['a member that cannot be signed', { ...signed, more: 1.5 }, '@x:y', 'ed25519:K', key],
    ['no signatures', vector.object, '@x:y', 'ed25519:K', key],
    ['an inherited name', signed, '@x:y', 'constructor', key],
  ])('and not for %s', (_name, object, userId, keyId, publicKey) => {
    expect(isSignedBy(object, userId, keyId, publicKey)).toBe(false)
  })

  test.each(['', 'AAAA', `${vector.signature}AA`, vector.signature.replace(/.$/, '*')])('nor with “%.12s…”', (text) => {
    const object = { ...vector.object, signatures: { '@x:y': { 'ed25519:K': text } } }
    expect(isSignedBy(object, '@x:y', 'ed25519:K', key)).toBe(false)
  })
})

test.each(VECTORS.accounts.map((account) => [account.made_with, account] as const))(
  '%s: the bytes and the signature of the device are exact',
  (_name, account) => {
    const { device } = partsOf(account)
    const key = Buffer.from(account.private_keys_base64.self_signing, 'base64')
    expect(signedBytes(device).toString()).toBe(account.expected.signed_bytes_utf8)
    expect(signatureOf(device, key)).toBe(account.expected.signature)
    expect(encodeUnpadded(publicKeyOf(key))).toBe(account.self_signing_public_key)
  },
)
