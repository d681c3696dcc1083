import { FLAVOURS, type Flavour } from './flavours.js'

/** An account, as tests set it up. */
export interface UserSpec {
  readonly localpart: string
  readonly password?: string
  readonly deactivated?: boolean
  readonly locked?: boolean
  /** Whether it administers the server. */
  readonly admin?: boolean
  readonly email?: string
  /** Digits only. */
  readonly phone?: string
}

/**
 * What a token comes from: a login, an OAuth grant, a personal session of MAS, Synapse's admin API, or a login of somebody
 * who was never registered.
 */
type TokenKind = 'login' | 'oauth' | 'personal' | 'admin-login' | 'nobody'

export interface Token {
  readonly userId: string
  readonly deviceId: string | undefined
  readonly kind: TokenKind
  /** What OAuth and personal sessions were granted; a login grants everything. */
  readonly scope?: string
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  readonly sessionId: string
  /** Whether a request was ever made with it: servers keep the refresh token before it until then. */
  used: boolean
}

export interface Device {
  readonly device_id: string
  readonly display_name?: string
  /** Milliseconds since 1970; absent for a device that was never used. */
  readonly last_seen_ts?: number
}

/** What to open. */
export interface NewSession {
  readonly localpart: string
  readonly deviceId?: string | undefined
  readonly displayName?: string | undefined
  readonly lastSeenAt?: number | undefined
  /** Made up in the form of the flavour unless given. */
  readonly token?: string | undefined
  readonly kind?: TokenKind
  readonly scope?: string
  readonly expiresAt?: number | undefined
  readonly sessionId?: string
}

/** Users, their devices and their tokens. Everything that was ever issued is remembered, for the leak check. */
export class Accounts {
  readonly serverName: string
  readonly #flavour: Flavour
  readonly #users: UserSpec[]
  readonly #now: () => number
  readonly #tokens = new Map<string, Token>()
  readonly #devices = new Map<string, Map<string, Device>>()
  readonly #everIssued: string[] = []
  #sessions = 0

  constructor(flavour: Flavour, serverName: string, users: readonly UserSpec[], now: () => number) {
    this.#flavour = flavour
    this.serverName = serverName
    this.#users = [...users]
    this.#now = now
  }

  userId(localpart: string): string {
    return `@${localpart}:${this.serverName}`
  }

  userIds(): readonly string[] {
    return this.#users.map(({ localpart }) => this.userId(localpart))
  }

  find(identifier: Readonly<Record<string, unknown>>): UserSpec | undefined {
    const { user, address } = identifier
    if (typeof address === 'string')
      return this.#users.find(({ email, phone }) => email === address || phone === address)
    if (typeof user !== 'string') return undefined
    // Synapse and MAS look names up without regard to case; Continuwuity does not.
    const fold = (text: string) => (this.#flavour === 'continuwuity' ? text : text.toLowerCase())
    return this.#users.find(({ localpart }) =>
      [localpart, this.userId(localpart)].some((name) => fold(name) === fold(user)),
    )
  }

  /** By the whole user ID, without folding case. */
  findExactly(userId: string): UserSpec | undefined {
    return this.#users.find(({ localpart }) => this.userId(localpart) === userId)
  }

  register(localpart: string): UserSpec {
    const user = { localpart }
    this.#users.push(user)
    return user
  }

