import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD } from '../support/fixture.js'
import { blocksOf } from './blocks.js'
import { paste } from './paste.js'

afterEach(clearFixtures)

/** The first workflow of README.md, as a reader pastes it. */
const pasted = blocksOf('README.md').find(({ language }) => language === 'yaml')?.text ?? ''

describe('the first workflow of the README', () => {
  test('works as it is pasted: a message is in the room, the log shows no token, the session is over', async () => {
    const { server, job, room, start, elsewhere } = await paste(pasted)
    const { results, messages } = await start()
    expect(results.map(({ outcome }) => outcome)).toStrictEqual(['success', 'success'])
    expect(messages).toStrictEqual([])
    const sent = server.requests.filter(({ method, status }) => method === 'PUT' && status === 200)
    expect(sent.map(({ path }) => path)).toStrictEqual([expect.stringContaining(`/rooms/${room}/send/m.room.message/`)])
    expect(server.liveTokens()).toStrictEqual([elsewhere])
    expect(job.log).toContain('Logged out')
  })

  /** What beginners do, and the words in the message that take them on. */
  test.each<[string, string, Readonly<Record<string, string>> | undefined, readonly string[]]>([
    [
      'a misspelt secret',
      pasted,
      { MATRIX_PASWORD: PASSWORD },
      ['No credential is set', 'Check the spelling after `secrets.`'],
    ],
    [
      'a user without a server',
      pasted.replace('@bot:example.org', 'bot'),
      undefined,
      ['set `homeserver`, or set `user` to @name:example.org'],
    ],
    [
      'a link as user',
      pasted.replace('@bot:example.org', 'https://matrix.to/#/@bot:example.org'),
      undefined,
      ['`user` (36 characters) is a link, not a user: write @bot:example.org'],
    ],
    [
      'a room as user',
      pasted.replace("'@bot:example.org'", "'#room:example.org'").replace('"@bot:example.org"', '"#room:example.org"'),
      undefined,
      ['is a room alias, not a user'],
    ],
    [
      'a web client as homeserver',
      withHomeserver('https://app.element.io/#/home'),
      undefined,
      ['is the address of a web client, not of a homeserver', 'example.org'],
    ],
    [
      'a secret without its braces as homeserver',
      withHomeserver('secrets.MATRIX_SERVER'),
      undefined,
      ['is an expression without its braces'],
    ],
    ['http://', withHomeserver('http://example.org'), undefined, ['sends credentials in clear', 'Use https://']],
    [
      'the wrong password',
      pasted,
      { MATRIX_PASSWORD: 'something else altogether' },
      ['403 M_FORBIDDEN', 'Does the account exist on this server'],
    ],
  ])('%s: the message takes one on', async (_name, workflow, secrets, parts) => {
    const { start } = await paste(workflow, secrets)
    const { results, messages } = await start()
    expect(results.map(({ outcome }) => outcome)).toStrictEqual(['failure'])
    for (const part of parts) expect(messages.join('\n')).toContain(part)
  })

  test('a password with a line break behind it works, with a warning', async () => {
    const { start } = await paste(pasted, { MATRIX_PASSWORD: `${PASSWORD}\n` })
    const { results, messages } = await start()
    expect(results.map(({ outcome }) => outcome)).toStrictEqual(['success', 'success'])
    expect(messages).toStrictEqual([
      expect.stringContaining('`password` has a line break at its end, which is left out'),
    ])
  })

  test('the address of the web site as homeserver: the message says so, and what to write', async () => {
    const { server, start } = await paste(withHomeserver('https://www.example.org'))
    const body = '<!doctype html><html><head><title>Welcome to example.org</title></head></html>'
    const page = { kind: 'respond', status: 404, headers: { 'content-type': 'text/html' }, body } as const
    server.inject({ path: /^\/_matrix/, times: 20 }, page)
    const { messages } = await start()
    expect(messages.join('\n')).toMatch(
      /is not a Matrix homeserver[\s\S]*Welcome to example\.org[\s\S]*server name \(example\.org/,
    )
  })
})

function withHomeserver(homeserver: string): string {
  return pasted.replace(/^( +)user:/m, `$1homeserver: ${homeserver}\n$1user:`)
}

test('the README says where the first workflow goes, and names each of its words that are to be changed', () => {
  const readme = readFileSync('README.md', 'utf8')
  const before = readme.slice(0, readme.indexOf(pasted))
  const own = [...new Set(pasted.match(/[@!]\w+:example\.org/g))]
  expect(own).toHaveLength(2)
  for (const word of [...own, '`.github/workflows`', 'MATRIX_PASSWORD']) expect(before).toContain(word)
})
