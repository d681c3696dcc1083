import type { ApiError } from '../api/error.js'
import type { JsonObject, ServerText } from '../api/values.js'
import type { Failure } from '../failures.js'
import type { MatrixClient } from '../matrix/client.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { ClientCredentials } from '../oauth/token.js'
import type { Secret, SecretForm } from '../secret.js'

/** The device that a login asks for. */
interface RequestedDevice {
  readonly deviceId: string
  /** Cut to what every server takes; ignored by most where the device exists. */
  readonly displayName: string
  /** Name of the session in lists that know sessions rather than devices; absent: the display name. */
  readonly sessionName?: string
}

/** What a credential may need to become a session. */
export interface LoginContext {
  readonly client: MatrixClient
  readonly allowHttp: boolean
  readonly user: UserIdentifier | undefined
  readonly device: RequestedDevice
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** For what is as good as the credential and does not come from a server, such as an HMAC. */
  readonly mask: (secret: string) => void
  readonly warning: (message: string) => void
  /** Lines that a person unfolds in the log. */
  readonly group: (title: string, lines: readonly string[]) => void
}

/**
 * How a session is ended: `/logout` of the Client-Server API, OAuth revocation, or the admin API of Matrix Authentication
 * Service. Plain data without secrets, because the post step finds it in the state.
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

/** What an answer says of a session besides its tokens. */
export interface SessionFacts {
  /** Absent where only `whoami` can tell. */
  readonly userId?: string
  /** The device that the server names; absent where the answer has none by design. */
  readonly deviceId?: string
  /** Milliseconds since 1970; absent if the server named no end. `malformed`: the server named one that is not usable. */
  readonly expiresAt?: number | 'malformed'
}

/**
 * One request whose answer holds the tokens of a session. A kind of credential only describes it; `issueSession` carries
 * it out: state, send, mask, save, read – in this order, whatever the kind.
 */
export interface TokenRequest {
  /** Sends the request. Tokens in the answer are masked and wrapped. @throws ApiError, NetworkError, Failure */
  readonly send: () => Promise<JsonObject>
  /** Names of the members that lead to the object with the tokens; absent: the answer itself. */
  readonly tokensAt?: readonly string[]
  /** How the session ends; `undefined` where the answer lacks what that takes. */
  readonly teardown: (answer: JsonObject) => SessionTeardown | undefined
  /** Reads the rest of the answer. @throws ApiError where something of it is missing or malformed */
  readonly read: (answer: JsonObject) => SessionFacts
  /** The refresh token that was sent, where the answer may leave it in force. */
  readonly held?: Secret
  /** What the administrator's client proves itself with, where that is what ends the session. */
  readonly adminClient?: ClientCredentials
  /** Another request to try after this refusal. */
  readonly alternative?: (refusal: ApiError) => Promise<TokenRequest | undefined>
  /** What a refusal of this very request means; absent: what the credential says. */
  readonly explain?: (error: ApiError) => Failure | undefined
}

/** What a credential becomes: a token, and whose it is. */
export interface Session {
  /** Base URL, no trailing slash. */
  readonly homeserverUrl: string
  /** As the server spells it. */
  readonly userId: ServerText
  /** Absent for a token without a device. */
  readonly deviceId?: ServerText
  readonly accessToken: Secret
  /** Absent unless the server gave one. */
  readonly refreshToken?: Secret
  /** Milliseconds since 1970; absent if the server named no end. */
  readonly expiresAt?: number
}

/** The tokens of an answer. */
export interface IssuedTokens {
  readonly accessToken: Secret
  /** Absent where the server gave none. */
  readonly refreshToken?: Secret
  /** The refresh token that was sent, where the answer has no new one and so leaves it in force. */
  readonly held?: Secret
}

/** A session that was issued a moment ago. Only `issueSession` makes one. */
export interface IssuedSession extends IssuedTokens {
  readonly userId?: ServerText
  /** The device that the answer names. */
  readonly deviceId?: ServerText
  readonly expiresAt?: number
  readonly teardown: SessionTeardown
  readonly adminClient?: ClientCredentials
}

/** A session whose owner is known, with the way in which it ends. */
export interface ActiveSession extends Session {
  readonly teardown: SessionTeardown
  readonly adminClient?: ClientCredentials
}

/** A session of the account, by the name that it was given. */
export interface NamedSession {
  readonly name: string
  readonly teardown: SessionTeardown
}

/** A session in a directory. */
export interface DirectorySession extends NamedSession {
  /** Whether its scope says that a rotation of this project made it. */
  readonly isMarked: boolean
  isOn(deviceId: string): boolean
}

/** What a directory says of the session of a token. Without a name it was not made by a rotation that keeps the device. */
export type TokenSession =
  | { readonly state: 'inactive' }
  | { readonly state: 'active'; readonly name: string | undefined }
  | { readonly state: 'unknown' }

/** The sessions of an account in a list that knows names and devices. */
export interface SessionDirectory {
  /** All sessions of the account, also those that no rotation made. @throws ApiError, NetworkError, Failure */
  list(): Promise<readonly DirectorySession[]>
  /** The sessions on exactly this device. @throws ApiError, NetworkError, Failure */
  listOn(deviceId: string): Promise<readonly NamedSession[]>
  /** Which session a token belongs to. @throws ApiError, NetworkError, Failure */
  sessionOf(token: Secret): Promise<TokenSession>
}

/** A credential that was read from the inputs. */
export interface Credential {
  /** As in "logged in with …". */
  readonly description: string
  /**
   * Which device the session gets: `login` – the requested one, and servers may end what was on it; `personal` – the
   * requested one, and nothing else ends; `existing` – the server's choice: the device is there already, or there is none.
   */
  readonly device: 'login' | 'personal' | 'existing'
  /** Whether it makes a session, which this action then may end, or is one that was made elsewhere. */
  readonly opensSession: boolean
  /** Whether using it makes it invalid, so that its successor must be handed over before anything uses that. */
  readonly singleUse: boolean
  /** Whether the token may be invalid from the start, so that `whoami` decides. */
  readonly needsWhoami: boolean
  /** Access tokens that the credential itself is: a server that gives one out again does not get it ended. */
  readonly accessTokens?: readonly Secret[]
  /** What to know about the state of things after an answer was lost. */
  readonly afterLostAnswer?: string
  /** The request that makes it a session, or the token itself where it is one. @throws ApiError, NetworkError, Failure */
  requestTokens(context: LoginContext): Promise<TokenRequest | { readonly given: Secret }>
  /** What a refusal means, where this credential knows more than the general table. May ask the server for more. */
  explain(error: ApiError, context: LoginContext): Promise<Failure | undefined>
  /**
   * How a rotation finds and ends what earlier rotations opened: `devices` – by the list of devices and a login on each;
   * a function – in a directory of sessions; absent – they end by themselves.
   */
  readonly previousSessions?: 'devices' | ((context: LoginContext) => SessionDirectory)
}

/** Which user a credential needs: none, one in any form, one without e-mail and phone, or a full user ID. */
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

/** A part of a credential that is missing or cannot be used. */
export interface Incomplete {
  readonly text: string
  readonly code: 'invalid-input' | 'missing-credentials'
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
  /** What of it is missing or cannot be used; in runs that get no secrets it then counts as not set. */
  incomplete?(reader: CredentialReader): Incomplete | undefined
  needsUser(reader: CredentialReader): UserDemand
  read(reader: CredentialReader): Credential
}
