import { createHmac } from 'node:crypto'
import { ApiError } from '../api/error.js'
import type { ServerText } from '../api/values.js'
import type {
  ActiveSession,
  Credential,
  IssuedSession,
  IssuedTokens,
  LoginContext,
  SessionTeardown,
  TokenRequest,
} from '../credentials/kind.js'
import { WHOAMI } from '../matrix/client.js'
import type { ClientCredentials } from '../oauth/token.js'
import { CommandFileError, type Log, type Masks, type StateStore } from '../runner/ports.js'
import type { Secret } from '../secret.js'

export const LOGOUT_MODES = ['never', 'always', 'on-failure'] as const
/** Whether and when the post step ends the session. */
export type LogoutMode = (typeof LOGOUT_MODES)[number]

/** State keys. Each secret has its own key, so that it is written in one piece without other data. */
export const STATE = {
  session: 'session',
  token: 'access-token',
  refreshToken: 'refresh-token',
  file: 'credentials-file',
} as const

/** Maximum size over all keys, in bytes: more may not fit into the environment of a post step. */
const MAX_STATE_BYTES = 32_000

export const SESSION_PHASES = ['sent', 'open', 'storing', 'ended'] as const
/**
 * The progress of a login. `sent`: the request may have taken effect, and its token may be lost. `open`: the token is
 * known. `storing`: the token may be stored, so the session must stay active. `ended`: there is no session to end.
 */
export type SessionPhase = (typeof SESSION_PHASES)[number]

/** The data for the post step. Holds no secret. */
export interface SessionRecord {
  readonly phase: SessionPhase
  readonly logout: LogoutMode
  readonly homeserverUrl: string
  /** For messages. Empty for a token without a device, and if only the server knows it. */
  readonly deviceId: string
  /** For messages, if the device has other sessions: deleting the device would end them all. */
  readonly sessionName?: string
  /** For messages. */
  readonly user: string
  readonly teardown: SessionTeardown
  /**
   * Proves that main, which knew the administrator's client, saved the teardown. Empty if the teardown needs no secret.
   */
  readonly proof: string
}

/** Keeps the saved state current, with one write per change. Nothing is saved before there is a session to end. */
export class SessionRecorder {
  readonly #state: Pick<StateStore, 'saveState'> | undefined
  #record: Omit<SessionRecord, 'phase'> & { readonly phase: SessionPhase | undefined }

  /** @param state absent if there is no post step */
  constructor(
    state: Pick<StateStore, 'saveState'> | undefined,
    record: Omit<SessionRecord, 'phase' | 'teardown' | 'proof'>,
  ) {
    this.#state = state
    this.#record = { ...record, phase: undefined, teardown: { kind: 'logout' }, proof: '' }
  }

  get record(): Omit<SessionRecord, 'phase'> {
    return this.#record
  }

  get phase(): SessionPhase | undefined {
    return this.#record.phase
  }

  /** Whether the post step will end the session, because its token is in the state. */
  get isEndedByPostStep(): boolean {
    return this.#state !== undefined && this.#record.logout === 'always' && this.#record.phase === 'open'
  }

