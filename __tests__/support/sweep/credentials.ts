import type { Forge } from '../forge.js'
import type { Flavour, Homeserver, HomeserverOptions } from '../homeserver.js'
import { FLAVOURS, MODES, type Mode } from '../rotation-stage.js'
import { PASSWORD } from '../scene.js'

/** A kind of credential, as far as the sweep has to know it. A new one is a row in {@link CREDENTIALS}. */
export interface SweptCredential {
  /** As in the table of results. */
  readonly name: string
  /** Servers that take it. */
  readonly flavours: readonly Flavour[]
  readonly modes: readonly Mode[]
  /** On top of the users that every test has. */
  readonly server: HomeserverOptions
  /** `user` and what makes up the credential, as it is when a rotation is queued: what the forge holds may be part of it. */
  readonly inputs: (stage: { readonly server: Homeserver; readonly forge: Forge }) => Readonly<Record<string, string>>
  /** Each session of `bot` that lives, by a name that it alone has. */
  readonly sessions: (server: Homeserver) => readonly string[]
  /**
   * What becomes of sessions: `retires` – by the mode; `adds` – each rotation adds one, which only time ends (tokens with
   * `valid-for`); `keeps` – there is one, and it stays (`refresh-token`).
   */
  readonly rule: 'retires' | 'adds' | 'keeps'
}

const devices = (server: Homeserver) => server.devices('bot').map(({ device_id: id }) => id)

export const PASSWORD_ROW: SweptCredential = {
  name: 'password',
  flavours: FLAVOURS,
  modes: MODES,
  server: {},
  inputs: () => ({ user: 'bot', password: PASSWORD }),
  sessions: devices,
  rule: 'retires',
}

export const CREDENTIALS: readonly SweptCredential[] = [PASSWORD_ROW]
