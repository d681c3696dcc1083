import { randomBytes } from 'node:crypto'
import { makeIdentity, publicIdentity } from '../../../src/verification/create-identity.js'
import { encodeRecoveryKey } from '../../../src/verification/keys.js'
import { describeStorageKey, encryptSecret } from '../../../src/verification/secret-storage.js'
import { objectOf } from '../homeserver/answers.js'
import type { Homeserver, HomeserverOptions } from '../homeserver.js'
import { partsOf, type VectorAccount } from './vectors.js'

/** Options of a homeserver on which an account of the vectors can live. */
export function serverOf({ user_id: userId }: VectorAccount): HomeserverOptions {
  const [localpart = '', serverName = ''] = userId.slice(1).split(':')
  return { serverName, users: [{ localpart }] }
}

/** Sets an account up as its client did: identity, secret storage, and a session on the bot's device with its keys. @returns the token */
export function setUpAccount(server: Homeserver, account: VectorAccount): string {
  const { user_id: userId, device_id: deviceId } = account
  const { answer, device, master, selfSigning } = partsOf(account)
  const token = server.issueToken(userId.slice(1).split(':')[0] ?? '', deviceId)
  server.keys.setDeviceKeys(userId, deviceId, device)
  const userSigning = answer.user_signing_keys[userId] ?? {}
  server.keys.setIdentity(userId, { master, self_signing: selfSigning, user_signing: userSigning })
  for (const [type, content] of Object.entries(account.account_data)) server.keys.setAccountData(userId, type, content)
  return token
}

/** Everything of the owner that must not be printed, in the forms in which it is written down. */
export function ownerSecrets(account: VectorAccount): string[] {
  const { recovery_key: recoveryKey, recovery_passphrase: passphrase, storage_key_hex: storageKey } = account
  const keys = [...Object.values(account.private_keys_base64), Buffer.from(storageKey, 'hex').toString('base64')]
  const forms = keys.flatMap((key) => [
    key,
    Buffer.from(key, 'base64').toString('base64'),
    Buffer.from(key, 'base64').toString('hex'),
  ])
  return [recoveryKey, recoveryKey.replaceAll(' ', ''), ...(passphrase === null ? [] : [passphrase]), ...forms]
}

/** Gives an account a new identity and secret storage, as if a person had set up recovery. @returns the recovery key */
export function setUpRecovery(server: Homeserver, userId: string): string {
  const identity = makeIdentity({ bytes: randomBytes })
  const {
    master_key: master,
    self_signing_key: selfSigning,
    user_signing_key: userSigning,
  } = publicIdentity(userId, identity)
  server.keys.setIdentity(userId, {
    master: objectOf(master),
    self_signing: objectOf(selfSigning),
    user_signing: objectOf(userSigning),
  })
  const { keyId, storageKey } = identity
  const seeds = { master: identity.master, self_signing: identity.selfSigning, user_signing: identity.userSigning }
  for (const [kind, seed] of Object.entries(seeds)) {
    const name = `m.cross_signing.${kind}`
    const encrypted = { [keyId]: encryptSecret(storageKey, name, seed, randomBytes(16)) }
    server.keys.setAccountData(userId, name, { encrypted })
  }
  server.keys.setAccountData(userId, `m.secret_storage.key.${keyId}`, describeStorageKey(storageKey, randomBytes(16)))
  server.keys.setAccountData(userId, 'm.secret_storage.default_key', { key: keyId })
  return encodeRecoveryKey(storageKey)
}
