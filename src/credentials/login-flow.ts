import { type JsonObject, lifetimeOf } from '../api/values.js'
import type { Repeatable } from '../http/exchange.js'
import { type LoginCredential, loginRequest, readLoginOwner } from '../matrix/login.js'
import type { Secret } from '../secret.js'
import type { Credential, LoginContext, SessionFacts, SessionTeardown, TokenRequest } from './kind.js'

/** What sets one login apart from another, besides the credential. */
interface LoginOptions {
  /** Of an application service. */
  readonly accessToken?: Secret
  readonly repeatable?: Repeatable
}

/** `/logout` of the Client-Server API. */
export const LOGOUT: SessionTeardown = { kind: 'logout' }

/** A credential that opens a session by `POST /login`, on any device that is requested. */
export function loginCredential(
  parts: Pick<Credential, 'description' | 'requestTokens' | 'explain'> & Partial<Credential>,
): Credential {
  return {
    device: 'login',
    opensSession: true,
    singleUse: false,
    needsWhoami: false,
    previousSessions: 'devices',
    ...parts,
  }
}

/** `POST /login` with a credential: one request, on the device of the context; such a session is ended by `/logout`. */
export function loginTokenRequest(
  credential: LoginCredential,
  { client, device, now }: LoginContext,
  { accessToken, repeatable = 'always' }: LoginOptions = {},
): TokenRequest {
  return {
    send: () => client.send({ ...loginRequest(credential, device, accessToken), repeatable }),
    teardown: () => LOGOUT,
    read: (answer) => ({ ...readLoginOwner(client.baseUrl, answer), ...expiryOf(answer, 'expires_in_ms', 1, now()) }),
  }
}

/** The end of a session that an answer names as a lifetime. @param unitMs what the member is counted in */
export function expiryOf(
  answer: JsonObject,
  member: string,
  unitMs: number,
  now: number,
): Pick<SessionFacts, 'expiresAt'> {
  const lifetime = lifetimeOf(answer[member], unitMs)
  if (lifetime === undefined) return {}
  return { expiresAt: lifetime === 'malformed' ? lifetime : now + lifetime }
}
