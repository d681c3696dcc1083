import { createHmac } from 'node:crypto'

/** Hex, lower case, over the whole user ID: matrix-synapse-shared-secret-auth, shared_secret_authenticator.py. */
export function sharedSecretToken(userId: string, secret: string): string {
  return createHmac('sha512', secret).update(userId).digest('hex')
}
