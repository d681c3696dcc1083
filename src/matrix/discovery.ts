import { type ApiDialect, ApiError, classifyResponse, MATRIX, type Operation } from '../api/error.js'
import { isJsonObject, type JsonObject, ServerText } from '../api/values.js'
import { type ExchangePorts, exchange, REQUEST_DEADLINE_MS } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import { baseUrlText, insecureDiscovery, parseBaseUrl } from './homeserver-address.js'
import type { ServerName } from './identifiers.js'

const MAX_REDIRECTS = 5
const FIND_API: Operation = { phrase: 'say where its client API is (.well-known/matrix/client)' }

/** What stands in the way of the file is often not what stands in the way of the API. */
const WELL_KNOWN: ApiDialect = {
  ...MATRIX,
  foreign: {
    code: 'not-a-homeserver',
    hint:
      'Let the server answer at /.well-known/matrix/client (a bot check or a rule against hidden files may stand in front ' +
      'of it), or set `homeserver` to the base URL of the client API (often https://matrix.example.org).',
  },
}

/** The base URL of the client API, and whether a `.well-known` file named it. */
export interface Discovered {
  readonly baseUrl: string
  readonly from: 'input' | 'well-known' | 'server-name'
}

/**
 * Finds the base URL of a server name. The `.well-known` file is requested over HTTPS, without the port. 404 selects
 * the server name itself. Any other response without a usable `base_url` is an error, because a guess could send a
 * password to another server.
 * @see https://spec.matrix.org/latest/client-server-api/#well-known-uris
 */
export async function discover(serverName: ServerName, ports: ExchangePorts, allowHttp: boolean): Promise<Discovered> {
  const response = await fetchWellKnown(serverName, ports)
  if (response.status === 404) return { baseUrl: `https://${serverName.text}`, from: 'server-name' }
  return { baseUrl: readBaseUrl(serverName, response, allowHttp), from: 'well-known' }
}

async function fetchWellKnown(serverName: ServerName, ports: ExchangePorts): Promise<HttpResponse> {
  let url = `https://${serverName.hostname}/.well-known/matrix/client`
  for (let redirects = 0; ; redirects += 1) {
    const request = { method: 'GET', url, headers: {}, deadlineMs: REQUEST_DEADLINE_MS } as const
    const { response, retryAfterMs } = await exchange(request, ports)
    const next = redirectTarget(response, url)
    if (next === undefined) return rejectUnusable(serverName, response, retryAfterMs)
    if (redirects === MAX_REDIRECTS) throw notUsable(serverName, response, 'more than five redirects')
    if (!next.startsWith('https://')) throw notUsable(serverName, response, 'a redirect away from https')
    url = next
  }
}

/** Returns the target of a redirect, absolute or relative. Following it is safe: this request holds no credential. */
function redirectTarget(response: HttpResponse, from: string): string | undefined {
  const location = response.headers.location
  if (response.status < 300 || response.status >= 400 || location === undefined) return undefined
  return URL.canParse(location, from) ? new URL(location, from).href : 'unusable'
}

function rejectUnusable(serverName: ServerName, response: HttpResponse, retryAfterMs?: number): HttpResponse {
  const { status } = response
  if (status === 404 || (status >= 200 && status < 300)) return response
  const result = classifyResponse(response, WELL_KNOWN, retryAfterMs)
  if ('kind' in result && (result.kind === 'rate-limited' || result.kind === 'server-error')) {
    throw new ApiError(result, { server: serverOf(serverName), operation: FIND_API, dialect: WELL_KNOWN }, false)
  }
  throw notUsable(serverName, response, 'kind' in result && result.kind === 'foreign' ? result.evidence.raw : 'no file')
}

function readBaseUrl(serverName: ServerName, response: HttpResponse, allowHttp: boolean): string {
  const result = classifyResponse(response)
  if (!('ok' in result)) {
    const odd = result.kind === 'malformed' ? result.what : 'no JSON object'
    throw notUsable(serverName, response, result.kind === 'foreign' ? `no JSON (${result.evidence})` : odd)
  }
  const baseUrl = baseUrlMember(result.ok)
  if (baseUrl === undefined) throw notUsable(serverName, response, 'no m.homeserver.base_url')
  const parsed = parseBaseUrl(baseUrl)
  if ('problem' in parsed) throw notUsable(serverName, response, `a base_url that ${parsed.problem}`)
  if (parsed.url.protocol === 'http:' && !allowHttp) {
    const source = `${serverOf(serverName)}/.well-known/matrix/client`
    throw insecureDiscovery(source, new ServerText(baseUrlText(parsed.url)), INSECURE_HINT)
  }
  return baseUrlText(parsed.url)
}

const INSECURE_HINT = 'Correct it on the server, or give the https:// address of the client API as `homeserver`.'

function baseUrlMember(file: JsonObject): string | undefined {
  const homeserver = file['m.homeserver']
  const baseUrl = isJsonObject(homeserver) ? homeserver.base_url : undefined
  return typeof baseUrl === 'string' ? baseUrl : undefined
}

function notUsable(serverName: ServerName, response: HttpResponse, evidence: string): ApiError {
  const problem = { kind: 'foreign', status: response.status, evidence: new ServerText(evidence) } as const
  return new ApiError(problem, { server: serverOf(serverName), operation: FIND_API, dialect: WELL_KNOWN }, false)
}

function serverOf(serverName: ServerName): string {
  return `https://${serverName.hostname}`
}
