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

/**
 * The external dependencies of a call: the network, and the masks that tokens are registered with before they are read.
 */
export interface ApiPorts extends ExchangePorts {
  readonly mask: (secret: string) => void
}

/** A request to a server's API, and how to read its response. */
export interface Call {
  readonly operation: Operation
  /** The name of the server, for messages. */
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
  /** Returns the reason if this refusal is known to be transient and can be retried within moments. */
  readonly isTransientRefusal?: (response: HttpResponse) => string | undefined
  /** Returns the reason if this refusal means that the server is not ready yet. */
  readonly isNotReady?: (response: HttpResponse) => string | undefined
  /** Success has no body, as for OAuth revocation. */
  readonly mayBeEmpty?: true
  /** Maximum size of the response to a `GET`, in bytes; absent: 1 MiB. */
  readonly maxBytes?: number
}

/**
 * Sends a request and returns the JSON object of the response. Every response of every API passes through this
 * function. It checks, masks and wraps every token before other code can read the response.
 * @throws {@link ApiError} for any other response; `NetworkError` if there is none
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
 * Names of members that hold a token: `access_token`, `refresh_token`, `id_token`, `login_token`, and a device code. A
 * key ID (`ed25519:…_token`) does not match.
 */
const TOKEN_MEMBER = /^(?:\w+_)?token$|^device_code$/
/** Maximum depth: deeper than any API nests a token, and low enough to keep the stack small. */
const MAX_DEPTH = 16
/**
 * Maximum number of tokens: no API returns more than a few. The runner searches every line of the log for each mask.
 */
const MAX_TOKENS = 16

/**
 * Masks every token of a response and replaces it with a {@link Secret}. A value that is named as a token but does not
 * have the form of one is marked as invalid: masking it could hide large parts of the log, and saving it could keep the
 * post step from starting. Tokens beyond {@link MAX_TOKENS} are marked as well. An object is never a token: device IDs
 * and user IDs can have such a name.
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

/** Replaces a value that is named as a token and does not have the form of one. */
const INVALID = Symbol('not a token in form')

/** Returns whether a response has a member of this name that is not a usable token. */
export function hasInvalidToken(answer: JsonObject, name: string): boolean {
  const value = answer[name]
  return value !== undefined && value !== null && !(value instanceof Secret)
}

/** Builds the HTTP request of a call. */
export function httpRequest(request: Call, deadlineMs: number = REQUEST_DEADLINE_MS): HttpRequest {
  const { method, url, body = { json: {} } } = request
  const authorization = request.authorization === undefined ? {} : { authorization: request.authorization }
  if (method === 'GET') {
    const size = request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes }
    return { method, url, headers: authorization, deadlineMs, ...size }
  }
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

/**
 * Reads the delay in the body of a 429, in milliseconds. Deprecated since Matrix v1.10; Dendrite sends only this form.
 */
function bodyRetryAfter(response: HttpResponse): number | undefined {
  const value = parseJsonObject(response.body)?.retry_after_ms
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined
}
