import { isToken } from '../api/values.js'
import type { CredentialReader } from '../credentials/kind.js'
import { Failure } from '../failures.js'
import { secretText } from '../inputs/values.js'
import { Secret } from '../secret.js'
import { decodeRecoveryKey, maskRecoveryKey } from '../verification/keys.js'
import type { CommandPorts } from './terminal.js'

/** Reads a credential that consists of one secret. */
export function credentialReader(secret: string): CredentialReader {
  const nothing = () => ''
  return { secret, companion: nothing, text: nothing, environment: nothing, validForMs: undefined }
}

/** Asks for a password. @throws Failure if none is given */
export async function askPassword({ terminal, masks }: CommandPorts, whose: string): Promise<string> {
  const password = secretText(await terminal.askSecret(`Password of ${whose} (it is not shown): `), 'password')?.value
  if (password === undefined) throw new Failure('missing-credentials', 'No password was given.', PASSWORD_HINT)
  masks.mask(password)
  return password
}

const PASSWORD_HINT = 'Type it when asked for, or pipe it in. It is never an argument, which every process could see.'

const VARIABLE = 'MATRIX_ACCESS_TOKEN'

/** Reads the token of a command that uses one: from the environment, otherwise from standard input. @throws Failure */
export async function readAccessToken(ports: CommandPorts): Promise<string> {
  const set = tokenInEnvironment(ports)
  if (set !== undefined) return set.reveal()
  const token = checkedToken(ports, await ports.terminal.askSecret('Access token (it is not shown): '))
  if (token === undefined) throw new Failure('missing-credentials', 'No access token was given.', TOKEN_HINT)
  return token.reveal()
}

/**
 * Reads the token of a command that reads another secret from standard input: from the environment, or from a prompt.
 * @throws Failure
 */
export async function readTokenBesides(ports: CommandPorts): Promise<Secret> {
  const set = tokenInEnvironment(ports)
  if (set !== undefined) return set
  if (ports.terminal.isInteractive) return new Secret(await readAccessToken(ports))
  throw new Failure('missing-credentials', 'No access token was given.', `Set ${VARIABLE}.`)
}

/** Asks for the recovery key and masks it in every form. @returns the key of secret storage @throws Failure */
export async function askRecoveryKey({ terminal, masks }: CommandPorts): Promise<Uint8Array> {
  const text = await terminal.askSecret('Recovery key (it is not shown): ')
  if (text.trim() === '') throw new Failure('missing-credentials', 'No recovery key was given.', RECOVERY_KEY_HINT)
  maskRecoveryKey(masks, text)
  const decoded = decodeRecoveryKey(text)
  if ('key' in decoded) return decoded.key
  throw new Failure('wrong-recovery-key', `The recovery key ${decoded.problem}. Nothing was sent.`, RECOVERY_KEY_HINT)
}

const RECOVERY_KEY_HINT =
  'Type or pipe in the whole recovery key of the account: 48 letters and digits that begin with Es. It is never an argument.'

/** Returns the token from the environment; `undefined` if none is set. @throws Failure if it cannot be a token */
export function tokenInEnvironment(ports: CommandPorts): Secret | undefined {
  return checkedToken(ports, ports.terminal.environment(VARIABLE) ?? '')
}

/** Masks a token, and refuses one that would be truncated or rejected in transit. */
function checkedToken({ masks }: CommandPorts, text: string): Secret | undefined {
  const token = secretText(text, 'token')?.value
  if (token === undefined) return undefined
  masks.mask(token)
  if (isToken(token)) return new Secret(token)
  throw new Failure('token-invalid', `${IMPOSSIBLE} (${token.length} characters). It was not sent.`, TOKEN_HINT)
}

const IMPOSSIBLE = 'The access token holds white space or characters that no token has'
const TOKEN_HINT = `Set ${VARIABLE}, or pipe the token in. It is never an argument, which every process could see.`
