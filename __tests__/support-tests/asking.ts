import type { Homeserver } from '../support/homeserver.js'

/** An answer, as far as these tests look at it. */
interface Asked {
  readonly status: number
  readonly contentType: string | null
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
}

interface Sending {
  readonly token?: string | undefined
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly raw?: string
  readonly contentType?: string
  readonly authorization?: string
}

/** Asks the embedded homeserver with nothing between: what it answers is what these tests pin. */
export async function ask(server: Homeserver, method: string, path: string, sending: Sending = {}): Promise<Asked> {
  const { token, body, raw, contentType = 'application/json', authorization } = sending
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const authorized = authorization ?? (token === undefined ? undefined : `Bearer ${token}`)
  const response = await fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(sent === undefined || contentType === '' ? {} : { 'content-type': contentType }),
      ...(authorized === undefined ? {} : { authorization: authorized }),
    },
    // Bytes: fetch adds a content type to a string.
    ...(sent === undefined ? {} : { body: new TextEncoder().encode(sent) }),
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, headers, contentType: headers.get('content-type'), text, body: parse(text) }
}

const V3 = '/_matrix/client/v3'

export const logIn = (server: Homeserver, body: object, token?: string) =>
  ask(server, 'POST', `${V3}/login`, { body, token })
export const logOut = (server: Homeserver, token: string) => ask(server, 'POST', `${V3}/logout`, { body: {}, token })
export const whoami = (server: Homeserver, token: string) => ask(server, 'GET', `${V3}/account/whoami`, { token })
export const refresh = (server: Homeserver, token: string) =>
  ask(server, 'POST', `${V3}/refresh`, { body: { refresh_token: token } })

/** As OAuth endpoints take it. `basic` is `id:secret`, sent as it is. */
export function postForm(server: Homeserver, path: string, fields: Readonly<Record<string, string>>, basic?: string) {
  return ask(server, 'POST', path, {
    raw: new URLSearchParams(fields).toString(),
    contentType: 'application/x-www-form-urlencoded',
    ...(basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
  })
}

/** An answer in one line: `200`, `403 M_FORBIDDEN: Invalid login token`, `400 invalid_grant`, `404 User not found`. */
export function line({ status, contentType, body, text }: Asked): string {
  const { errcode, error, errors } = body
  if (status < 400) return String(status)
  if (typeof errcode === 'string') return `${status} ${errcode}: ${String(error)}`
  if (typeof error === 'string') return `${status} ${error}`
  if (Array.isArray(errors)) return `${status} ${String(errors[0]?.title)}`
  return `${status} (${contentType?.split(';')[0] ?? 'nothing'}) ${/<title>(.*)<\/title>/.exec(text)?.[1] ?? text}`.trimEnd()
}

/** A member that must be there. */
export function text({ body }: Asked, name: string): string {
  const value = body[name]
  if (typeof value !== 'string') throw new Error(`no ${name} in the answer`)
  return value
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(text) }
  } catch {
    return {}
  }
}
