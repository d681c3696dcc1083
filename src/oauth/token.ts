import type { ExchangePorts, Repeatable } from '../http/exchange.js'
import { AnswerError, type ErrorReader } from '../matrix/answers.js'
import { type Call, call } from '../matrix/call.js'
import { type JsonObject, stringMember } from '../matrix/json.js'
import type { Secret } from '../secret.js'

/** A confidential client, as it is registered at the authorization server. */
export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: Secret
}

/** `error` and `error_description`: RFC 6749 §5.2. */
export const oauthErrors: ErrorReader = (body) => ({
  errcode: stringMember(body, 'error'),
  text: stringMember(body, 'error_description'),
})

/** Asks the token endpoint with a form, as a public client that names itself in it. */
export function requestToken(
  tokenEndpoint: string,
  operation: string,
  form: Readonly<Record<string, string>>,
  ports: ExchangePorts,
  repeatable: Repeatable = 'always',
): Promise<JsonObject> {
  return call({ ...tokenCall(tokenEndpoint, operation), body: { form }, repeatable }, ports)
}

/**
 * The client credentials grant, RFC 6749 §4.4. Nothing tells a client which of the two ways to authenticate it was
 * registered for, and Matrix Authentication Service refuses the other with 401 `invalid_client`: first `Basic`, then the
 * form. `Basic` as it is, without the percent-encoding of §2.3.1, which that server does not undo
 * (crates/axum-utils/src/client_authorization.rs).
 */
export async function clientCredentialsGrant(
  tokenEndpoint: string,
  operation: string,
  { clientId, clientSecret }: ClientCredentials,
  scope: string,
  ports: ExchangePorts,
): Promise<JsonObject> {
  const form = { grant_type: 'client_credentials', scope }
  const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64')
  try {
    const request = { ...tokenCall(tokenEndpoint, operation), body: { form }, authorization: `Basic ${basic}` }
    return await call(request, ports)
  } catch (error) {
    if (!isUnauthorized(error)) throw error
    const credentials = { client_id: clientId, client_secret: clientSecret.reveal() }
    return requestToken(tokenEndpoint, operation, { ...form, ...credentials }, ports)
  }
}

/** 401, `invalid_client` as it should be or without words. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof AnswerError && error.problem.kind === 'refused' && error.problem.status === 401
}

/** Whether an OAuth endpoint refused with this `error`. */
export function isOAuthRefusal(error: unknown, code: string): boolean {
  return error instanceof AnswerError && error.problem.kind === 'refused' && error.problem.errcode === code
}

function tokenCall(url: string, operation: string): Omit<Call, 'body'> {
  return { operation, server: new URL(url).origin, method: 'POST', url, readError: oauthErrors }
}
