import { ApiError, describeRefusal, isRefusedWith } from '../api/error.js'
import { type JsonObject, optionalObject, optionalText, ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import { NetworkError } from '../http/exchange.js'
import { type OtherStages, sendWithPassword } from '../matrix/devices.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import { requireOwner } from '../matrix/refusals.js'
import type { Log, Masks, Random } from '../runner/ports.js'
import { Secret } from '../secret.js'
import {
  type CrossSigningUsage,
  checkIdentity,
  crossSigningKeyIn,
  keyIdOf,
  readShownKeys,
  type ShownKeys,
} from './identity.js'
import {
  encodeRecoveryKey,
  encodeUnpadded,
  KEY_BYTES,
  maskPrivateKey,
  maskStorageKey,
  publicKeyOf,
  signatureOf,
} from './keys.js'
import type { KeysApi } from './keys-api.js'
import {
  DEFAULT_KEY,
  keyType,
  MASTER,
  openStorage,
  readStoredSecret,
  SELF_SIGNING,
  USER_SIGNING,
} from './open-storage.js'
import { describeStorageKey, encryptSecret } from './secret-storage.js'

/** The private keys of a new identity and of its secret storage, 32 bytes each. */
export interface NewIdentity {
  readonly master: Uint8Array
  readonly selfSigning: Uint8Array
  readonly userSigning: Uint8Array
  readonly storageKey: Uint8Array
  /** ID of the key of secret storage: 32 letters and digits, as in Element. */
  readonly keyId: string
}

/** Creates the keys. @param random must be a cryptographic source */
export function makeIdentity(random: Pick<Random, 'bytes'>): NewIdentity {
  return {
    master: random.bytes(KEY_BYTES),
    selfSigning: random.bytes(KEY_BYTES),
    userSigning: random.bytes(KEY_BYTES),
    storageKey: random.bytes(KEY_BYTES),
    keyId: Buffer.from(random.bytes(16)).toString('hex'),
  }
}

/**
 * Returns the public keys for the upload: self-signing and user-signing key are signed by the master key.
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3keysdevice_signingupload
 */
export function publicIdentity(userId: string, identity: NewIdentity): JsonObject {
  const master = keyObject(userId, 'master', identity.master)
  const signed = (usage: CrossSigningUsage, seed: Uint8Array) => {
    const object = keyObject(userId, usage, seed)
    const keyId = keyIdOf(publicKeyOf(identity.master))
    return { ...object, signatures: { [userId]: { [keyId]: signatureOf(object, identity.master) } } }
  }
  return {
    master_key: master,
    self_signing_key: signed('self_signing', identity.selfSigning),
    user_signing_key: signed('user_signing', identity.userSigning),
  }
}

function keyObject(userId: string, usage: CrossSigningUsage, seed: Uint8Array): JsonObject {
  const publicKey = publicKeyOf(seed)
  return { user_id: userId, usage: [usage], keys: { [keyIdOf(publicKey)]: encodeUnpadded(publicKey) } }
}

/** The dependencies of an upload, for a server that requires User-Interactive Authentication. */
interface UploadContext {
  readonly userId: string
  readonly askPassword: () => Promise<Secret>
  /**
   * Called before a password is sent, with which the upload would replace an existing identity. @throws if there is one
   */
  readonly checkAgain: () => Promise<void>
}

/**
 * Uploads an identity, with the password if the server requires it. Since Matrix 1.11 (MSC3967) a first identity needs
 * none.
 * @throws Failure `wrong-credentials`, or `method-unavailable` with the address where a user can confirm
 * @see https://spec.matrix.org/latest/client-server-api/#user-interactive-authentication-api
 */
async function uploadIdentity(api: KeysApi, keys: JsonObject, context: UploadContext): Promise<void> {
  const askPassword = async () => {
    const password = await context.askPassword()
    await context.checkAgain()
    return password
  }
  const { userId } = context
  try {
    const asked = await sendWithPassword((auth) => api.uploadIdentity({ ...keys, ...auth }), { userId, askPassword })
    if (asked !== undefined) throw otherStages(asked, api)
  } catch (error) {
    if (!isRefusedWith(error, 401, 'M_FORBIDDEN')) throw error
    throw new Failure('wrong-credentials', describeRefusal(error), undefined, { cause: error })
  }
}

/** Creates the failure if no flow consists of the password only. */
function otherStages({ stages, params }: OtherStages, { client }: KeysApi): Failure {
  const url = stages.map((stage) => optionalText(optionalObject(params, stage), 'url')).find(isWebAddress)
  const asked = stages.length === 0 ? 'something unknown' : new ServerText(stages.join(', '))
  const message = `${client.baseUrl} asks for ${asked} before it accepts a cross-signing identity.`
  const where = url === undefined ? 'in Element (Settings → Encryption)' : `at ${new ServerText(url)}`
  return new Failure('method-unavailable', message, `Confirm it ${where}, then run the command again.`)
}

function isWebAddress(text: string | undefined): text is string {
  return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text)
}

