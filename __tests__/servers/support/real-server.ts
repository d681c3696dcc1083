import { createHmac } from 'node:crypto'

/** A real homeserver on loopback, with a database of its own that goes when it stops. */
export interface RealServer {
  /** Base URL, no trailing slash. */
  readonly url: string
  readonly port: number
  readonly serverName: string
  /** Registers an account and returns its token, which the server hands out with it. */
  register(localpart: string, password: string, options?: { readonly admin?: boolean }): Promise<string>
  /** Any request, as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<CallAnswer>
  stop(): Promise<void>
}

export interface CallOptions {
  readonly token?: string
  readonly body?: unknown
}

interface CallAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

export async function call(
  url: string,
  method: string,
  path: string,
  { token, body }: CallOptions = {},
): Promise<CallAnswer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  return {
    status: response.status,
    headers: response.headers,
    body: typeof answer === 'object' && answer !== null ? { ...answer } : {},
  }
}

/**
 * docs/admin_api/register_api.md of element-hq/synapse: a nonce, and an HMAC over all that is asked for. Dendrite has the
 * same API (clientapi/routing/register_secret.go).
 */
export async function register(url: string, secret: string, username: string, password: string, admin: boolean) {
  const path = '/_synapse/admin/v1/register'
  const { body } = await call(url, 'GET', path)
  const nonce = String(body.nonce)
  const fields = [nonce, username, password, admin ? 'admin' : 'notadmin'].join('\0')
  const mac = createHmac('sha1', secret).update(fields).digest('hex')
  const registered = await call(url, 'POST', path, { body: { nonce, username, password, admin, mac } })
  if (registered.status !== 200) throw new Error(`not registered: ${JSON.stringify(registered.body)}`)
  return String(registered.body.access_token)
}
