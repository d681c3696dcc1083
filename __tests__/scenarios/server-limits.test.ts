import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, setFixture } from '../support/fixture.js'

afterEach(clearFixtures)

const BOT = '@bot:example.org'
const CREDENTIALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  password: { user: BOT, password: 'correct horse battery staple' },
  'access-token': { 'access-token': 'syt_Ym90_ABCDEFGHIJKLMNOPQRST_1a2B3c' },
  'login-token': { 'login-token': 'login_token_login_token' },
  jwt: { jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib3QifQ.c2lnbmF0dXJl' },
  'appservice-token': { user: BOT, 'appservice-token': 'as_token_as_token_as_token' },
  'shared-secret': { user: BOT, 'shared-secret': 'shared secret of some length' },
  'synapse-admin-token': { user: BOT, 'synapse-admin-token': 'syt_admin_ADMINADMINADMINADMIN' },
  'refresh-token': { 'refresh-token': 'syr_refreshrefreshrefresh' },
}

// synapse/api/auth_blocking.py refuses every new token, also where the credential is right.
describe.each([
  ['M_RESOURCE_LIMIT_EXCEEDED', 'Monthly Active User Limit Exceeded', 'has reached a limit'],
  ['M_CONSENT_NOT_GIVEN', 'To continue you must agree to the terms', 'accept the terms'],
  ['M_USER_SUSPENDED', 'Your account is currently suspended.', 'is suspended'],
])('403 %s', (errcode, error, hint) => {
  test.each(Object.entries(CREDENTIALS))('%s: is not told as a wrong credential', async (_name, inputs) => {
    const { server, job } = await setFixture()
    server.inject({ path: /./, times: 9 }, { kind: 'respond', status: 403, body: { errcode, error } })
    const { outputs, annotations } = await job.runAction('.', { homeserver: server.url, ...inputs })
    expect(outputs['failure']).toBe('denied')
    expect(annotations[0]?.message).toContain(hint)
  })
})
