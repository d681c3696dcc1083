import type { Answer } from './answers.js'

/** How many logins are served, and how soon the next one is. */
export interface RateLimit {
  readonly burst: number
  readonly perSecond: number
}

/** What a 429 of a server looks like: where it names the delay, and its words. */
export interface LimitForm {
  readonly header: boolean
  readonly body: boolean
  readonly error: string
}

/** A bucket for all logins, as Synapse has one for each address (synapse/api/ratelimiting.py). */
export class RateLimiter {
  readonly #limit: RateLimit | undefined
  readonly #now: () => number
  #used = 0
  #since: number

  constructor(limit: RateLimit | undefined, now: () => number) {
    this.#limit = limit
    this.#now = now
    this.#since = now()
  }

  /** A 429 in the form of the flavour, or `undefined` where there is room. A denied try takes no room. */
  check(form: LimitForm): Answer | undefined {
    if (this.#limit === undefined) return undefined
    const { burst, perSecond } = this.#limit
    const now = this.#now()
    this.#used = Math.max(0, this.#used - ((now - this.#since) / 1000) * perSecond)
    this.#since = now
    if (this.#used + 1 <= burst) {
      this.#used += 1
      return undefined
    }
    const seconds = (this.#used + 1 - burst) / perSecond
    return {
      status: 429,
      headers: form.header ? { 'retry-after': String(Math.ceil(seconds)) } : {},
      body: {
        errcode: 'M_LIMIT_EXCEEDED',
        error: form.error,
        ...(form.body ? { retry_after_ms: Math.ceil(seconds * 1000) } : {}),
      },
    }
  }
}
