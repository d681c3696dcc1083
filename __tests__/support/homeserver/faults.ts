import type { ServerResponse } from 'node:http'

/** What can go wrong with one request. */
export type Fault =
  /** The connection is cut before the request is looked at. */
  | { readonly kind: 'refuse' }
  /** The request has its effect, and then the connection is cut: the answer is lost. */
  | { readonly kind: 'lose-answer' }
  /** Headers and half of the body, then a cut. */
  | { readonly kind: 'cut-after-headers' }
  /** Nothing is ever answered. */
  | { readonly kind: 'stall' }
  /** Headers, and then nothing. */
  | { readonly kind: 'stall-after-headers' }
  /** Headers and half of the body, in one piece, and then a clean end: Content-Length says more. */
  | { readonly kind: 'truncate' }
  | { readonly kind: 'oversize' }
  | {
      readonly kind: 'respond'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Uint8Array | object
    }
  /** The answer as it would be, with members replaced. */
  | { readonly kind: 'alter'; readonly members: Readonly<Record<string, unknown>> }
  /** Held until the promise resolves, then answered as usual. `reached` is called when the request stands still. */
  | {
      readonly kind: 'hold'
      readonly until: Promise<void>
      readonly phase: 'before-effect' | 'after-effect'
      readonly reached: () => void
    }

/** Which request it befalls. */
export interface FaultMatch {
  readonly method?: string
  readonly path?: string | RegExp
  /** How many requests, 1 unless said. */
  readonly times?: number
}

/** Asked about every request, in the order in which they come. */
export interface FaultSource {
  take(method: string, path: string): Fault | undefined
}

/** Faults that wait for their request. */
export class Faults implements FaultSource {
  readonly #gate: FaultSource | undefined
  readonly #waiting: { match: FaultMatch; fault: Fault; left: number }[] = []

  /** @param gate is asked first */
  constructor(gate?: FaultSource) {
    this.#gate = gate
  }

  add(match: FaultMatch, fault: Fault): void {
    this.#waiting.push({ match, fault, left: match.times ?? 1 })
  }

  take(method: string, path: string): Fault | undefined {
    const stopped = this.#gate?.take(method, path)
    if (stopped !== undefined) return stopped
    const entry = this.#waiting.find(({ match, left }) => left > 0 && applies(match, method, path))
    if (entry === undefined) return undefined
    entry.left -= 1
    return entry.fault
  }
}

function applies(match: FaultMatch, method: string, path: string): boolean {
  if (match.method !== undefined && match.method !== method) return false
  if (match.path === undefined) return true
  return typeof match.path === 'string' ? path.includes(match.path) : match.path.test(path)
}

/** Answers so that something is wrong with it. `body` is what would have been answered. */
export function misbehave(fault: Fault, response: ServerResponse, body: string): void {
  const json = { 'content-type': 'application/json' }
  switch (fault.kind) {
    case 'cut-after-headers':
      response.writeHead(200, { ...json, 'content-length': String(body.length + 10) })
      response.write(body.slice(0, body.length / 2), () => response.destroy())
      return
    case 'truncate':
      response.writeHead(200, { ...json, 'content-length': String(body.length + 10), connection: 'close' })
      response.write(body, () => response.socket?.end())
      return
    case 'stall-after-headers':
      response.writeHead(200, json)
      response.write(body.slice(0, 1))
      return
    case 'oversize':
      response.writeHead(200, json)
      response.end(`{"padding":"${'x'.repeat(2 * 1024 * 1024)}"}`)
      return
    case 'respond': {
      const text =
        typeof fault.body === 'object' && !(fault.body instanceof Uint8Array) ? JSON.stringify(fault.body) : fault.body
      response.writeHead(fault.status, { ...(typeof fault.body === 'object' ? json : {}), ...fault.headers })
      response.end(text ?? '')
      return
    }
    default:
      throw new Error(`${fault.kind} is handled before the answer`)
  }
}
