import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

const readme = readFileSync('README.md', 'utf8')
const action = parse(readFileSync('action.yml', 'utf8'))
const workflows = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

function steps(text: string): Step[] {
  const jobs: Readonly<Record<string, { readonly steps: Step[] }>> = parse(text).jobs
  return Object.values(jobs).flatMap((job) => job.steps)
}

test('the tables are up to date', () => {
  expect(() => execFileSync(process.execPath, ['scripts/docs.mjs', '--check'], { stdio: 'pipe' })).not.toThrow()
})

test('the first lines are the two commands, and they exist', () => {
  const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  expect(readme.indexOf('npm ci && npm run demo')).toBeLessThan(400)
  expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) })
})

describe.each(workflows)('workflow %#', (text) => {
  const login = steps(text).find(({ uses }) => uses?.startsWith('OWNER/matrix-access-token@'))

  test('uses inputs that exist, and says in so many words, with a reason, when the session ends', () => {
    for (const name of Object.keys(login?.with ?? {})) expect(Object.keys(action.inputs)).toContain(name)
    expect(text).toMatch(/ logout: (always|never|on-failure) # \w/)
  })

  test('uses outputs that exist', () => {
    const used = [...text.matchAll(/outputs\.([a-z-]+)/g)].map(([, name]) => name)
    for (const name of used) expect(Object.keys(action.outputs)).toContain(name)
  })

  test('takes no permissions that it does not need, and keeps tokens out of scripts', () => {
    expect(parse(text).permissions).toEqual({})
    // A token in `run:` would be pasted into the script's text.
    expect(text).not.toMatch(/run:[^\n]*\$\{\{/)
  })

  test('a session that stays is made inside a concurrency group', () => {
    if (login?.with?.logout === 'never') expect(parse(text).concurrency).toBeDefined()
    else expect(login?.with?.logout).toMatch(/always|on-failure/)
  })
})
