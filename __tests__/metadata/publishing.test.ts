import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { stepsOf } from './blocks.js'

// docs/publishing.md names jobs, environments and actions of the workflows. A person types them into GitHub's settings.

const FOLDER = '.github/workflows'
const guide = readFileSync('docs/publishing.md', 'utf8')
const texts = readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), 'utf8'))

interface Job {
  readonly name: string
  readonly environment?: string
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> }
}

const workflows = texts.map((text) => {
  const { on, jobs } = parse(text)
  return { events: Object.keys(on), jobs: Object.values<Job>(jobs) }
})

/** A push with the job's token starts no workflow: commit-dist.yml starts those that have `workflow_dispatch`. */
const onEveryCommit = workflows
  .filter(({ events }) => ['pull_request', 'workflow_dispatch'].every((event) => events.includes(event)))
  .flatMap(({ jobs }) => jobs)

const required = [...(/Choose these checks[^\n]*\n((?: +\* .*\n)+)/.exec(guide)?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(
  ([, name = '']) => name,
)

test('the required checks run on every commit of a pull request, also on those of commit-dist.yml', () => {
  expect(required.length).toBeGreaterThan(3)
  const patterns = onEveryCommit.map(({ name }) => name.replaceAll(/\$\{\{[^}]+\}\}/g, '…'))
  expect(required.filter((name) => !patterns.includes(name))).toStrictEqual([])
})

test('there are nine checks of Node versions and systems', () => {
  const matrix = onEveryCommit.find(({ name }) => name.startsWith('Node '))?.strategy?.matrix ?? {}
  expect(Object.values(matrix).reduce((product, values) => product * values.length, 1)).toBe(9)
  expect(guide).toContain('the nine checks `Node … on …`')
})

test('the environment of the release is the one to create', () => {
  const environments = workflows.flatMap(({ jobs }) => jobs.flatMap(({ environment }) => environment ?? []))
  expect(environments).toStrictEqual(['release'])
  expect(guide).toContain('with the name `release`')
})

test('the actions to allow are those that the workflows use', () => {
  const used = texts.flatMap(stepsOf).flatMap(({ uses }) => uses ?? [])
  const owned = used
    .filter((name) => !/^(?:actions|github)\/|^\.\//.test(name))
    .map((name) => name.replace(/@.*/, '@*'))
  expect(owned.length).toBeGreaterThan(0)
  for (const name of owned) expect(guide).toContain(`\`${name}\``)
})

test('the command that starts the release sets the inputs of the workflow', () => {
  const { on } = parse(readFileSync(join(FOLDER, 'release.yml'), 'utf8'))
  const fields = [...guide.matchAll(/gh workflow run release\.yml .*--field (\w+)=/g)].map(([, name]) => name)
  expect(fields).toStrictEqual(Object.keys(on.workflow_dispatch.inputs))
})
