import { type ExchangePorts, exchange, type Repeatable, type ResponseHints } from '../http/exchange.js'
import type { HttpRequest, HttpResponse } from '../http/transport.js'
import { AnswerError, bodyRetryAfter, type ErrorReader, judge, matrixErrors } from './answers.js'
import type { JsonObject } from './json.js'

/** How long one request may take, in milliseconds. */
export const REQUEST_DEADLINE_MS = 30_000

/** A request to an API of a server, and how its answer is to be read. */
export interface Call {
  /** What it is about, as in "refused to …". */
  readonly operation: string
  /** Who is asked, for messages. */
  readonly server: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  /** Absent: an empty object with `POST` and `PUT`. */
  readonly body?: { readonly json: JsonObject } | { readonly form: Readonly<Record<string, string>> }
  /** Value of the header of that name. */
  readonly authorization?: string
  /** Absent: errors of Matrix. */
  readonly readError?: ErrorReader
  readonly repeatable?: Repeatable
  /** A refusal that is known to pass at once: why. */
  readonly passing?: (response: HttpResponse) => string | undefined
  /** Success needs no body, as of OAuth revocation. */
  readonly mayBeEmpty?: true
}

/**
 * Sends a request and returns the object that was answered.
 * @throws {@link AnswerError} for any other answer, `NoAnswerError` where there is none.
 */
export async function call(request: Call, ports: ExchangePorts): Promise<JsonObject> {
  const { response, answerLost, retryAfterMs } = await exchange(
    httpRequest(request),
    ports,
    (answer) => hints(answer, request),
    request.repeatable,
  )
  if (request.mayBeEmpty === true && response.status === 200 && response.body.length === 0) return {}
  const judged = judge(response, retryAfterMs, request.readError ?? matrixErrors)
  if ('ok' in judged) return judged.ok
  const lost = answerLost || judged.kind === 'malformed' || response.status >= 500
  throw new AnswerError(judged, request.server, request.operation, lost)
}

/** The request as it goes over the wire. */
export function httpRequest(request: Call, deadlineMs: number = REQUEST_DEADLINE_MS): HttpRequest {
  const { method, url, body = { json: {} } } = request
  const authorization = request.authorization === undefined ? {} : { authorization: request.authorization }
  if (method === 'GET') return { method, url, headers: authorization, deadlineMs }
  if ('form' in body) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...authorization }
    return { method, url, headers, body: new URLSearchParams(body.form).toString(), deadlineMs }
  }
  const headers = { 'content-type': 'application/json', ...authorization }
  return { method, url, headers, body: JSON.stringify(body.json), deadlineMs }
}

function hints(response: HttpResponse, request: Call): ResponseHints {
  const retryAfterMs = response.status === 429 ? bodyRetryAfter(response) : undefined
  const repeatOnce = request.passing?.(response)
  return {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(repeatOnce === undefined ? {} : { repeatOnce }),
  }
}
