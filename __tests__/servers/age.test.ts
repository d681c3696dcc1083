import { afterEach, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture, stopLater } from '../support/fixture.js'
import { createJob } from '../support/runner.js'
import { decryptWithAge, encryptWithAge } from './support/age.js'

afterEach(clearFixtures)

const PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='

async function seal(passphrase = PASSPHRASE) {
  const { server, job } = await setFixture({}, {})
  const login = await job.runAction('.', { ...botInputs(server), 'seal-passphrase': passphrase })
  return { server, login, sealed: Buffer.from(login.outputs['sealed-credentials'] ?? '', 'base64') }
}

test.each([
  ['of letters and signs', PASSPHRASE],
  ['with blanks at its ends and letters of other scripts', '  größer als 16 – пароль, 密码  '],
])('age --decrypt opens what login sealed: a passphrase %s', async (_name, passphrase) => {
  const { server, login, sealed } = await seal(passphrase)
  const opened = decryptWithAge(sealed, passphrase)
  expect('file' in opened ? JSON.parse(opened.file.toString()) : opened).toStrictEqual({
    access_token: login.outputs['access-token'],
    user_id: '@bot:example.org',
    device_id: login.outputs['device-id'],
    homeserver: server.url,
    repository: 'octo/demo',
    run_id: '1234567890',
    run_attempt: '1',
  })
})

test('age refuses another passphrase, and a file of which the last byte is another', async () => {
  const { sealed } = await seal()
  expect(decryptWithAge(sealed, 'this one opens nothing here')).toMatchObject({
    refusal: expect.stringContaining('incorrect passphrase'),
  })
  const last = sealed.length - 1
  sealed[last] = (sealed[last] ?? 0) ^ 1
  expect(decryptWithAge(sealed, PASSPHRASE)).toMatchObject({ refusal: expect.stringContaining('failed to decrypt') })
})

test('unseal opens what age --passphrase sealed, with its own work factor', async () => {
  const { server } = await setFixture()
  const token = server.issueToken('bot', 'BYHAND')
  const json = JSON.stringify({
    access_token: token,
    user_id: '@bot:example.org',
    device_id: 'BYHAND',
    homeserver: server.url,
    repository: 'octo/demo',
    run_id: '1234567890',
    run_attempt: '1',
  })
  const made = encryptWithAge(json, PASSPHRASE)
  if (!('file' in made)) throw new Error(made.refusal)
  expect(made.file.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S+ 18\n/)
  const job = await createJob({ secrets: () => [...server.secrets(), PASSPHRASE] })
  stopLater({ stop: () => job.dispose() })
  const sealed = made.file.toString('base64')
  const opened = await job.runAction('unseal', { 'sealed-credentials': sealed, passphrase: PASSPHRASE })
  expect(opened.annotations).toStrictEqual([])
  expect(opened.outputs).toMatchObject({ 'access-token': token, 'device-id': 'BYHAND' })
})
