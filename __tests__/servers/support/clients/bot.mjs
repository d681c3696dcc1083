// A bot as a user of matrix-js-sdk writes it: reads the session from its environment, joins what it is invited to, sends,
// and reads back what it sent. Prints what it saw as JSON.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const {
  MATRIX_HOMESERVER: baseUrl,
  MATRIX_USER_ID: userId,
  MATRIX_DEVICE_ID: deviceId,
  MATRIX_ACCESS_TOKEN: accessToken,
} = process.env
// Installed in the cache, so not where Node would look.
const modules = process.env.MATRIX_TEST_JS_SDK
const entry = createRequire(join(modules, 'anywhere.js')).resolve('matrix-js-sdk')
const { ClientEvent, createClient, MsgType, RoomEvent, RoomMemberEvent } = await import(pathToFileURL(entry).href)

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, getChild: () => silent }
const client = createClient({ baseUrl, userId, deviceId, accessToken, logger: silent })

const invited = new Promise((resolve) => {
  client.on(RoomMemberEvent.Membership, (_event, member) => {
    if (member.userId === userId && member.membership === 'invite') resolve(member.roomId)
  })
})
const synced = new Promise((resolve) => {
  client.on(ClientEvent.Sync, (state) => {
    if (state === 'PREPARED') resolve()
  })
})
await client.startClient({ initialSyncLimit: 5 })
await synced
const roomId = await invited
const timeline = []
const readBack = new Promise((resolve) => {
  client.on(RoomEvent.Timeline, (event) => {
    timeline.push(event)
    resolve()
  })
})
await client.joinRoom(roomId)
const { event_id: eventId } = await client.sendMessage(roomId, {
  msgtype: MsgType.Text,
  body: 'Hello from matrix-js-sdk',
})
await readBack
const seen = await client.fetchRoomEvent(roomId, eventId)
const whoami = await client.whoami()
client.stopClient()
// A timer of the SDK's goes on for more than a minute.
process.stdout.write(`${JSON.stringify({ ...whoami, body: seen.content.body, sender: seen.sender })}\n`, () =>
  process.exit(),
)
