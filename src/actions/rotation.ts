import type { RotateInputs } from '../inputs/rotate.js'
import type { MatrixClient } from '../matrix/client.js'
import type { TokenOwner } from '../matrix/whoami.js'
import type { PreparedTarget } from '../stores/store.js'
import type { ActionPorts } from './connect.js'

/** A rotation that is under way: everything was looked at, nothing was changed yet. */
export interface Rotation {
  readonly ports: ActionPorts
  readonly inputs: RotateInputs
  readonly client: MatrixClient
  readonly targets: readonly PreparedTarget[]
  /** Whose `current-token` is; `undefined` where it is empty or dead. */
  readonly current: TokenOwner | undefined
}