  open(session: NewSession): string {
    const { localpart, deviceId, displayName, scope, expiresAt } = session
    const facts = FLAVOURS[this.#flavour]
    const userId = this.userId(localpart)
    const issued = session.token ?? facts.token(localpart)
    const kind = session.kind ?? kindOf(issued)
    if (deviceId !== undefined) {
      const replaces = facts.reloginEndsEarlierTokens && kind === 'login' && session.sessionId === undefined
      if (replaces) this.#endSessionsToReplace(userId, deviceId)
      this.#addDevice(userId, { deviceId, displayName, lastSeenAt: session.lastSeenAt })
    }
    this.#sessions += 1
    const sessionId = session.sessionId ?? `session-${this.#sessions}`
    const granted = scope === undefined ? {} : { scope }
    const bounded = expiresAt === undefined ? {} : { expiresAt }
    this.#tokens.set(issued, { userId, deviceId, kind, sessionId, used: false, ...granted, ...bounded })
    this.remember(issued)
    return issued
  }

  /** A secret that this server gave out. */
  remember(secret: string): void {
    this.#everIssued.push(secret)
  }

  /** Whose it is; also of a token that has expired. */
  known(token: string): Token | undefined {
    return this.#tokens.get(token)
  }

  isExpired({ expiresAt }: Token): boolean {
    return expiresAt !== undefined && expiresAt <= this.#now()
  }

  isAlive(token: string): boolean {
    const known = this.#tokens.get(token)
    return known !== undefined && !this.isExpired(known)
  }

  isLocked(userId: string): boolean {
    return this.findExactly(userId)?.locked === true
  }

  /** Whether a session still has a token, be it an expired one. */
  isOpen(sessionId: string): boolean {
    return [...this.#tokens.values()].some((token) => token.sessionId === sessionId)
  }

  /** Takes back one token; its session and its device stay. */
  revoke(token: string): void {
    this.#tokens.delete(token)
  }

  /** Logs out: ends the session of a token, and where the flavour says so every token of its device. */
  close(token: string): void {
    const owner = this.#tokens.get(token)
    if (owner === undefined) return
    if (owner.deviceId === undefined) this.revoke(token)
    else if (FLAVOURS[this.#flavour].logoutEnds === 'session') this.endSession(owner.sessionId)
    else this.removeDevice(owner.userId, owner.deviceId)
  }

  /** Ends a session; its device goes unless another session has it. */
  endSession(sessionId: string): void {
    for (const [token, owner] of this.#tokens) {
      if (owner.sessionId !== sessionId) continue
      this.#tokens.delete(token)
      if (owner.deviceId !== undefined && !this.#isShared(owner.userId, owner.deviceId)) {
        this.#devices.get(owner.userId)?.delete(owner.deviceId)
      }
    }
  }

  /** Removes a device, with every token of it. */
  removeDevice(userId: string, deviceId: string): void {
    for (const [token, owner] of this.#tokens) {
      if (owner.userId === userId && owner.deviceId === deviceId) this.#tokens.delete(token)
    }
    this.#devices.get(userId)?.delete(deviceId)
  }

  devices(userId: string): readonly Device[] {
    return [...(this.#devices.get(userId)?.values() ?? [])]
  }

  device(userId: string, deviceId: string): Device | undefined {
    return this.#devices.get(userId)?.get(deviceId)
  }

  liveTokens(): readonly string[] {
    return [...this.#tokens.keys()].filter((token) => this.isAlive(token))
  }

  /** One token of each session of a kind. */
  sessions(kind: TokenKind): readonly Token[] {
    const tokens = [...this.#tokens.values()].filter((token) => token.kind === kind)
    return [...new Map(tokens.map((token) => [token.sessionId, token])).values()]
  }

  secrets(): readonly string[] {
    return [...this.#users.flatMap(({ password }) => password ?? []), ...this.#everIssued]
  }

  /** MAS replaces logins and OAuth sessions, and leaves personal sessions alone; others know logins only. */
  #endSessionsToReplace(userId: string, deviceId: string): void {
    for (const [token, owner] of this.#tokens) {
      const replaced = owner.userId === userId && owner.deviceId === deviceId && owner.kind !== 'personal'
      if (replaced) this.#tokens.delete(token)
    }
  }

  #addDevice(userId: string, { deviceId = '', displayName, lastSeenAt }: Omit<NewSession, 'localpart'>): void {
    const devices = this.#devices.get(userId) ?? new Map<string, Device>()
    const name = displayName === undefined ? {} : { display_name: displayName }
    const seen = lastSeenAt === undefined ? {} : { last_seen_ts: lastSeenAt }
    devices.set(deviceId, devices.get(deviceId) ?? { device_id: deviceId, ...name, ...seen })
    this.#devices.set(userId, devices)
  }

  #isShared(userId: string, deviceId: string): boolean {
    return [...this.#tokens.values()].some((owner) => owner.userId === userId && owner.deviceId === deviceId)
  }
}

/** What a token made by hand is for: only those of MAS say so. */
function kindOf(token: string): TokenKind {
  if (token.startsWith('mpt_')) return 'personal'
  return token.startsWith('mat_') ? 'oauth' : 'login'
}
