import { hideServerText, isJsonObject, isPlainId, parseJsonObject, stringMember } from '../api/values.js'
import type { CredentialKind, SessionTeardown } from '../credentials/kind.js'
import { credentialKinds } from '../inputs/credential-kinds.js'
import { INPUT_NAMES, type Inputs } from '../inputs/declared.js'
import { maskSecretInputs } from '../inputs/screen.js'
import { maskSecretVariables } from '../inputs/session.js'
import { secretText } from '../inputs/values.js'
import { MatrixClient } from '../matrix/client.js'
import type { ClientCredentials } from '../oauth/token.js'
import type { InputSource, Masks, Runner, StateStore } from '../runner/ports.js'
import { Secret } from '../secret.js'
import { type ActionPorts, withDeadline } from '../session/connect.js'
import { LOGOUT_MODES, proofOf, SESSION_PHASES, type SessionRecord, STATE } from '../session/record.js'
import { endSession, TeardownError, whereToEnd } from '../session/teardown.js'

/** Time limit for the whole post step, pauses and requests, in milliseconds: a cancelled job has little time left. */
const DEADLINE_MS = 20_000

/**
 * Ends the session that main opened, if the settings require it. Reads the saved state and not the inputs, because a
 * later step can change inputs. The exceptions are the job status and an administrator's secret, which is never saved.
 * Never fails the job.
 */
export async function loginPostAction(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  hideServerText(true)
  maskInputsAgain(runner, await credentialKinds('login', runner))
  const tokens = savedTokens(runner)
  // On GitHub masks belong to the job; other runners discard them when the process ends.
  for (const token of Object.values(tokens)) if (token !== '') runner.mask(token)
  await removeFile(ports)
  const session = savedSession(runner)
  if (session === undefined || session.phase === 'ended' || session.phase === 'storing') return
  if (!shouldEnd(session, runner)) return
  if (tokens.accessToken === '') return warnOfLostSession(ports, session)
  await end(ports, session, tokens)
}

async function removeFile({ runner, files }: ActionPorts): Promise<void> {
  const path = savedCredentialsFile(runner)
  if (path === '') return
  const { removeCredentialsFile } = await import('./credentials-file.js')
  removeCredentialsFile(runner, await files(), path)
}

function shouldEnd({ logout: mode }: SessionRecord, runner: Runner): boolean {
  if (mode !== 'on-failure') return mode === 'always'
  const status = runner.input('job-status').trim().toLowerCase()
  if (status === '')
    runner.warning('The runner does not say how the job ended, so the session stays (`logout: on-failure`).')
  return status === 'failure' || status === 'cancelled'
}

async function warnOfLostSession(ports: ActionPorts, session: SessionRecord): Promise<void> {
  const client = new MatrixClient(session.homeserverUrl, withDeadline(ports, DEADLINE_MS))
  const isPersonal = readAdminClient(ports.runner) !== undefined
  const where = isPersonal ? revokeAsAdmin('') : await whereToEnd(client, deviceToDelete(session))
  ports.runner.warning(
    `The login was sent, but its answer was lost: an orphaned session of ${describe(session)} may remain. ` +
      `If it is there: ${where}`,
  )
}

/** The account page does not list personal sessions, and deleting their device would end other sessions on it. */
function revokeAsAdmin(sessionId: string): string {
  const id = isPlainId(sessionId) ? sessionId : '{id}'
  return `Revoke it through the admin API of Matrix Authentication Service (POST /api/admin/v1/personal-sessions/${id}/revoke).`
}

async function end(ports: ActionPorts, session: SessionRecord, tokens: ReturnType<typeof savedTokens>): Promise<void> {
  const { runner, clock } = ports
  const { accessToken, refreshToken } = tokens
  const adminClient = session.teardown.kind === 'personal-session' ? readAdminClient(runner) : undefined
  const client = new MatrixClient(session.homeserverUrl, withDeadline(ports, DEADLINE_MS))
  try {
    if (session.proof !== proofOf(session.teardown, adminClient))
      throw new TeardownError(adminClient === undefined ? NO_CLIENT : OTHER_CLIENT)
    const result = await endSession({
      client,
      teardown: session.teardown,
      accessToken: new Secret(accessToken),
      ...(refreshToken === '' ? {} : { refreshToken: new Secret(refreshToken) }),
      ...(adminClient === undefined ? {} : { adminClient }),
    })
    runner.info(`${result === 'ended' ? 'Logged out' : 'The session was over already'}: ${describe(session)}.`)
  } catch (error) {
    const why = await explainTeardown(error, clock.now())
    // The account page does not show personal sessions.
    const where =
      session.teardown.kind === 'personal-session'
        ? revokeAsAdmin(session.teardown.sessionId)
        : await whereToEnd(client, deviceToDelete(session), error)
    const message = `The session of ${describe(session)} could not be ended and is still active.`
    runner.warning([message, why.message, why.hint, where].filter((part) => part !== '').join(' '))
  }
}

