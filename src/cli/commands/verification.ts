import { readDeviceKey } from '../../actions/verify.js'
import { ServerText } from '../../api/values.js'
import { Failure } from '../../failures.js'
import { readSecretName } from '../../inputs/store.js'
import { Problems } from '../../inputs/values.js'
import { Secret } from '../../secret.js'
import { connect, withWaitBudget } from '../../session/connect.js'
import { type StoreAccess, storedIn, writeEverywhere } from '../../stores/write.js'
import { createIdentity as create } from '../../verification/create-identity.js'
import { KeysApi } from '../../verification/keys-api.js'
import { verifyDevice } from '../../verification/verify-device.js'
import { type AccountOptions, readAccountOptions, readStoreAccess } from '../arguments.js'
import { askPassword, askRecoveryKey, type Destination, planDestination, readTokenBesides } from '../delivery.js'
import { type CommandPorts, InterruptedError } from '../terminal.js'

/**
 * Signs the device of a token with the cross-signing identity of the account, as the verify action does. Prints user
 * ID, device ID and public key of the device.
 * @throws Failure, ApiError, NetworkError
 */
export async function verifyCommand(ports: CommandPorts): Promise<void> {
  const { masks, log, terminal } = ports
  const { expectedKey, ...options } = readVerifyOptions(ports)
  const accessToken = await readTokenBesides(ports)
  const key = await askRecoveryKey(ports)
  const api = new KeysApi(await connect(ports, options), accessToken)
  const request = { user: options.user, secret: { kind: 'recovery-key', key }, expectedKey } as const
  const { userId, deviceId, deviceKey } = await verifyDevice({ api, masks, log }, request)
  await terminal.print(`${new ServerText(`${userId} ${deviceId} ${deviceKey}`)}`)
}

interface VerifyOptions extends AccountOptions {
  /** The Ed25519 public key that the device must have, 32 bytes. */
  readonly expectedKey: Uint8Array | undefined
}

/** Reads all options. @throws Failure that names all problems at once */
function readVerifyOptions({ inputs }: CommandPorts): VerifyOptions {
  const problems = new Problems()
  const account = readAccountOptions(inputs, problems)
  const expectedKey = readDeviceKey(inputs, problems)
  problems.throwIfAny()
  if (account === undefined) throw new Error('invalid options were not reported')
  return { ...account, expectedKey }
}

/**
 * Creates a cross-signing identity for an account without one. The recovery key is delivered first.
 * @throws Failure, ApiError, NetworkError, InterruptedError
 */
export async function createIdentityCommand(ports: CommandPorts): Promise<void> {
  const { masks, log, random } = ports
  const options = readIdentityOptions(ports)
  const { user, store, secretName } = options
  const accessToken = await readTokenBesides(ports)
  const shared = withWaitBudget(ports, options.maxWaitMs)
  const destination = await planDestination(ports, shared, store, { name: 'recovery key', secretNames: [secretName] })
  const api = new KeysApi(await connect(ports, options, shared), accessToken)
  const identityPorts = {
    api,
    masks,
    log,
    random,
    deliver: (recoveryKey: Secret) => deliver(ports, destination, secretName, recoveryKey),
    askPassword: async () => new Secret(await askPassword(ports, 'the account')),
  }
  const { userId, masterKey } = await create(identityPorts, user)
  log.info(`The account ${new ServerText(userId)} has a cross-signing identity now: ${masterKey}`)
}

interface IdentityOptions extends AccountOptions {
  /** Absent: standard output. */
  readonly store: StoreAccess | undefined
  readonly secretName: string
}

/** Reads all options. @throws Failure that names all problems at once */
function readIdentityOptions(ports: CommandPorts): IdentityOptions {
  const problems = new Problems()
  const account = readAccountOptions(ports.inputs, problems)
  const secretName = readSecretName(ports.inputs, 'secret-name', 'MATRIX_RECOVERY_KEY', problems)
  const store = readStoreAccess(ports, problems)
  problems.throwIfAny()
  if (account === undefined) throw new Error('invalid options were not reported')
  return { ...account, store, secretName }
}

/**
 * Delivers the recovery key. @throws Failure if a target did not store it, ClosedOutputError; nothing is created then
 */
async function deliver(
  { terminal, log, isInterrupted }: CommandPorts,
  destination: Destination,
  secretName: string,
  recoveryKey: Secret,
): Promise<void> {
  if (isInterrupted()) throw new InterruptedError()
  if (destination.to !== 'stores') return terminal.print(recoveryKey.reveal())
  const written = await writeEverywhere(destination.targets, [[secretName, recoveryKey.reveal()]], log)
  const stored = storedIn(written)
  if (stored.length === written.length) return
  const list = written.map(({ name, failed }) => `- ${name}: ${failed ?? 'stored, but this key opens nothing'}`)
  throw new Failure(
    stored.length === 0 ? 'store-refused' : 'store-partial',
    `Not every target took the recovery key, so no identity was made:\n${list.join('\n')}`,
    'Correct what is said of each target and run the command again, which makes another recovery key.',
  )
}
