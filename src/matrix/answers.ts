import type { HttpResponse } from '../http/transport.js'
import { type JsonObject, parseJsonObject, stringMember } from './json.js'

/** What is wrong with an answer. Text in it is the server's: clean it before showing. */
export type AnswerProblem =
  /** A Matrix error (or, without `errcode`, some other refusal) that stands. */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly errcode: string | undefined
      readonly text: string | undefined
      readonly body: JsonObject
    }
  | {
      readonly kind: 'rate-limited'
      readonly status: number
      readonly errcode: string | undefined
      readonly retryAfterMs: number | undefined
    }
  | {
      readonly kind: 'server-error'
      readonly status: number
      readonly errcode: string | undefined
      readonly text: string | undefined
    }
  | { readonly kind: 'redirected'; readonly status: number; readonly location: string | undefined }
  /** No Matrix server would answer so. */
  | { readonly kind: 'not-matrix'; readonly status: number; readonly evidence: string }
  /** Success, without what belongs to it. */
  | { readonly kind: 'malformed'; readonly status: number; readonly what: string }

/** An answer that is not what was asked for. Holds nothing of the request but what it was about. */
export class AnswerError extends Error {
  readonly problem: AnswerProblem
  /** Which server, as base URL. */
  readonly server: string
  /** What was asked for, as in "…refused to log in". */
  readonly operation: string
  /** Whether the request, or an earlier try of it, may have had its effect all the same. */
  readonly mayHaveTakenEffect: boolean

  constructor(problem: AnswerProblem, server: string, operation: string, mayHaveTakenEffect: boolean) {
    super(`${operation}: ${problem.kind} (${problem.status})`)
    this.name = 'AnswerError'
    this.problem = problem
    this.server = server
    this.operation = operation
    this.mayHaveTakenEffect = mayHaveTakenEffect
  }
}

/** What an API calls an error, and how it words it. */
interface ErrorText {
  readonly errcode: string | undefined
  readonly text: string | undefined
}

/** Where an API puts its errors. */
export type ErrorReader = (body: JsonObject) => ErrorText

/** https://spec.matrix.org/latest/client-server-api/#standard-error-response */
export const matrixErrors: ErrorReader = (body) => ({
  errcode: stringMember(body, 'errcode'),
  text: stringMember(body, 'error'),
})

/** Success as a JSON object, or what is wrong with the answer. */
export function judge(
  response: HttpResponse,
  retryAfterMs?: number,
  readError: ErrorReader = matrixErrors,
): { ok: JsonObject } | AnswerProblem {
  const { status } = response
  const body = parseJsonObject(response.body)
  const { errcode, text } = readError(body ?? {})
  if (status >= 300 && status < 400) return { kind: 'redirected', status, location: response.headers.location }
  if (status === 429) return { kind: 'rate-limited', status, errcode, retryAfterMs }
  if (status >= 500) return { kind: 'server-error', status, errcode, text }
  if (body !== undefined) return status < 300 ? { ok: body } : { kind: 'refused', status, errcode, text, body }
  if (isWebPage(response) || status === 404) return { kind: 'not-matrix', status, evidence: evidence(response) }
  if (status < 300) return { kind: 'malformed', status, what: 'its body is not a JSON object' }
  return { kind: 'refused', status, errcode: undefined, text: excerpt(response), body: {} }
}

/** A delay in the body of a 429: deprecated since v1.10, and all that Dendrite sends. In milliseconds. */
export function bodyRetryAfter(response: HttpResponse): number | undefined {
  const value = parseJsonObject(response.body)?.retry_after_ms
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined
}

function isWebPage(response: HttpResponse): boolean {
  const type = response.headers['content-type'] ?? ''
  return /\bhtml\b/i.test(type) || /^\s*</.test(excerpt(response))
}

function evidence(response: HttpResponse): string {
  const type = response.headers['content-type'] ?? 'no content type'
  const title = /<title[^>]*>([^<]{0,100})/i.exec(excerpt(response))?.[1]?.trim()
  const server = response.headers.server
  const parts = [type, title === undefined ? '' : `title “${title}”`, server === undefined ? '' : `server ${server}`]
  return parts.filter((part) => part !== '').join(', ')
}

/** The beginning, enough to find a title in; never shown whole. */
function excerpt(response: HttpResponse): string {
  return new TextDecoder().decode(response.body.subarray(0, 4096))
}
