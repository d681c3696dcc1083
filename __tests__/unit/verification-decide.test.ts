import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/failures.js'
import { decideSigning, readShownKeys } from '../../src/verification/identity.js'
import { signatureOf, signedBytes } from '../../src/verification/keys.js'
import {
  type AccountParts,
  type KeyObject,
  partsOf,
  VECTORS,
  type VectorAccount,
} from '../support/verification/vectors.js'

const [account] = VECTORS.accounts
const { user_id: USER, device_id: DEVICE } = account
const bytes = (text: string) => Buffer.from(text, 'base64')
const seedsOf = ({ private_keys_base64: keys }: VectorAccount) => ({
  master: bytes(keys.master),
  selfSigning: bytes(keys.self_signing),
})
const SEEDS = seedsOf(account)
const DEVICE_KEY = '72anzwQk8/vYz4SqPOyFiIw9EN3piiui5vldwd2Hq3U'
const MASTER_PUB = 'EV4hwb2+oP+1EveVuhipqyIXSg9attUw2rfqKRAUtaQ'
const SSK = account.self_signing_public_key
const padded = (text: string) => `${text}=`

/** Makes a changed object valid again: signs it with the key that vouches for it. */
function signAgain(object: KeyObject, keyId: string, seed: Uint8Array): void {
  object.signatures[USER] = { [keyId]: signatureOf(object, seed) }
}

/** A device key of the test's own, so that a changed device can be self-signed. */
function selfSigned(device: KeyObject, deviceId = DEVICE): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const id = `ed25519:${deviceId}`
  device.keys = { [id]: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64') }
  const signature = sign(null, signedBytes(device), privateKey).toString('base64')
  device.signatures[USER] = { ...device.signatures[USER], [id]: signature }
}

function decide(change: (parts: AccountParts) => void, deviceId = DEVICE, expectedKey?: Buffer) {
  const parts = partsOf(account)
  change(parts)
  const subject = { userId: USER, deviceId, ...(expectedKey === undefined ? {} : { expectedKey }) }
  return decideSigning(readShownKeys(parts.answer, USER, deviceId), subject, SEEDS)
}

function wordOf(outcome: ReturnType<typeof decide>): string {
  return outcome instanceof Failure ? outcome.code : outcome.kind
}

describe('what is signed', () => {
  test.each(VECTORS.accounts.map((each) => [each.made_with, each] as const))(
    '%s: exactly what its judge took',
    (_name, each) => {
      const { answer } = partsOf(each)
      const subject = { userId: each.user_id, deviceId: each.device_id }
      const decision = decideSigning(readShownKeys(answer, each.user_id, each.device_id), subject, seedsOf(each))
      expect(decision).toMatchObject({ kind: 'unsigned', hasInvalid: false })
      const { signed = {} } = decision instanceof Failure || decision.kind === 'signed' ? {} : decision
      expect({ [each.user_id]: { [each.device_id]: signed } }).toStrictEqual(each.expected.upload_body)
    },
  )

  test('the self-signing key alone does', () => {
    const shown = readShownKeys(partsOf(account).answer, USER, DEVICE)
    const decision = decideSigning(shown, { userId: USER, deviceId: DEVICE }, { selfSigning: SEEDS.selfSigning })
    expect(decision).toMatchObject({ kind: 'unsigned', deviceKey: DEVICE_KEY })
  })

  test('members that nobody knows are signed along, and go back as they came', () => {
    const decision = decide(({ device }) => {
      device['dehydrated'] = true
      Object.defineProperty(device, '__proto__', { value: 1, enumerable: true })
      selfSigned(device)
    })
    if (decision instanceof Failure || decision.kind === 'signed') throw new Error('not signed')
    expect(JSON.stringify(decision.signed)).toContain('"dehydrated":true')
    expect(JSON.stringify(decision.signed)).toContain('"__proto__":1')
    expect(decision.signed).not.toHaveProperty('unsigned')
  })

  test('a valid signature is enough, and an invalid one is not', () => {
    const keyId = `ed25519:${SSK}`
    const valid = decide(({ device }) =>
      Object.assign(device.signatures[USER] ?? {}, { [keyId]: account.expected.signature }),
    )
    expect(valid).toStrictEqual({ kind: 'signed', deviceKey: DEVICE_KEY })
    const other = decide(({ device }) => Object.assign(device.signatures[USER] ?? {}, { [keyId]: 'A'.repeat(86) }))
    expect(other).toMatchObject({ kind: 'unsigned', hasInvalid: true })
    const paddedId = `ed25519:${padded(SSK)}`
    const ignored = decide(({ device }) =>
      Object.assign(device.signatures[USER] ?? {}, { [paddedId]: account.expected.signature }),
    )
    expect(ignored).toMatchObject({ kind: 'unsigned', hasInvalid: false })
  })

  test('the expected key may be given padded; another one is refused, and the message names the one that is there', () => {
    expect(wordOf(decide(() => {}, DEVICE, bytes(DEVICE_KEY)))).toBe('unsigned')
    const refused = decide(() => {}, DEVICE, bytes(SSK))
    expect(refused).toMatchObject({ code: 'device-key-mismatch', message: expect.stringContaining(DEVICE_KEY) })
  })
})

