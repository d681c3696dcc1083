import type { Runner } from '../runner/ports.js'
import type { SecretFiles } from '../runner/secret-file.js'
import type { NetworkPorts } from '../session/connect.js'

/** Everything outside that an action touches. The runner is the log and the masks of the network, too. */
export interface ActionPorts extends NetworkPorts {
  readonly runner: Runner
  readonly files: SecretFiles
}
