import { createPublicKey, generateKeyPairSync, type KeyObject as NodeKey, sign, verify } from 'node:crypto'
import { objectOf } from '../homeserver/answers.js'

/**
 * Canonical JSON for keys that are ASCII, written anew: what the server and the bot of a test compute must not come from
 * the code under test.
 */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

function bytesOf(object: object): Buffer {
  const signed = Object.entries(object).filter(([name]) => name !== 'signatures' && name !== 'unsigned')
  return Buffer.from(canonical(Object.fromEntries(signed)))
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** @param publicKey base64 */
export function isValid(object: object, userId: string, keyId: string, publicKey: string): boolean {
  const signature = objectOf(objectOf(objectOf(object)['signatures'])[userId])[keyId]
  const prefix = Buffer.from('302a300506032b6570032100', 'hex')
  const key = createPublicKey({
    key: Buffer.concat([prefix, Buffer.from(publicKey, 'base64')]),
    format: 'der',
    type: 'spki',
  })
  return typeof signature === 'string' && verify(null, bytesOf(object), key, Buffer.from(signature, 'base64'))
}

/** The keys of a device, as a bot makes them. */
export function makeDeviceKeys(userId: string, deviceId: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = (key: NodeKey) => unpadded(key.export({ format: 'der', type: 'spki' }).subarray(-32))
  const keys = {
    user_id: userId,
    device_id: deviceId,
    algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
    keys: {
      [`ed25519:${deviceId}`]: raw(publicKey),
      [`curve25519:${deviceId}`]: raw(generateKeyPairSync('x25519').publicKey),
    },
  }
  const signature = unpadded(sign(null, bytesOf(keys), privateKey))
  return { ...keys, signatures: { [userId]: { [`ed25519:${deviceId}`]: signature } } }
}
