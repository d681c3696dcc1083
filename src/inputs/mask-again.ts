import { CREDENTIAL_KINDS } from '../credentials/index.js'
import type { Runner } from '../runner/ports.js'
import { maskSecretInputs } from './credential.js'
import { maskSealPassphrase } from './delivery.js'
import { secretText } from './values.js'

/**
 * Masks what main was given, for a post step of either action: a server may echo it there as well. Nothing else is done
 * with these inputs, because a later step could have changed them.
 */
export function maskInputsAgain(runner: Runner): void {
  maskSecretInputs(runner, CREDENTIAL_KINDS)
  maskSealPassphrase(runner)
  for (const name of ['current-token', 'store-token']) {
    const token = secretText(runner.input(name), 'token')
    if (token !== undefined) runner.mask(token.value)
  }
}
