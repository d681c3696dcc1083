/** A place where secrets are stored. */
export interface Target {
  /** As written in the input, without surrounding blanks. */
  readonly text: string
  readonly kind: 'actions' | 'dependabot' | 'codespaces'
  readonly place:
    | { readonly of: 'repository'; readonly owner: string; readonly repository: string }
    | { readonly of: 'environment'; readonly owner: string; readonly repository: string; readonly environment: string }
    | { readonly of: 'organization'; readonly organization: string }
}

/**
 * Maximum length of a secret name, in characters: the column in Gitea and Forgejo has 255. GitHub documents no limit.
 * @see https://github.com/go-gitea/gitea/blob/main/models/secret/secret.go
 */
export const MAX_SECRET_NAME = 255

const KINDS = ['actions', 'dependabot', 'codespaces'] as const
/** A name of dots only would be a parent directory in the path. */
const NAME = /^(?!\.+$)[A-Za-z0-9_.-]+$/

/**
 * Parses one target, or describes its problem. Grammar:
 * `[actions:|dependabot:|codespaces:](repos/O/R[/environments/E]|orgs/O)`.
 */
export function parseTarget(line: string): Target | { readonly problem: string } {
  const text = line.trim()
  const prefix = KINDS.find((kind) => text.startsWith(`${kind}:`))
  const kind = prefix ?? 'actions'
  const path = prefix === undefined ? text : text.slice(prefix.length + 1).trim()
  const [root, first = '', second = '', word, ...rest] = path.split('/')
  if (NAME.test(first) && path === `orgs/${first}`) {
    return { text, kind, place: { of: 'organization', organization: first } }
  }
  if (root !== 'repos' || !NAME.test(first) || !NAME.test(second)) return { problem: EXPECTED }
  if (word === undefined) return { text, kind, place: { of: 'repository', owner: first, repository: second } }
  // The name of an environment may contain slashes.
  const environment = rest.join('/')
  // A URL also treats encoded dots as a parent directory.
  if (word !== 'environments' || environment === '' || /^\.{1,2}$/.test(environment)) return { problem: EXPECTED }
  if (kind !== 'actions') return { problem: `has an environment, which ${kind} does not know` }
  return { text, kind, place: { of: 'environment', owner: first, repository: second, environment } }
}

const EXPECTED = 'is not repos/OWNER/REPO, repos/OWNER/REPO/environments/NAME or orgs/ORGANIZATION'

/** The outcome of one write. */
export type WriteResult =
  | { readonly kind: 'stored' }
  /** The store refused: the secret is unchanged. */
  | { readonly kind: 'refused'; readonly why: string }
  /** No response, or 5xx at the last attempt: the store may hold the new value. */
  | { readonly kind: 'unknown'; readonly why: string }

/** A target that was checked and can be written, as far as the store shows without a write. */
export interface PreparedTarget {
  readonly target: Target
  /** Writes one secret. A secret that was not prepared counts as new: `private` in an organization. */
  write(secretName: string, value: string): Promise<WriteResult>
  /** Deletes one secret; a secret that does not exist counts as deleted. @returns why it may still exist */
  remove(secretName: string): Promise<string | undefined>
}

/** A store of secrets. Each forge has one implementation. */
export interface SecretStore {
  /**
   * Checks a target without changing it.
   * @throws Failure `store-refused` if it cannot be written; NetworkError if there is no complete response
   */
  prepare(target: Target, secretNames: readonly string[]): Promise<PreparedTarget>
}
