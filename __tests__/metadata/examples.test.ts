import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

const OURS = /^OWNER\/matrix-access-token(?:\/([a-z]+))?@v1$/
const readmes = ['logout', 'rotate', 'unseal'].flatMap((folder) => {
  const text = readFileSync(join(folder, 'README.md'), 'utf8')
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, workflow = '']) => [`${folder}/README.md`, workflow] as const,
  )
})
const files = readdirSync('examples').map((file) => [file, readFileSync(join('examples', file), 'utf8')] as const)

describe.each([...files, ...readmes])('%s', (_name, text) => {
  const workflow = parse(text)
  const jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> = workflow.jobs
  const steps = Object.values(jobs).flatMap((job) => job.steps)

  test('sets inputs that exist', () => {
    const ours = steps.filter(({ uses = '' }) => OURS.test(uses))
    expect(ours.length).toBeGreaterThan(0)
    for (const { uses = '', with: given = {} } of ours) {
      const folder = OURS.exec(uses)?.[1] ?? '.'
      const { inputs } = parse(readFileSync(join(folder, 'action.yml'), 'utf8'))
      for (const name of Object.keys(given)) expect(Object.keys(inputs)).toContain(name)
    }
  })

  test('takes no permissions that it does not need; what rotates is in a concurrency group', () => {
    expect(workflow.permissions).toEqual({})
    if (steps.some(({ uses }) => uses?.includes('/rotate@'))) expect(workflow.concurrency).toBeDefined()
  })
})
