import type { Target } from './targets.js'

/** The outcome of one write. */
export type WriteResult =
  | { readonly kind: 'stored' }
  /** The store said no: the secret is as it was before. */
  | { readonly kind: 'refused'; readonly why: string }
  /** No answer, or 5xx to the end: the store may hold the new value. */
  | { readonly kind: 'unknown'; readonly why: string }

/** A target that was checked and can be written, as far as the store tells without a write. */
export interface PreparedTarget {
  readonly target: Target
  /** Writes one secret. One that the target was not prepared for is a new one: `private` in an organization. */
  write(secretName: string, value: string): Promise<WriteResult>
  /** Deletes one secret; one that is already gone counts as deleted. @returns why it may still be there */
  remove(secretName: string): Promise<string | undefined>
}

/** Where secrets are kept. Each forge has one implementation. */
export interface SecretStore {
  /**
   * Checks a target without changing it.
   * @throws Failure `store-refused` where it cannot be written, NoAnswerError where there is no complete answer
   */
  prepare(target: Target, secretNames: readonly string[]): Promise<PreparedTarget>
}
