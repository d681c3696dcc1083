import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readLogoutInputs } from '../../src/actions/logout.js'
import { readUnsealInputs } from '../../src/actions/unseal.js'
import { readVerifyInputs } from '../../src/actions/verify.js'
import { CREDENTIAL_KINDS, ROTATING_KINDS } from '../../src/credentials/index.js'
import { Failure } from '../../src/failures.js'
import { credentialKinds } from '../../src/inputs/credential-kinds.js'
import {
  type ActionName,
  CREDENTIAL_INPUTS,
  DECLARED_INPUTS,
  INPUT_FORMS,
  INPUT_NAMES,
} from '../../src/inputs/declared.js'
import { meantInput } from '../../src/inputs/screen.js'
import type { Runner } from '../../src/runner/ports.js'
import { recordingRunner } from '../support/fakes.js'
import { readLoginInputs, readRotateInputs } from '../support/read-inputs.js'

const readLogin = (runner: Runner) => readLoginInputs(runner)

const FILES: readonly (readonly [ActionName, string])[] = [
  ['login', 'action.yml'],
  ['rotate', 'rotate/action.yml'],
  ['logout', 'logout/action.yml'],
  ['unseal', 'unseal/action.yml'],
  ['verify', 'verify/action.yml'],
]

const READERS: Readonly<Record<ActionName, (runner: Runner) => unknown>> = {
  login: readLogin,
  rotate: readRotateInputs,
  logout: readLogoutInputs,
  unseal: readUnsealInputs,
  verify: readVerifyInputs,
}

describe.each(FILES)('%s', (action, file) => {
  test(`declares the inputs of ${file}`, () => {
    const { inputs } = parse(readFileSync(file, 'utf8'))
    expect([...DECLARED_INPUTS[action]].sort()).toStrictEqual(Object.keys(inputs).sort())
  })

  const declared: readonly string[] = DECLARED_INPUTS[action]
  /** Each input missing, malformed or in the way of another. */
  const wrong = [
    {},
    ...declared.flatMap((name) => ['x', '@x', ' \u200b', '0', 'true'].map((value) => ({ [name]: value }))),
  ]

  test.each(wrong)('names no input that it does not have: %j', (inputs) => {
    const runner = recordingRunner({ inputs })
    let said = ''
    try {
      READERS[action](runner)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      said = `${error.message} ${error.hint}`
    }
    const named = [...said.matchAll(/(?<!of the login.*)`([a-z-]+)`/g)].map(([, name = '']) => name)
    const elsewhere = action === 'unseal' ? ['seal-passphrase'] : []
    const known: readonly string[] = INPUT_NAMES
    expect(named.filter((name) => known.includes(name) && ![...declared, ...elsewhere].includes(name))).toStrictEqual(
      [],
    )
    // Without backticks, too.
    if (action === 'logout') expect(said).not.toMatch(/\buser\b(?! ID)/)
  })
})

test('the form of each credential is that of its input', () => {
  const forms: Readonly<Record<string, string>> = INPUT_FORMS
  for (const { input, form, companions = [] } of CREDENTIAL_KINDS) {
    expect([input, forms[input]]).toStrictEqual([input, form])
    for (const companion of companions) expect([companion, forms[companion]]).toStrictEqual([companion, 'token'])
  }
})

test.each([
  ['login', CREDENTIAL_KINDS],
  ['rotate', ROTATING_KINDS],
] as const)('%s declares the inputs of every credential that it takes, and of no other', (action, kinds) => {
  const declared: readonly string[] = DECLARED_INPUTS[action]
  const names = (all: typeof kinds) => all.flatMap(({ input, companions = [] }) => [input, ...companions])
  expect(names(kinds).filter((name) => !declared.includes(name))).toStrictEqual([])
  const others = names(CREDENTIAL_KINDS).filter((name) => !names(kinds).includes(name))
  expect(others.filter((name) => declared.includes(name))).toStrictEqual([])
})

test('the inputs that choose a credential or go with one are those of the kinds, and no others', () => {
  const ofKinds = CREDENTIAL_KINDS.flatMap(({ input, companions = [], options = [] }) => [
    input,
    ...companions,
    ...options,
  ])
  expect([...CREDENTIAL_INPUTS].sort()).toStrictEqual([...new Set(ofKinds)].sort())
})

