import type { InputSource, Masks } from '../runner/ports.js'
import { maskSecretVariables } from './credential.js'
import { credentialKinds } from './credential-kinds.js'
import { INPUT_NAMES } from './declared.js'
import { maskSecretInputs } from './screen.js'

/**
 * Masks the secret inputs of main again, for a post step of any action: a server may echo them there as well. Nothing
 * else is done with these inputs, because a later step could have changed them.
 */
export async function maskInputsAgain(source: InputSource & Masks): Promise<void> {
  maskSecretInputs(source, INPUT_NAMES)
  maskSecretVariables(source, await credentialKinds('login', source), source)
}
