import { accessToken } from './access-token.js'
import type { CredentialKind } from './credential.js'
import { password } from './password.js'

/** Every kind of credential. A new one is a file, and a line here. */
export const CREDENTIAL_KINDS: readonly CredentialKind[] = [password, accessToken]

/** Those that `rotate` takes. */
export const ROTATING_KINDS: readonly CredentialKind[] = CREDENTIAL_KINDS.filter(({ rotates }) => rotates)
