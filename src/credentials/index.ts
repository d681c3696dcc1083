import { accessToken } from './access-token.js'
import { appserviceToken } from './appservice.js'
import { jwt, oidcAudience } from './jwt.js'
import type { CredentialKind } from './kind.js'
import { loginToken } from './login-token.js'
import { masClient } from './mas-admin.js'
import { password } from './password.js'
import { refreshToken } from './refresh-token.js'
import { sharedSecret } from './shared-secret.js'
import { synapseAdminToken } from './synapse-admin.js'

/** Every kind of credential. A new kind needs one file and one line in this list. */
export const CREDENTIAL_KINDS: readonly CredentialKind[] = [
  password,
  accessToken,
  loginToken,
  jwt,
  oidcAudience,
  appserviceToken,
  sharedSecret,
  synapseAdminToken,
  masClient,
  refreshToken,
]

/** The kinds that `rotate` accepts. */
export const ROTATING_KINDS: readonly CredentialKind[] = CREDENTIAL_KINDS.filter(({ rotates }) => rotates)
