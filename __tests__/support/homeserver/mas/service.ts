import type { Accounts } from '../accounts.js'
import type { MasOptions } from '../options.js'
import { Clients } from './clients.js'
import { DeviceGrants } from './device-grants.js'
import { OAuthSessions } from './oauth-sessions.js'
import { PersonalSessions } from './personal-sessions.js'
import { Ulids } from './ulid.js'

/** What Matrix Authentication Service keeps. */
export interface MasService {
  readonly ulids: Ulids
  readonly users: NamedUlids
  /** Of legacy logins. */
  readonly compatIds: NamedUlids
  readonly clients: Clients
  readonly oauth: OAuthSessions
  readonly personal: PersonalSessions
  readonly grants: DeviceGrants
}

export function makeMas(options: MasOptions | undefined, accounts: Accounts, now: () => number): MasService {
  const ulids = new Ulids(now)
  return {
    ulids,
    users: new NamedUlids(ulids),
    compatIds: new NamedUlids(ulids),
    clients: new Clients(options?.clients ?? []),
    oauth: new OAuthSessions(accounts, ulids, now),
    personal: new PersonalSessions(accounts, ulids, now),
    grants: new DeviceGrants(accounts, now),
  }
}

/** MAS knows users and sessions by identifiers of its own. */
class NamedUlids {
  readonly #ulids: Ulids
  readonly #ids = new Map<string, string>()

  constructor(ulids: Ulids) {
    this.#ulids = ulids
  }

  of(localpart: string): string {
    const id = this.#ids.get(localpart) ?? this.#ulids.next()
    this.#ids.set(localpart, id)
    return id
  }

  localpart(id: string): string | undefined {
    return [...this.#ids].find(([, known]) => known === id.toUpperCase())?.[0]
  }
}
