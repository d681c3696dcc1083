import { ok } from '../answers.js'
import { ALL_GRANTS } from '../mas/clients.js'
import type { ServerParts } from '../parts.js'
import type { Route } from './route.js'

/** Where MAS stands: its own endpoints need not stand where the homeserver does. */
export const masBase = ({ baseUrl, options }: ServerParts) => `${baseUrl()}${options.mas?.path ?? ''}`

/** https://spec.matrix.org/v1.18/client-server-api/#server-metadata-discovery; MAS, crates/handlers/src/oauth2/discovery.rs. */
export const metadataRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/_matrix\/client\/v1\/auth_metadata$/,
    handle: (_request, parts) => (parts.facts.oauth ? ok(metadata(masBase(parts))) : undefined),
  },
]

function metadata(base: string) {
  const authentication = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none']
  return {
    issuer: `${base}/`,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    jwks_uri: `${base}/oauth2/keys.json`,
    registration_endpoint: `${base}/oauth2/registration`,
    revocation_endpoint: `${base}/oauth2/revoke`,
    introspection_endpoint: `${base}/oauth2/introspect`,
    userinfo_endpoint: `${base}/oauth2/userinfo`,
    device_authorization_endpoint: `${base}/oauth2/device`,
    scopes_supported: ['openid', 'email'],
    response_types_supported: ['code', 'id_token', 'code id_token'],
    response_modes_supported: ['form_post', 'query', 'fragment'],
    grant_types_supported: ALL_GRANTS,
    token_endpoint_auth_methods_supported: authentication,
    revocation_endpoint_auth_methods_supported: authentication,
    code_challenge_methods_supported: ['plain', 'S256'],
    prompt_values_supported: ['login'],
    account_management_uri: `${base}/account/`,
    account_management_actions_supported: ['org.matrix.profile', 'org.matrix.devices_list', 'org.matrix.device_delete'],
  }
}