type Case = readonly [name: string, change: (parts: AccountParts) => void, says?: string]

const REFUSED: Readonly<Record<string, readonly Case[]>> = {
  'no-device-keys': [
    [
      'no device',
      ({ answer }) => Reflect.deleteProperty(answer.device_keys[USER] ?? {}, DEVICE),
      'has no encryption keys',
    ],
    ['no user', ({ answer }) => Reflect.deleteProperty(answer.device_keys, USER)],
    ['no member', ({ answer }) => Reflect.deleteProperty(answer, 'device_keys')],
    ['a list', ({ answer }) => set(answer.device_keys, USER, [])],
  ],
  'device-key-mismatch': [
    ['no keys', ({ device }) => Reflect.deleteProperty(device, 'keys')],
    [
      'no Ed25519 key',
      ({ device }) => Reflect.deleteProperty(device.keys, `ed25519:${DEVICE}`),
      'no usable Ed25519 key of the device',
    ],
    ['a short key', ({ device }) => set(device.keys, `ed25519:${DEVICE}`, 'AAAA')],
    ['another key', ({ device }) => set(device.keys, `ed25519:${DEVICE}`, SSK)],
    ['another curve key, which is signed too', ({ device }) => set(device.keys, `curve25519:${DEVICE}`, SSK)],
    ['no signature of its own', ({ device }) => set(device, 'signatures', {}), 'are not signed by the device itself'],
    ['a signature of something else', ({ device }) => set(device, 'algorithms', [])],
    [
      'another user',
      ({ device }) => {
        device.user_id = '@mallory:synapse.lab'
        selfSigned(device)
      },
      'belong to another device or user',
    ],
    [
      'another device',
      ({ device }) => {
        device.device_id = 'OTHER'
        selfSigned(device)
      },
    ],
    ['endless levels', ({ device }) => set(device, 'deep', JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)))],
    [
      'a number that cannot be signed',
      ({ device }) => {
        selfSigned(device)
        device['number'] = 1e300
      },
    ],
  ],
  'not-cross-signed': [
    ['no master key', ({ answer }) => Reflect.deleteProperty(answer.master_keys, USER)],
    ['no self-signing key', ({ answer }) => set(answer, 'self_signing_keys', {}), 'has no cross-signing identity'],
    [
      'no identity at all',
      ({ answer }) =>
        ['master_keys', 'self_signing_keys', 'user_signing_keys'].map((name) => Reflect.deleteProperty(answer, name)),
    ],
  ],
  'identity-mismatch': [
    [
      'a master key of somebody else',
      ({ answer }) => set(answer.master_keys, USER, masterOf(VECTORS.accounts[1])),
      'The master key in secret storage is not',
    ],
    [
      'a self-signing key of somebody else, which the master key has signed',
      ({ selfSigning }) => {
        const { self_signing_public_key: other } = VECTORS.accounts[1]
        replaceKey(selfSigning, other, other)
        signAgain(selfSigning, `ed25519:${MASTER_PUB}`, SEEDS.master)
      },
      'The private self-signing key is not',
    ],
    [
      'a padded ID and value of the self-signing key',
      ({ selfSigning }) => {
        replaceKey(selfSigning, padded(SSK), padded(SSK))
        signAgain(selfSigning, `ed25519:${MASTER_PUB}`, SEEDS.master)
      },
    ],
    ['no usage', ({ selfSigning }) => Reflect.deleteProperty(selfSigning, 'usage'), 'malformed keys'],
    ['no key', ({ selfSigning }) => set(selfSigning, 'keys', {}), 'malformed keys'],
    ['a number for a key', ({ selfSigning }) => set(selfSigning.keys, `ed25519:${SSK}`, 1), 'malformed keys'],
    ['a key that is not base64', ({ selfSigning }) => set(selfSigning.keys, `ed25519:${SSK}`, '*'), 'malformed keys'],
    [
      'a padded value alone',
      ({ selfSigning }) => {
        replaceKey(selfSigning, SSK, padded(SSK))
        signAgain(selfSigning, `ed25519:${MASTER_PUB}`, SEEDS.master)
      },
    ],
    [
      'a padded ID of the master key',
      ({ master }) => replaceKey(master, padded(MASTER_PUB), MASTER_PUB),
      'does not match. The server shows malformed keys',
    ],
    [
      'two self-signing keys',
      ({ selfSigning }) => {
        selfSigning.keys['ed25519:other'] = DEVICE_KEY
        signAgain(selfSigning, `ed25519:${MASTER_PUB}`, SEEDS.master)
      },
    ],
    [
      'another usage',
      ({ selfSigning }) => {
        selfSigning.usage = ['user_signing']
        signAgain(selfSigning, `ed25519:${MASTER_PUB}`, SEEDS.master)
      },
    ],
    [
      'the key of another user',
      ({ selfSigning }) => {
        selfSigning.user_id = '@mallory:synapse.lab'
        signAgain(selfSigning, `ed25519:${MASTER_PUB}`, SEEDS.master)
      },
    ],
    [
      'no signature of the master key',
      ({ selfSigning }) => set(selfSigning, 'signatures', {}),
      'is not signed by the master key',
    ],
    [
      'a signature of itself in its place',
      ({ selfSigning }) => signAgain(selfSigning, `ed25519:${MASTER_PUB}`, SEEDS.selfSigning),
    ],
    ['an empty master key', ({ answer }) => set(answer.master_keys, USER, {})],
  ],
}

