import type { Secret } from '../secret.js'

/** What a credential becomes: a token, and whose it is. */
export interface Session {
  /** Base URL, no trailing slash. */
  readonly homeserverUrl: string
  /** As the server spells it. */
  readonly userId: string
  /** Absent for a token without a device. */
  readonly deviceId?: string
  readonly accessToken: Secret
  /** Absent unless the server gave one. */
  readonly refreshToken?: Secret
  /** Milliseconds since 1970; absent if the server named no end. */
  readonly expiresAt?: number
}
