import { Accounts } from './accounts.js'
import { FLAVOURS, type FlavourFacts } from './flavours.js'
import { IntrospectionCache } from './introspection-cache.js'
import { Keys } from './keys.js'
import { LoginTokens } from './login-tokens.js'
import { type MasService, makeMas } from './mas/service.js'
import type { HomeserverOptions } from './options.js'
import { RateLimiter } from './rate-limit.js'
import { RefreshTokens } from './refresh-tokens.js'
import { Rooms } from './rooms.js'
import { sharedSecretToken } from './shared-secret.js'

/** Everything that a server of a flavour is. */
export interface ServerParts {
  readonly facts: FlavourFacts
  readonly options: HomeserverOptions
  readonly accounts: Accounts
  readonly loginTokens: LoginTokens
  readonly refreshTokens: RefreshTokens
  readonly rooms: Rooms
  readonly keys: Keys
  readonly limiter: RateLimiter
  readonly mas: MasService
  /** Of Synapse behind MAS. */
  readonly introspections: IntrospectionCache | undefined
  /** Tokens of application services that were logged out. */
  readonly endedServices: Set<string>
  readonly now: () => number
  readonly baseUrl: () => string
}

export function makeParts(options: HomeserverOptions, baseUrl: () => string): ServerParts {
  const { flavour = 'synapse', serverName = 'example.org', users = [], now = Date.now } = options
  const facts = FLAVOURS[flavour]
  const accounts = new Accounts(flavour, serverName, users, now)
  return {
    facts,
    options,
    accounts,
    loginTokens: new LoginTokens(facts, accounts, now),
    refreshTokens: new RefreshTokens(facts, accounts, now),
    rooms: new Rooms(),
    keys: new Keys(accounts, flavour === 'dendrite' ? 'dendrite' : 'synapse'),
    limiter: new RateLimiter(options.rateLimit, now),
    mas: makeMas(options.mas, accounts, now),
    introspections:
      facts.oauth && options.introspectionCache !== false ? new IntrospectionCache(accounts, now) : undefined,
    endedServices: new Set(),
    now,
    baseUrl,
  }
}

/** Everything that may stand in no log: passwords, what was configured, what was issued. */
export function secretsOf({ accounts, options }: ServerParts): readonly string[] {
  const { appservice, jwt, sharedSecret, mas } = options
  const configured = [
    appservice?.token,
    jwt?.secret,
    sharedSecret?.secret,
    ...(mas?.clients ?? []).map(({ secret }) => secret),
  ]
  const derived =
    sharedSecret === undefined ? [] : accounts.userIds().map((id) => sharedSecretToken(id, sharedSecret.secret))
  return [...accounts.secrets(), ...derived, ...configured.filter((secret) => secret !== undefined)]
}
