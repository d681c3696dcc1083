import type { RequestOptions } from 'node:http'
import { HttpClient } from '@actions/http-client'
import { classifyNetworkError } from './network-errors.js'
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from './transport.js'

/** Larger answers are not read: no Matrix answer that this action asks for comes near. */
export const MOST_BYTES = 1024 * 1024

/**
 * The transport on `@actions/http-client`: the only file that knows it. Of its conveniences none is used, because each
 * has a trap: its redirects re-send the password, its `readBody()` never settles when a connection is cut, its
 * `postJson()` turns 404 into `null`, its timeout covers neither connecting nor a dripping body.
 */
export function toolkitTransport(userAgent: string): Transport {
  return async (request) => {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), request.deadlineMs)
    const client = createClient(userAgent, controller.signal, request.deadlineMs)
    try {
      return await Promise.race([send(client, request), rejectedOnAbort(controller.signal)])
    } catch (error) {
      if (error instanceof TransportError) throw error
      throw classifyNetworkError(error, new URL(request.url).host, controller.signal.aborted)
    } finally {
      clearTimeout(timer)
      // Ends what is left of the connection, also a CONNECT to a proxy that never answers.
      controller.abort()
      client.dispose()
    }
  }
}

/** The client settles nothing of an answer that switches protocols (101): without this the process would just end. */
function rejectedOnAbort(signal: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
  // It rejects after each exchange that is over as well, when nobody listens any more.
  rejected.catch(() => {})
  return rejected
}

function createClient(userAgent: string, signal: AbortSignal, deadlineMs: number): HttpClient {
  const deadline = {
    prepareRequest: (options: RequestOptions) => applySignal(options, signal),
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('no authentication handler')),
  }
  const options = { allowRedirects: false, allowRetries: false, socketTimeout: 2 * deadlineMs }
  const client = new HttpClient(userAgent, [deadline], options)
  // The constructor appends the run's ACTIONS_ORCHESTRATION_ID, which is nobody's business but the runner's.
  client.userAgent = userAgent
  return client
}

function applySignal(options: RequestOptions, signal: AbortSignal): void {
  options.signal = signal
  const agent: unknown = options.agent
  if (isTunnel(agent)) {
    // `tunnel` makes a request of its own (CONNECT) from these options; without the signal it outlives ours.
    agent.proxyOptions.signal = signal
  } else if (typeof options.host === 'string') {
    // The client passes an IPv6 host in its brackets, which the resolver takes for a name.
    options.host = options.host.replace(/^\[(.*)\]$/, '$1')
  }
}

function isTunnel(agent: unknown): agent is { proxyOptions: Record<string, unknown> } {
  return typeof agent === 'object' && agent !== null && 'proxyOptions' in agent
}

async function send(client: HttpClient, request: HttpRequest): Promise<HttpResponse> {
  const { message } = await client.request(request.method, request.url, request.body ?? null, { ...request.headers })
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of message) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) {
      throw new TransportError('too-large', new URL(request.url).host, 'the answer is larger than 1 MiB')
    }
    chunks.push(chunk)
  }
  return { status: message.statusCode ?? 0, headers: flatten(message.headers), body: Buffer.concat(chunks) }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
