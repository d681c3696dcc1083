import { describeRefusal, isRefusedWith } from '../api/error.js'
import { type JsonObject, ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import { type OtherStages, sendWithPassword } from '../matrix/interactive-auth.js'
import type { Random } from '../runner/ports.js'
import type { Secret } from '../secret.js'
import { type CrossSigningUsage, keyIdOf } from './identity.js'
import { encodeUnpadded, KEY_BYTES } from './keys.js'
import type { KeysApi } from './keys-api.js'
import { optionalObject, optionalText } from './members.js'
import { publicKeyOf, signatureOf } from './signing.js'

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
export interface UploadContext {
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
export async function uploadIdentity(api: KeysApi, keys: JsonObject, context: UploadContext): Promise<void> {
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