describe('the kinds that are loaded', () => {
  const loaded = (inputs: Readonly<Record<string, string>>) => credentialKinds('login', recordingRunner({ inputs }))
  const COMMON = { password: 'a password', 'access-token': 'a token' }

  test.each(Object.entries(COMMON))('are %s alone, where nothing else is set', async (input, value) => {
    const kinds = await loaded({ [input]: value, user: 'bot', 'jwt-login-type': 'org.matrix.login.jwt' })
    expect(kinds.map((kind) => kind.input)).toStrictEqual([input])
  })

  test.each(CREDENTIAL_INPUTS.filter((name) => !(name in COMMON)))('are all of them with %s', async (name) => {
    expect(await loaded({ [name]: 'x' })).toStrictEqual(CREDENTIAL_KINDS)
    expect(await loaded({ [name]: 'x', password: 'a password' })).toStrictEqual(CREDENTIAL_KINDS)
  })

  test('are all of them with both, so that the message can name them', async () => {
    expect(await loaded(COMMON)).toStrictEqual(CREDENTIAL_KINDS)
  })

  test('of rotate are those that make a new token, also where an input of login is set', async () => {
    const runner = recordingRunner({ inputs: { 'access-token': 'x' } })
    expect(await credentialKinds('rotate', runner)).toStrictEqual(ROTATING_KINDS)
    const common = await credentialKinds('rotate', recordingRunner({ inputs: { password: 'x' } }))
    expect(common.map(({ input }) => input)).toStrictEqual(['password'])
  })

  test('are all of them where none is set, so that a message can name them', async () => {
    expect(await loaded({ password: ' ' })).toStrictEqual(CREDENTIAL_KINDS)
  })
})

describe('an input that the action does not declare', () => {
  test.each([
    ['login', 'passwort', 'password'],
    ['login', 'home-server', 'homeserver'],
    ['login', 'home_server', 'homeserver'],
    ['login', 'username', 'user'],
    ['login', 'access_token', 'access-token'],
    ['login', 'accesstoken', 'access-token'],
    ['login', 'token', 'access-token'],
    ['login', 'device_id', 'device-id'],
    ['login', 'passphrase', 'seal-passphrase'],
    ['rotate', 'store-tokn', 'store-token'],
    ['rotate', 'secretname', 'secret-name'],
    ['rotate', 'token', 'current-token'],
    ['unseal', 'seal-passphrase', 'passphrase'],
    ['logout', 'acess-token', 'access-token'],
    ['login', 'password', undefined],
    ['login', 'colour', undefined],
    ['logout', 'username', undefined],
    ['login', 'x', undefined],
    ['login', 'constructor', undefined],
    ['login', '__proto__', undefined],
  ] as const)('%s: %s means %s', (action, name, meant) => {
    expect(meantInput(name, DECLARED_INPUTS[action])).toBe(meant)
  })

  test('a warning names the one that was meant, and a secret value is masked', () => {
    const inputs = { homeserver: 'https://example.org', user: 'bot', passwort: 'hunter2 hunter2', colour: 'red' }
    const runner = recordingRunner({ inputs })
    expect(() => readLogin(runner)).toThrow('No credential is set')
    expect(runner.messages('warning')).toStrictEqual([
      '`passwort` is not an input of this action and is ignored. Did you mean `password`?',
    ])
    expect(runner.messages('mask')).toStrictEqual(['hunter2 hunter2'])
  })

  test('a common name is no mistake where the input is set: some runners pass the inputs of an action around this one', () => {
    const inputs = { homeserver: 'https://example.org', user: 'bot', password: 'a password', token: 'x', username: 'y' }
    const runner = recordingRunner({ inputs })
    readLogin(runner)
    expect(runner.messages('warning')).toStrictEqual([
      '`token` is not an input of this action and is ignored. Did you mean `access-token`?',
    ])
  })

  test('a name that could be anything stays out of the log', () => {
    const runner = recordingRunner({ inputs: { 'passwort\n::error::x': 'x' } })
    expect(() => readLogin(runner)).toThrow()
    expect(runner.messages('warning')).toStrictEqual([])
  })
})
