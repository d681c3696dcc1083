import type { ExchangePorts } from '../http/exchange.js'
import { call } from '../matrix/call.js'
import type { Secret } from '../secret.js'
import { oauthErrors } from './token.js'

/**
 * Ends a whole session, RFC 7009 (Matrix 1.15, MSC4254). With the current refresh token and without a hint: of an expired
 * access token, of a refresh token that was used up and of a hint that does not fit, Matrix Authentication Service says
 * 200 and revokes nothing (crates/handlers/src/oauth2/revoke.rs).
 */
export async function revokeSession(
  revocationEndpoint: string,
  clientId: string,
  refreshToken: Secret,
  ports: ExchangePorts,
): Promise<void> {
  await call(
    {
      operation: 'revoke the session',
      server: new URL(revocationEndpoint).origin,
      method: 'POST',
      url: revocationEndpoint,
      body: { form: { token: refreshToken.reveal(), client_id: clientId } },
      readError: oauthErrors,
      mayBeEmpty: true,
    },
    ports,
  )
}
