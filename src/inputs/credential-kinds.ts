import { accessToken } from '../credentials/access-token.js'
import type { CredentialKind } from '../credentials/kind.js'
import { password } from '../credentials/password.js'
import type { InputSource } from '../runner/ports.js'
import { CREDENTIAL_INPUTS } from './declared.js'

/** The kinds of most logins. They are part of every login; the other kinds are loaded on demand. */
const COMMON_KINDS: readonly CredentialKind[] = [password, accessToken]

/**
 * Loads the kinds of credential that the inputs of a login can mean.
 * @returns the common kinds where nothing else of a credential is set, otherwise all kinds
 */
export async function credentialKinds({ input }: Pick<InputSource, 'input'>): Promise<readonly CredentialKind[]> {
  const given = CREDENTIAL_INPUTS.filter((name) => input(name).trim() !== '')
  const isCommon = given.every((name) => COMMON_KINDS.some((kind) => kind.input === name))
  if (given.length > 0 && isCommon) return COMMON_KINDS
  return (await import('../credentials/index.js')).CREDENTIAL_KINDS
}
