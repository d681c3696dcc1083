import { describe, expect, test } from '@jest/globals'
import { ApiError } from '../../src/api/error.js'
import type { JsonObject } from '../../src/api/values.js'
import { sendWithPassword } from '../../src/matrix/devices.js'
import { Secret } from '../../src/secret.js'

const PASSWORD = { stages: ['m.login.password'] }
const request = { server: 'https://matrix.example.org', operation: { phrase: 'delete devices' } }

function refused(body: JsonObject, status = 401): ApiError {
  const errcode = typeof body['errcode'] === 'string' ? body['errcode'] : undefined
  return new ApiError({ kind: 'refused', status, errcode, text: undefined, body }, request, false)
}

/** Sends to a server that answers in this order. */
async function run(answers: readonly (JsonObject | ApiError)[], password?: string) {
  const sent: unknown[] = []
  let asked = 0
  const send = (auth: object) => {
    const answer = answers[sent.push(auth) - 1]
    if (answer === undefined) throw new Error('too many requests')
    return answer instanceof ApiError ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const askPassword = () => {
    asked += 1
    return Promise.resolve(new Secret('typed'))
  }
  const known = password === undefined ? {} : { password: new Secret(password) }
  const outcome = await sendWithPassword(send, { userId: '@bot:example.org', askPassword, ...known }).catch(
    (error: unknown) => error,
  )
  return { sent, asked, outcome }
}

const auth = (password: string, session?: string) => ({
  auth: {
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: '@bot:example.org' },
    password,
    ...(session === undefined ? {} : { session }),
  },
})

describe('sendWithPassword', () => {
  test('a server that asks for nothing gets no password', async () => {
    expect(await run([{}])).toStrictEqual({ sent: [{}], asked: 0, outcome: undefined })
  })

  test('a password that is known goes with the first request', async () => {
    expect(await run([{}], 'known')).toStrictEqual({ sent: [auth('known')], asked: 0, outcome: undefined })
  })

  test('a server that wants its session gets it', async () => {
    const challenge = refused({ flows: [PASSWORD], session: 'abc' })
    expect(await run([challenge, {}])).toStrictEqual({ sent: [{}, auth('typed', 'abc')], asked: 1, outcome: undefined })
    expect((await run([challenge, {}], 'known')).sent).toStrictEqual([auth('known'), auth('known', 'abc')])
  })

  test('a stage that is done already', async () => {
    const flows = [{ stages: ['m.login.dummy', 'm.login.password'] }]
    expect((await run([refused({ flows, completed: ['m.login.dummy'] }), {}])).sent).toHaveLength(2)
  })

  test('one flow of several is the password', async () => {
    const flows = [{ stages: ['m.login.sso'] }, PASSWORD]
    expect((await run([refused({ flows }), {}])).outcome).toBeUndefined()
  })

  test.each([
    ['another stage', [{ stages: ['m.login.sso'] }], ['m.login.sso']],
    [
      'the password and more',
      [{ stages: ['m.login.password', 'm.login.recaptcha'] }],
      ['m.login.password', 'm.login.recaptcha'],
    ],
    ['no flow', [], []],
    ['flows that are none', [null, { stages: 'x' }, { stages: [7] }], []],
  ])('%s: no password is asked for', async (_name, flows, stages) => {
    const { sent, asked, outcome } = await run([refused({ flows, params: { a: 1 } })])
    expect([sent, asked]).toStrictEqual([[{}], 0])
    expect(outcome).toMatchObject({ stages, params: { a: 1 } })
  })

  test('more stages after the password', async () => {
    const more = refused({
      flows: [{ stages: ['m.login.password', 'm.login.terms'] }],
      completed: ['m.login.password'],
    })
    expect((await run([refused({ flows: [PASSWORD] }), more])).outcome).toMatchObject({
      stages: ['m.login.password', 'm.login.terms'],
    })
  })

  test('a wrong password is the refusal itself, and is not sent again', async () => {
    const wrong = refused({ flows: [PASSWORD], errcode: 'M_FORBIDDEN', session: 'abc' })
    expect(await run([wrong], 'known')).toMatchObject({ sent: [auth('known')], outcome: wrong })
    expect((await run([refused({ flows: [PASSWORD] }), wrong])).outcome).toBe(wrong)
  })

  test.each([
    ['an unknown token', refused({ errcode: 'M_UNKNOWN_TOKEN' })],
    ['a refusal of another status', refused({ flows: [PASSWORD] }, 403)],
  ])('%s is no challenge', async (_name, error) => {
    expect(await run([error])).toStrictEqual({ sent: [{}], asked: 0, outcome: error })
  })
})
