import { accessToken } from '../credentials/access-token.js'
import type { CredentialKind } from '../credentials/kind.js'
import { password } from '../credentials/password.js'
import type { InputSource } from '../runner/ports.js'
import { CREDENTIAL_INPUTS, DECLARED_INPUTS } from './declared.js'

/** The kinds of most logins. Every login bundles them; the other kinds are loaded on demand. */
const COMMON_KINDS: readonly CredentialKind[] = [password, accessToken]

/**
 * Loads the kinds of credential that the inputs of an action can select.
 * @returns kinds that the action accepts: the common ones if no other credential input is set, otherwise all
 */
export async function credentialKinds(
  action: 'login' | 'rotate',
  { input }: Pick<InputSource, 'input'>,
): Promise<readonly CredentialKind[]> {
  const declared: readonly string[] = DECLARED_INPUTS[action]
  const given = CREDENTIAL_INPUTS.filter((name) => declared.includes(name) && input(name).trim() !== '')
  const isCommon = given.every((name) => COMMON_KINDS.some((kind) => kind.input === name))
  if (given.length > 0 && isCommon)
    return action === 'login' ? COMMON_KINDS : COMMON_KINDS.filter(({ rotates }) => rotates)
  const { CREDENTIAL_KINDS, ROTATING_KINDS } = await import('../credentials/index.js')
  return action === 'login' ? CREDENTIAL_KINDS : ROTATING_KINDS
}
