import type { Accounts } from '../accounts.js'
import { masToken, masTokenKind } from '../token-forms.js'
import type { Client } from './clients.js'
import { devicesOf } from './scopes.js'
import type { Ulids } from './ulid.js'

/** Seconds: `experimental.access_token_ttl`. */
export const ACCESS_TOKEN_LIFETIME = 300

interface OAuthSession {
  readonly id: string
  readonly clientId: string
  readonly localpart: string
  readonly scope: string
}

interface OAuthRefreshToken {
  readonly token: string
  readonly session: OAuthSession
  readonly accessToken: string
  next?: OAuthRefreshToken
  revoked?: boolean
}

/** A session without a user, from client credentials. */
interface ClientToken {
  readonly clientId: string
  readonly scope: string
  readonly expiresAt: number
}

/** What a grant gives. */
export interface Granted {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly scope: string
}

/** OAuth sessions and their tokens. */
export class OAuthSessions {
  readonly #accounts: Accounts
  readonly #ulids: Ulids
  readonly #now: () => number
  readonly #refreshTokens = new Map<string, OAuthRefreshToken>()
  readonly #clientTokens = new Map<string, ClientToken>()
  readonly #clients = new Map<string, string>()

  constructor(accounts: Accounts, ulids: Ulids, now: () => number) {
    this.#accounts = accounts
    this.#ulids = ulids
    this.#now = now
  }

  /** A session of a user. There is a refresh token where the client registered for it. */
  open(client: Client, localpart: string, scope: string): Granted {
    const session: OAuthSession = { id: this.#ulids.next(), clientId: client.id, localpart, scope }
    this.#clients.set(session.id, client.id)
    if (client.grants.includes('refresh_token')) return granted(this.#issue(session))
    return { accessToken: this.#issueAccessToken(session), scope }
  }

  openForClient(client: Client, scope: string): Granted {
    const accessToken = masToken('mat')
    const expiresAt = this.#now() + ACCESS_TOKEN_LIFETIME * 1000
    this.#clientTokens.set(accessToken, { clientId: client.id, scope, expiresAt })
    this.#accounts.remember(accessToken)
    return { accessToken, scope }
  }

  clientToken(token: string): ClientToken | undefined {
    return this.#clientTokens.get(token)
  }

  /**
   * crates/handlers/src/oauth2/token.rs, refresh_token_grant: a token that was consumed is taken for a lost answer until the
   * pair it gave was used, and that pair is revoked. `undefined` is `invalid_grant`.
   */
  refresh(client: Client, token: string): Granted | undefined {
    const current = this.#refreshTokens.get(token)
    if (current === undefined || !this.#accounts.isOpen(current.session.id)) return undefined
    if (current.session.clientId !== client.id) return undefined
    const lost = current.next
    if (lost === undefined && current.revoked === true) return undefined
    if (lost !== undefined && !this.#isUnused(lost)) return undefined
    const next = this.#issue(current.session)
    if (lost !== undefined) {
      lost.revoked = true
      this.#accounts.revoke(lost.accessToken)
    }
    current.next = next
    this.#accounts.revoke(current.accessToken)
    return granted(next)
  }

  /**
   * Ends the whole session. crates/handlers/src/oauth2/revoke.rs: an expired access token, a consumed refresh token and tokens
   * of other kinds are unknown tokens here, and those are no error.
   */
  revoke(client: Client, token: string): 'done' | 'unknown' | 'not-yours' {
    const sessionId = this.#sessionOf(token)
    if (sessionId === undefined || !this.#accounts.isOpen(sessionId)) return 'unknown'
    if (this.#clients.get(sessionId) !== client.id) return 'not-yours'
    this.#accounts.endSession(sessionId)
    return 'done'
  }

  #sessionOf(token: string): string | undefined {
    if (masTokenKind(token) === 'mat') {
      return this.#accounts.isAlive(token) ? this.#accounts.known(token)?.sessionId : undefined
    }
    const refreshToken = this.#refreshTokens.get(token)
    const isValid = refreshToken !== undefined && refreshToken.next === undefined && refreshToken.revoked !== true
    return isValid ? refreshToken.session.id : undefined
  }

  #isUnused({ next, revoked, accessToken }: OAuthRefreshToken): boolean {
    return next === undefined && revoked !== true && this.#accounts.known(accessToken)?.used !== true
  }

  #issue(session: OAuthSession): OAuthRefreshToken {
    const issued = { token: masToken('mar'), session, accessToken: this.#issueAccessToken(session) }
    this.#refreshTokens.set(issued.token, issued)
    this.#accounts.remember(issued.token)
    return issued
  }

  #issueAccessToken({ id, localpart, scope }: OAuthSession): string {
    return this.#accounts.open({
      localpart,
      deviceId: devicesOf(scope)[0],
      token: masToken('mat'),
      kind: 'oauth',
      scope,
      expiresAt: this.#now() + ACCESS_TOKEN_LIFETIME * 1000,
      sessionId: id,
    })
  }
}

function granted({ token, accessToken, session }: OAuthRefreshToken): Granted {
  return { accessToken, refreshToken: token, scope: session.scope }
}