/** The external dependencies of the use case. */
export interface CreateIdentityPorts {
  readonly api: KeysApi
  readonly masks: Masks
  readonly log: Pick<Log, 'info' | 'warning'>
  readonly random: Pick<Random, 'bytes'>
  /**
   * Delivers the recovery key before anything is created. @throws if it cannot be delivered; then nothing is created
   */
  readonly deliver: (recoveryKey: Secret) => Promise<void>
  /** Asks for the password of the account, which some servers require. */
  readonly askPassword: () => Promise<Secret>
}

/** A new identity that the server returns, with its keys in secret storage. */
export interface CreatedIdentity {
  readonly userId: string
  /** Public master key, unpadded base64. */
  readonly masterKey: string
}

/**
 * Creates a cross-signing identity and secret storage for an account without them. The recovery key is delivered first.
 * Account data is written only after the server accepted the identity, because it cannot be deleted and confuses
 * clients. Before a failure in between, a warning states which data exists now and what to do.
 * @throws Failure, ApiError, NetworkError
 */
export async function createIdentity(
  ports: CreateIdentityPorts,
  user: UserIdentifier | undefined,
): Promise<CreatedIdentity> {
  const { api, log } = ports
  const owner = await api.owner()
  requireOwner(owner.userId, user)
  const userId = owner.userId.raw
  await requireNothingThere(api, userId)
  const identity = makeIdentity(ports.random)
  maskAll(ports.masks, identity)
  await ports.deliver(new Secret(encodeRecoveryKey(identity.storageKey)))
  await orWarn(log, mayBeMade, () =>
    uploadIdentity(api, publicIdentity(userId, identity), {
      userId,
      askPassword: () => askPassword(ports),
      checkAgain: () => requireNoIdentity(api, userId),
    }),
  )
  log.info('The server has accepted the cross-signing identity. Its private keys are now stored in secret storage.')
  const keysLost = () => KEYS_LOST
  await orWarn(log, keysLost, () => fillStorage(ports, userId, identity))
  const notConfirmed = () => NOT_CONFIRMED
  await orWarn(log, notConfirmed, () => readBack(ports, userId, identity))
  return { userId, masterKey: encodeUnpadded(publicKeyOf(identity.master)) }
}

async function requireNothingThere(api: KeysApi, userId: string): Promise<void> {
  await requireNoIdentity(api, userId)
  // After a reset js-sdk leaves an empty object, which counts as not set.
  if ((optionalText(await api.accountData(userId, DEFAULT_KEY), 'key') ?? '') === '') return
  throw alreadyThere(`The account ${new ServerText(userId)} already has secret storage.`)
}

async function requireNoIdentity(api: KeysApi, userId: string): Promise<void> {
  const { master, selfSigning, userSigning } = readShownKeys(await api.queryKeys(userId), userId, '')
  if (master === undefined && selfSigning === undefined && userSigning === undefined) return
  throw alreadyThere(`The account ${new ServerText(userId)} already has a cross-signing identity.`)
}

function alreadyThere(what: string): Failure {
  const hint = 'Use its recovery key. If that is lost, reset the identity in Element (Settings → Encryption).'
  return new Failure('denied', `${what} It is never replaced; nothing was changed.`, hint)
}

