import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture, USERS } from '../support/fixture.js'

afterEach(clearFixtures)

/** Every harness that server text passes could alter it: two colons, a quote, a backslash, a slash, blanks. */
const PASSWORD = 'a::b "c\\d"/e  f+g%h&i_j'
const escaped = (text: string, encode: (character: string) => string) => [...text].map(encode).join('')
const code = (character: string) => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')

describe('a server that quotes the password', () => {
  test.each([
    ['as it is', PASSWORD],
    ['in JSON', JSON.stringify(PASSWORD)],
    ['in JSON, with an escaped slash', JSON.stringify(PASSWORD).replaceAll('/', '\\/')],
    ['in \\u escapes', escaped(PASSWORD, (character) => `\\u${code(character)}`)],
    ['in a URL', encodeURIComponent(PASSWORD)],
    ['in a form', new URLSearchParams({ p: PASSWORD }).toString()],
    ['in lower-case percent escapes', escaped(PASSWORD, (character) => `%${code(character).slice(2)}`)],
    ['in HTML', escaped(PASSWORD, (character) => `&#${character.codePointAt(0)};`)],
    ['with zero-width characters', escaped(PASSWORD, (character) => `${character}\u200b`)],
    ['with line breaks', escaped(PASSWORD, (character) => `${character}\n`)],
    ['in capitals', PASSWORD.toUpperCase()],
    ['behind 290 other characters', `${'x '.repeat(145)}${PASSWORD}`],
  ])('shows nothing of it: %s', async (_name, quoted) => {
    const { server, job } = await setFixture({ users: [...USERS, { localpart: 'odd', password: PASSWORD }] })
    const body = { errcode: 'M_FORBIDDEN', error: `no: ${quoted}!` }
    server.inject({ method: 'POST', path: '/login' }, { kind: 'respond', status: 403, body })
    const login = await job.runAction('.', { ...botInputs(server), user: 'odd', password: PASSWORD })
    const message = login.annotations[0]?.message ?? ''
    expect(message).toContain('no: ')
    // What an encoding puts before and behind the password may stay.
    expect(message).toMatch(/no: (x )*(p=)?\S{0,2}(\*\*\*\S{0,8} ?!|\**…)/)
  })
})

test('a secret that was given as device-id is in no job summary, escaped for Markdown', async () => {
  const password = 'my_secret_device_name'
  const { server, job } = await setFixture({ users: [...USERS, { localpart: 'odd', password }] })
  const login = await job.runAction('.', { ...botInputs(server), user: 'odd', password, 'device-id': password })
  expect(login.summary.replaceAll('&#95;', '_')).not.toContain('secret_device')
})
