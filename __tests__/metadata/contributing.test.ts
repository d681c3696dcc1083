import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { CREDENTIAL_KINDS } from '../../src/credentials/index.js'
import { CREDENTIAL_ROWS } from '../support/credential-rows.js'

// What CONTRIBUTING.md tells people to do for a new kind of credential, and was done for those that there are.

const inputsOf = (folder: string) => Object.keys(parse(readFileSync(`${folder}/action.yml`, 'utf8')).inputs)
/** Needs a service of the runner, so that it has a file of its own: __tests__/scenarios/oidc.test.ts. */
const WITHOUT_ROW = ['oidc-audience']

describe.each(CREDENTIAL_KINDS)('$input', ({ input, companions = [], options = [], rotates }) => {
  test('has a row, which is carried out in every flavour that it names', () => {
    const rows = CREDENTIAL_ROWS.filter((row) => row.input === input)
    expect(rows.length > 0).toBe(!WITHOUT_ROW.includes(input))
    for (const { flavours } of rows) expect(flavours).not.toStrictEqual([])
  })

  test('has its inputs in action.yml, and in rotate/action.yml if it rotates', () => {
    expect(inputsOf('.')).toStrictEqual(expect.arrayContaining([input, ...companions, ...options]))
    const inRotate = [input, ...companions].filter((name) => inputsOf('rotate').includes(name))
    expect(inRotate).toStrictEqual(rotates ? [input, ...companions] : [])
  })
})

test('every kind is in the table', () => {
  const table = readFileSync('src/credentials/index.ts', 'utf8')
  const kinds = readdirSync('src/credentials').flatMap((file) => {
    const text = readFileSync(`src/credentials/${file}`, 'utf8')
    return [...text.matchAll(/^export const (\w+): CredentialKind = \{/gm)].map(([, name = '']) => ({ file, name }))
  })
  expect(kinds).toHaveLength(CREDENTIAL_KINDS.length)
  for (const { file, name } of kinds) {
    expect(table).toMatch(new RegExp(`\\b${name}\\b[^\\n]*'\\./${file.replace('.ts', '\\.js')}'`))
  }
})
