import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const SHA = '0123456789abcdef0123456789abcdef01234567'

interface Repository {
  readonly isDraft: boolean
  readonly target: string
  /** Every tag whose name starts with the one asked for, as the API answers; undefined: the request fails. */
  readonly tags: readonly string[] | undefined
}

const SOUND: Repository = { isDraft: true, target: SHA, tags: [] }

/** Runs validate.sh for version 1.2.3 with a `gh` that answers from `repository`. */
function validate(repository: Repository, version = '1.2.3') {
  const folder = mkdtempSync(join(tmpdir(), 'release-'))
  try {
    const release = JSON.stringify({ isDraft: repository.isDraft, targetCommitish: repository.target })
    const refs = repository.tags?.map((tag) => `echo refs/tags/${tag}`) ?? ['exit 1']
    const script = `#!/bin/sh\ncase "$1 $2" in\n'release view') echo '${release}' ;;\n*matching-refs/tags/v*) ${refs.join('\n') || ':'} ;;\n*) exit 1 ;;\nesac\n`
    writeFileSync(join(folder, 'gh'), script, { mode: 0o755 })
    writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }')
    writeFileSync(join(folder, 'CHANGELOG.md'), '## [1.2.3]\n')
    const env = {
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
      VERSION: version,
      TAG: `v${version}`,
      GITHUB_SHA: SHA,
      GH_REPO: 'octo/demo',
    }
    const { status, stdout } = spawnSync('bash', [resolve('.github/release/validate.sh')], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
    return { status, stdout }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('validate.sh', () => {
  test('accepts a draft of this commit whose tag does not exist', () => {
    expect(validate(SOUND)).toStrictEqual({ status: 0, stdout: '' })
    expect(validate({ ...SOUND, tags: ['v1.2.30', 'v1.2.3-rc.1'] }).status).toBe(0)
  })

  test.each([
    ['a tag that exists', { ...SOUND, tags: ['v1.2.30', 'v1.2.3'] }, 'The tag v1.2.3 exists already.'],
    ['tags that cannot be read', { ...SOUND, tags: undefined }, 'cannot be read'],
    ['a release that is published', { ...SOUND, isDraft: false }, 'published already'],
    ['a draft of another commit', { ...SOUND, target: 'main' }, 'The draft is of main'],
  ])('refuses %s', (_name, repository, message) => {
    const { status, stdout } = validate(repository)
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error::/)
    expect(stdout).toContain(message)
  })

  test.each(['1.2', 'v1.2.3', '1.2.3-rc.1', '1.2.4'])('refuses the version %s', (version) => {
    expect(validate(SOUND, version).status).toBe(1)
  })
})

test('git shows the changes of dist/ in a review', () => {
  const attributes = (file: string) =>
    execFileSync('git', ['check-attr', 'diff', 'binary', 'linguist-generated', '--', file], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.replace(`${file}: `, ''))
  const shown = ['diff: unspecified', 'binary: unspecified', 'linguist-generated: unspecified']
  for (const file of ['dist/index.js', 'dist/launch.cjs', 'dist/new/file.js', 'action.yml', 'package-lock.json'])
    expect({ file, attributes: attributes(file) }).toStrictEqual({ file, attributes: shown })
  expect(readFileSync('.gitattributes', 'utf8')).not.toMatch(/-diff|\bbinary\b|linguist-generated/)
})
