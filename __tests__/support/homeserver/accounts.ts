import { FLAVOURS, type Flavour } from './flavours.js'

/** An account, as tests set it up. */
export interface UserSpec {
  readonly localpart: string
  readonly password?: string
  readonly deactivated?: boolean
  readonly locked?: boolean
  readonly email?: string
  /** Digits only. */
  readonly phone?: string
}

interface Token {
  readonly userId: string
  readonly deviceId: string | undefined
}

export interface Device {
  readonly device_id: string
  readonly display_name?: string
}

/** Users, their devices and their tokens. Everything that was ever issued is remembered, for the leak check. */
export class Accounts {
  readonly serverName: string
  readonly #flavour: Flavour
  readonly #users: readonly UserSpec[]
  readonly #tokens = new Map<string, Token>()
  readonly #devices = new Map<string, Map<string, Device>>()
  readonly #everIssued: string[] = []

  constructor(flavour: Flavour, serverName: string, users: readonly UserSpec[]) {
    this.#flavour = flavour
    this.serverName = serverName
    this.#users = users
  }

  userId(localpart: string): string {
    return `@${localpart}:${this.serverName}`
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

  open(localpart: string, deviceId: string | undefined, displayName?: string, token?: string): string {
    const facts = FLAVOURS[this.#flavour]
    const userId = this.userId(localpart)
    if (deviceId !== undefined) {
      if (facts.reloginEndsEarlierTokens) this.#endTokensOf(userId, deviceId)
      const devices = this.#devices.get(userId) ?? new Map<string, Device>()
      const known = devices.get(deviceId)
      devices.set(
        deviceId,
        known ?? { device_id: deviceId, ...(displayName === undefined ? {} : { display_name: displayName }) },
      )
      this.#devices.set(userId, devices)
    }
    const issued = token ?? facts.token(localpart)
    this.#tokens.set(issued, { userId, deviceId })
    this.#everIssued.push(issued)
    return issued
  }

  owner(token: string): Token | undefined {
    return this.#tokens.get(token)
  }

  isLocked(userId: string): boolean {
    return this.#users.some(({ localpart, locked }) => locked === true && this.userId(localpart) === userId)
  }

  /** Ends the session of a token; where the flavour says so, every token of its device with it. */
  close(token: string): void {
    const owner = this.#tokens.get(token)
    this.#tokens.delete(token)
    if (owner?.deviceId === undefined) return
    if (FLAVOURS[this.#flavour].logoutEndsDevice) this.#endTokensOf(owner.userId, owner.deviceId)
    this.#devices.get(owner.userId)?.delete(owner.deviceId)
  }

  devices(userId: string): readonly Device[] {
    return [...(this.#devices.get(userId)?.values() ?? [])]
  }

  liveTokens(): readonly string[] {
    return [...this.#tokens.keys()]
  }

  secrets(): readonly string[] {
    return [...this.#users.flatMap(({ password }) => password ?? []), ...this.#everIssued]
  }

  #endTokensOf(userId: string, deviceId: string): void {
    for (const [token, owner] of this.#tokens) {
      if (owner.userId === userId && owner.deviceId === deviceId) this.#tokens.delete(token)
    }
  }
}
