import { ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import { requireOwner } from '../matrix/refusals.js'
import type { Log, Masks } from '../runner/ports.js'
import {
  checkDevice,
  decideSigning,
  findIdentity,
  type IdentitySeeds,
  readShownKeys,
  type ShownKeys,
  type SigningDecision,
  type Subject,
} from './identity.js'
import { maskPrivateKey } from './keys.js'
import type { KeysApi } from './keys-api.js'
import { MASTER, openStorage, readStoredSecret, SELF_SIGNING, type StorageSecret } from './open-storage.js'

/** The source of the private self-signing key of the account. */
export type OwnerSecret = StorageSecret | { readonly kind: 'self-signing-key'; readonly seed: Uint8Array }

/** The device to verify, and the secret for it. */
export interface VerifyRequest {
  /** The expected owner of the token. */
  readonly user: UserIdentifier | undefined
  readonly secret: OwnerSecret
  /** The Ed25519 public key that the device must have, 32 bytes. */
  readonly expectedKey: Uint8Array | undefined
}

/** A device with a valid signature of its owner that the server returns. */
export interface VerifiedDevice {
  readonly userId: string
  readonly deviceId: string
  /** Ed25519 public key, unpadded base64. */
  readonly deviceKey: string
}

/** The external dependencies of the use case. The wait budget is that of the client. */
export interface VerifyPorts {
  readonly api: KeysApi
  readonly masks: Masks
  readonly log: Pick<Log, 'info'>
}

/**
 * Signs the device of the session with the account's self-signing key, after verifying that both belong to the account.
 * @throws Failure with the code of the refusal; the device is then not signed
 * @see https://spec.matrix.org/latest/client-server-api/#cross-signing
 */
export async function verifyDevice(ports: VerifyPorts, request: VerifyRequest): Promise<VerifiedDevice> {
  if (request.secret.kind === 'self-signing-key') maskPrivateKey(ports.masks, request.secret.seed)
  const subject = await findSubject(ports.api, request)
  const { userId, deviceId } = subject
  const shown = await waitForKeys(ports, subject)
  orThrow(checkDevice(shown, subject))
  const missing = findIdentity(shown, userId)
  if (missing !== undefined) throw missing
  const seeds = await readSeeds(ports, userId, request.secret)
  const decision = orThrow(decideSigning(shown, subject, seeds))
  if (decision.kind === 'signed') {
    ports.log.info(`The device ${new ServerText(deviceId)} is already verified.`)
  } else {
    await upload(ports.api, subject, decision)
    confirm(decideSigning(await queryKeys(ports.api, subject), subject, seeds), decision.deviceKey, deviceId)
    ports.log.info(`The device ${new ServerText(deviceId)} is now verified.`)
  }
  return { userId, deviceId, deviceKey: decision.deviceKey }
}

function orThrow<Result>(result: Result | Failure): Result {
  if (result instanceof Failure) throw result
  return result
}

async function findSubject(api: KeysApi, { user, expectedKey }: VerifyRequest): Promise<Subject> {
  const owner = await api.owner()
  const userId = owner.userId.raw
  const deviceId = owner.deviceId?.raw
  requireOwner(owner.userId, user)
  if (deviceId === undefined) {
    const hint =
      'Use the token of a session with a device: a login by password has one, an admin token of Synapse has not.'
    throw new Failure('no-device-keys', `The access token of ${new ServerText(userId)} has no device.`, hint)
  }
  return { userId, deviceId, ...(expectedKey === undefined ? {} : { expectedKey }) }
}

async function queryKeys(api: KeysApi, { userId, deviceId }: Subject): Promise<ShownKeys> {
  return readShownKeys(await api.queryKeys(userId, deviceId), userId, deviceId)
}

const FIRST_PAUSE_MS = 1_000
const MAX_PAUSE_MS = 5_000
const PAUSE_GROWTH = 1.5
/** A response within this time is not counted against the budget, in milliseconds. */
const PROMPT_MS = 1_000

/** Requests the keys until the device has some, within the wait budget: a bot uploads them during startup. */
async function waitForKeys({ api, log }: VerifyPorts, subject: Subject): Promise<ShownKeys> {
  const { budget, clock } = api.client.ports
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * PAUSE_GROWTH, MAX_PAUSE_MS)) {
    const askedAt = clock.now()
    const shown = await queryKeys(api, subject)
    // Slow responses count against the budget, so that they cannot multiply the total wait.
    budget.spend(Math.max(0, clock.now() - askedAt - PROMPT_MS))
    if (shown.device !== undefined || pauseMs > budget.remainingMs) return shown
    if (pauseMs === FIRST_PAUSE_MS) {
      const name = new ServerText(subject.deviceId)
      log.info(
        `Waiting up to ${Math.floor(budget.remainingMs / 1000)} s for the encryption keys of the device ${name}.`,
      )
    }
    budget.spend(pauseMs)
    if (!(await clock.sleep(pauseMs))) return shown
  }
}

async function readSeeds({ api, masks }: VerifyPorts, userId: string, secret: OwnerSecret): Promise<IdentitySeeds> {
  if (secret.kind === 'self-signing-key') return { selfSigning: secret.seed }
  const storage = await openStorage(api, masks, userId, secret)
  const master = await readStoredSecret(api, masks, userId, storage, MASTER)
  return { master, selfSigning: await readStoredSecret(api, masks, userId, storage, SELF_SIGNING) }
}

async function upload(
  api: KeysApi,
  { userId, deviceId }: Subject,
  { signed }: Extract<SigningDecision, { readonly kind: 'unsigned' }>,
): Promise<void> {
  const failures = await api.uploadSignature(userId, deviceId, signed)
  if (failures.length === 0) return
  const message = `${api.client.baseUrl} did not store the signature of the device: ${failures.join('; ')}.`
  throw new Failure('denied', message, 'If the bot was restarted or logged out meanwhile, verify again.')
}

/**
 * Confirms the signature. The server also reports success for signatures that it discards, so only a valid signature in
 * its response counts.
 */
function confirm(outcome: SigningDecision | Failure, deviceKey: string, deviceId: string): void {
  const decision = orThrow(outcome)
  const name = `${new ServerText(deviceId)}`
  if (decision.deviceKey !== deviceKey) {
    throw new Failure('device-key-mismatch', `The keys of the device ${name} changed while it was verified.`)
  }
  if (decision.kind === 'signed') return
  if (decision.hasInvalid) throw new Failure('device-key-mismatch', keptOld(name))
  throw new Failure('server-error', `The server reported success, but shows no signature of the device ${name}.`)
}

function keptOld(name: string): string {
  return (
    `The device ID ${name} has a signature of earlier keys, which the server keeps (Synapse never replaces it). ` +
    'The bot made new keys on a device ID that was verified before.'
  )
}
