// The step after the login, as a user would write it: reads the token from its environment and uses it.
const { MATRIX_HOMESERVER: homeserver, MATRIX_ACCESS_TOKEN: token } = process.env

async function call(method, path, body) {
  const response = await fetch(`${homeserver}/_matrix/client/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path.split('?')[0]}: ${response.status} ${answer.errcode}`)
  return answer
}

const { user_id: userId, device_id: deviceId } = await call('GET', '/account/whoami')
console.log(`whoami: ${userId} on device ${deviceId}`)
const { room_id: roomId } = await call('POST', '/createRoom', {
  name: 'Matrix Access Token demo',
  preset: 'private_chat',
})
const room = encodeURIComponent(roomId)
try {
  const content = { msgtype: 'm.notice', body: 'Hello from a workflow' }
  const { event_id: eventId } = await call('PUT', `/rooms/${room}/send/m.room.message/demo-${Date.now()}`, content)
  const event = await call('GET', `/rooms/${room}/event/${encodeURIComponent(eventId)}`)
  console.log(`read back: “${event.content.body}” from ${event.sender}`)
} finally {
  await call('POST', `/rooms/${room}/leave`, {})
  console.log('left the room again')
}
