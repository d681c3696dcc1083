import { isToken } from '../api/values.js'
import type { CredentialReader } from '../credentials/kind.js'
import { Failure } from '../failures.js'
import { secretText } from '../inputs/values.js'
import { Secret } from '../secret.js'
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
export async function readAccessToken(ports: CommandPorts): Promise<string> {
  const set = tokenInEnvironment(ports)
  if (set !== undefined) return set.reveal()
  const token = checkedToken(ports, await ports.terminal.askSecret('Access token (it is not shown): '))
  if (token === undefined) throw new Failure('missing-credentials', 'No access token was given.', TOKEN_HINT)
  return token.reveal()
}

/** The token in the environment; `undefined` where none is set. @throws Failure where it cannot be a token */
export function tokenInEnvironment(ports: CommandPorts): Secret | undefined {
  return checkedToken(ports, ports.terminal.environment(VARIABLE) ?? '')
}

/** Masks a token, and refuses what would be cut or rejected on its way. */
function checkedToken({ masks }: CommandPorts, text: string): Secret | undefined {
  const token = secretText(text, 'token')?.value
  if (token === undefined) return undefined
  masks.mask(token)
  if (isToken(token)) return new Secret(token)
  throw new Failure('token-invalid', `${IMPOSSIBLE} (${token.length} characters). It was not sent.`, TOKEN_HINT)
}

const IMPOSSIBLE = 'The access token holds white space or characters that no token has'
const TOKEN_HINT = `Set ${VARIABLE}, or pipe the token in. It is never an argument, which every process could see.`
