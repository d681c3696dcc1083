import {
  type ExchangePorts,
  exchange,
  REQUEST_DEADLINE_MS,
  type ResponseHints,
  type RetryPolicy,
} from '../http/exchange.js'
import type { HttpRequest, HttpResponse } from '../http/transport.js'
import { Secret } from '../secret.js'
import { type ApiDialect, ApiError, classifyResponse, MATRIX, type Operation } from './error.js'
import { isJsonObject, isTokenForm, type JsonObject, parseJsonObject } from './values.js'

/** What a call needs from outside: the network, and where tokens are registered before anything reads them. */
export interface ApiPorts extends ExchangePorts {
  readonly mask: (secret: string) => void
}

/** A request to an API of a server, and how its answer is to be read. */
export interface Call {
  readonly operation: Operation
  /** Who is asked, for messages. */
  readonly server: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  /** Absent: an empty object with `POST`. */
  readonly body?: { readonly json: JsonObject } | { readonly form: Readonly<Record<string, string>> }
  /** Value of the header of that name. */
  readonly authorization?: string
  /** Absent: the Client-Server API of Matrix. */
  readonly dialect?: ApiDialect
  readonly retryPolicy?: RetryPolicy
  /** Returns the reason where this refusal is known to pass within moments. */
  readonly isTransientRefusal?: (response: HttpResponse) => string | undefined
  /** Returns the reason where this refusal says that the server is not ready yet. */
  readonly isNotReady?: (response: HttpResponse) => string | undefined
  /** Success needs no body, as of OAuth revocation. */
  readonly mayBeEmpty?: true
}

/**
 * Sends a request and returns the object that was answered. Every answer of every API passes through here, and here every
 * token in it is checked, masked and wrapped before anything else can look at the answer.
 * @throws {@link ApiError} for any other answer, `NetworkError` where there is none.
 */
export async function call(request: Call, ports: ApiPorts): Promise<JsonObject> {
  const { dialect = MATRIX, operation, server } = request
  const { response, answerLost, retryAfterMs } = await exchange(
    httpRequest(request),
    ports,
    (answer) => hints(answer, request),
    request.retryPolicy,
  )
  if (request.mayBeEmpty === true && response.status === 200 && response.body.length === 0) return {}
  const result = classifyResponse(response, dialect, retryAfterMs)
  if ('ok' in result) return takeTokens(result.ok, dialect, ports.mask)
  const lost = answerLost || result.kind === 'malformed' || result.kind === 'server-error'
  throw new ApiError(result, { operation, server, dialect }, lost)
}

/**
 * Members that hold a token: `access_token`, `refresh_token`, `id_token`, `login_token`, and a device code. The ID of a key
 * (`ed25519:…_token`) is not such a name.
 */
const TOKEN_MEMBER = /^(?:\w+_)?token$|^device_code$/
/** Deeper than any API puts a token, and far from the end of the stack. */
const MAX_DEPTH = 16
/** No answer of any API has more tokens than a few. Each mask costs the runner time on every line of the log. */
const MAX_TOKENS = 16

/**
 * Masks every token of an answer and puts a {@link Secret} in its place. What is called a token and is not one in form is
 * marked instead: as a mask it could blind the log, and in the state it could keep the post step from starting. So are
 * tokens beyond a number that no API needs. An object is never a token: devices and users can have such a name.
 */
function takeTokens(answer: JsonObject, dialect: ApiDialect, mask: ApiPorts['mask']): JsonObject {
  let taken = 0
  const take = (value: unknown): Secret | symbol | undefined => {
    if (value === null || value === undefined) return undefined
    if (typeof value !== 'string' || !isTokenForm(value) || taken === MAX_TOKENS) return INVALID
    taken += 1
    mask(value)
    return new Secret(value)
  }
  const isTokenMember = (name: string) => TOKEN_MEMBER.test(name) || dialect.tokenMembers?.includes(name) === true
  const inside = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) return value
    if (Array.isArray(value)) return value.map((each) => inside(each, depth + 1))
    return isJsonObject(value) ? membersOf(value, depth) : value
  }
  const membersOf = (object: JsonObject, depth: number): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]) => {
        const isToken = isTokenMember(name) && (typeof value !== 'object' || value === null)
        return [name, isToken ? take(value) : inside(value, depth + 1)]
      }),
    )
  return membersOf(answer, 0)
}

/** Stands where an answer had a token that is not one in form. */
const INVALID = Symbol('not a token in form')

/** Whether an answer has a member of this name that is not a usable token. */
export function hasInvalidToken(answer: JsonObject, name: string): boolean {
  const value = answer[name]
  return value !== undefined && value !== null && !(value instanceof Secret)
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
  const repeatOnce = request.isTransientRefusal?.(response)
  const notReady = request.isNotReady?.(response)
  return {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(repeatOnce === undefined ? {} : { repeatOnce }),
    ...(notReady === undefined ? {} : { notReady }),
  }
}

/** A delay in the body of a 429: deprecated since v1.10, and all that Dendrite sends. In milliseconds. */
function bodyRetryAfter(response: HttpResponse): number | undefined {
  const value = parseJsonObject(response.body)?.retry_after_ms
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined
}
