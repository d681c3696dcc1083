import type { Answer, Incoming } from '../answers.js'
import type { MasClientOptions } from '../options.js'
import { oauthError } from './oauth-errors.js'

/** A client, from the configuration file or registered by itself. */
export interface Client {
  readonly id: string
  /** None for a public client. */
  readonly secret?: string | undefined
  readonly auth: MasClientOptions['auth'] | 'none'
  readonly admin: boolean
  readonly grants: readonly string[]
}

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
export const ALL_GRANTS = ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_GRANT]

/** What a client sends to the token endpoint and its neighbours. */
export interface ClientRequest {
  readonly client: Client
  readonly form: URLSearchParams
}

export class Clients {
  readonly #clients = new Map<string, Client>()

  constructor(configured: readonly MasClientOptions[]) {
    for (const client of configured) this.add({ ...client, grants: ALL_GRANTS })
  }

  add(client: Client): Client {
    this.#clients.set(client.id, client)
    return client
  }

  find(id: string): Client | undefined {
    return this.#clients.get(id)
  }

  /**
   * crates/axum-utils/src/client_authorization.rs: exactly one way, and the one that the client is configured with. Basic
   * credentials are taken as they are, without the percent-decoding of RFC 6749 §2.3.1.
   */
  authenticate(request: Incoming): ClientRequest | Answer {
    const isForm = /^application\/x-www-form-urlencoded\b/.test(request.contentType ?? '')
    const form = new URLSearchParams(isForm ? request.body : '')
    const presented = presentedCredentials(request.authorization, form)
    if ('status' in presented) return presented
    const client = this.#clients.get(presented.id)
    if (client === undefined || client.auth !== presented.auth || client.secret !== presented.secret) {
      return oauthError(401, 'invalid_client')
    }
    return isForm ? { client, form } : oauthError(400, 'invalid_request')
  }
}

type Presented = Pick<Client, 'id' | 'auth' | 'secret'>

function presentedCredentials(authorization: string | undefined, form: URLSearchParams): Presented | Answer {
  const [id, secret] = [form.get('client_id') ?? undefined, form.get('client_secret') ?? undefined]
  if (authorization === undefined) {
    if (id === undefined) return oauthError(400, 'invalid_request', 'No credentials were presented')
    return { id, auth: secret === undefined ? 'none' : 'post', secret }
  }
  const encoded = /^Basic (.+)$/i.exec(authorization)?.[1]
  if (encoded === undefined) return oauthError(400, 'invalid_request', 'Invalid Authorization header')
  if (secret !== undefined) return oauthError(400, 'invalid_request')
  const decoded = Buffer.from(encoded, 'base64').toString()
  const colon = decoded.indexOf(':')
  const basic: Presented = { id: decoded.slice(0, colon), auth: 'basic', secret: decoded.slice(colon + 1) }
  if (id === undefined || id === basic.id) return basic
  const mismatch = `client_id in form ("${id}") does not match credential ("${basic.id}")`
  return oauthError(400, 'invalid_grant', mismatch)
}
