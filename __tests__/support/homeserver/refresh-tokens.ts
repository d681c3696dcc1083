import type { Accounts } from './accounts.js'
import { type Answer, forbidden, ok, type Refusal, refuse } from './answers.js'
import type { FlavourFacts } from './flavours.js'
import { isSynapseRefreshToken } from './token-forms.js'

/** What a refresh gives, and what a login gives that was asked for a refresh token. */
export interface TokenPair {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresInMs: number
}

interface RefreshToken {
  readonly token: string
  readonly localpart: string
  readonly deviceId: string
  readonly sessionId: string
  readonly accessToken: string
  next?: RefreshToken
  spentAt?: number
}

const GRACE_MS = 15_000

const unknown = (error: string): Refusal => ({ status: 401, errcode: 'M_UNKNOWN_TOKEN', error })

/** The refresh tokens of the legacy API. Each server has rules of its own about one that is sent again. */
export class RefreshTokens {
  readonly #facts: FlavourFacts
  readonly #accounts: Accounts
  readonly #now: () => number
  readonly #tokens = new Map<string, RefreshToken>()

  constructor(facts: FlavourFacts, accounts: Accounts, now: () => number) {
    this.#facts = facts
    this.#accounts = accounts
    this.#now = now
  }

  /** A session whose access token expires. */
  open(localpart: string, deviceId: string, displayName?: string): TokenPair {
    const accessToken = this.#accounts.open({ localpart, deviceId, displayName, expiresAt: this.#expiry() })
    const pair = this.#add(localpart, deviceId, accessToken)
    return this.#pair(pair)
  }

  refresh(token: string): Answer {
    switch (this.#facts.refresh?.kind) {
      case 'synapse':
        return this.#refreshOnSynapse(token)
      case 'mas':
        return this.#refreshOnMas(token)
      case 'tuwunel':
        return this.#refreshOnTuwunel(token)
      default:
        throw new Error('this flavour knows no refresh tokens')
    }
  }

  /**
   * synapse/handlers/auth.py, refresh_token: the old token works again until the new pair is used, which it then replaces.
   * Two generations are kept, so once the new refresh token was used the old one is none any more.
   */
  #refreshOnSynapse(token: string): Answer {
    if (!isSynapseRefreshToken(token)) return refuse(unknown('invalid refresh token'))
    const current = this.#live(token)
    if (current === undefined) return refuse(unknown('refresh token does not exist'))
    const lost = current.next
    if (lost !== undefined && this.#accounts.known(lost.accessToken)?.used === true) {
      return refuse(forbidden("refresh token isn't valid anymore"))
    }
    const next = this.#renew(current)
    if (lost !== undefined) this.#forget(lost)
    for (const earlier of this.#tokens.values()) if (earlier.next === current) this.#forget(earlier)
    current.next = next
    return granted(this.#pair(next))
  }

  /** MAS, crates/handlers/src/compat/refresh.rs: consumed at once, and the old access token with it; the new pair lives on. */
  #refreshOnMas(token: string): Answer {
    const current = this.#live(token)
    if (current === undefined || current.next !== undefined) return refuse(unknown('Invalid refresh token'))
    current.next = this.#renew(current)
    this.#accounts.revoke(current.accessToken)
    return granted(this.#pair(current.next))
  }

  /** Tuwunel, src/api/client/session/refresh.rs: a grace of 15 seconds, after which a repeat deletes the device. */
  #refreshOnTuwunel(token: string): Answer {
    if (!token.startsWith('refresh_')) return refuse(forbidden('Refresh token is malformed.'))
    const current = this.#live(token)
    if (current === undefined) return refuse(forbidden('Refresh token is unrecognized.'))
    const { localpart, deviceId, next, spentAt } = current
    if (next === undefined || spentAt === undefined) {
      const renewed = this.#renew(current)
      for (const earlier of this.#tokens.values()) if (earlier.next === current) this.#tokens.delete(earlier.token)
      current.next = renewed
      current.spentAt = this.#now()
      return granted(this.#pair(renewed))
    }
    if (this.#now() - spentAt <= GRACE_MS) {
      const accessToken = this.#openAccessToken(current)
      return granted({ ...this.#pair(next), accessToken })
    }
    this.#accounts.removeDevice(this.#accounts.userId(localpart), deviceId)
    return refuse({ ...unknown('Refresh token has already been used.'), soft_logout: false })
  }

  #live(token: string): RefreshToken | undefined {
    const known = this.#tokens.get(token)
    return known !== undefined && this.#accounts.isOpen(known.sessionId) ? known : undefined
  }

  #renew(current: RefreshToken): RefreshToken {
    return this.#add(current.localpart, current.deviceId, this.#openAccessToken(current))
  }

  #openAccessToken({ localpart, deviceId, sessionId }: RefreshToken): string {
    return this.#accounts.open({ localpart, deviceId, sessionId, expiresAt: this.#expiry() })
  }

  #add(localpart: string, deviceId: string, accessToken: string): RefreshToken {
    const { refresh } = this.#facts
    const sessionId = this.#accounts.known(accessToken)?.sessionId
    if (refresh === undefined || sessionId === undefined) throw new Error('this flavour knows no refresh tokens')
    const added = { token: refresh.form(localpart), localpart, deviceId, sessionId, accessToken }
    this.#tokens.set(added.token, added)
    this.#accounts.remember(added.token)
    return added
  }

  #forget({ token, accessToken }: RefreshToken): void {
    this.#tokens.delete(token)
    this.#accounts.revoke(accessToken)
  }

  #pair({ accessToken, token }: RefreshToken): TokenPair {
    return { accessToken, refreshToken: token, expiresInMs: this.#lifetime() }
  }

  #expiry(): number {
    return this.#now() + this.#lifetime()
  }

  #lifetime(): number {
    const { refresh } = this.#facts
    if (refresh === undefined) throw new Error('this flavour knows no refresh tokens')
    return refresh.accessTokenLifetimeMs
  }
}

/** The members of a pair, as a login and a refresh answer with them. */
export function pairMembers({ accessToken, refreshToken, expiresInMs }: TokenPair) {
  return { access_token: accessToken, refresh_token: refreshToken, expires_in_ms: expiresInMs }
}

const granted = (pair: TokenPair): Answer => ok(pairMembers(pair))
