import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

const FOLDER = '.github/workflows'

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[]
}

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8')
  const jobs: readonly Job[] = Object.values(parse(text).jobs)
  const steps = jobs.flatMap((job) => job.steps)

  test('pins every action by a full commit, with the version behind it', () => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses: (?!\.\/)/.test(line))
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toStrictEqual([])
  })

  test('gives no permission to the workflow as a whole, and says why for each of a job', () => {
    expect(parse(text).permissions).toStrictEqual({})
    for (const { permissions } of jobs) expect(permissions).toBeDefined()
    const granted = text.split('\n').filter((line) => /^ {6}[\w-]+: (read|write)\b/.test(line))
    expect(granted.filter((line) => !/ # \w/.test(line))).toStrictEqual([])
  })

  test('leaves no credential in the checkout', () => {
    for (const { uses = '', with: given } of steps) {
      if (uses.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false)
    }
  })

  test('ends by itself', () => {
    for (const job of jobs) expect(job).toHaveProperty('timeout-minutes')
  })
})

test('what may write runs no code of a pull request', () => {
  const text = readFileSync(join(FOLDER, 'commit-dist.yml'), 'utf8')
  expect(text).not.toMatch(/\b(npm|npx|node|yarn)\b(?! ci)/)
  expect(readFileSync(join(FOLDER, 'rebuild-dist.yml'), 'utf8')).not.toContain(': write')
})
