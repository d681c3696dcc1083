import { AnswerError, describeRefusal } from '../api/error.js'
import { type JsonObject, ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import type { Random } from '../runner/ports.js'
import type { Secret } from '../secret.js'
import { type CrossSigningUsage, keyIdOf } from './identity.js'
import { encodeUnpadded, KEY_BYTES } from './keys.js'
import type { KeysApi } from './keys-api.js'
import { listMember, objectMember, textMember } from './members.js'
import { publicKeyOf, signatureOf } from './signing.js'

/** The private keys of a new identity, and of the secret storage that will hold them. 32 bytes each. */
export interface NewIdentity {
  readonly master: Uint8Array
  readonly selfSigning: Uint8Array
  readonly userSigning: Uint8Array
  readonly storageKey: Uint8Array
  /** ID of the key of secret storage: 32 letters and digits, as Element makes them. */
  readonly keyId: string
}

/** Makes the keys. @param random must be a cryptographic source */
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
 * The public keys as they are uploaded: self-signing and user-signing key are signed by the master key.
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

/** What an upload may need where the server asks for User-Interactive Authentication. */
export interface UploadContext {
  readonly userId: string
  readonly askPassword: () => Promise<Secret>
  /** Run before a password is sent: with it the upload would replace an identity. @throws where there is one now */
  readonly checkAgain: () => Promise<void>
}

/**
 * Uploads an identity, with the password where the server asks for it. A first identity needs none since Matrix 1.11
 * (MSC3967).
 * @throws Failure `wrong-credentials`, or `method-unavailable` with the address where a person can confirm
 * @see https://spec.matrix.org/latest/client-server-api/#user-interactive-authentication-api
 */
export async function uploadIdentity(api: KeysApi, keys: JsonObject, context: UploadContext): Promise<void> {
  const challenge = await tryUpload(api, keys)
  if (challenge === undefined) return
  requirePasswordFlow(challenge, api)
  const password = await context.askPassword()
  await context.checkAgain()
  const session = textMember(challenge.body, 'session')
  const auth = {
    type: PASSWORD,
    identifier: { type: 'm.id.user', user: context.userId },
    password: password.reveal(),
    ...(session === undefined ? {} : { session }),
  }
  const refused = await tryUpload(api, { ...keys, auth })
  if (refused !== undefined) throw new Failure('wrong-credentials', describeRefusal(refused.error))
}

const PASSWORD = 'm.login.password'

interface Challenge {
  readonly error: AnswerError
  readonly body: JsonObject
}

/** @returns what the server asks for, `undefined` where it took the upload */
async function tryUpload(api: KeysApi, body: JsonObject): Promise<Challenge | undefined> {
  try {
    await api.uploadIdentity(body)
    return undefined
  } catch (error) {
    const asked = error instanceof AnswerError && error.problem.kind === 'refused' ? error.problem : undefined
    if (!(error instanceof AnswerError) || asked?.status !== 401 || listMember(asked.body, 'flows') === undefined) {
      throw error
    }
    return { error, body: asked.body }
  }
}

/** @throws Failure where no flow is the password alone */
function requirePasswordFlow({ body }: Challenge, { client }: KeysApi): void {
  const flows = (listMember(body, 'flows') ?? []).map((flow) => stagesOf(flow))
  if (flows.some((stages) => stages.length === 1 && stages[0] === PASSWORD)) return
  const stages = [...new Set(flows.flat())]
  const url = stages
    .map((stage) => textMember(objectMember(objectMember(body, 'params'), stage), 'url'))
    .find(isWebAddress)
  const asked = stages.length === 0 ? 'something unknown' : new ServerText(stages.join(', '))
  const message = `${client.baseUrl} asks for ${asked} before it takes a cross-signing identity.`
  const where = url === undefined ? 'in Element (Settings → Encryption)' : `at ${new ServerText(url)}`
  throw new Failure('method-unavailable', message, `Confirm it ${where}, then run the command again.`)
}

function stagesOf(flow: unknown): string[] {
  const stages: unknown = typeof flow === 'object' && flow !== null && 'stages' in flow ? flow.stages : undefined
  return Array.isArray(stages) ? stages.filter((stage) => typeof stage === 'string') : []
}

function isWebAddress(text: string | undefined): text is string {
  return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text)
}
