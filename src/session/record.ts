import { createHmac } from 'node:crypto'
import { isJsonObject, parseJsonObject, type ServerText, stringMember } from '../api/values.js'
import type { Credential, IssuedSession, IssuedTokens, LoginContext, SessionTeardown } from '../credentials/kind.js'
import type { ClientCredentials } from '../oauth/token.js'
import { CommandFileError, type Log, type Masks, type StateStore } from '../runner/ports.js'
import type { Secret } from '../secret.js'

export const LOGOUT_MODES = ['never', 'always', 'on-failure'] as const
/** When the post step ends the session. */
export type LogoutMode = (typeof LOGOUT_MODES)[number]

/** State keys. Each secret stands alone, so that it is written in one piece and nothing else is with it. */
const SESSION = 'session'
const TOKEN = 'access-token'
const REFRESH_TOKEN = 'refresh-token'
const FILE = 'credentials-file'

/** More does not surely fit into the environment of a post step. In bytes, over all keys. */
const MAX_STATE_BYTES = 32_000

/**
 * How far the login came: `sent` – the request may have had its effect, and its token may be lost; `open` – the token is
 * known; `storing` – the token may be stored, so the session must stay; `ended` – there is no session to end.
 */
export type SessionPhase = 'sent' | 'open' | 'storing' | 'ended'

const PHASES = ['sent', 'open', 'storing', 'ended'] as const

/** What the post step needs to know, none of it secret. */
export interface SessionRecord {
  readonly phase: SessionPhase
  readonly logout: LogoutMode
  readonly homeserverUrl: string
  /** For messages. Empty for a token without a device, and where only the server knows it. */
  readonly deviceId: string
  /** For messages, where the device has other sessions, too: ending the device would end them all. */
  readonly sessionName?: string
  /** For messages. */
  readonly user: string
  readonly teardown: SessionTeardown
  /** Proves that main, which knew the administrator's client, saved the teardown. Empty where no secret takes part in it. */
  readonly proof: string
}

/** Keeps the post step up to date, a write for each change. Nothing is saved before there is something to end. */
export class SessionRecorder {
  readonly #state: Pick<StateStore, 'saveState'> | undefined
  #record: Omit<SessionRecord, 'phase'> & { readonly phase: SessionPhase | undefined }

  /** @param state absent where there is no post step */
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

  /** Whether the post step will end the session, because it finds its token in the state. */
  get isEndedByPostStep(): boolean {
    return this.#state !== undefined && this.#record.logout === 'always' && this.#record.phase === 'open'
  }

  /** Saves the record where the change is one. */
  update(change: Partial<SessionRecord>): void {
    const before = JSON.stringify(this.#record)
    this.#record = { ...this.#record, ...change }
    const now = JSON.stringify(this.#record)
    if (this.#record.phase !== undefined && now !== before) this.#state?.saveState(SESSION, now)
  }

  /**
   * Saves that there is no session to end. Where that cannot be saved the post step finds the session as it was, and that
   * it is over already.
   */
  end(): void {
    try {
      this.update({ phase: 'ended' })
    } catch (error) {
      if (!(error instanceof CommandFileError)) throw error
    }
  }

  /**
   * Saves the tokens, which are masked already.
   * @param change what will be saved of their session
   * @returns whether all of it fits
   */
  saveTokens(accessToken: string, refreshToken: string | undefined, change: Partial<SessionRecord>): boolean {
    const record = JSON.stringify({ ...this.#record, ...change })
    if (Buffer.byteLength(record) + accessToken.length + (refreshToken?.length ?? 0) > MAX_STATE_BYTES) return false
    this.#state?.saveState(TOKEN, accessToken)
    if (refreshToken !== undefined) this.#state?.saveState(REFRESH_TOKEN, refreshToken)
    return true
  }
}

/**
 * Says of each key that nothing is saved yet. Any later step can set `STATE_…` for all that follow it, through
 * `GITHUB_ENV`; what main saved wins over that, but only where main saved something (src/Runner.Worker/Handlers/Handler.cs).
 * @throws Error where the state cannot be written: then nothing is sent
 */
export function initializeState(state: StateStore): void {
  for (const key of [SESSION, TOKEN, REFRESH_TOKEN, FILE]) state.saveState(key, '')
}

/** What main saved; `undefined` where it sent nothing. */
export function savedSession(state: StateStore): SessionRecord | undefined {
  const saved = parseJsonObject(Buffer.from(state.state(SESSION)))
  if (!isJsonObject(saved)) return undefined
  const member = (name: string) => stringMember(saved, name) ?? ''
  const phase = PHASES.find((known) => known === saved['phase'])
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

/** Each empty where none was received. */
export function savedTokens(state: StateStore): { readonly accessToken: string; readonly refreshToken: string } {
  return { accessToken: state.state(TOKEN), refreshToken: state.state(REFRESH_TOKEN) }
}

/** @param path absolute path of a file that the post step removes */
export function saveCredentialsFile(state: StateStore, path: string): void {
  state.saveState(FILE, path)
}

export function savedCredentialsFile(state: StateStore): string {
  return state.state(FILE)
}

/**
 * Binds a teardown to the secret that it will be given: where main could not start, a later step can make the post step
 * believe any state, and the secret would go to whatever address stands there.
 */
export function proofOf(teardown: SessionTeardown, adminClient: ClientCredentials | undefined): string {
  if (teardown.kind !== 'personal-session' || adminClient === undefined) return ''
  const { tokenEndpoint, issuer, sessionId } = teardown
  const { clientId, clientSecret } = adminClient
  const text = JSON.stringify([clientId, tokenEndpoint, issuer, sessionId])
  return createHmac('sha256', clientSecret.reveal()).update(text).digest('hex')
}

/** Reads a teardown that was saved; `undefined` for anything else. */
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

/** One login that is under way. */
export interface LoginAttempt {
  readonly credential: Credential
  readonly context: LoginContext
  readonly log: Log
  /** Keeps the post step up to date. */
  readonly recorder: SessionRecorder
  /** Access tokens that are in use already, besides those of the credential. */
  readonly tokensInUse?: readonly Secret[]
  /**
   * Called with tokens right after they were masked and saved, and before anything uses them: a server forgets a single-use
   * credential once its successor is used.
   */
  readonly onIssued?: (tokens: IssuedTokens) => void
}

/** What a login may need, with the ports of the step. */
export function loginContext(
  { log, masks, clock }: { readonly log: Log; readonly masks: Masks; readonly clock: { now(): number } },
  parts: Pick<LoginContext, 'client' | 'allowHttp' | 'user' | 'device'>,
): LoginContext {
  return { ...parts, now: clock.now, mask: masks.mask, warning: log.warning, group: log.group }
}

/** Whether the device that a login names is the requested one. A credential that requests none has no such device. */
export function isOnRequestedDevice(named: ServerText | undefined, { credential, context }: LoginAttempt): boolean {
  return credential.device !== 'login' || named?.raw === context.device.deviceId
}

/** Whether the server opened the session on the device that was requested. A credential that requests none has no such device. */
export function isAsRequested(
  { deviceId }: Pick<IssuedSession, 'deviceId'>,
  { credential, context }: LoginAttempt,
): boolean {
  return credential.device === 'existing' || deviceId?.raw === context.device.deviceId
}

/**
 * A session on another device than the requested one is not ended by this action: a log-out would end whatever else is on
 * that device.
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
