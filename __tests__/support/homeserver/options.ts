import type { JsonWebKey, KeyObject } from 'node:crypto'
import type { Claims } from '../jwt.js'
import type { UserSpec } from './accounts.js'
import type { FaultSource } from './faults.js'
import type { Flavour } from './flavours.js'
import type { RateLimit } from './rate-limit.js'

export interface HomeserverOptions {
  readonly flavour?: Flavour
  readonly serverName?: string
  readonly users?: readonly UserSpec[]
  /** A path in front of `/_matrix`, without a slash at its end. */
  readonly basePath?: string
  /** PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly passwordLogin?: boolean
  readonly rateLimit?: RateLimit
  readonly now?: () => number
  readonly appservice?: AppserviceOptions
  readonly jwt?: JwtOptions
  readonly tokenAuthenticator?: TokenAuthenticatorOptions
  readonly sharedSecret?: SharedSecretOptions
  /** `served` unless said; `hidden`: a reverse proxy that forwards `/_matrix` only answers with a page of its own. */
  readonly synapseAdmin?: 'served' | 'hidden'
  /** Synapse's `login_via_existing_session`: whether `GET /login` lists `m.login.token`. Login tokens work either way. */
  readonly loginViaExistingSession?: boolean
  /** Whether Synapse has single sign-on: `m.login.sso`, and `m.login.token` for what comes back from it. */
  readonly singleSignOn?: boolean
  /**
   * Synapse behind MAS believes for two minutes what it was told of a token, as long as the device is there. True unless said.
   */
  readonly introspectionCache?: boolean
  readonly mas?: MasOptions
  /** Whether a first cross-signing identity needs the password: Synapse before 1.110 (MSC3967). */
  readonly identityNeedsPassword?: boolean
  /** May stop requests. */
  readonly gate?: FaultSource
}

/** An application service, as its registration file has it. */
interface AppserviceOptions {
  readonly token: string
  readonly senderLocalpart: string
  /** Over the localpart. */
  readonly namespace: RegExp
  /**
   * MSC4190: the service makes its devices itself, and login is off for it. Synapse 1.157 says so with an `errcode` of its own,
   * 1.163 with the stable one.
   */
  readonly masManaged?: boolean | 'stable'
}

/** Synapse's `jwt_config` and Tuwunel's `[global.jwt]`, with HS256. */
export interface JwtOptions {
  readonly secret: string
  readonly issuer?: string
  readonly audiences?: readonly string[]
  /** Login type, `org.matrix.login.jwt` unless said. */
  readonly type?: string
}

/** Famedly's synapse-token-authenticator, `com.famedly.login.token.oauth`, with RS256. */
export interface TokenAuthenticatorOptions {
  /** The issuer's key set. */
  readonly keys: () => JsonWebKey[] | KeyObject[]
  readonly issuer: string
  readonly audience: string
  /** Its claim validators. */
  readonly accept: (claims: Claims) => boolean
  /** Whom the claims name. */
  readonly localpart: (claims: Claims) => string
}

/** matrix-synapse-shared-secret-auth. */
export interface SharedSecretOptions {
  readonly secret: string
  /** `com.devture.shared_secret_auth`; true unless said. */
  readonly loginType?: boolean
  /** `m_login_password_support_enabled`; false unless said. */
  readonly asPassword?: boolean
}

/** Matrix Authentication Service. */
export interface MasOptions {
  readonly clients: readonly MasClientOptions[]
  /** Served unless said; MAS itself has it off by default. */
  readonly adminApi?: 'served' | 'absent'
  /** A path in front of the service's own endpoints, without a slash at its end: it need not stand where the homeserver is. */
  readonly path?: string
}

/** A client of the configuration file. */
export interface MasClientOptions {
  readonly id: string
  readonly secret: string
  /** The one way in which it may authenticate. */
  readonly auth: 'basic' | 'post'
  /** Whether it is listed in `policy.data.admin_clients`. */
  readonly admin: boolean
}
