import type { Failure } from '../failures.js'
import type { SecretForm } from '../inputs/values.js'
import type { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { JsonObject } from '../matrix/json.js'
import type { LoginDevice } from '../matrix/login.js'
import type { Session } from '../matrix/session.js'

/** What a credential may need to become a session. */
export interface OpeningContext {
  readonly client: MatrixClient
  readonly user: UserIdentifier | undefined
  readonly device: LoginDevice
  readonly now: () => number
  /** Must be called with each successful answer before anything else is done with it: masks and saves its tokens. */
  readonly issued: (answer: JsonObject) => void
  readonly warning: (message: string) => void
}

/** A credential that was read from the inputs. */
export interface Credential {
  /** As in "logged in with …". */
  readonly description: string
  /** Whether it makes a session (which this action then may end), or is one that somebody else made. */
  readonly opensSession: boolean
  /** How it becomes a session. @throws AnswerError, NoAnswerError */
  open(context: OpeningContext): Promise<Session>
  /** What a refusal means, where this credential knows more than the general table. May ask the server for more. */
  explain(error: AnswerError, context: OpeningContext): Promise<Failure | undefined>
}

/** A kind of credential: one file each, one line in the table of `index.ts`. */
export interface CredentialKind {
  /** The input whose presence chooses this kind. */
  readonly input: string
  readonly form: SecretForm
  readonly needsUser: boolean
  /** `never` only: a session that the action did not open it must not end. */
  readonly logoutAllowed: boolean
  /** Whether it makes a new session each time, so that a stored token can be replaced by another. */
  readonly rotates: boolean
  read(secret: string): Credential
}
