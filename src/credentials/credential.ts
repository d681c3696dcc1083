import type { Failure } from '../failures.js'
import type { SecretForm } from '../inputs/values.js'
import type { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { IssuedTokens, LoginDevice } from '../matrix/login.js'
import type { Session } from '../matrix/session.js'
import type { ClientCredentials } from '../oauth/token.js'
import type { Secret } from '../secret.js'
import type { Ending } from './ending.js'

/** What a credential may need to become a session. */
export interface OpeningContext {
  readonly client: MatrixClient
  readonly allowHttp: boolean
  readonly user: UserIdentifier | undefined
  readonly device: LoginDevice
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Must be called right before the request leaves that opens a session, or uses the credential up. */
  readonly sending: () => void
  /** Must be called with the tokens of an answer before anything else is done with it: masks and saves them. */
  readonly issued: (tokens: IssuedTokens, ending: Ending, heldRefreshToken?: Secret) => void
  /** For what is as good as the credential (an HMAC, a token for an admin API). */
  readonly mask: (secret: string) => void
  readonly warning: (message: string) => void
  /** Lines that a person unfolds in the log. */
  readonly group: (title: string, lines: readonly string[]) => void
}

/** What an answer made of a credential: tokens, and as much as it said about them. */
export interface Opened {
  readonly accessToken: Secret
  readonly refreshToken?: Secret
  /** Absent where only `whoami` can tell. */
  readonly userId?: string
  readonly deviceId?: string
  /** Milliseconds since 1970; absent if the server named no end. */
  readonly expiresAt?: number
  readonly ending: Ending
  /** Of a credential that is used up: what to store in its place. The old one, where the server gave no other. */
  readonly successor?: Secret
}

/** A session with the way in which it ends. */
export interface OpenSession extends Session {
  readonly ending: Ending
}

/** What earlier rotations of the same stored token opened, by name: `<base>-<when>`. */
export interface Predecessors {
  /** Names of all sessions of the account, also of those that no rotation made. */
  list(): Promise<readonly string[]>
  /** Ends the session of this name. @param token the session's own, where it is at hand */
  end(name: string, token: Secret | undefined): Promise<void>
  /** Ends the session of a token that no rotation made; absent where `/logout` does. @param deviceId where it is */
  endOther?(token: Secret, deviceId: string | undefined): Promise<void>
}

/** A credential that was read from the inputs. */
export interface Credential {
  /** As in "logged in with …". */
  readonly description: string
  /**
   * Whose session it becomes, and which device it gets: `login` – of the device that is asked for; `personal` – likewise,
   * but nothing that was on that device ends by it; `existing` – the server's business, the device is there or there is none.
   */
  readonly device: 'login' | 'personal' | 'existing'
  /** Whether it makes a session (which this action then may end), or is one that somebody else made. */
  readonly opensSession: boolean
  /** Whether it is used up, and its successor in the answer must be handed over before anything uses that. */
  readonly isReplaced: boolean
  /** Whether the token may be dead on arrival, so that `whoami` decides. */
  readonly mustBeProven: boolean
  /** What to know about the state of things after an answer was lost. */
  readonly afterLostAnswer?: string
  /** What the administrator's client proves itself with, where that is what ends the session. */
  readonly admin?: ClientCredentials
  /** How it becomes a session. @throws AnswerError, NoAnswerError, Failure */
  open(context: OpeningContext): Promise<Opened>
  /** What a refusal means, where this credential knows more than the general table. May ask the server for more. */
  explain(error: AnswerError, context: OpeningContext): Promise<Failure | undefined>
  /** Ends what the new session takes the place of, once that is proven and stays. */
  replaceEarlier?(context: OpeningContext, session: OpenSession): Promise<void>
  /** How a rotation finds and ends what earlier rotations opened; absent where that ends by itself. */
  predecessors?(context: OpeningContext, session: OpenSession): Predecessors
}

/** Whom a credential needs to be told: nobody, a user in any form, one without e-mail and phone, or a full user ID. */
export type UserDemand = 'none' | 'any' | 'name' | 'user-id'

/** The inputs of a credential. */
export interface CredentialReader {
  /** The input that chose the kind, as it will be used. */
  readonly secret: string
  /** A secret input that belongs to it, as it will be used; empty where it is not set. */
  companion(name: string): string
  /** Another input, trimmed; empty where it is not set. */
  text(name: string): string
  /** A variable of the runner; empty where it is not set. */
  environment(name: string): string
  /** `valid-for`, in milliseconds. */
  readonly validForMs: number | undefined
}

/** A part of a credential that is missing. */
export interface Incomplete {
  readonly text: string
  readonly word: 'invalid-input' | 'missing-credentials'
  readonly hint: string
}

/** A kind of credential: one file each, one line in the table of `index.ts`. */
export interface CredentialKind {
  /** The input whose presence chooses this kind. */
  readonly input: string
  readonly form: SecretForm
  /** Further secrets that belong to it, each an input; one alone chooses the kind as well. */
  readonly companions?: readonly string[]
  /** Variables of the runner that hold a secret of it. */
  readonly secretVariables?: readonly string[]
  /** Inputs that mean something for this kind, and are a mistake with those that do not name them. */
  readonly options?: readonly string[]
  /** `never` only: a session that the action did not open it must not end. */
  readonly logoutAllowed: boolean
  /** Whether it makes a new token each time, so that a stored one can be replaced. */
  readonly rotates: boolean
  /** Whether the credential is used up each time, and its successor must be stored as well. */
  readonly refreshes?: true
  /** Whether a token of it is ended by nothing but its own end, once its successor is stored. */
  readonly endsByItself?: true
  /** What is missing of it; in runs that get no secrets it then counts as not set. */
  incomplete?(reader: CredentialReader): Incomplete | undefined
  needsUser(reader: CredentialReader): UserDemand
  read(reader: CredentialReader): Credential
}
