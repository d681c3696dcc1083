import type { Clock } from '../../src/http/exchange.js'
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from '../../src/http/transport.js'
import type { Random, Runner } from '../../src/runner/ports.js'
import type { SecretFiles } from '../../src/runner/secret-file.js'

/** One thing that a use case did, in the order in which it did it. */
export type Effect = readonly [kind: string, ...details: string[]]

export interface RecordingOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  readonly event?: Readonly<Record<string, unknown>>
  readonly state?: Readonly<Record<string, string>>
}

/** A runner that does nothing but write down what it is told. */
export function recordingRunner(options: RecordingOptions = {}): Runner & {
  readonly effects: Effect[]
  output(name: string): string | undefined
  messages(kind: string): string[]
} {
  const effects: Effect[] = []
  const record =
    (kind: string) =>
    (...details: string[]) => {
      effects.push([kind, ...details])
    }
  return {
    effects,
    output: (name) => effects.findLast(([kind, key]) => kind === 'output' && key === name)?.[2],
    messages: (kind) => effects.filter(([found]) => found === kind).map(([, message]) => message ?? ''),
    input: (name) => options.inputs?.[name] ?? '',
    inputNames: () => Object.keys(options.inputs ?? {}),
    environment: (name) => options.environment?.[name],
    event: () => options.event ?? {},
    state: (name) => options.state?.[name] ?? '',
    mask: record('mask'),
    saveState: record('state'),
    setOutput: record('output'),
    exportVariable: record('env'),
    debug: record('debug'),
    info: record('info'),
    notice: record('notice'),
    warning: record('warning'),
    fail: record('fail'),
    group: (title, lines) => effects.push(['group', title, ...lines]),
    summary: record('summary'),
  }
}

/** An answer as JSON. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: new TextEncoder().encode(JSON.stringify(body)),
  }
}

/** An answer as text of any type. */
export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers, body: new TextEncoder().encode(body) }
}

/** No answer. */
export function noAnswer(problem: TransportError['problem'] = 'refused'): TransportError {
  const requestSent = ['reset', 'timeout', 'truncated', 'too-large', 'not-http', 'other'].includes(problem)
  return new TransportError(problem, 'example.org', `no answer (${problem})`, { requestSent })
}

/** What is expected to be asked (`POST https://…`), and what comes back. */
export type ScriptedExchange = readonly [request: string, answer: HttpResponse | TransportError]

/** Answers from a script, and fails on any request that is not the next one in it. */
export function scriptedTransport(
  script: readonly ScriptedExchange[],
  effects: Effect[] = [],
): Transport & { readonly requests: HttpRequest[]; readonly rest: ScriptedExchange[] } {
  const rest = [...script]
  const requests: HttpRequest[] = []
  const transport = (request: HttpRequest): Promise<HttpResponse> => {
    const asked = `${request.method} ${request.url}`
    requests.push(request)
    effects.push(['request', asked])
    const next = rest.shift()
    if (next === undefined || next[0] !== asked) throw new Error(`unexpected request: ${asked}`)
    return next[1] instanceof TransportError ? Promise.reject(next[1]) : Promise.resolve(next[1])
  }
  return Object.assign(transport, { requests, rest })
}

/** A clock that stands still but for its pauses, which it writes down. */
export function fakeClock(
  start = Date.UTC(2026, 0, 2, 3, 4, 5),
): Clock & { readonly pauses: number[]; cancelled: boolean } {
  const pauses: number[] = []
  let now = start
  const clock = {
    pauses,
    cancelled: false,
    now: () => now,
    sleep: (ms: number) => {
      if (clock.cancelled) return Promise.resolve(false)
      pauses.push(ms)
      now += ms
      return Promise.resolve(true)
    },
  }
  return clock
}

/** Always the same fraction, and bytes that count up from zero. */
export function fixedRandom(fraction = 0.5): Random {
  return { fraction: () => fraction, bytes: (count) => Uint8Array.from({ length: count }, (_, index) => index) }
}

/** Files that are nowhere. */
export function fakeFiles(): SecretFiles {
  const create = (path: string) => ({ path, realPath: path, write: () => {} })
  return { create, remove: () => 'gone', isInside: () => false }
}
