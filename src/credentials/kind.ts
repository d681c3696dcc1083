import type { ApiError } from '../api/error.js'
import type { JsonObject, ServerText } from '../api/values.js'
import type { Failure } from '../failures.js'
import type { MatrixClient } from '../matrix/client.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { ClientCredentials } from '../oauth/token.js'
import type { Secret, SecretForm } from '../secret.js'

/** The device that a login requests. */
interface RequestedDevice {
  readonly deviceId: string
  /** Truncated to a length that every server accepts; most servers ignore it if the device exists. */
  readonly displayName: string
  /** Name of the session in session lists; absent: the display name. */
  readonly sessionName?: string
}

/** The dependencies of a credential when it is exchanged for a session. */
export interface LoginContext {
  readonly client: MatrixClient
  readonly allowHttp: boolean
  readonly user: UserIdentifier | undefined
  readonly device: RequestedDevice
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Masks a secret that is equivalent to the credential and does not come from a server, such as an HMAC. */
  readonly mask: (secret: string) => void
  readonly warning: (message: string) => void
  /** Prints lines in a collapsed group of the log. */
  readonly group: (title: string, lines: readonly string[]) => void
}

/**
 * How a session is ended: `/logout` of the Client-Server API, OAuth revocation, or the admin API of Matrix
 * Authentication Service. Plain data without secrets, because it is saved in the state for the post step.
 */
export type SessionTeardown =
  | { readonly kind: 'logout' }
  | { readonly kind: 'revocation'; readonly revocationEndpoint: string; readonly clientId: string }
  | {
      readonly kind: 'personal-session'
      readonly tokenEndpoint: string
      readonly issuer: string
      readonly sessionId: string
    }

/** The facts of a response about a session, besides its tokens. */
export interface SessionFacts {
  /** Absent if only `whoami` returns it. */
  readonly userId?: string
  /** The device that the server names; absent if the response does not name one by design. */
  readonly deviceId?: string
  /**
   * Milliseconds since 1970; absent if the server named no expiry. `malformed`: the server named an unusable expiry.
   */
  readonly expiresAt?: number | 'malformed'
}

/**
 * One request whose response holds the tokens of a session. A kind of credential only describes the request.
 * `issueSession` carries it out, always in this order: save the phase, send, mask, save the tokens, read the rest.
 */
export interface TokenRequest {
  /** Sends the request. Tokens in the response are masked and wrapped. @throws ApiError, NetworkError, Failure */
  readonly send: () => Promise<JsonObject>
  /** Path of members to the object with the tokens; absent: the response itself. */
  readonly tokensAt?: readonly string[]
  /** Returns how to end the session; `undefined` if the response lacks the data for it. */
  readonly teardown: (answer: JsonObject) => SessionTeardown | undefined
  /** Reads the rest of the response. @throws ApiError if a member is missing or malformed */
  readonly read: (answer: JsonObject) => SessionFacts
  /** The refresh token that was sent, if it stays valid when the response has no new one. */
  readonly held?: Secret
  /** The administrator's client credentials, if they end the session. */
  readonly adminClient?: ClientCredentials
  /** Returns another request to try after this refusal. */
  readonly alternative?: (refusal: ApiError) => Promise<TokenRequest | undefined>
  /** Explains a refusal of this request; absent: the credential explains it. */
  readonly explain?: (error: ApiError) => Failure | undefined
}

/** A session: its tokens and its owner. */
export interface Session {
  /** Base URL, no trailing slash. */
  readonly homeserverUrl: string
  /** Spelt as the server returned it. */
  readonly userId: ServerText
  /** Absent for a token without a device. */
  readonly deviceId?: ServerText
  readonly accessToken: Secret
  /** Absent unless the server issued one. */
  readonly refreshToken?: Secret
  /** Milliseconds since 1970; absent if the server named no expiry. */
  readonly expiresAt?: number
}

/** The tokens of a response. */
export interface IssuedTokens {
  readonly accessToken: Secret
  /** Absent if the server issued none. */
  readonly refreshToken?: Secret
  /** The refresh token that was sent, if the response has no new one and the old one stays valid. */
  readonly held?: Secret
}

/** A session that was just issued. Only `issueSession` creates one. */
export interface IssuedSession extends IssuedTokens {
  readonly userId?: ServerText
  /** The device that the response names. */
  readonly deviceId?: ServerText
  readonly expiresAt?: number
  readonly teardown: SessionTeardown
  readonly adminClient?: ClientCredentials
}

/** A session with a verified owner, and how to end it. */
export interface ActiveSession extends Session {
  readonly teardown: SessionTeardown
  readonly adminClient?: ClientCredentials
}

/** A session of the account, identified by its name. */
export interface NamedSession {
  readonly name: string
  readonly teardown: SessionTeardown
}

