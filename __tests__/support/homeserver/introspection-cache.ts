import type { Accounts, Token } from './accounts.js'

const TWO_MINUTES_MS = 120_000

/**
 * What Synapse believes of tokens that it has seen: synapse/api/auth/mas.py caches what MAS said, and looks only whether the
 * device is still there. So a token that MAS ended answers on where its device stays, or is made again.
 */
export class IntrospectionCache {
  readonly #accounts: Accounts
  readonly #now: () => number
  readonly #seen = new Map<string, { token: Token; until: number }>()

  constructor(accounts: Accounts, now: () => number) {
    this.#accounts = accounts
    this.#now = now
  }

  add(text: string, token: Token): void {
    this.#seen.set(text, { token, until: this.#now() + TWO_MINUTES_MS })
  }

  find(text: string): Token | undefined {
    const seen = this.#seen.get(text)
    if (seen === undefined || seen.until <= this.#now() || this.#accounts.isExpired(seen.token)) return undefined
    const { userId, deviceId } = seen.token
    if (deviceId === undefined || this.#accounts.device(userId, deviceId) !== undefined) return seen.token
    this.#seen.delete(text)
    return undefined
  }
}
