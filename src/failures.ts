/** A code of the output `failure`. */
export type FailureCode =
  | 'invalid-input'
  | 'missing-credentials'
  | 'insecure-url'
  | 'not-a-homeserver'
  | 'redirected'
  | 'unreachable'
  | 'tls'
  | 'rate-limited'
  | 'server-error'
  | 'wrong-credentials'
  | 'method-unavailable'
  | 'account-deactivated'
  | 'account-locked'
  | 'device-limit'
  | 'token-invalid'
  | 'wrong-user'
  | 'store-refused'
  | 'store-partial'
  | 'token-too-old'
  | 'unsealing-failed'
  | 'no-device-keys'
  | 'not-cross-signed'
  | 'wrong-recovery-key'
  | 'identity-mismatch'
  | 'device-key-mismatch'
  | 'denied'
  | 'internal'

/** The explanation of an error: its code, what failed, what to do. */
export interface Explanation {
  readonly code: FailureCode
  readonly message: string
  readonly hint: string
}

/** An expected failure, with its code, what failed, and what to do. */
export class Failure extends Error {
  readonly code: FailureCode
  /** Absent: the remedy of the code in `FAILURES`. */
  readonly hint: string | undefined

  constructor(code: FailureCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Failure'
    this.code = code
    this.hint = hint
  }
}
