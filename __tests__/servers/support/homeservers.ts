import { startDendrite } from './dendrite.js'
import type { RealServer } from './real-server.js'
import { startSynapse } from './synapse.js'

/** A real homeserver, and where it differs from the others, as far as the action or its user can notice. */
export interface RealHomeserver {
  readonly name: string
  /** Without rate limits. */
  readonly start: () => Promise<RealServer>
  /** With the server name behind the colon written in capitals, `@bot:SYNAPSE.TEST`. */
  readonly takesServerNameInCapitals: boolean
  readonly wrongPassword: string
  /** Whether the token of the run before lives on when the step logs in again on its device. */
  readonly reloginKeepsEarlierToken: boolean
  /** The name of a device after a second login with another name. */
  readonly nameAfterRelogin: 'first' | 'second'
  readonly takesEmail: boolean
  /** Whether the first signature of a device ID stays for ever, also after a logout: element-hq/synapse#17375. */
  readonly keepsFirstSignature: boolean
}

export const REAL_HOMESERVERS: readonly RealHomeserver[] = [
  {
    name: 'Synapse',
    start: () => startSynapse(),
    takesServerNameInCapitals: true,
    wrongPassword: '403 M_FORBIDDEN, “Invalid username or password”',
    reloginKeepsEarlierToken: true,
    nameAfterRelogin: 'first',
    takesEmail: true,
    keepsFirstSignature: true,
  },
  {
    name: 'Dendrite',
    start: () => startDendrite(),
    // Its list of own server names is compared letter by letter: clientapi/userutil/userutil.go.
    takesServerNameInCapitals: false,
    // It adds the other possible reason: clientapi/auth/password.go.
    wrongPassword: '403 M_FORBIDDEN, “The username or password was incorrect or the account does not exist.”',
    // The device is deleted and made anew: userapi/storage/shared/storage.go, CreateDevice.
    reloginKeepsEarlierToken: false,
    nameAfterRelogin: 'second',
    // An identifier of another type leaves the name empty: 401 M_BAD_JSON.
    takesEmail: false,
    keepsFirstSignature: false,
  },
]
