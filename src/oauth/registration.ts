import type { ExchangePorts } from '../http/exchange.js'
import { AnswerError } from '../matrix/answers.js'
import { call } from '../matrix/call.js'
import { stringMember } from '../matrix/json.js'
import { isPrintable } from '../matrix/login.js'
import { DEVICE_CODE_GRANT } from './device-grant.js'
import { oauthErrors } from './token.js'

/** As in "refused to …". */
export const REGISTER_CLIENT = 'register this program as an OAuth client'

/**
 * Registers a public client, RFC 7591 (Matrix 1.15, MSC2966), and returns its ID. Servers give the same ID to the same
 * metadata, so this can be repeated. Tuwunel wants redirect URIs and both other grants although none of them is used;
 * `client_uri` is never fetched.
 * @param uri where the program lives: https, on a host of somebody's own
 */
export async function registerClient(
  registrationEndpoint: string,
  name: string,
  uri: string,
  ports: ExchangePorts,
): Promise<string> {
  const server = new URL(registrationEndpoint).origin
  const json = {
    client_name: name,
    client_uri: uri,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/'],
    grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE_GRANT],
  }
  const request = { operation: REGISTER_CLIENT, server, method: 'POST', url: registrationEndpoint } as const
  const answer = await call({ ...request, body: { json }, readError: oauthErrors }, ports)
  const clientId = stringMember(answer, 'client_id')
  if (clientId !== undefined && isPrintable(clientId)) return clientId
  throw new AnswerError(
    { kind: 'malformed', status: 201, what: 'it has no usable client_id' },
    server,
    REGISTER_CLIENT,
    false,
  )
}
