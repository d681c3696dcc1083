import type { Runner } from '../runner/ports.js'
import type { SecretFiles } from '../runner/secret-file.js'
import type { NetworkPorts } from '../session/connect.js'

/** The external dependencies of an action. The runner is also the log and the masks of the network. */
export interface ActionPorts extends NetworkPorts {
  readonly runner: Runner
  /** Loaded on demand: few steps write a file. */
  readonly files: () => Promise<SecretFiles>
}