async function explainTeardown(
  error: unknown,
  now: number,
): Promise<{ readonly message: string; readonly hint: string }> {
  if (error instanceof TeardownError) return { message: `Why: ${error.message}.`, hint: '' }
  const { explain } = await import('../explain.js')
  const { code, message, hint } = explain(error, now)
  // The general hint for a refusal refers to the server's text, which is hidden in a post step.
  return { message, hint: code === 'denied' ? '' : hint }
}

/** The runner passes the inputs of the outer action: https://github.com/actions/runner/issues/3514. */
const NO_CLIENT =
  '`mas-client-id` and `mas-client-secret` did not reach the post step, as in a composite action inside another one'

const OTHER_CLIENT = 'the state was not saved with the `mas-client-id` and `mas-client-secret` that are set here'

/** Empty if the session shares its device: deleting the device would end the other sessions as well. */
function deviceToDelete({ deviceId, sessionName }: SessionRecord): string {
  return sessionName === undefined ? deviceId : ''
}

/** Describes the saved session. The names were redacted when they were saved. */
function describe({ user, deviceId, sessionName, homeserverUrl }: SessionRecord): string {
  const device = deviceId === '' ? 'without a device' : `device ${deviceId}`
  const session = sessionName === undefined ? '' : `, session ${sessionName} (the device has others, too)`
  return `${user === '' ? 'the account' : user}, ${device}${session}, at ${homeserverUrl}`
}

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

/** Reads the record that main saved; `undefined` if main sent no request. */
export function savedSession(state: StateStore): SessionRecord | undefined {
  const saved = parseJsonObject(Buffer.from(state.state(STATE.session)))
  if (!isJsonObject(saved)) return undefined
  const member = (name: string) => stringMember(saved, name) ?? ''
  const phase = SESSION_PHASES.find((known) => known === saved['phase'])
  const logout = LOGOUT_MODES.find((known) => known === saved['logout'])
  const teardown = parseTeardown(saved['teardown'])
  if (phase === undefined || logout === undefined || teardown === undefined) return undefined
  const [homeserverUrl, deviceId] = [member('homeserverUrl'), member('deviceId')]
  const sessionName = member('sessionName')
  return {
    phase,
    logout,
    homeserverUrl,
    deviceId,
    ...(sessionName === '' ? {} : { sessionName }),
    user: member('user'),
    teardown,
    proof: member('proof'),
  }
}

/** Reads the saved tokens; each is empty if none was received. */
export function savedTokens(state: StateStore): { readonly accessToken: string; readonly refreshToken: string } {
  return { accessToken: state.state(STATE.token), refreshToken: state.state(STATE.refreshToken) }
}

/** Reads the path of the credentials file; empty if there is none. */
export function savedCredentialsFile(state: StateStore): string {
  return state.state(STATE.file)
}

/** Parses a saved teardown; `undefined` for anything else. */
function parseTeardown(value: unknown): SessionTeardown | undefined {
  if (!isJsonObject(value)) return undefined
  const member = (name: string) => stringMember(value, name) ?? ''
  switch (value['kind']) {
    case 'logout':
      return { kind: 'logout' }
    case 'revocation':
      return { kind: 'revocation', revocationEndpoint: member('revocationEndpoint'), clientId: member('clientId') }
    case 'personal-session': {
      const [tokenEndpoint, issuer, sessionId] = [member('tokenEndpoint'), member('issuer'), member('sessionId')]
      return { kind: 'personal-session', tokenEndpoint, issuer, sessionId }
    }
    default:
      return undefined
  }
}
