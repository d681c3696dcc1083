import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { startHomeserver } from '../support/homeserver.js'
import { ask, line, logOut, postForm, text } from './asking.js'

afterEach(clearFixtures)

const NOW = Date.UTC(2026, 0, 2, 3, 4, 19, 680)
const CLIENT = { id: '01ADM0000000000000000000AA', secret: 'secret of a client', auth: 'basic', admin: true } as const
const BASIC = `${CLIENT.id}:${CLIENT.secret}`
const API = 'urn:matrix:client:api:*'
const DEVICE = 'urn:matrix:client:device:BOTDEVICE'
const MARK = 'urn:matrix-access-token:session:NAME'

async function start() {
  const clock = { now: NOW }
  const users = [{ localpart: 'bot' }, { localpart: 'locked', locked: true }]
  const mas = { clients: [CLIENT] }
  const server = stopLater(await startHomeserver({ flavour: 'mas', users, mas, now: () => clock.now }))
  const introspect = (token: string) => postForm(server, '/oauth2/introspect', { token }, BASIC)
  const revoke = async (token: string) => {
    const grant = { grant_type: 'client_credentials', scope: 'urn:mas:admin' }
    const admin = text(await postForm(server, '/oauth2/token', grant, BASIC), 'access_token')
    const { id } = server.personalSessions('bot').find((session) => session.token === token) ?? { id: '' }
    return ask(server, 'POST', `/api/admin/v1/personal-sessions/${id}/revoke`, { token: admin })
  }
  return { server, clock, introspect, revoke }
}

describe('POST /oauth2/introspect', () => {
  test('a personal token: the whole scope, both forms of what is known, whose it is, and no ID of its session', async () => {
    const { server, introspect } = await start()
    const { body } = await introspect(server.issuePersonalSession('bot', `${API} ${DEVICE} ${MARK}`))
    expect(body).toMatchObject({ active: true, username: 'bot', iat: Math.ceil(NOW / 1000) })
    expect(String(body['scope']).split(' ')).toStrictEqual(
      [
        API,
        DEVICE,
        MARK,
        `urn:matrix:org.matrix.msc2967.client:api:*`,
        'urn:matrix:org.matrix.msc2967.client:device:BOTDEVICE',
      ].sort(),
    )
    expect(Object.keys(body)).not.toContain('jti')
  })

  test.each(['unknown', 'revoked', 'of a locked user'])('a token that is %s: nothing but that', async (which) => {
    const { server, introspect, revoke } = await start()
    const token = server.issuePersonalSession(which === 'of a locked user' ? 'locked' : 'bot', `${API} ${DEVICE}`)
    if (which === 'revoked') expect((await revoke(token)).status).toBe(200)
    const { status, body } = await introspect(which === 'unknown' ? 'mpt_unknown' : token)
    expect([status, body]).toStrictEqual([200, { active: false }])
  })

  test('of a login and of OAuth as well: API and device', async () => {
    const { server, introspect } = await start()
    const { accessToken } = server.issueOAuthSession('bot', 'OAUTHDEVICE', '01PUBLICCLIENT000000000000')
    for (const token of [accessToken, server.issueToken('bot', 'BOTDEVICE')])
      expect((await introspect(token)).body).toMatchObject({ active: true, scope: expect.stringContaining(API) })
  })

  test('who may ask: confidential clients', async () => {
    const { server } = await start()
    const { accessToken: token } = server.issueOAuthSession('bot', 'BOTDEVICE', '01PUBLICCLIENT000000000000')
    const of = async (fields: Readonly<Record<string, string>>, basic?: string) =>
      line(await postForm(server, '/oauth2/introspect', fields, basic))
    expect(await of({ token, client_id: '01PUBLICCLIENT000000000000' })).toBe('401 access_denied')
    expect(await of({ token }, `${CLIENT.id}:wrong`)).toBe('401 invalid_client')
    expect(await of({}, BASIC)).toBe('400 invalid_request')
    expect((await ask(server, 'GET', '/oauth2/introspect')).status).toBe(405)
  })
})

describe('one device, several sessions', () => {
  test('device and keys stay as long as one session of any kind has it, and a device made again has none', async () => {
    const { server, revoke } = await start()
    const keys = () => Object.keys(server.keys.devicesOf('@bot:example.org'))
    const [one, two] = [1, 2].map(() => server.issuePersonalSession('bot', `${API} ${DEVICE}`))
    const login = server.issueToken('bot', 'BOTDEVICE')
    server.keys.setDeviceKeys('@bot:example.org', 'BOTDEVICE', {})
    await revoke(one ?? '')
    expect(keys()).toStrictEqual(['BOTDEVICE'])
    expect((await logOut(server, login)).status).toBe(200)
    expect(keys()).toStrictEqual(['BOTDEVICE'])
    await revoke(two ?? '')
    expect([keys(), server.devices('bot')]).toStrictEqual([[], []])
    server.issuePersonalSession('bot', `${API} ${DEVICE}`)
    expect([keys(), server.devices('bot')]).toStrictEqual([[], [{ device_id: 'BOTDEVICE' }]])
  })

  test('a session whose token expired keeps the device until it is revoked', async () => {
    const { server, clock, revoke } = await start()
    const token = server.issuePersonalSession('bot', `${API} ${DEVICE}`, 'brief', 60)
    clock.now += 61_000
    expect([server.isAlive(token), server.devices('bot')]).toStrictEqual([false, [{ device_id: 'BOTDEVICE' }]])
    await revoke(token)
    expect(server.devices('bot')).toStrictEqual([])
  })

  test('a login on the device leaves personal sessions alone', async () => {
    const { server } = await start()
    const personal = server.issuePersonalSession('bot', `${API} ${DEVICE}`)
    const first = server.issueToken('bot', 'BOTDEVICE')
    server.issueToken('bot', 'BOTDEVICE')
    expect([personal, first].map((token) => server.isAlive(token))).toStrictEqual([true, false])
  })
})
