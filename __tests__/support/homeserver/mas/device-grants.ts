import { randomInt } from 'node:crypto'
import type { Accounts } from '../accounts.js'
import { alphanumeric } from '../token-forms.js'
import type { Client } from './clients.js'
import { scopeViolations } from './scopes.js'

/** Seconds. */
export const DEVICE_CODE_LIFETIME = 1200

interface DeviceGrant {
  readonly deviceCode: string
  readonly userCode: string
  readonly clientId: string
  readonly scope: string
  expiresAt: number
  state: 'pending' | 'fulfilled' | 'rejected' | 'exchanged'
  localpart?: string
  slowDown?: boolean
}

/** What the human at the browser does, by the code that the device showed. */
export interface DeviceGrantControls {
  /** Codes that were shown, in the order of the requests. */
  codes(): readonly string[]
  /** `false` where the consent page refuses the scope: the device polls on until the code ends. */
  approve(userCode: string, localpart: string): boolean
  deny(userCode: string): void
  expire(userCode: string): void
  /** The next poll is told to slow down. MAS 1.22 does not; others do: RFC 8628 §3.5. */
  slowDownOnce(userCode: string): void
}

/** Device authorization grants: RFC 8628, crates/handlers/src/oauth2/device/authorize.rs. */
export class DeviceGrants {
  readonly #accounts: Accounts
  readonly #now: () => number
  readonly #grants: DeviceGrant[] = []
  readonly controls: DeviceGrantControls = {
    codes: () => this.#grants.map(({ userCode }) => userCode),
    approve: (userCode, localpart) => this.#approve(this.#byUserCode(userCode), localpart),
    deny: (userCode) => {
      this.#byUserCode(userCode).state = 'rejected'
    },
    expire: (userCode) => {
      this.#byUserCode(userCode).expiresAt = 0
    },
    slowDownOnce: (userCode) => {
      this.#byUserCode(userCode).slowDown = true
    },
  }

  constructor(accounts: Accounts, now: () => number) {
    this.#accounts = accounts
    this.#now = now
  }

  /** Any scope is taken here. */
  add(client: Client, scope: string): DeviceGrant {
    const grant: DeviceGrant = {
      deviceCode: alphanumeric(32),
      userCode: Array.from({ length: 6 }, () => USER_CODE.charAt(randomInt(USER_CODE.length))).join(''),
      clientId: client.id,
      scope,
      expiresAt: this.#now() + DEVICE_CODE_LIFETIME * 1000,
      state: 'pending',
    }
    this.#grants.push(grant)
    this.#accounts.remember(grant.deviceCode)
    return grant
  }

  find(deviceCode: string): DeviceGrant | undefined {
    return this.#grants.find((grant) => grant.deviceCode === deviceCode)
  }

  isExpired({ expiresAt }: DeviceGrant): boolean {
    return expiresAt < this.#now()
  }

  #approve(grant: DeviceGrant, localpart: string): boolean {
    const user = this.#accounts.findExactly(this.#accounts.userId(localpart))
    if (scopeViolations(grant.scope, { interactive: true, admin: user?.admin === true }).length > 0) return false
    grant.state = 'fulfilled'
    grant.localpart = localpart
    return true
  }

  #byUserCode(userCode: string): DeviceGrant {
    const grant = this.#grants.find((candidate) => candidate.userCode === userCode)
    if (grant === undefined) throw new Error(`no device showed ${userCode}`)
    return grant
  }
}

const USER_CODE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
