import type { CredentialReader } from '../credentials/kind.js'
import { Failure } from '../failures.js'
import { secretText } from '../inputs/values.js'
import type { CommandPorts } from './terminal.js'

/** A credential that is one secret and nothing else. */
export function readSecret(secret: string): CredentialReader {
  const nothing = () => ''
  return { secret, companion: nothing, text: nothing, environment: nothing, validForMs: undefined }
}

/** Asks for a password. @throws Failure where none is given */
export async function askPassword({ terminal, masks }: CommandPorts, whose: string): Promise<string> {
  const password = secretText(await terminal.askSecret(`Password of ${whose} (it is not shown): `), 'password')?.value
  if (password === undefined) throw new Failure('missing-credentials', 'No password was given.', PASSWORD_HINT)
  masks.mask(password)
  return password
}

const PASSWORD_HINT = 'Type it when asked for, or pipe it in. It is never an argument, which every process could see.'

const VARIABLE = 'MATRIX_ACCESS_TOKEN'

/** The token of a command that is about one: out of the environment, else from standard input. @throws Failure */
export async function readAccessToken({ terminal, masks }: CommandPorts): Promise<string> {
  const given = terminal.environment(VARIABLE) ?? ''
  const text = given.trim() === '' ? await terminal.askSecret('Access token (it is not shown): ') : given
  const token = secretText(text, 'token')?.value
  if (token === undefined) throw new Failure('missing-credentials', 'No access token was given.', TOKEN_HINT)
  masks.mask(token)
  return token
}

const TOKEN_HINT = `Set ${VARIABLE}, or pipe the token in. It is never an argument, which every process could see.`
