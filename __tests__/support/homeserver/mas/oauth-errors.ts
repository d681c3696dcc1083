import type { Answer } from '../answers.js'

/** In the words of crates/oauth2-types/src/errors.rs, which say no more than RFC 6749 does. */
const DESCRIPTIONS = {
  invalid_request: 'The request is missing a required parameter, or is otherwise malformed.',
  invalid_client: 'Client authentication failed.',
  invalid_grant: 'The provided access grant is invalid, expired, or revoked.',
  unauthorized_client: 'The client is not authorized to request an access token using this method.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  unsupported_token_type: 'The server does not support the revocation of the presented token type.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  invalid_redirect_uri: 'The value of one or more redirection URIs is invalid.',
  invalid_client_metadata: 'The value of one of the client metadata fields is invalid',
  authorization_pending: 'The authorization request is still pending',
  slow_down: 'The interval must be increased by 5 seconds for this and all subsequent requests',
  access_denied: 'The resource owner or authorization server denied the request.',
  expired_token: 'The "device_code" has expired, and the device authorization session has concluded',
}

/** RFC 6749 §5.2: no `errcode` in it. */
export function oauthError(status: number, error: keyof typeof DESCRIPTIONS, description?: string): Answer {
  return { status, body: { error, error_description: description ?? DESCRIPTIONS[error] } }
}
