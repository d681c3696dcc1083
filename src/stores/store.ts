/** Where a secret is kept. */
export interface Target {
  /** As it was written, without blanks. */
  readonly text: string
  readonly kind: 'actions' | 'dependabot' | 'codespaces'
  readonly place:
    | { readonly of: 'repository'; readonly owner: string; readonly repository: string }
    | { readonly of: 'environment'; readonly owner: string; readonly repository: string; readonly environment: string }
    | { readonly of: 'organization'; readonly organization: string }
}

/**
 * The longest name of a secret, in characters. Gitea and Forgejo keep names in a column of 255; GitHub documents no limit.
 * @see https://github.com/go-gitea/gitea/blob/main/models/secret/secret.go
 */
export const MAX_SECRET_NAME = 255

const KINDS = ['actions', 'dependabot', 'codespaces'] as const
/** A name of dots alone would be a way up in the path. */
const NAME = /^(?!\.+$)[A-Za-z0-9_.-]+$/

/** One target, or what is wrong with it. Grammar: `[actions:|dependabot:|codespaces:](repos/O/R[/environments/E]|orgs/O)`. */
export function parseTarget(line: string): Target | { readonly problem: string } {
  const text = line.trim()
  const prefix = KINDS.find((kind) => text.startsWith(`${kind}:`))
  const kind = prefix ?? 'actions'
  const path = prefix === undefined ? text : text.slice(prefix.length + 1).trim()
  const [root, first = '', second = '', word, ...rest] = path.split('/')
  if (root === 'orgs' && NAME.test(first) && path === `orgs/${first}`) {
    return { text, kind, place: { of: 'organization', organization: first } }
  }
  if (root !== 'repos' || !NAME.test(first) || !NAME.test(second)) return { problem: EXPECTED }
  if (word === undefined) return { text, kind, place: { of: 'repository', owner: first, repository: second } }
  // The name of an environment may hold slashes.
  const environment = rest.join('/')
  // Encoded dots are dots to a URL, too: a way up in the path.
  if (word !== 'environments' || environment === '' || /^\.{1,2}$/.test(environment)) return { problem: EXPECTED }
  if (kind !== 'actions') return { problem: `has an environment, which ${kind} does not know` }
  return { text, kind, place: { of: 'environment', owner: first, repository: second, environment } }
}

const EXPECTED = 'is not repos/OWNER/REPO, repos/OWNER/REPO/environments/NAME or orgs/ORGANIZATION'

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
   * @throws Failure `store-refused` where it cannot be written, NetworkError where there is no complete answer
   */
  prepare(target: Target, secretNames: readonly string[]): Promise<PreparedTarget>
}
