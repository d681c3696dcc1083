// The owner of a bot, and a stranger, as users of matrix-js-sdk with its Rust crypto. Tasks, by MATRIX_TASK:
//   set-up   gives the account a cross-signing identity and secret storage; prints the recovery key
//   open     opens secret storage with MATRIX_RECOVERY_KEY and lets the SDK sign its own device; prints what it finds
//   judge    makes an encrypted room with MATRIX_BOT_USER, says MATRIX_BODY in it, for signed devices only (MSC4153), and
//            prints what it finds of the device MATRIX_BOT_DEVICE
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const {
  MATRIX_HOMESERVER: baseUrl,
  MATRIX_USER_ID: userId,
  MATRIX_DEVICE_ID: deviceId,
  MATRIX_ACCESS_TOKEN: accessToken,
  MATRIX_BOT_USER: botUser,
  MATRIX_BOT_DEVICE: botDevice,
  MATRIX_BOT_TOKEN: botToken,
  MATRIX_RECOVERY_KEY: recoveryKey,
} = process.env
// Installed in the cache, so not where Node would look.
const installed = createRequire(join(process.env.MATRIX_TEST_JS_SDK, 'anywhere.js'))
const { ClientEvent, createClient } = await import(pathToFileURL(installed.resolve('matrix-js-sdk')).href)
const { CryptoEvent, decodeRecoveryKey, OnlySignedDevicesIsolationMode } = await import(
  pathToFileURL(installed.resolve('matrix-js-sdk/lib/crypto-api/index.js')).href
)

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, getChild: () => silent }
let storageKey = recoveryKey === undefined ? undefined : decodeRecoveryKey(recoveryKey)
const client = createClient({
  baseUrl,
  userId,
  deviceId,
  accessToken,
  logger: silent,
  cryptoCallbacks: { getSecretStorageKey: async ({ keys }) => [Object.keys(keys)[0], storageKey] },
})
const synced = new Promise((resolve) => {
  client.on(ClientEvent.Sync, (state) => {
    if (state === 'PREPARED') resolve()
  })
})
await client.initRustCrypto({ useIndexedDB: false })
const crypto = client.getCrypto()
await client.startClient({ initialSyncLimit: 1 })
await synced

const tasks = { 'set-up': setUp, open, judge }
const found = await tasks[process.env.MATRIX_TASK]()
client.stopClient()
// A timer of the SDK's goes on for more than a minute.
process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit())

async function setUp() {
  await makeIdentity()
  const key = await crypto.createRecoveryKeyFromPassphrase(process.env.MATRIX_PASSPHRASE)
  storageKey = key.privateKey
  await crypto.bootstrapSecretStorage({ createSecretStorageKey: async () => key, setupNewSecretStorage: true })
  return { recovery_key: key.encodedPrivateKey, ready: await crypto.isCrossSigningReady() }
}

/** Dendrite before 0.15 asks for the password (MSC3967). */
async function makeIdentity() {
  const { MATRIX_PASSWORD: password } = process.env
  const identifier = { type: 'm.id.user', user: userId }
  const withPassword = ({ data: { session } }) => ({ type: 'm.login.password', identifier, password, session })
  await crypto.bootstrapCrossSigning({
    setupNewCrossSigning: true,
    authUploadDeviceSigningKeys: (upload) => upload(null).catch((error) => upload(withPassword(error))),
  })
}

async function open() {
  // Without the public keys the private ones are not imported.
  await crypto.userHasCrossSigningKeys(userId, true)
  await crypto.bootstrapCrossSigning({})
  const { signedByOwner, crossSigningVerified } = await seen(async () => {
    const status = await crypto.getDeviceVerificationStatus(userId, deviceId)
    return status?.signedByOwner ? status : null
  })
  const ready = await crypto.isCrossSigningReady()
  return { ready, stored: await crypto.isSecretStorageReady(), signedByOwner, crossSigningVerified }
}

/** Devices of strangers are known once a room is shared with them. */
async function judge() {
  await makeIdentity()
  crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode())
  const encryption = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }
  const { room_id: roomId } = await client.createRoom({ invite: [botUser], initial_state: [encryption] })
  await fetch(`${baseUrl}/_matrix/client/v3/join/${encodeURIComponent(roomId)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}` },
    body: '{}',
  })
  const status = await seen(() => {
    const room = client.getRoom(roomId)
    if (room?.getMember(botUser)?.membership === 'join') crypto.prepareToEncrypt(room)
    return crypto.getDeviceVerificationStatus(botUser, botDevice)
  })
  await client.sendMessage(roomId, { msgtype: 'm.text', body: process.env.MATRIX_BODY })
  return { signedByOwner: status.signedByOwner, identity: await crypto.userHasCrossSigningKeys(botUser) }
}

/** Looks again whenever something arrives, until there is something to see. */
function seen(look) {
  return new Promise((resolve, reject) => {
    const again = () => look().then((found) => found !== null && resolve(found), reject)
    for (const event of [CryptoEvent.DevicesUpdated, ClientEvent.Sync]) client.on(event, again)
    void again()
  })
}
