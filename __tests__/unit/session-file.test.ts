import { describe, expect, test } from '@jest/globals'
import { ServerText } from '../../src/api/values.js'
import type { Session } from '../../src/credentials/kind.js'
import { parseSessionFile, sealText, sessionFileJson, unsealText } from '../../src/sealing/session-file.js'
import { Secret } from '../../src/secret.js'

const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'
const REFRESH_TOKEN = 'syr_Ym90_BBBBBBBBBBBBBBBBBBBB_0aBcDe'
const ORIGIN = { repository: 'octo/bot', runId: '42', runAttempt: '2' }

/** A session with nothing that a server may leave out. */
const SHORT_SESSION: Session = {
  homeserverUrl: 'https://matrix.example.org',
  userId: new ServerText('@bot:example.org'),
  accessToken: new Secret(TOKEN),
}
const FULL_SESSION: Session = {
  ...SHORT_SESSION,
  deviceId: new ServerText('GHA-ABC'),
  refreshToken: new Secret(REFRESH_TOKEN),
  expiresAt: Date.UTC(2030, 0, 2, 3, 4, 5),
}

/** The members of a session file that must be there. */
const DOCUMENT = { access_token: TOKEN, user_id: '@bot:example.org', homeserver: 'https://matrix.example.org' }

/** @returns what a file holds, with its tokens in plain text */
function plain(text: string) {
  const opened = parseSessionFile(text)
  if (opened === undefined) return undefined
  const { accessToken, refreshToken, userId, deviceId, ...rest } = opened.session
  const names = { user: userId.raw, device: deviceId?.raw }
  return { ...rest, ...names, token: accessToken.reveal(), refresh: refreshToken?.reveal(), origin: opened.origin }
}

describe('a session file', () => {
  test('has the member names of Matrix, and the run that opened the session', () => {
    expect(JSON.parse(sessionFileJson(FULL_SESSION, ORIGIN))).toStrictEqual({
      ...DOCUMENT,
      refresh_token: REFRESH_TOKEN,
      device_id: 'GHA-ABC',
      expires_at: '2030-01-02T03:04:05.000Z',
      repository: 'octo/bot',
      run_id: '42',
      run_attempt: '2',
    })
  })

  test('leaves out what the server did not name, and an unknown attempt', () => {
    const text = sessionFileJson(SHORT_SESSION, { ...ORIGIN, runAttempt: '' })
    expect(JSON.parse(text)).toStrictEqual({ ...DOCUMENT, repository: 'octo/bot', run_id: '42' })
  })

  test.each([
    ['with everything', FULL_SESSION, ORIGIN],
    ['without a device, a refresh token and an expiry', SHORT_SESSION, ORIGIN],
    ['of a runner that does not tell the attempt', FULL_SESSION, { ...ORIGIN, runAttempt: '' }],
  ])('%s is read as it was written', (_name, session, origin) => {
    const opened = parseSessionFile(sessionFileJson(session, origin))
    expect(opened?.origin).toStrictEqual(origin)
    // Members that are absent must not come back as `undefined`.
    expect(Object.keys(opened?.session ?? {}).sort()).toStrictEqual(Object.keys(session).sort())
    expect(plain(sessionFileJson(session, origin))).toStrictEqual({
      homeserverUrl: session.homeserverUrl,
      user: session.userId.raw,
      device: session.deviceId?.raw,
      token: session.accessToken.reveal(),
      refresh: session.refreshToken?.reveal(),
      ...(session.expiresAt === undefined ? {} : { expiresAt: session.expiresAt }),
      origin,
    })
  })

  test('that names no run belongs to none', () => {
    expect(plain(JSON.stringify(DOCUMENT))?.origin).toStrictEqual({ repository: '', runId: '', runAttempt: '' })
  })

  test.each([
    ['an expiry that is no date', { expires_at: 'tomorrow' }],
    ['an expiry that is a number', { expires_at: 1_893_553_445_000 }],
    ['a device that is a number', { device_id: 1 }],
    ['a refresh token that is null', { refresh_token: null }],
  ])('with %s is read without it', (_name, members) => {
    expect(
      Object.keys(parseSessionFile(JSON.stringify({ ...DOCUMENT, ...members }))?.session ?? {}).sort(),
    ).toStrictEqual(['accessToken', 'homeserverUrl', 'userId'])
  })
})

describe('what is no session file', () => {
  test.each([
    ['empty text', ''],
    ['a token alone', TOKEN],
    ['a list', JSON.stringify([DOCUMENT])],
    ['null', 'null'],
    ['half a file', JSON.stringify(DOCUMENT).slice(0, -5)],
  ])('%s', (_name, text) => {
    expect(parseSessionFile(text)).toBeUndefined()
  })

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['without a token', { access_token: undefined }],
    ['with a token that is a number', { access_token: 1234 }],
    ['with a token of two lines', { access_token: `${TOKEN}\n${TOKEN}` }],
    ['without a user', { user_id: undefined }],
    ['with a localpart for a user', { user_id: 'bot' }],
    ['with a user that starts a workflow command', { user_id: '@bot:example.org\n::warning::x' }],
    ['without a homeserver', { homeserver: undefined }],
    ['with an empty homeserver', { homeserver: '' }],
    ['with a homeserver of two lines', { homeserver: 'https://matrix.example.org\nMATRIX_USER_ID=eve' }],
  ])('a document %s', (_name, members) => {
    expect(parseSessionFile(JSON.stringify({ ...DOCUMENT, ...members }))).toBeUndefined()
  })
})

describe('sealed text', () => {
  const PASSPHRASE = 'made-up passphrase for tests'
  const TEXT = JSON.stringify(DOCUMENT)

  test('is one line of base64, and opens with its passphrase only', async () => {
    const sealed = await sealText(TEXT, PASSPHRASE)
    expect(sealed).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
    const bytes = Buffer.from(sealed, 'base64')
    expect(await unsealText(bytes, PASSPHRASE)).toStrictEqual({ text: TEXT })
    expect(await unsealText(bytes, `${PASSPHRASE}!`)).toStrictEqual({ problem: 'passphrase' })
    expect(await unsealText(bytes.subarray(0, -1), PASSPHRASE)).toStrictEqual({ problem: 'damaged' })
  })
})
