import { AnswerError, type AnswerProblem, describeRefusal } from './api/error.js'
import { ServerText } from './api/server-text.js'
import { FAILURES, Failure, type FailureWord } from './failures.js'
import { NoAnswerError } from './http/exchange.js'
import type { TransportError } from './http/transport.js'
import { ISSUES_URL } from './version.js'

/** An error, for the person who reads it: its code, what happened, what to do next. */
export interface Explanation {
  readonly word: FailureWord
  readonly message: string
  readonly hint: string
}

/** Explains whatever was thrown. Total: something that is not a known error is a bug of ours. @param now milliseconds since 1970 */
export function explain(error: unknown, now: number): Explanation {
  if (error instanceof Failure) return { word: error.word, message: error.message, hint: error.hint }
  if (error instanceof NoAnswerError) return explainNoAnswer(error)
  if (error instanceof AnswerError) return explainAnswer(error, now)
  return explainBug(error)
}

function explainNoAnswer({ cause, tries }: NoAnswerError): Explanation {
  const word = wordFor(cause)
  const times = tries === 1 ? '' : `, after ${tries} tries`
  const message = `No complete answer from ${new ServerText(cause.host)}: ${cause.message}${times}.`
  return { word, message, hint: hintFor(cause) }
}

function wordFor({ problem }: TransportError): FailureWord {
  if (problem === 'certificate' || problem === 'not-tls') return 'tls'
  return problem === 'too-large' ? 'server-error' : 'unreachable'
}

function hintFor({ problem, host }: TransportError): string {
  switch (problem) {
    case 'dns':
      return `Check the spelling of ${new ServerText(host)}. For a server that only its own network knows, use a self-hosted runner there.`
    case 'proxy':
      return 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the job, and whether the proxy may connect to that host.'
    case 'certificate':
      return FAILURES.tls.remedy
    case 'not-tls':
      return 'Is this the port that speaks TLS? A client API on this machine without TLS is http://localhost:8008, say.'
    case 'too-large':
      return FAILURES['server-error'].remedy
    default:
      return FAILURES.unreachable.remedy
  }
}

function explainAnswer(error: AnswerError, now: number): Explanation {
  const word = wordOf(error)
  const { message, hint } = describeAnswer(error, now)
  return { word, message, hint: hint ?? FAILURES[word].remedy }
}

const WORDS: Readonly<Record<AnswerProblem['kind'], FailureWord>> = {
  refused: 'denied',
  'rate-limited': 'rate-limited',
  'server-error': 'server-error',
  redirected: 'redirected',
  foreign: 'server-error',
  malformed: 'server-error',
}

function wordOf({ problem, dialect }: AnswerError): FailureWord {
  return problem.kind === 'foreign' ? (dialect.foreign?.code ?? WORDS.foreign) : WORDS[problem.kind]
}

function describeAnswer(error: AnswerError, now: number): { message: string; hint?: string } {
  const { problem, server, operation, dialect } = error
  switch (problem.kind) {
    case 'rate-limited':
      return { message: `${describeRefusal(error)} ${retryTime(problem.retryAfterMs, now)}` }
    case 'server-error':
      return { message: describeRefusal(error, 'failed') }
    case 'redirected': {
      const target = problem.location ?? 'an unnamed address'
      const message = `${server} was asked to ${operation.phrase} and answered ${problem.status}, a redirect to ${target}. It was not followed: it would pass the credential on.`
      return { message }
    }
    case 'foreign': {
      const message = `${server} is not a ${dialect.serverKind}: asked to ${operation.phrase}, it said ${problem.status}, ${problem.evidence}.`
      return dialect.foreign === undefined ? { message } : { message, hint: dialect.foreign.hint }
    }
    case 'malformed':
      return { message: `${server} said ${problem.status} when asked to ${operation.phrase}, but ${problem.what}.` }
    case 'refused':
      return { message: describeRefusal(error) }
  }
}

/** The time at which a retry can work, as far as the server named one. */
function retryTime(retryAfterMs: number | undefined, now: number): string {
  if (retryAfterMs === undefined) return 'It did not say when to try again.'
  const at = new Date(now + retryAfterMs)
  if (Number.isNaN(at.getTime())) return 'The requested delay is out of range.'
  return `A retry can work from ${at.toISOString()} on (in ${Math.ceil(retryAfterMs / 1000)} s).`
}

/** The stack is ours and names no secrets; the message may come from anywhere and is left out. */
function explainBug(error: unknown): Explanation {
  const name = error instanceof Error ? error.name : typeof error
  const frame = error instanceof Error ? /\n\s*at ([^\n]*)/.exec(error.stack ?? '')?.[1] : undefined
  const where = frame === undefined ? '' : ` at ${new ServerText(frame)}`
  return {
    word: 'internal',
    message: `This is a bug in the action: ${name}${where}.`,
    hint: `Please report it at ${ISSUES_URL}, without any token or password.`,
  }
}
