import type { FailureCode } from '../failures.js'
import type { HttpResponse } from '../http/transport.js'
import { type JsonObject, parseJsonObject, ServerText, stringMember, textMember } from './values.js'

/** What a request is about. Compared by identity; the phrase is for people. */
export interface Operation {
  /** Completes "refused to …", such as "log in". */
  readonly phrase: string
}

/** An API with its own form of errors. Compared by identity. */
export interface ApiDialect {
  /** What a server with this API is called in messages, such as "Matrix homeserver". */
  readonly serverKind: string
  /** Reads the code and the text of an error. */
  readonly readError: (body: JsonObject) => {
    readonly errcode: string | undefined
    readonly text: ServerText | undefined
  }
  /** What it means where another kind of server answers; absent: a fault of the server. */
  readonly foreign?: { readonly code: FailureCode; readonly hint: string }
  /** Further members of an answer that are tokens, besides those whose name says so. */
  readonly tokenMembers?: readonly string[]
}

/** The Client-Server API. @see https://spec.matrix.org/latest/client-server-api/#standard-error-response */
export const MATRIX: ApiDialect = {
  serverKind: 'Matrix homeserver',
  readError: (body) => ({ errcode: stringMember(body, 'errcode'), text: textMember(body, 'error') }),
  foreign: {
    code: 'not-a-homeserver',
    hint:
      'Set `homeserver` to the server name (example.org, which is looked up) or to the base URL of the client API ' +
      '(often https://matrix.example.org). If a login page or a bot check stands in front of it, exempt /_matrix from it.',
  },
}

/** What is wrong with an answer. */
export type ApiProblem =
  /** An error of the API (or, without `errcode`, some other refusal) that stands. */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly errcode: string | undefined
      readonly text: ServerText | undefined
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
      readonly text: ServerText | undefined
    }
  | { readonly kind: 'redirected'; readonly status: number; readonly location: ServerText | undefined }
  /** A web page or an empty 404: no server with this API answers so. */
  | { readonly kind: 'foreign'; readonly status: number; readonly evidence: ServerText }
  /** 2xx with an incomplete body. */
  | { readonly kind: 'malformed'; readonly status: number; readonly what: string }

/** An answer that is not what was asked for. It holds nothing of the request but what it was about. */
export class ApiError extends Error {
  readonly problem: ApiProblem
  /** Which server, printable. */
  readonly server: string
  readonly operation: Operation
  readonly dialect: ApiDialect
  /** Whether the request, or an earlier try of it, may have had its effect all the same. */
  readonly answerLost: boolean

  constructor(
    problem: ApiProblem,
    request: { readonly server: string; readonly operation: Operation; readonly dialect?: ApiDialect },
    answerLost: boolean,
  ) {
    super(`${request.operation.phrase}: ${problem.kind} (${problem.status})`)
    this.name = 'ApiError'
    this.problem = problem
    this.server = request.server
    this.operation = request.operation
    this.dialect = request.dialect ?? MATRIX
    this.answerLost = answerLost
  }
}

/** A 2xx answer that lacks what it must have. @param what completes "…, but …" */
export function malformed(
  what: string,
  request: { readonly server: string; readonly operation: Operation; readonly dialect?: ApiDialect },
  { status = 200, answerLost = false } = {},
): ApiError {
  return new ApiError({ kind: 'malformed', status, what }, request, answerLost)
}

/**
 * Error codes as APIs form them: `M_FORBIDDEN`, `ORG.MATRIX.MSC3823.USER_ACCOUNT_SUSPENDED`, `invalid_grant`. They are words:
 * digits are allowed in the number of a proposal only. Anything else may be an echo of a secret, such as hex in capitals, and
 * codes are shown in the post step, too, which does not know every secret that main sent.
 */
const ERRCODE = /^(?:(?:[A-Z]{1,20}|MSC\d{1,5})[._]){0,9}[A-Z]{2,20}$|^[a-z][a-z_]{1,40}$/

/** Success as a JSON object, or what is wrong with the answer. @param retryAfterMs the delay that the server asked for */
export function classifyResponse(
  response: HttpResponse,
  dialect: ApiDialect = MATRIX,
  retryAfterMs?: number,
): { readonly ok: JsonObject } | ApiProblem {
  const { status } = response
  const body = parseJsonObject(response.body)
  const { errcode: code, text } = dialect.readError(body ?? {})
  const errcode = code !== undefined && ERRCODE.test(code) ? code : undefined
  if (status >= 300 && status < 400) return { kind: 'redirected', status, location: locationOf(response) }
  if (status === 429) return { kind: 'rate-limited', status, errcode, retryAfterMs }
  if (status >= 500 || status < 200) return { kind: 'server-error', status, errcode, text }
  if (body !== undefined) return status < 300 ? { ok: body } : { kind: 'refused', status, errcode, text, body }
  if (isWebPage(response) || status === 404) return { kind: 'foreign', status, evidence: evidence(response) }
  if (status < 300) return { kind: 'malformed', status, what: 'its body is not a JSON object' }
  return { kind: 'refused', status, errcode: undefined, text: new ServerText(excerpt(response)), body: {} }
}

/** "https://… refused to log in: 403 M_FORBIDDEN, “Invalid password”." @param verb `failed` for errors of the server */
export function describeRefusal(
  { problem, server, operation }: ApiError,
  verb: 'refused' | 'failed' = 'refused',
): string {
  const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${problem.errcode}` : ''
  const text = 'text' in problem && problem.text !== undefined ? String(problem.text) : ''
  return `${server} ${verb} to ${operation.phrase}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`
}

/** Whether an error is a refusal with this status and, where given, this code. */
export function isRefusedWith(error: unknown, status: number | undefined, errcode?: string): error is ApiError {
  if (!(error instanceof ApiError) || error.problem.kind !== 'refused') return false
  return (
    (status === undefined || error.problem.status === status) &&
    (errcode === undefined || error.problem.errcode === errcode)
  )
}

/** 404 `M_UNRECOGNIZED`: the server does not know the endpoint. */
export function isUnrecognized(error: unknown): boolean {
  return isRefusedWith(error, 404, 'M_UNRECOGNIZED')
}

/** Host and path: a query may hold what must not be shown. */
function locationOf({ headers }: HttpResponse): ServerText | undefined {
  return headers.location === undefined ? undefined : new ServerText(headers.location.split(/[?#]/)[0] ?? '')
}

function isWebPage(response: HttpResponse): boolean {
  const type = response.headers['content-type'] ?? ''
  return /\bhtml\b/i.test(type) || /^\s*</.test(excerpt(response))
}

function evidence(response: HttpResponse): ServerText {
  const type = response.headers['content-type'] ?? 'no content type'
  const title = /<title[^>]*>([^<]{0,100})/i.exec(excerpt(response))?.[1]?.trim()
  const server = response.headers.server
  const parts = [type, title === undefined ? '' : `title “${title}”`, server === undefined ? '' : `server ${server}`]
  return new ServerText(parts.filter((part) => part !== '').join(', '))
}

/** The beginning, enough to find a title in; never shown whole. */
function excerpt(response: HttpResponse): string {
  return new TextDecoder().decode(response.body.subarray(0, 4096))
}
