// Says one thing in a room. Everything it needs stands in the environment; it never sees a password.
import { createClient } from 'matrix-js-sdk'

const { MATRIX_ACCESS_TOKEN, MATRIX_DEVICE_ID, MATRIX_HOMESERVER, MATRIX_ROOM, MATRIX_USER_ID } = process.env
const client = createClient({
  baseUrl: MATRIX_HOMESERVER,
  accessToken: MATRIX_ACCESS_TOKEN,
  userId: MATRIX_USER_ID,
  deviceId: MATRIX_DEVICE_ID,
})
const { event_id: eventId } = await client.sendNotice(MATRIX_ROOM, 'The bot is here.')
console.log(`sent: ${eventId}`)
