import type { ClientCredentials } from '../oauth/token.js'
import type { Runner } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { secretText } from './values.js'

/** The administrator's client of Matrix Authentication Service, for the post step; `undefined` where it is not set. */
export function readAdminClient(runner: Runner): ClientCredentials | undefined {
  const clientId = secretText(runner.input('mas-client-id'), 'text')
  const clientSecret = secretText(runner.input('mas-client-secret'), 'token')
  if (clientSecret !== undefined) runner.mask(clientSecret.value)
  if (clientId === undefined || clientSecret === undefined) return undefined
  return { clientId: clientId.value, clientSecret: new Secret(clientSecret.value) }
}
