import type { Target } from './targets.js'

/** What became of one write. */
export type WriteResult =
  | { readonly kind: 'taken' }
  /** The store said no: what stood there stands there still. */
  | { readonly kind: 'refused'; readonly why: string }
  /** No answer, or 5xx to the end: the store may hold the new value. */
  | { readonly kind: 'unknown'; readonly why: string }

/** A target that has been looked at and can, as far as can be told, be written. */
export interface Writable {
  readonly target: Target
  /** Writes one of the secrets that it was prepared for. */
  write(secretName: string, value: string): Promise<WriteResult>
}

/** Where secrets are kept: GitHub, or Gitea and Forgejo. */
export interface SecretStore {
  /** Looks at a target without changing it. @throws Failure `store-refused` where it cannot be written. */
  prepare(target: Target, secretNames: readonly string[]): Promise<Writable>
}
