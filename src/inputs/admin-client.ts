import type { ClientCredentials } from '../oauth/token.js'
import type { Masks } from '../runner/ports.js'
import { Secret } from '../secret.js'
import type { Inputs } from './declared.js'
import { secretText } from './values.js'

/** Reads the administrator's client of Matrix Authentication Service, for the post step; `undefined` where it is not set. */
export function readAdminClient(
  source: Inputs<'mas-client-id' | 'mas-client-secret'> & Masks,
): ClientCredentials | undefined {
  const clientId = secretText(source.input('mas-client-id'), 'text')
  const clientSecret = secretText(source.input('mas-client-secret'), 'token')
  if (clientSecret !== undefined) source.mask(clientSecret.value)
  if (clientId === undefined || clientSecret === undefined) return undefined
  return { clientId: clientId.value, clientSecret: new Secret(clientSecret.value) }
}
