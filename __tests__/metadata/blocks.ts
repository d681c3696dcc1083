import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parse } from 'yaml'

/** A step, as far as tests look at it. */
export interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

/** A fenced block of a Markdown file. */
export interface Block {
  /** File and line, for the name of a test. */
  readonly place: string
  readonly language: string
  readonly text: string
}

/** A workflow, or steps of one, and where it stands. */
export interface Workflow {
  readonly place: string
  /** A whole workflow: steps alone have been put into a job. */
  readonly text: string
  readonly whole: boolean
  readonly steps: readonly Step[]
}

const FOLDERS = [
  '.',
  '.github',
  'logout',
  'rotate',
  'unseal',
  'verify',
  'docs',
  'docs/credentials',
  'docs/decisions',
  'examples',
]

/** Every Markdown file that people read. */
export const documents: readonly string[] = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => posix.join(folder, file)),
)

export function blocksOf(document: string): Block[] {
  const text = readFileSync(document, 'utf8')
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].map(
    ({ 1: indent = '', 2: language = '', 3: block = '', index }) => ({
      place: `${document}:${text.slice(0, index).split('\n').length}`,
      language,
      text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  )
}

export const blocks: readonly Block[] = documents.flatMap(blocksOf)

/** Every workflow in the documents and in examples/. Configuration of servers is YAML as well, and none. */
export const workflows: readonly Workflow[] = [
  ...blocks.filter(({ language }) => language === 'yaml').flatMap(({ place, text }) => asWorkflow(place, text)),
  ...readdirSync('examples')
    .filter((file) => file.endsWith('.yml'))
    .flatMap((file) => asWorkflow(`examples/${file}`, readFileSync(posix.join('examples', file), 'utf8'))),
]

function asWorkflow(place: string, text: string): Workflow[] {
  const value: unknown = parse(text)
  if (Array.isArray(value)) {
    const whole = `on: push\npermissions: {}\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${text.replace(/^(?=.)/gm, '      ')}`
    return [{ place, text: whole, whole: false, steps: stepsOf(whole) }]
  }
  return isConfiguration(value) ? [] : [{ place, text, whole: true, steps: stepsOf(text) }]
}

/** Whether YAML is the configuration of some server. */
export function isConfiguration(value: unknown): boolean {
  return !Array.isArray(value) && !(typeof value === 'object' && value !== null && 'jobs' in value)
}

/** The steps of a workflow, or steps alone. */
export function stepsOf(text: string): readonly Step[] {
  const value = parse(text)
  if (Array.isArray(value)) return value
  const jobs: Readonly<Record<string, { readonly steps?: readonly Step[] }>> = value.jobs
  return Object.values(jobs).flatMap((job) => job.steps ?? [])
}
