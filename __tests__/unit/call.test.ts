import { describe, expect, test } from '@jest/globals'
import { call, hasInvalidToken } from '../../src/api/call.js'
import { objectMember, secretMember } from '../../src/api/values.js'
import { WaitBudget } from '../../src/http/exchange.js'
import { LOG_IN } from '../../src/matrix/client.js'
import { fakeClock, json, scriptedTransport, text } from '../support/fakes.js'

const URL = 'https://matrix.example.org/_matrix/client/v3/login'
const TOKEN = 'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe'

/** What a call masks and returns, where this is the answer. */
async function answerOf(body: object | string) {
  const masked: string[] = []
  const ports = {
    transport: scriptedTransport([[`POST ${URL}`, typeof body === 'string' ? text(200, body) : json(200, body)]]),
    clock: fakeClock(),
    random: () => 0.5,
    budget: new WaitBudget(0),
    onRetry: () => {},
    mask: (secret: string) => void masked.push(secret),
  }
  const answer = await call(
    { operation: LOG_IN, server: 'https://matrix.example.org', method: 'POST', url: URL },
    ports,
  )
  return { answer, masked }
}

describe('what a server calls a token', () => {
  test.each([
    ['one letter', 'e'],
    ['three', 'abc'],
    ['nothing', ''],
    ['a sentence', 'the message of the server'],
    ['a line break', 'syt_abcdef\nsyt_ghijkl'],
    ['NUL', 'syt_abcdef\0'],
    ['an umlaut', 'syt_äbcdef'],
    ['150,000 characters', 'a'.repeat(150_000)],
    ['a number', 12_345],
    ['an object', { a: TOKEN }],
  ])('is not masked, and is not a token of the answer: %s', async (_name, value) => {
    const { answer, masked } = await answerOf({ access_token: value })
    expect(masked).toStrictEqual([])
    expect(secretMember(answer, 'access_token')).toBeUndefined()
    expect(hasInvalidToken(answer, 'access_token')).toBe(true)
  })

  test.each([4, 39, 300, 32_000])('is masked where it has the form of a token: %i characters', async (length) => {
    const token = 'a'.repeat(length)
    const { answer, masked } = await answerOf({ access_token: token })
    expect(masked).toStrictEqual([token])
    expect(secretMember(answer, 'access_token')?.reveal()).toBe(token)
  })

  test.each(['access_token', 'refresh_token', 'id_token', 'login_token', 'device_code', 'registration_access_token'])(
    '%s is masked, wherever it stands, and is nowhere in plain text',
    async (name) => {
      const { answer, masked } = await answerOf({
        data: { attributes: { [name]: TOKEN }, list: [{ [name]: `${TOKEN}2` }] },
      })
      expect(masked).toStrictEqual([TOKEN, `${TOKEN}2`])
      expect(JSON.stringify(answer)).not.toContain(TOKEN)
      const attributes = objectMember(objectMember(answer, 'data'), 'attributes')
      expect(secretMember(attributes, name)?.reveal()).toBe(TOKEN)
    },
  )

  test.each(['token_type', 'token_endpoint', 'user_id'])('%s is not a token', async (name) => {
    const { answer, masked } = await answerOf({ [name]: 'Bearer' })
    expect(masked).toStrictEqual([])
    expect(answer[name]).toBe('Bearer')
  })

  test('null is no token at all, and no fault', async () => {
    const { answer } = await answerOf({ refresh_token: null })
    expect(hasInvalidToken(answer, 'refresh_token')).toBe(false)
  })

  test.each(['ci_token', 'token', 'device_code'])('an object is none: a device can be called %s', async (name) => {
    const keys = { keys: { 'ed25519:ci_token': TOKEN }, access_token: `${TOKEN}2` }
    const { answer, masked } = await answerOf({ device_keys: { [name]: keys, list: [keys] } })
    const device = objectMember(objectMember(answer, 'device_keys'), name)
    expect(objectMember(device, 'keys')['ed25519:ci_token']).toBe(TOKEN)
    expect(masked).toStrictEqual([`${TOKEN}2`, `${TOKEN}2`])
  })

  test('of thousands only as many are masked as an API can have; none is in plain text', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ token: `word${index}` }))
    const { answer, masked } = await answerOf({ access_token: TOKEN, many, login_token: `${TOKEN}2` })
    expect(masked.length).toBeLessThanOrEqual(16)
    expect(secretMember(answer, 'access_token')?.reveal()).toBe(TOKEN)
    expect(secretMember(answer, 'login_token')).toBeUndefined()
    expect(JSON.stringify(answer)).not.toMatch(/word|syt_/)
  })

  test.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
    ['both', '[{"a":', '}]'],
  ])('%s inside each other, a hundred thousand deep, do not exhaust the stack', async (_name, open, close) => {
    const depth = 100_000
    const deep = `${open.repeat(depth)}1${close.repeat(depth)}`
    const { answer } = await answerOf(`{"access_token":"${TOKEN}","deep":${deep}}`)
    expect(secretMember(answer, 'access_token')?.reveal()).toBe(TOKEN)
  })
})
