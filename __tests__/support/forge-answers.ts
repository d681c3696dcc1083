/** A secret as it is kept: its value, and for an organization who may see it. */
export interface StoredSecret {
  readonly value: string
  readonly visibility?: string
  readonly selected?: readonly number[]
}

/** One request, as far as it decides the answer. */
export interface ForgeQuestion {
  readonly method: string
  /** Without the prefix of the API, and without the query. */
  readonly path: string
  readonly query: string
  readonly authorization: string | undefined
  readonly body: string
}

/** What is answered. */
export interface ForgeReply {
  readonly status: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** What a forge knows, and what its token may do. */
export interface ForgeState {
  readonly token: string
  /** By path: `/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN`. */
  readonly secrets: Map<string, StoredSecret>
  /** Paths of repositories, organizations and owners (`/repos/octo`) that are not there, or hidden from the token. */
  readonly missing: readonly string[]
  /** Paths of repositories that were renamed, and their new paths. */
  readonly renamed: Readonly<Record<string, string>>
  /** Whether the user of the token administers repositories and owns organizations. */
  readonly isAdministrator: boolean
  /** Scopes of the token, on Gitea and Forgejo. */
  readonly scopes: readonly string[]
}

/** Answers as one kind of forge does. */
export type Responder = (question: ForgeQuestion, state: ForgeState) => ForgeReply

/** Writes a secret, as every forge answers it. */
export function storeSecret({ secrets }: ForgeState, path: string, secret: StoredSecret): ForgeReply {
  const existed = secrets.has(path)
  secrets.set(path, secret)
  return { status: existed ? 204 : 201 }
}
