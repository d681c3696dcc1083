import type { CredentialKind } from '../credentials/kind.js'
import { password } from '../credentials/password.js'
import type { InputSource } from '../runner/ports.js'
import { CREDENTIAL_INPUTS, DECLARED_INPUTS } from './declared.js'

/**
 * Loads the kinds of credential that the inputs of an action can select. Every login bundles the password; other kinds
 * are loaded on demand.
 * @returns the only kind that is set, if it is a common one; otherwise all kinds that the action accepts
 */
export async function credentialKinds(
  action: 'login' | 'rotate',
  { input }: Pick<InputSource, 'input'>,
): Promise<readonly CredentialKind[]> {
  const declared: readonly string[] = DECLARED_INPUTS[action]
  const given = CREDENTIAL_INPUTS.filter((name) => declared.includes(name) && input(name).trim() !== '')
  const only = given.length === 1 ? given[0] : undefined
  if (only === 'password') return [password]
  if (only === 'access-token') return [(await import('../credentials/access-token.js')).accessToken]
  const { CREDENTIAL_KINDS, ROTATING_KINDS } = await import('../credentials/index.js')
  return action === 'login' ? CREDENTIAL_KINDS : ROTATING_KINDS
}
