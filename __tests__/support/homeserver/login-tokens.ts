import type { Accounts } from './accounts.js'
import { type Answer, refuse } from './answers.js'
import type { FlavourFacts } from './flavours.js'

/** Tokens of single use and short life, which a browser brings back from single sign-on. */
export class LoginTokens {
  readonly #facts: FlavourFacts
  readonly #accounts: Accounts
  readonly #now: () => number
  readonly #waiting = new Map<string, { localpart: string; expiresAt: number }>()

  constructor(facts: FlavourFacts, accounts: Accounts, now: () => number) {
    this.#facts = facts
    this.#accounts = accounts
    this.#now = now
  }

  issue(localpart: string): string {
    const { loginToken } = this.#facts
    if (loginToken === undefined) throw new Error('this flavour knows no login tokens')
    const token = loginToken.form()
    this.#waiting.set(token, { localpart, expiresAt: this.#now() + loginToken.lifetimeMs })
    this.#accounts.remember(token)
    return token
  }

  /** Whose it is, and never again; or the refusal. */
  consume(token: unknown): { readonly localpart: string } | Answer {
    const { loginToken } = this.#facts
    if (loginToken === undefined) throw new Error('this flavour knows no login tokens')
    const waiting = typeof token === 'string' ? this.#waiting.get(token) : undefined
    if (waiting === undefined) return refuse(loginToken.unknown)
    if (waiting.expiresAt < this.#now()) return refuse(loginToken.expired)
    this.#waiting.delete(String(token))
    return { localpart: waiting.localpart }
  }
}
