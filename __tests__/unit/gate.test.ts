import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD, stopLater, USERS } from '../support/fixture.js'
import { startForge } from '../support/forge.js'
import { Gate, MOMENTS } from '../support/gate.js'
import { startHomeserver } from '../support/homeserver.js'

afterEach(clearFixtures)

// The crash sweep is worth what the gate is worth.
const gate = new Gate()
beforeEach(() => gate.disarm())

async function servers() {
  const server = stopLater(await startHomeserver({ users: USERS, gate }))
  const forge = stopLater(await startForge({ kind: 'forgejo', gate }))
  const logIn = (signal?: AbortSignal) =>
    fetch(`${server.url}/_matrix/client/v3/login`, {
      method: 'POST',
      body: JSON.stringify({
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: 'bot' },
        password: PASSWORD,
        device_id: 'HELD',
      }),
      ...(signal === undefined ? {} : { signal }),
    })
  const store = (value: string, signal?: AbortSignal) =>
    fetch(`${forge.url}/repos/octo/demo/actions/secrets/X`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${forge.token}` },
      body: JSON.stringify({ data: value }),
      ...(signal === undefined ? {} : { signal }),
    })
  return { server, forge, logIn, store }
}

const stored = (secrets: Map<string, { readonly value: string }>) => [...secrets.values()].map(({ value }) => value)

test('requests of both servers are counted in one sequence, and only while it is armed', async () => {
  const { logIn, store } = await servers()
  await logIn()
  const watch = gate.arm()
  await logIn()
  await store('one')
  await logIn()
  gate.disarm()
  await store('two')
  const [login, put] = ['POST /_matrix/client/v3/login', 'PUT /repos/octo/demo/actions/secrets/X']
  expect(watch.requests).toStrictEqual([login, put, login])
})

describe.each(MOMENTS)('a request that is stopped %s', (moment) => {
  test('is not answered; when its sender is gone, before means never', async () => {
    const { server, forge, logIn, store } = await servers()
    const sender = new AbortController()
    const watch = gate.arm({ number: 1, moment })
    const answer = logIn(sender.signal).then(
      () => 'answered',
      () => 'gone',
    )
    await watch.reached
    // Others go on, and are not counted any more.
    await store('of another one')
    sender.abort()
    expect(await answer).toBe('gone')
    expect(watch.requests).toHaveLength(1)
    expect(stored(forge.secrets)).toStrictEqual(['of another one'])
    expect(server.devices('bot')).toHaveLength(moment === 'before' ? 0 : 1)
  })

  test('goes on when it is released', async () => {
    const { forge, logIn, store } = await servers()
    const watch = gate.arm({ number: 2, moment })
    await logIn()
    const answer = store('held')
    await watch.reached
    expect(stored(forge.secrets)).toStrictEqual(moment === 'before' ? [] : ['held'])
    watch.release()
    expect((await answer).status).toBe(201)
    expect(stored(forge.secrets)).toStrictEqual(['held'])
  })
})