function maskAll(masks: Masks, { master, selfSigning, userSigning, storageKey }: NewIdentity): void {
  for (const seed of [master, selfSigning, userSigning]) maskPrivateKey(masks, seed)
  maskStorageKey(masks, storageKey)
}

const NOTHING_MADE =
  'The recovery key that was delivered opens nothing: run the command again, which makes another one.'
const KEYS_LOST =
  'The identity exists, but its private keys are not completely stored, so they are lost. Reset the identity in Element ' +
  '(Settings → Encryption), which also makes a new recovery key.'

const NOT_CONFIRMED =
  'The identity and its private keys were written, but what the server shows of them could not be confirmed. Try the recovery ' +
  'key in Element; where Element refuses it, reset the identity there (Settings → Encryption).'
const MAY_BE_MADE =
  'The server may have accepted the identity anyway, without its private keys. Look at the account in Element (Settings ' +
  '→ Encryption): where it has an identity now, reset it; else run the command again.'

/** Describes what a failed upload may have created. */
function mayBeMade(error: unknown): string {
  const lost = error instanceof NetworkError ? error.answerLost : error instanceof ApiError && error.answerLost
  return lost ? MAY_BE_MADE : NOTHING_MADE
}

/** Logs the consequence of a failure or an interruption at this point, and rethrows it. */
async function orWarn(
  log: CreateIdentityPorts['log'],
  consequence: (error: unknown) => string,
  work: () => Promise<void>,
) {
  try {
    await work()
  } catch (error) {
    log.warning(consequence(error))
    throw error
  }
}

async function askPassword(ports: CreateIdentityPorts): Promise<Secret> {
  const password = await ports.askPassword()
  ports.masks.mask(password.reveal())
  return password
}

/** Fills secret storage. The default key is written last, because clients read it first. */
async function fillStorage({ api, random }: CreateIdentityPorts, userId: string, identity: NewIdentity): Promise<void> {
  const { keyId, storageKey, master, selfSigning, userSigning } = identity
  await api.setAccountData(userId, keyType(keyId), describeStorageKey(storageKey, random.bytes(16)))
  for (const [name, seed] of [
    [MASTER, master],
    [SELF_SIGNING, selfSigning],
    [USER_SIGNING, userSigning],
  ] as const) {
    const encrypted = { [keyId]: encryptSecret(storageKey, name, seed, random.bytes(16)) }
    await api.setAccountData(userId, name, { encrypted })
  }
  await api.setAccountData(userId, DEFAULT_KEY, { key: keyId })
}

/** Reads the identity back as a client would that only has the recovery key. */
async function readBack({ api, masks }: CreateIdentityPorts, userId: string, identity: NewIdentity): Promise<void> {
  const storage = await openStorage(api, masks, userId, { kind: 'recovery-key', key: identity.storageKey })
  const master = await readStoredSecret(api, masks, userId, storage, MASTER)
  const selfSigning = await readStoredSecret(api, masks, userId, storage, SELF_SIGNING)
  const userSigning = await readStoredSecret(api, masks, userId, storage, USER_SIGNING)
  const shown = readShownKeys(await api.queryKeys(userId), userId, '')
  const checked = checkIdentity(shown, userId, { master, selfSigning })
  if (checked instanceof Failure) throw checked
  if (isOurs(shown, userId, identity) && publicKeyOf(userSigning).equals(publicKeyOf(identity.userSigning))) return
  throw new Failure(
    'identity-mismatch',
    `The server shows another identity of ${new ServerText(userId)} than the one that was made.`,
  )
}

function isOurs(shown: ShownKeys, userId: string, { master, userSigning }: NewIdentity): boolean {
  const shownMaster = crossSigningKeyIn(shown.master, userId, 'master')
  const shownUserSigning = crossSigningKeyIn(shown.userSigning, userId, 'user_signing')
  return (
    shownMaster?.equals(publicKeyOf(master)) === true && shownUserSigning?.equals(publicKeyOf(userSigning)) === true
  )
}
