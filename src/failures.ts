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

/** An error, for the person who reads it: its code, what happened, what to do next. */
export interface Explanation {
  readonly code: FailureCode
  readonly message: string
  readonly hint: string
}

/** A failure that is understood: its code, what happened, and what to do about it. */
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
