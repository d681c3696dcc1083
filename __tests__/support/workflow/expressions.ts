import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

/** By the names that expressions use: `secrets`, `steps`, … */
export type Contexts = Readonly<Record<string, unknown>>

/** What the status functions say, of a job's steps so far or of the jobs that a job needs. */
export interface Status {
  readonly success: boolean
  readonly failure: boolean
  readonly cancelled: boolean
}

/** Text with `${{ … }}` in it, evaluated with GitHub's own parser and evaluator (actions/languageservices). */
export function interpolate(text: string | number | boolean, contexts: Contexts): string {
  return String(text).replace(/\$\{\{([\s\S]*?)\}\}/g, (_whole, expression: string) =>
    evaluate(expression, contexts).coerceString(),
  )
}

export function interpolateAll(
  values: Readonly<Record<string, string | number | boolean>> | undefined,
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, text]) => [name, interpolate(text, contexts)]))
}

/** An `if:`. Without a status function it means `success() && (…)`: src/Runner.Worker/StepsRunner.cs. */
export function isMet(text: string | undefined, contexts: Contexts, status: Status): boolean {
  const bare = (text ?? '').replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim()
  const asks = /\b(success|failure|cancelled|always)\s*\(/.test(bare)
  const whole = bare === '' ? 'success()' : asks ? bare : `success() && (${bare})`
  const met = evaluate(whole, contexts, status)
  return !(met instanceof data.BooleanData) ? met.coerceString() !== '' : met.value
}

function evaluate(expression: string, contexts: Contexts, status?: Status): data.ExpressionData {
  const functions = status === undefined ? [] : statusFunctions(status)
  const { tokens } = new Lexer(expression.trim()).lex()
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse()
  const context = new data.Dictionary(
    ...Object.entries(contexts).map(([key, value]) => ({ key, value: toData(value) })),
  )
  return new Evaluator(parsed, context, new Map(functions.map((each) => [each.name, each]))).evaluate()
}

function statusFunctions({ success, failure, cancelled }: Status) {
  return Object.entries({ success, failure, cancelled, always: true }).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }))
}

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver)
}