function set(object: object, name: string, value: unknown): void {
  Object.assign(object, { [name]: value })
}

function replaceKey(object: KeyObject, id: string, value: string): void {
  object.keys = { [`ed25519:${id}`]: value }
}

/** The master key of another account, with this user's name on it. */
function masterOf(other: VectorAccount): KeyObject {
  return { ...partsOf(other).master, user_id: USER }
}

describe.each(Object.entries(REFUSED))('%s', (word, cases) => {
  test.each(cases)('%s', (_name, change, says = '') => {
    const outcome = decide(change)
    expect(wordOf(outcome)).toBe(word)
    expect(String(outcome)).toContain(says)
  })
})

test.each(['__proto__', 'constructor', 'toString'])(
  'a device %s that is not there is not found elsewhere',
  (deviceId) => {
    expect(wordOf(decide(() => {}, deviceId))).toBe('no-device-keys')
  },
)

describe('a device that has a key of the identity', () => {
  const rename = (deviceId: string) => (parts: AccountParts) => {
    parts.device.device_id = deviceId
    selfSigned(parts.device, deviceId)
    parts.answer.device_keys[USER] = { [deviceId]: parts.device }
  }

  test.each([
    ['the master key', MASTER_PUB],
    ['the self-signing key', SSK],
    ['the self-signing key, padded', padded(SSK)],
    ['the user-signing key', 'KplGdcoECgw6MkYyLWXLoAfALne1hSPG1mgG2sYzCy4'],
  ])('as its ID is not signed: %s', (_name, deviceId) => {
    expect(wordOf(decide(rename(deviceId), deviceId))).toBe('device-key-mismatch')
  })

  test('as its key is not signed', () => {
    const outcome = decide(({ device }) => {
      set(device.keys, `ed25519:${DEVICE}`, MASTER_PUB)
      signAgain(device, `ed25519:${DEVICE}`, SEEDS.master)
    })
    expect(wordOf(outcome)).toBe('device-key-mismatch')
    expect(String(outcome)).toContain('cross-signing identity as its ID or key')
  })

  test.each(['__proto__', 'constructor', 'BOT 🙂', 'a/b+c='])('any other ID is: %s', (deviceId) => {
    const outcome = decide((parts) => {
      rename(deviceId)(parts)
      const devices = JSON.parse(JSON.stringify([[deviceId, parts.device]]))
      parts.answer.device_keys[USER] = Object.fromEntries(devices)
    }, deviceId)
    expect(wordOf(outcome)).toBe('unsigned')
  })
})
