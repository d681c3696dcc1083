import { isValid } from '../verification/signatures.js'
import type { Accounts, Device } from './accounts.js'
import { type JsonMembers, objectOf } from './answers.js'

/** The three public keys of an identity, as they were uploaded. */
export const IDENTITY_MEMBERS = ['master', 'self_signing', 'user_signing'] as const
type IdentityMember = (typeof IDENTITY_MEMBERS)[number]
type Identity = Partial<Record<IdentityMember, JsonMembers>>

/** How a server takes signatures of devices. */
type SignatureRules = 'synapse' | 'dendrite'

/** Keys of devices, identities, signatures and account data. */
export class Keys {
  readonly #accounts: Accounts
  readonly #rules: SignatureRules
  /** By the device itself: what logs out takes its keys along, and the same ID made anew has none. */
  readonly #devices = new WeakMap<Device, JsonMembers>()
  readonly #identities = new Map<string, Identity>()
  /** By user, device and key. Synapse keeps them whatever becomes of the device: element-hq/synapse#17375. */
  readonly #signatures = new Map<string, Map<string, string>>()
  readonly #accountData = new Map<string, JsonMembers>()

  constructor(accounts: Accounts, rules: SignatureRules) {
    this.#accounts = accounts
    this.#rules = rules
  }

  /** @throws Error where the device is not there */
  setDeviceKeys(userId: string, deviceId: string, keys: JsonMembers): void {
    const device = this.#accounts.device(userId, deviceId)
    if (device === undefined) throw new Error(`no device ${deviceId}`)
    this.#devices.set(device, keys)
  }

  setIdentity(userId: string, identity: Identity): void {
    this.#identities.set(userId, { ...this.#identities.get(userId), ...identity })
  }

  identity(userId: string): Identity {
    return this.#identities.get(userId) ?? {}
  }

  accountData(userId: string, type: string): JsonMembers | undefined {
    return this.#accountData.get(`${userId} ${type}`)
  }

  setAccountData(userId: string, type: string, content: JsonMembers): void {
    this.#accountData.set(`${userId} ${type}`, content)
  }

  /** As `/keys/query` shows them, with every signature that was uploaded. */
  devicesOf(userId: string): Readonly<Record<string, JsonMembers>> {
    return Object.fromEntries(this.#accounts.devices(userId).flatMap((device) => this.#shown(userId, device)))
  }

  #shown(userId: string, device: Device): [string, JsonMembers][] {
    const keys = this.#devices.get(device)
    if (keys === undefined) return []
    const { device_id: deviceId, display_name: name } = device
    const own = objectOf(keys['signatures'])
    const uploaded = Object.fromEntries(this.#signaturesOf(userId, deviceId))
    const signatures = { ...own, [userId]: { ...objectOf(own[userId]), ...uploaded } }
    return [[deviceId, { ...keys, signatures, unsigned: name === undefined ? {} : { device_display_name: name } }]]
  }

  /** A signature as if it had been uploaded before. */
  addSignature(userId: string, deviceId: string, keyId: string, signature: string): void {
    this.#signaturesOf(userId, deviceId).set(keyId, signature)
  }

  /** @returns what was refused, by user and device; `undefined` where the server never says so */
  uploadSignatures(userId: string, objects: JsonMembers): JsonMembers | undefined {
    if (this.#rules === 'dendrite') {
      for (const [deviceId, object] of Object.entries(objects)) this.#storeAll(userId, deviceId, objectOf(object))
      return undefined
    }
    const refused = Object.entries(objects).flatMap(([deviceId, object]) => {
      const problem = this.#uploadToSynapse(userId, deviceId, objectOf(object))
      return problem === undefined ? [] : [[deviceId, problem] as const]
    })
    return refused.length === 0 ? {} : { [userId]: Object.fromEntries(refused) }
  }

  /** clientapi/routing/key_crosssigning.go and userapi/internal/cross_signing.go: nothing is checked. */
  #storeAll(userId: string, deviceId: string, object: JsonMembers): void {
    for (const [keyId, signature] of Object.entries(objectOf(objectOf(object['signatures'])[userId])))
      this.addSignature(userId, deviceId, keyId, String(signature))
  }

  /** synapse/handlers/e2e_keys.py, _process_self_signatures. */
  #uploadToSynapse(userId: string, deviceId: string, object: JsonMembers): JsonMembers | undefined {
    const [keyId, publicKey] = Object.entries(objectOf(this.identity(userId).self_signing?.['keys']))[0] ?? []
    const stored = this.devicesOf(userId)[deviceId]
    if (keyId === undefined || stored === undefined) return refusal(404, 'M_NOT_FOUND', 'No key found')
    if (!isValid(object, userId, keyId, String(publicKey)))
      return refusal(400, 'M_INVALID_SIGNATURE', 'Invalid signature')
    if (comparable(object) !== comparable(stored)) return refusal(400, 'M_UNKNOWN', 'Key does not match')
    const signature = objectOf(objectOf(object['signatures'])[userId])[keyId]
    // The first one stays, and the answer does not tell.
    if (!this.#signaturesOf(userId, deviceId).has(keyId)) this.addSignature(userId, deviceId, keyId, String(signature))
    return undefined
  }

  #signaturesOf(userId: string, deviceId: string): Map<string, string> {
    const id = `${userId} ${deviceId}`
    const known = this.#signatures.get(id) ?? new Map<string, string>()
    this.#signatures.set(id, known)
    return known
  }
}

const refusal = (status: number, errcode: string, message: string): JsonMembers => ({ status, errcode, message })

/** Members in the order of their names, without those that do not count. */
function comparable(object: JsonMembers): string {
  const { signatures: _signatures, unsigned: _unsigned, ...rest } = object
  return JSON.stringify(rest, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  )
}
