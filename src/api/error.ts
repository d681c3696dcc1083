import type { FailureCode } from '../failures.js'
import type { HttpResponse } from '../http/transport.js'
import { type JsonObject, parseJsonObject, ServerText, stringMember, textMember } from './values.js'

/** What a request does. Compared by identity; the phrase is for messages. */
export interface Operation {
  /** Completes "refused to …", such as "log in". */
  readonly phrase: string
}

/** An API with its own error format. Compared by identity. */
export interface ApiDialect {
  /** The name of this kind of server in messages, with its article, such as "a Matrix homeserver". */
  readonly serverKind: string
  /** Reads the code and the text of an error. */
  readonly readError: (body: JsonObject) => {
    readonly errcode: string | undefined
    readonly text: ServerText | undefined
  }
  /** How to report a response from another kind of server; absent: an error of the server. */
  readonly foreign?: { readonly code: FailureCode; readonly hint: string }
  /** Further response members that hold tokens, besides those with a token name. */
  readonly tokenMembers?: readonly string[]
}

/** The Client-Server API. @see https://spec.matrix.org/latest/client-server-api/#standard-error-response */
export const MATRIX: ApiDialect = {
  serverKind: 'a Matrix homeserver',
  readError: (body) => ({ errcode: stringMember(body, 'errcode'), text: textMember(body, 'error') }),
  foreign: {
    code: 'not-a-homeserver',
    hint:
      'Set `homeserver` to the server name (example.org, which is looked up) or to the base URL of the client API ' +
      '(often https://matrix.example.org). If a login page or a bot check stands in front of it, exempt /_matrix from it.',
  },
}

/** What is wrong with a response. */
export type ApiProblem =
  /** A final error of the API, or another final refusal (without `errcode`). */
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
  /** A web page or an empty 404: the server does not have this API. */
  | { readonly kind: 'foreign'; readonly status: number; readonly evidence: ServerText }
  /** 2xx with an incomplete body. */
  | { readonly kind: 'malformed'; readonly status: number; readonly what: string }

/** An unexpected response. Holds no part of the request except its operation. */
export class ApiError extends Error {
  readonly problem: ApiProblem
  /** The server, printable. */
  readonly server: string
  readonly operation: Operation
  readonly dialect: ApiDialect
  /** Whether this request, or an earlier attempt, may have taken effect although it failed. */
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

/** Creates the error for a 2xx response without a required member. @param what completes "…, but …" */
export function malformed(
  what: string,
  request: { readonly server: string; readonly operation: Operation; readonly dialect?: ApiDialect },
  { status = 200, answerLost = false } = {},
): ApiError {
  return new ApiError({ kind: 'malformed', status, what }, request, answerLost)
}

/**
 * Error codes in the forms that APIs use: `M_FORBIDDEN`, `ORG.MATRIX.MSC3823.USER_ACCOUNT_SUSPENDED`, `invalid_grant`.
 * Digits are allowed only in the number of a proposal. Any other text may be an echo of a secret, such as hex in
 * capitals. Codes are also shown in the post step, which does not know every secret that main sent.
 */
const ERRCODE = /^(?:(?:[A-Z]{1,20}|MSC\d{1,5})[._]){0,9}[A-Z]{2,20}$|^[a-z][a-z_]{1,40}$/

/**
 * Classifies a response: a JSON object on success, otherwise the problem.
 * @param retryAfterMs the delay that the server requested, in milliseconds
 */
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
  // 408: a load balancer that gave up waiting. After all retries it says nothing about what is behind it.
  if (status >= 500 || status < 200 || status === 408) return { kind: 'server-error', status, errcode, text }
  if (body !== undefined) return status < 300 ? { ok: body } : { kind: 'refused', status, errcode, text, body }
  if (isWebPage(response) || status === 404) return { kind: 'foreign', status, evidence: evidence(response) }
  if (status < 300) return { kind: 'malformed', status, what: `its body is not a JSON object${encodingOf(response)}` }
  return { kind: 'refused', status, errcode: undefined, text: new ServerText(excerpt(response)), body: {} }
}

/**
 * Formats a refusal: "https://… refused to log in: 403 M_FORBIDDEN, “Invalid password”."
 * @param verb `failed` for errors of the server
 */
export function describeRefusal(
  { problem, server, operation }: ApiError,
  verb: 'refused' | 'failed' = 'refused',
): string {
  const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${problem.errcode}` : ''
  const text = 'text' in problem && problem.text !== undefined ? String(problem.text) : ''
  return `${server} ${verb} to ${operation.phrase}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`
}

/** Returns whether an error is a refusal with this status and, if given, this code. */
export function isRefusedWith(error: unknown, status: number | undefined, errcode?: string): error is ApiError {
  if (!(error instanceof ApiError) || error.problem.kind !== 'refused') return false
  return (
    (status === undefined || error.problem.status === status) &&
    (errcode === undefined || error.problem.errcode === errcode)
  )
}

/** Returns whether the server does not know the endpoint: 404 `M_UNRECOGNIZED`. */
export function isUnrecognized(error: unknown): boolean {
  return isRefusedWith(error, 404, 'M_UNRECOGNIZED')
}

/** Returns host and path of `Location`: a query may hold a secret. */
function locationOf({ headers }: HttpResponse): ServerText | undefined {
  return headers.location === undefined ? undefined : new ServerText(headers.location.split(/[?#]/)[0] ?? '')
}

/** Names a compression, which no request of this project asks for: https://github.com/rbren/rss-parser/issues/280. */
function encodingOf({ headers }: HttpResponse): string {
  const encoding = /^(?:x-)?(?:gzip|compress|deflate|br|zstd)$/i.exec(headers['content-encoding'] ?? '')?.[0]
  return encoding === undefined ? '' : ` (it is compressed with ${encoding}, which was not asked for)`
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

/** Returns the beginning of the body, enough to find a title; it is never printed in full. */
function excerpt(response: HttpResponse): string {
  return new TextDecoder().decode(response.body.subarray(0, 4096))
}