/** A session in a session directory. */
export interface DirectorySession extends NamedSession {
  /** Whether its scope shows that a rotation of this project opened it. */
  readonly isMarked: boolean
  isOn(deviceId: string): boolean
}

/** The session of a token, from the directory. Without a name it was not opened by a rotation with `keep-device`. */
export type TokenSession =
  | { readonly state: 'inactive' }
  | { readonly state: 'active'; readonly name: string | undefined }
  | { readonly state: 'unknown' }

/** The sessions of an account, in a list with names and devices. */
export interface SessionDirectory {
  /**
   * Lists all sessions of the account, including those that no rotation opened. @throws ApiError, NetworkError, Failure
   */
  list(): Promise<readonly DirectorySession[]>
  /** Lists the sessions on exactly this device. @throws ApiError, NetworkError, Failure */
  listOn(deviceId: string): Promise<readonly NamedSession[]>
  /** Returns the session of a token. @throws ApiError, NetworkError, Failure */
  sessionOf(token: Secret): Promise<TokenSession>
}

/** A credential, read from the inputs. */
export interface Credential {
  /** Completes "logged in with …". */
  readonly description: string
  /**
   * Which device the session gets. `login`: the requested one; servers may end its earlier sessions. `personal`: the
   * requested one; no other session ends. `existing`: the server decides, because there is already a device, or none.
   */
  readonly device: 'login' | 'personal' | 'existing'
  /**
   * Whether the credential opens a session, which this action may then end. Otherwise the session was opened elsewhere.
   */
  readonly opensSession: boolean
  /** Whether use invalidates the credential, so that its successor must be delivered before it is used. */
  readonly singleUse: boolean
  /** Whether the new token may be invalid, so that `whoami` must verify it. */
  readonly needsWhoami: boolean
  /** Access tokens that are the credential itself. A server that returns one of them must not cause its logout. */
  readonly accessTokens?: readonly Secret[]
  /** Explains which state can remain after a response was lost. */
  readonly afterLostAnswer?: string
  /** Returns the request that issues a session, or the given token. @throws ApiError, NetworkError, Failure */
  requestTokens(context: LoginContext): Promise<TokenRequest | { readonly given: Secret }>
  /** Explains a refusal that has a specific meaning for this credential. May send further requests to the server. */
  explain(error: ApiError, context: LoginContext): Promise<Failure | undefined>
  /**
   * How a rotation finds and ends the sessions of earlier rotations. `devices`: by the device list and a login on each
   * device. A function: by a session directory. Absent: they expire.
   */
  readonly previousSessions?: 'devices' | ((context: LoginContext) => SessionDirectory)
}

/** Which user a credential needs: none, any form, a form other than e-mail and phone, or a full user ID. */
export type UserDemand = 'none' | 'any' | 'name' | 'user-id'

/** The inputs of a credential. */
export interface CredentialReader {
  /** The input that selected the kind, ready for use. */
  readonly secret: string
  /** Returns a secret input that belongs to the kind, ready for use; empty if it is not set. */
  companion(name: string): string
  /** Returns another input, trimmed; empty if it is not set. */
  text(name: string): string
  /** Returns an environment variable of the runner; empty if it is not set. */
  environment(name: string): string
  /** `valid-for`, in milliseconds. */
  readonly validForMs: number | undefined
}

/** A missing or unusable part of a credential. */
export interface Incomplete {
  readonly text: string
  readonly code: 'invalid-input' | 'missing-credentials'
  readonly hint: string
}

/** A kind of credential. Each has one file, and one line in `index.ts`. */
export interface CredentialKind {
  /** The input that selects this kind. */
  readonly input: string
  readonly form: SecretForm
  /** Further secret inputs of this kind; one of them alone also selects it. */
  readonly companions?: readonly string[]
  /** Environment variables of the runner that hold a secret of this kind. */
  readonly secretVariables?: readonly string[]
  /** Inputs that only some kinds use; they are an error with a kind that does not list them. */
  readonly options?: readonly string[]
  /** `false`: only `logout: never` is allowed, because the action must not end a session that it did not open. */
  readonly logoutAllowed: boolean
  /** Whether each use issues a new token, so that a stored token can be replaced. */
  readonly rotates: boolean
  /** Whether the credential is single-use, so that its successor must be stored as well. */
  readonly refreshes?: true
  /** Whether an old token of this kind ends only by its expiry, once its successor is stored. */
  readonly endsByItself?: true
  /** Returns the missing or unusable part. In runs that get no secrets the credential then counts as not set. */
  incomplete?(reader: CredentialReader): Incomplete | undefined
  needsUser(reader: CredentialReader): UserDemand
  read(reader: CredentialReader): Credential
}
