import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { validate } from '@actions/languageservice/validate'
import { describe, expect, test } from '@jest/globals'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { workflows } from './blocks.js'

/** What GitHub's own language service has to say; it tells actions from workflows by the path. */
async function complaints(path: string, text: string): Promise<string[]> {
  const found = await validate(TextDocument.create(`file:///${path}`, 'yaml', 1, text))
  return found.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)
}

const files = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => posix.join(folder, file))

describe('the schema of GitHub', () => {
  test.each(['action.yml', 'logout/action.yml', 'rotate/action.yml', 'unseal/action.yml'])(
    'accepts %s',
    async (file) => {
      expect(await complaints(file, readFileSync(file, 'utf8'))).toStrictEqual([])
    },
  )

  test.each(files('.github/workflows'))('accepts %s', async (file) => {
    expect(await complaints(file, readFileSync(file, 'utf8'))).toStrictEqual([])
  })

  test.each(workflows.map(({ place, text }) => [place, text] as const))('accepts %s', async (place, text) => {
    // A path of its own: the service remembers by path. Whole addresses are for Gitea and Forgejo; GitHub knows none.
    const path = `.github/workflows/${place.replaceAll(/[/:]/g, '-')}.yml`
    expect(await complaints(path, text.replaceAll('uses: https://github.com/', 'uses: '))).toStrictEqual([])
  })

  test('refuses what is wrong: the checks above do check', async () => {
    const action = readFileSync('action.yml', 'utf8')
    expect(await complaints('a/action.yml', action.replace('node24', 'node99'))).toStrictEqual([
      expect.stringContaining("Unexpected value 'node99'"),
    ])
    expect(await complaints('b/action.yml', action.replace('color: green', 'color: mauve'))).not.toStrictEqual([])
    const workflow =
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ nothing.here }}\n        mian: y\n'
    expect(await complaints('.github/workflows/c.yml', workflow)).toHaveLength(2)
  })
})
