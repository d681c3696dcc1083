import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, PASSWORD, setFixture } from '../support/fixture.js'

afterEach(clearFixtures)

describe('hostile servers', () => {
  const hostile = [
    'a\n::error::forged',
    '::add-mask::example.org',
    '::stop-commands::token',
    'x ##[error]forged',
    '\u001b[31mred\u001b[0m \u202e::warning::',
    '::set-output name=access-token::forged',
    'y'.repeat(100_000),
  ]

  test.each(hostile)('error text %# starts no command and is cut', async (error) => {
    const { server, job } = await setFixture({}, { debug: true })
    const body = { errcode: error.slice(0, 400), error }
    server.inject({ method: 'POST' }, { kind: 'respond', status: 400, body })
    const login = await job.runAction('.', botInputs(server))
    expect(login.outputs.failure).toBe('denied')
    expect(login.annotations).toHaveLength(1)
    expect(login.annotations[0]?.message.length).toBeLessThan(1200)
    expect(login.log).not.toContain('\u001b')
  })

  test('secrets that the server echoes, whole or in part, do not show', async () => {
    const { server, job } = await setFixture({}, { debug: true })
    const error = `no: ${PASSWORD} / ${PASSWORD.slice(3, 20)} / ${Buffer.from(PASSWORD).toString('base64')}`
    server.inject({ method: 'POST' }, { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN', error } })
    const login = await job.runAction('.', botInputs(server))
    expect(login.annotations[0]?.message).toContain('no: ***')
  })
})