  /** Changes the record, and saves it if it differs. */
  update(change: Partial<SessionRecord>): void {
    const before = JSON.stringify(this.#record)
    this.#record = { ...this.#record, ...change }
    const now = JSON.stringify(this.#record)
    if (this.#record.phase !== undefined && now !== before) this.#state?.saveState(STATE.session, now)
  }

  /**
   * Saves that there is no session to end. If that fails, the post step finds the earlier state and an ended session.
   */
  end(): void {
    try {
      this.update({ phase: 'ended' })
    } catch (error) {
      if (!(error instanceof CommandFileError)) throw error
    }
  }

  /**
   * Saves the masked tokens.
   * @param change the changes of the session record that will be saved next
   * @returns whether everything fits
   */
  saveTokens(accessToken: string, refreshToken: string | undefined, change: Partial<SessionRecord>): boolean {
    const record = JSON.stringify({ ...this.#record, ...change })
    if (Buffer.byteLength(record) + accessToken.length + (refreshToken?.length ?? 0) > MAX_STATE_BYTES) return false
    this.#state?.saveState(STATE.token, accessToken)
    if (refreshToken !== undefined) this.#state?.saveState(STATE.refreshToken, refreshToken)
    return true
  }
}

/**
 * Saves an empty value for each key. Any later step can set `STATE_…` through `GITHUB_ENV`. A value that main saved
 * takes precedence, but only if main saved one (src/Runner.Worker/Handlers/Handler.cs).
 * @throws Error if the state cannot be written; no request is sent then
 */
export function initializeState(state: StateStore): void {
  for (const key of Object.values(STATE)) state.saveState(key, '')
}

/** Saves the path of the credentials file. @param path absolute path; the post step removes the file */
export function saveCredentialsFile(state: StateStore, path: string): void {
  state.saveState(STATE.file, path)
}

/**
 * Binds a teardown to the secret that it needs. If main could not start, a later step can forge any state, and the
 * secret would be sent to the forged address.
 */
export function proofOf(teardown: SessionTeardown, adminClient: ClientCredentials | undefined): string {
  if (teardown.kind !== 'personal-session' || adminClient === undefined) return ''
  const { tokenEndpoint, issuer, sessionId } = teardown
  const { clientId, clientSecret } = adminClient
  const text = JSON.stringify([clientId, tokenEndpoint, issuer, sessionId])
  return createHmac('sha256', clientSecret.reveal()).update(text).digest('hex')
}

/** One login in progress. */
export interface LoginAttempt {
  readonly credential: Credential
  readonly context: LoginContext
  readonly log: Log
  /** Keeps the saved state current. */
  readonly recorder: SessionRecorder
  /** Access tokens that are already in use, besides those of the credential. */
  readonly tokensInUse?: readonly Secret[]
  /**
   * Called with tokens after they were masked and saved, and before they are used: a server invalidates a single-use
   * credential when its successor is used.
   */
  readonly onIssued?: (tokens: IssuedTokens) => void
}

/** Creates the dependencies of a login, from the ports of the step. */
export function loginContext(
  { log, masks, clock }: { readonly log: Log; readonly masks: Masks; readonly clock: { now(): number } },
  parts: Pick<LoginContext, 'client' | 'allowHttp' | 'user' | 'device'>,
): LoginContext {
  return { ...parts, now: clock.now, mask: masks.mask, warning: log.warning, group: log.group }
}

/**
 * Returns whether a logout would end the requested device and no other. Always true where the device is not that of a
 * login: such a session ends without its device.
 */
export function isOnRequestedDevice(named: ServerText | undefined, { credential, context }: LoginAttempt): boolean {
  return credential.device !== 'login' || named?.raw === context.device.deviceId
}

/**
 * Returns whether the server confirmed the requested device, of a personal session too. Only then may earlier sessions on
 * that device be ended. Always true for a credential that requests none.
 */
export function isAsRequested(
  { deviceId }: Pick<IssuedSession, 'deviceId'>,
  { credential, context }: LoginAttempt,
): boolean {
  return credential.device === 'existing' || deviceId?.raw === context.device.deviceId
}

/**
 * Warns that a session is on another device than the requested one. This action does not end it: a logout would end all
 * sessions of that device.
 */
export function warnOfOtherDevice({ deviceId }: Pick<IssuedSession, 'deviceId'>, attempt: LoginAttempt): void {
  const { context, recorder, log } = attempt
  if (isOnRequestedDevice(deviceId, attempt)) return
  const device = deviceId === undefined ? 'no device' : `device ${deviceId}`
  log.warning(
    `The server logged in on ${device} instead of the requested ${context.device.deviceId}. ` +
      'Nothing is ended because of it. End this session in the list of sessions of the account when it is not needed any more.',
  )
  recorder.end()
}

/** Returns the failure that a refusal means, as the credential explains it, or the error. */
export async function explained(error: unknown, attempt: LoginAttempt, request?: TokenRequest): Promise<unknown> {
  if (!(error instanceof ApiError)) return error
  const known = request?.explain?.(error) ?? (await attempt.credential.explain(error, attempt.context))
  if (known !== undefined) return known
  if (error.operation !== WHOAMI) return error
  const { refusedNewToken } = await import('../matrix/refusals.js')
  return refusedNewToken(error) ?? error
}

/**
 * Determines the owner of a session, from the response or with `whoami`. @throws Failure as the credential explains it
 */
export async function verifySession(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  const { userId } = session
  if (userId === undefined || attempt.credential.needsWhoami) return verifyWithWhoami(session, attempt)
  return { ...session, userId, homeserverUrl: attempt.context.client.baseUrl }
}

/**
 * Determines the owner of a session with `whoami`. If it names another device than the requested one, a logout would
 * end the sessions of that device, so the session is recorded as `ended` and is not ended later.
 */
export async function verifyWithWhoami(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  const { context, recorder } = attempt
  const { userId: _told, deviceId: _named, ...rest } = session
  try {
    const { whoami } = await import('../matrix/account.js')
    const owner = await whoami(context.client, session.accessToken)
    const device = attempt.credential.device === 'existing' ? { deviceId: `${owner.deviceId ?? ''}` } : {}
    recorder.update({ user: `${owner.userId}`, ...device })
    // If the response named another device, this was reported already. A revocation ends this session only, on any
    // device.
    if (recorder.phase !== 'ended' && session.teardown.kind === 'logout') warnOfOtherDevice(owner, attempt)
    return { ...rest, homeserverUrl: context.client.baseUrl, ...owner }
  } catch (error) {
    throw await explained(error, attempt)
  }
}
