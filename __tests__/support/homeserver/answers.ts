/** A request, as far as routes look at it. */
export interface Incoming {
  readonly method: string
  /** As it was sent, with its query. */
  readonly url: string
  /** Without query and without the base path. */
  readonly path: string
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: JsonMembers
  /** Sent instead of `body`, by what does not answer with JSON. */
  readonly text?: string
}

export type JsonMembers = Readonly<Record<string, unknown>>

/** A refusal as a server words it. */
export interface Refusal {
  readonly status: number
  readonly errcode: string
  readonly error: string
  readonly [member: string]: unknown
}

export const refuse = ({ status, ...body }: Refusal): Answer => ({ status, body })
export const ok = (body: JsonMembers): Answer => ({ status: 200, body })
export const forbidden = (error: string): Refusal => ({ status: 403, errcode: 'M_FORBIDDEN', error })
export const unrecognized: Refusal = { status: 404, errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }

/** What frameworks answer on their own, before a route sees the request. */
export function plainText(status: number, text: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: {}, text }
}

export function htmlPage(status: number, title: string): Answer {
  const text = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: {}, text }
}

/** `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function objectOf(value: unknown): JsonMembers {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

export function queryOf({ url }: Incoming): URLSearchParams {
  return new URLSearchParams(url.split('?').slice(1).join('?'))
}

/** The scheme word is compared as it is: `bearer` is no token at all, on Synapse and on Dendrite. */
export function bearerToken({ authorization }: Incoming): string | undefined {
  return /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
}
