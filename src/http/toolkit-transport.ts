import http from 'node:http'
import { HttpClient } from '@actions/http-client'
import { Connection, type Tunnel } from './connection.js'
import type { ProxySettings } from './proxy.js'
import {
  type HttpRequest,
  type HttpResponse,
  MAX_BYTES,
  startTimer,
  type Transport,
  TransportError,
} from './transport.js'

/** Reads a variable of the environment. */
export type Environment = (name: string) => string | undefined

/**
 * Creates the transport on `@actions/http-client`; no other file uses that module. None of its convenience functions is
 * used, because each has a defect. Its redirects send the password again. Its `readBody()` never settles when a
 * connection is cut. Its `postJson()` turns 404 into `null`. Its timeout does not cover connecting or a slow body. It
 * sends a request directly if it cannot parse the proxy variable.
 *
 * @param environment for the proxy variables
 */
export function toolkitTransport(userAgent: string, environment: Environment): Transport {
  return async (request) => {
    const url = new URL(request.url)
    const connection = new Connection(url, await findTunnel(url, environment))
    const deadline = startDeadline(request.deadlineMs)
    try {
      return await Promise.race([send(request, url, userAgent, connection), deadline.passed])
    } catch (error) {
      if (error instanceof TransportError) throw error
      const { isOpen, isNegotiated } = connection
      const { classifyNetworkError } = await import('./network-errors.js')
      throw classifyNetworkError(error, url.host, { isOpen, isNegotiated, deadlinePassed: error === DEADLINE_PASSED })
    } finally {
      deadline.stop()
      connection.close()
    }
  }
}

const DEADLINE_PASSED = new Error('deadline passed')

/** Opens a tunnel, if the environment names a proxy. @throws Failure `invalid-input` if the variable is malformed */
async function findTunnel(url: URL, environment: Environment): Promise<Tunnel | undefined> {
  const settings = proxySettings(url, environment)
  if (settings === undefined) return undefined
  const { proxyFor } = await import('./proxy.js')
  const proxy = proxyFor(url, settings)
  if (proxy === undefined) return undefined
  const { tunnelThrough } = await import('./tunnel.js')
  return tunnelThrough(proxy)
}

/**
 * Finds the variable that names the proxy for a URL, and what `NO_PROXY` says. Lower case has precedence, as in curl; a
 * blank variable counts as not set. curl ignores `HTTP_PROXY` in upper case because a CGI client can set it; this does
 * not apply here.
 * @returns `undefined` if no variable is set
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function proxySettings(url: URL, environment: Environment): ProxySettings | undefined {
  const names = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']
  const variable = firstSet(names, environment)
  return variable && { ...variable, noProxy: firstSet(['no_proxy', 'NO_PROXY'], environment)?.value ?? '' }
}

/** Returns the first of several variables that is set and not blank. */
function firstSet(names: readonly string[], environment: Environment) {
  return names.map((name) => ({ name, value: (environment(name) ?? '').trim() })).find(({ value }) => value !== '')
}

/**
 * Starts the time limit of a request. The client never settles a response that switches protocols (101); without the
 * limit the process would end early.
 */
function startDeadline(ms: number): { readonly passed: Promise<never>; stop(): void } {
  let stop = () => {}
  const passed = new Promise<never>((_resolve, reject) => {
    stop = startTimer(ms, () => reject(DEADLINE_PASSED))
  })
  return { passed, stop: () => stop() }
}

async function send(request: HttpRequest, url: URL, userAgent: string, connection: Connection): Promise<HttpResponse> {
  const socket = await connection.start()
  const options = {
    method: request.method,
    host: url.hostname,
    path: url.pathname + url.search,
    headers: { ...request.headers, host: url.host, 'user-agent': userAgent },
    createConnection: () => socket,
  }
  // The time limit above applies; this timeout must not end an exchange before it.
  const client = new HttpClient(undefined, [], { socketTimeout: 2 * request.deadlineMs })
  // The connection exists already, so the `http` module works for HTTP and HTTPS.
  const info = { options, parsedUrl: url, httpModule: http }
  const { message } = await client.requestRaw(info, request.body ?? null)
  const body = await readBody(message, url.host, request.maxBytes ?? MAX_BYTES)
  return { status: message.statusCode ?? 0, headers: flatten(message.headers), body }
}

function readBody(message: http.IncomingMessage, host: string, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let bytes = 0
    message.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes <= maxBytes) return
      const text = `the answer is larger than ${maxBytes / MAX_BYTES} MiB`
      reject(new TransportError('too-large', host, text, { requestSent: true }))
    })
    message.on('end', () => resolve(Buffer.concat(chunks)))
    message.on('error', reject)
    message.on('close', () => reject(new TransportError('truncated', host, TRUNCATED, { requestSent: true })))
  })
}

const TRUNCATED = 'the connection was cut in the middle of the answer'

/** Reads a header as UTF-8 if it is: Node takes each byte for a character, and a secret in it would not be recognized. */
function asUtf8(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return value
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = asUtf8(Array.isArray(value) ? value.join(', ') : value)
  }
  return flat
}
