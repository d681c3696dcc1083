import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { ownAction, REPOSITORY } from '../support/publisher.js'
import { stepsOf, workflows } from './blocks.js'

interface Step {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly permissions?: unknown
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

const OURS = ownAction('v1$')
const readmes = ['logout', 'rotate', 'unseal', 'verify'].flatMap((folder) => {
  const text = readFileSync(join(folder, 'README.md'), 'utf8')
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block)
  // A list of steps is tested with those of all documents, below.
  return blocks.filter((block) => /^jobs:/m.test(block)).map((workflow) => [`${folder}/README.md`, workflow] as const)
})
const files = readdirSync('examples')
  .filter((file) => file.endsWith('.yml'))
  .map((file) => [file, readFileSync(join('examples', file), 'utf8')] as const)

/** What follows `uses:` on each line, with its comment. */
function usesLines(text: string): string[] {
  return [...text.matchAll(/^ *(?:- )?uses: (.+)$/gm)].map(([, line = '']) => line)
}

function actionOf({ uses = '' }: Step) {
  const folder = OURS.exec(uses)?.[1] ?? '.'
  return parse(readFileSync(join(folder, 'action.yml'), 'utf8'))
}

describe.each([...files, ...readmes])('%s', (_name, text) => {
  const workflow = parse(text)
  const jobs: Job[] = Object.values<Job>(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps)
  const ours = steps.filter(({ uses = '' }) => OURS.test(uses))
  const logins = ours.filter(({ uses = '' }) => OURS.exec(uses)?.[1] === undefined)
  /** A login with `access-token` opens no session, and `logout: never` leaves none. */
  const opening = logins.filter((login) => login.with?.['access-token'] === undefined)

  test('sets inputs that exist', () => {
    expect(ours.length).toBeGreaterThan(0)
    for (const step of ours) {
      for (const name of Object.keys(step.with ?? {})) expect(Object.keys(actionOf(step).inputs)).toContain(name)
    }
  })

  test('uses outputs that exist', () => {
    for (const { steps: all } of jobs) {
      for (const step of all.filter(({ id, uses = '' }) => id !== undefined && OURS.test(uses))) {
        const used = text.matchAll(new RegExp(`steps\\.${step.id}\\.outputs\\.([a-z-]+)`, 'g'))
        const known = steps.filter(({ id }) => id === step.id).flatMap((same) => Object.keys(actionOf(same).outputs))
        for (const [, name] of used) expect(known).toContain(name)
      }
    }
  })

  test('says of every login in so many words when its session ends, and why', () => {
    for (const login of logins) expect(login.with).toHaveProperty('logout')
    const reasons = [...text.matchAll(/^ +logout: (?:always|never|on-failure) # \w.{9}/gm)]
    expect(reasons).toHaveLength(logins.length)
  })

  // A login with `never` may end the token that is deployed, so nothing may come between it and the deployment, and no
  // other run.
  test('leaves a session only directly before a deployment, in a concurrency group', () => {
    for (const { steps: all } of jobs) {
      for (const [index, step] of all.entries()) {
        if (!opening.includes(step) || step.with?.['logout'] !== 'never') continue
        const next = all[index + 1]
        expect(`${next?.name} ${next?.run}`).toMatch(/deploy/i)
        expect(workflow.concurrency).toBeDefined()
      }
    }
  })

  test('what rotates or outlives its job is in a concurrency group', () => {
    const lasting = opening.some((login) => login.with?.['logout'] !== 'always')
    if (lasting || ours.some(({ uses }) => uses?.includes('/rotate@'))) expect(workflow.concurrency).toBeDefined()
  })

  test('takes no permissions that it does not need: to read the repository where it is checked out', () => {
    expect(workflow.permissions).toStrictEqual({})
    for (const { permissions = {}, steps: all } of jobs) {
      const checkouts = all.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))
      expect(permissions).toStrictEqual(checkouts.length > 0 ? { contents: 'read' } : {})
      for (const checkout of checkouts) expect(checkout.with).toStrictEqual({ 'persist-credentials': false })
    }
  })

  // What `${{ … }}` stands for would be pasted into the text of the script: into the log, and run if it is code.
  test('keeps expressions out of scripts, and secrets out of plain text', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{')
    for (const { with: given = {} } of steps) {
      for (const name of [
        'password',
        'access-token',
        'seal-passphrase',
        'passphrase',
        'current-token',
        'store-token',
      ]) {
        if (name in given) expect(given[name]).toMatch(/^\$\{\{ (secrets|steps)[.[].+ \}\}$/)
      }
    }
  })

  // Its runner does not evaluate the default of `job-status` again for the post step.
  test('writes job-status for the runner of Gitea where it says on-failure', () => {
    if (!text.includes(`uses: https://github.com/${REPOSITORY}`)) return
    for (const login of logins.filter((each) => each.with?.['logout'] === 'on-failure'))
      expect(login.with?.['job-status']).toBe('${{ job.status }}')
  })

  // On Forgejo a job that exceeds its own `timeout-minutes` starts no post step.
  test('limits the time of steps, not of jobs', () => {
    for (const job of jobs) expect(job).not.toHaveProperty('timeout-minutes')
  })

  // The runner of GitHub drops such an output; those of Gitea and Forgejo store it in clear.
  test('hands a token to another job only sealed', () => {
    const handed = jobs.flatMap(({ outputs = {} }) => Object.values(outputs))
    for (const output of handed) expect(output).not.toMatch(/outputs\.(access|refresh)-token/)
  })
})

describe('actions of others', () => {
  const own = readdirSync('.github/workflows').map((file) => readFileSync(join('.github/workflows', file), 'utf8'))

  // A tag can be moved to other code after it was looked at. Dependabot moves commit and comment together.
  test.each(workflows.map(({ place, text }) => [place, text] as const))(
    'are pinned by a full commit, with the version in a comment: %s',
    (_place, text) => {
      const others = usesLines(text).filter((line) => !OURS.test(line))
      expect(others.filter((line) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toStrictEqual([])
      expect(usesLines(text)).toHaveLength(stepsOf(text).filter(({ uses }) => uses !== undefined).length)
    },
  )

  test('are the same commit everywhere, in the workflows of this repository too', () => {
    const pinned = new Set([...workflows.map(({ text }) => text), ...own].flatMap(usesLines))
    const names = [...pinned].filter((line) => line.includes('#')).map((line) => line.replace(/@.*/, ''))
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toStrictEqual([])
    expect(names).toStrictEqual(expect.arrayContaining(['actions/checkout', 'actions/create-github-app-token']))
  })
})

test('the example in JavaScript installs, by its lockfile, exactly what is tested with it', () => {
  const read = (file: string) => {
    const { packages } = JSON.parse(readFileSync(file, 'utf8'))
    return { ...packages, '': packages[''].dependencies }
  }
  const lockfile = 'examples/bot-javascript/package-lock.json'
  expect(read(lockfile)).toStrictEqual(read('__tests__/servers/support/install/js-sdk/package-lock.json'))
  const { dependencies } = JSON.parse(readFileSync('examples/bot-javascript/package.json', 'utf8'))
  expect(read(lockfile)['']).toStrictEqual(dependencies)
  const workflow = readFileSync('examples/bot-javascript.yml', 'utf8')
  for (const [name, version] of Object.entries(dependencies)) expect(workflow).toContain(`${name}@${version}\n`)
})

test('every file is executed by a test', () => {
  const executed = readFileSync('__tests__/bundle/examples.test.ts', 'utf8')
  expect(files.length).toBeGreaterThan(9)
  for (const [file] of files) expect(executed).toContain(`'${file}'`)
})
