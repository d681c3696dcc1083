import { isToken } from '../api/values.js'
import type { ActiveSession, CredentialReader } from '../credentials/kind.js'
import { Failure } from '../failures.js'
import type { ExchangePorts } from '../http/exchange.js'
import { secretText } from '../inputs/values.js'
import type { Log } from '../runner/ports.js'
import { Secret } from '../secret.js'
import type { PreparedTarget } from '../stores/store.js'
import { prepareTargets, refusedEverywhere, reportWrites, type StoreAccess, writeEverywhere } from '../stores/write.js'
import { decodeRecoveryKey, maskRecoveryKey } from '../verification/keys.js'
import type { OutputForm, SessionOptions } from './arguments.js'
import type { CommandPorts, Terminal } from './terminal.js'

/** Where a token is delivered. Decided before the token is issued. */
export type Delivery =
  | {
      readonly to: 'stores'
      readonly targets: readonly PreparedTarget[]
      readonly secretName: string
      readonly refreshSecretName: string
    }
  | { readonly to: 'output'; readonly form: OutputForm }
  /** The user agreed to print the token. */
  | { readonly to: 'screen'; readonly form: OutputForm }

/** How long the access token is valid: `lasting` until logout; `short` for minutes, with a refresh token to store. */
export type Lifespan = 'lasting' | 'short'

/**
 * Checks before the login that the requested output is usable. An OAuth session cannot be renewed without its refresh
 * token, and then only the account page ends it.
 * @throws Failure `invalid-input`
 */
export function checkDelivery(delivery: Delivery, lifespan: Lifespan): void {
  if (delivery.to === 'stores') return
  if (lifespan === 'short' && delivery.to === 'output' && delivery.form === 'access-token') {
    throw new Failure('invalid-input', ACCESS_TOKEN_IS_NOT_ENOUGH, SHORT_HINT)
  }
  if (lifespan === 'lasting' && delivery.form === 'refresh-token') {
    throw new Failure('invalid-input', 'This login gives no refresh token: its access token lasts.', LASTING_HINT)
  }
}

const ACCESS_TOKEN_IS_NOT_ENOUGH =
  'This server gives access tokens of minutes, and a refresh token that renews them. On standard output, where one value ' +
  'goes, the access token alone would be of no use. Nothing was done.'

const SHORT_HINT =
  'Use --store, which keeps both, or --output refresh-token (… | gh secret set MATRIX_REFRESH_TOKEN), or --output json.'

const LASTING_HINT = 'Leave --output out.'

/** Delivers a session. @throws Failure `store-refused`, `store-partial`; ClosedOutputError */
export async function deliverToken(
  session: ActiveSession,
  delivery: Delivery,
  { terminal, log }: { readonly terminal: Terminal; readonly log: Log },
  onWriting: (mayBeHeld: boolean) => void,
): Promise<void> {
  if (delivery.to !== 'stores') {
    if (delivery.form === 'refresh-token' && session.refreshToken === undefined) throw noRefreshToken(session)
    await terminal.print(outputText(session, delivery))
    return onWriting(true)
  }
  onWriting(true)
  const written = await writeEverywhere(delivery.targets, storedValues(session, delivery), log)
  if (refusedEverywhere(written)) onWriting(false)
  reportWrites(written, 'untouched')
}

function noRefreshToken({ homeserverUrl }: ActiveSession): Failure {
  return new Failure(
    'server-error',
    `${homeserverUrl} gave no refresh token.`,
    'Ask its administrator, or use --output json.',
  )
}

/** Returns the values to store. The refresh token is first: the access token can be renewed with it. */
function storedValues(
  { accessToken, refreshToken }: ActiveSession,
  { secretName, refreshSecretName }: Extract<Delivery, { to: 'stores' }>,
): readonly (readonly [name: string, value: string])[] {
  const access = [secretName, accessToken.reveal()] as const
  return refreshToken === undefined ? [access] : [[refreshSecretName, refreshToken.reveal()], access]
}

/** Returns one line. On a terminal an OAuth session is printed in full, because one value alone is not usable. */
function outputText(session: ActiveSession, { to, form }: Exclude<Delivery, { to: 'stores' }>): string {
  const { accessToken, refreshToken } = session
  if (form === 'json' || (to === 'screen' && refreshToken !== undefined)) return sessionJson(session)
  return form === 'refresh-token' ? (refreshToken?.reveal() ?? '') : accessToken.reveal()
}

/**
 * Formats the session with the member names of Matrix responses, and with the client that a refresh token belongs to.
 */
function sessionJson(session: ActiveSession): string {
  const { accessToken, refreshToken, userId, deviceId, homeserverUrl, expiresAt, teardown } = session
  return JSON.stringify({
    access_token: accessToken.reveal(),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken.reveal() }),
    ...(teardown.kind === 'revocation' ? { oauth_client_id: teardown.clientId } : {}),
    user_id: userId.raw,
    ...(deviceId === undefined ? {} : { device_id: deviceId.raw }),
    homeserver: homeserverUrl,
    ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
  })
}

/** Where a secret is delivered. */
export type Destination =
  | { readonly to: 'stores'; readonly targets: readonly PreparedTarget[] }
  | { readonly to: 'output' }
  /** The user agreed to print the secret. */
  | { readonly to: 'screen' }

/** The name of the secret in questions and hints. */
interface SecretWords {
  readonly name: 'token' | 'recovery key'
  readonly secretNames: readonly [string, ...string[]]
}

/**
 * Decides where a secret is delivered before it exists, so that no change must be undone: targets are checked, and the
 * user confirms that a secret is printed.
 * @param api the dependencies that all calls of the command share
 * @param store absent: standard output
 * @throws Failure if the secret cannot be delivered
 */
export async function planDestination(
  { terminal }: Pick<CommandPorts, 'terminal'>,
  api: ExchangePorts,
  store: StoreAccess | undefined,
  { name, secretNames }: SecretWords,
): Promise<Destination> {
  if (store !== undefined) return { to: 'stores', targets: await prepareTargets(api, store, secretNames) }
  if (!terminal.showsOutput) return { to: 'output' }
  const elsewhere =
    `Pipe the ${name} to where it is wanted (… | gh secret set ${secretNames[0]}), or let it be stored: ` +
    '--store repos/OWNER/REPO.'
  if (!terminal.isInteractive) throw new Failure('invalid-input', noTerminal(name), elsewhere)
  const question = `The ${name} will be shown here, where scrollback and recordings keep it. Go on? [y/N] `
  if (!(await terminal.confirm(question))) throw new Failure('denied', 'Nothing was done.', elsewhere)
  return { to: 'screen' }
}

function noTerminal(name: string): string {
  return (
    `Standard output is a terminal, but standard input is not: no user can be asked whether to show the ${name}. ` +
    'Nothing was done.'
  )
}

/** Decides where the tokens of a session are delivered. @throws Failure if they cannot be delivered */
export async function planDelivery(
  ports: Pick<CommandPorts, 'terminal'>,
  api: ExchangePorts,
  { store, form }: SessionOptions,
): Promise<Delivery> {
  const { secretName = 'MATRIX_ACCESS_TOKEN', refreshSecretName = 'MATRIX_REFRESH_TOKEN' } = store ?? {}
  const destination = await planDestination(ports, api, store, {
    name: 'token',
    secretNames: [secretName, refreshSecretName],
  })
  if (destination.to === 'stores') return { ...destination, secretName, refreshSecretName }
  return { ...destination, form }
}

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
