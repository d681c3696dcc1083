import type { Accounts } from '../accounts.js'
import { masToken } from '../token-forms.js'
import { devicesOf } from './scopes.js'
import type { Ulids } from './ulid.js'

/** Who made a session: only they may regenerate it. */
export type Owner = { readonly clientId: string } | { readonly localpart: string }

/** A personal session: crates/data-model/src/personal/session.rs. */
export interface PersonalSession {
  readonly id: string
  readonly owner: Owner
  readonly localpart: string
  readonly name: string
  readonly scope: string
  readonly createdAt: number
  token: string
  expiresAt: number | undefined
  revokedAt: number | undefined
}

/** Personal sessions, each with one token at a time. They replace nothing, and stay active when their token has expired. */
export class PersonalSessions {
  readonly #accounts: Accounts
  readonly #ulids: Ulids
  readonly #now: () => number
  readonly #sessions: PersonalSession[] = []

  constructor(accounts: Accounts, ulids: Ulids, now: () => number) {
    this.#accounts = accounts
    this.#ulids = ulids
    this.#now = now
  }

  add(owner: Owner, localpart: string, name: string, scope: string, seconds: number | undefined): PersonalSession {
    const [id, createdAt] = [this.#ulids.next(), this.#now()]
    const session: PersonalSession = {
      id,
      owner,
      localpart,
      name,
      scope,
      createdAt,
      token: '',
      expiresAt: undefined,
      revokedAt: undefined,
    }
    this.#sessions.push(session)
    return this.#issue(session, seconds)
  }

  /** The old token is revoked at once; an expired session comes back to life. */
  regenerate(session: PersonalSession, seconds: number | undefined): PersonalSession {
    const old = session.token
    this.#issue(session, seconds)
    this.#accounts.revoke(old)
    return session
  }

  revoke(session: PersonalSession): PersonalSession {
    session.revokedAt = this.#now()
    this.#accounts.endSession(session.id)
    return session
  }

  find(id: string): PersonalSession | undefined {
    return this.#sessions.find((session) => session.id === id.toUpperCase())
  }

  /** The oldest first. */
  all(): readonly PersonalSession[] {
    return this.#sessions
  }

  #issue(session: PersonalSession, seconds: number | undefined): PersonalSession {
    const { id, localpart, scope } = session
    session.token = masToken('mpt')
    session.expiresAt = seconds === undefined ? undefined : this.#now() + seconds * 1000
    this.#accounts.open({
      localpart,
      deviceId: devicesOf(scope)[0],
      token: session.token,
      kind: 'personal',
      scope,
      expiresAt: session.expiresAt,
      sessionId: id,
    })
    return session
  }
}
