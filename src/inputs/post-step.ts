import type { CredentialKind } from '../credentials/kind.js'
import type { ClientCredentials } from '../oauth/token.js'
import type { InputSource, Masks } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { INPUT_NAMES, type Inputs } from './declared.js'
import { maskSecretInputs } from './screen.js'
import { maskSecretVariables } from './session.js'
import { secretText } from './values.js'

/**
 * Masks the secret inputs of main again, for the post step of any action: a server may echo them there as well. These
 * inputs are not used otherwise, because a later step could have changed them.
 */
export function maskInputsAgain(source: InputSource & Masks, kinds: readonly CredentialKind[]): void {
  maskSecretInputs(source, INPUT_NAMES)
  maskSecretVariables(source, kinds, source)
}

/**
 * Reads the administrator's client of Matrix Authentication Service, for the post step; `undefined` if it is not set.
 */
export function readAdminClient(
  source: Inputs<'mas-client-id' | 'mas-client-secret'> & Masks,
): ClientCredentials | undefined {
  const clientId = secretText(source.input('mas-client-id'), 'text')
  const clientSecret = secretText(source.input('mas-client-secret'), 'token')
  if (clientSecret !== undefined) source.mask(clientSecret.value)
  if (clientId === undefined || clientSecret === undefined) return undefined
  return { clientId: clientId.value, clientSecret: new Secret(clientSecret.value) }
}
