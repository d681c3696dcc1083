import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'

/** What the runner takes from an action.yml. */
export interface ActionMetadata {
  /** Default of every declared input; expressions not yet evaluated. */
  readonly inputs: Readonly<Record<string, string>>
  /** Absolute paths. */
  readonly main: string
  readonly post: string | undefined
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Reads `action.yml` in a folder. `runs.main` and `runs.post` are relative to that file. */
export function readActionMetadata(folder: string): ActionMetadata {
  const file = join(resolve(folder), 'action.yml')
  const document = objectOf(parse(readFileSync(file, 'utf8')))
  const runs = objectOf(document.runs)
  const inputs = Object.entries(objectOf(document.inputs)).map(([name, input]) => {
    const value = objectOf(input).default
    return [name, value === undefined ? '' : String(value)] as const
  })
  if (typeof runs.main !== 'string') throw new Error(`${file} has no runs.main`)
  return {
    inputs: Object.fromEntries(inputs),
    main: join(dirname(file), runs.main),
    post: typeof runs.post === 'string' ? join(dirname(file), runs.post) : undefined,
  }
}

/** The contexts that a default may use. */
export interface DefaultContexts {
  readonly jobStatus: string
  readonly matrix: unknown
  /** By the name in the expression: `repository` for `github.repository`. */
  readonly github: Readonly<Record<string, string>>
}

/** Evaluates the few expressions that defaults of actions hold. Anything else is a mistake worth a failing test. */
export function evaluateDefault(text: string, contexts: DefaultContexts): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
    if (expression === 'job.status') return contexts.jobStatus
    if (expression === 'toJSON(matrix)') return JSON.stringify(contexts.matrix ?? null, null, 2)
    const name = /^github\.(\w+)$/.exec(expression)?.[1]
    if (name === undefined) throw new Error(`an expression that the harness does not know: ${expression}`)
    return contexts.github[name] ?? ''
  })
}
