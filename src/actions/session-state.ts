import { type Ending, LOGOUT, parseEnding } from '../credentials/ending.js'
import { LOGOUT_MODES, type LogoutMode } from '../inputs/logout-mode.js'
import { isJsonObject, stringMember } from '../matrix/json.js'
import type { Runner } from '../runner/ports.js'

/** State keys. Each secret stands alone, so that it is written in one piece and nothing else is with it. */
const SESSION = 'session'
const TOKEN = 'access-token'
const REFRESH_TOKEN = 'refresh-token'
const FILE = 'credentials-file'

/**
 * How far the login came: `sent` – the request may have had its effect, and nobody may hold the token; `open` – the
 * token is known; `writing` – the token may be stored somewhere, so it must live; `over` – there is no session to end.
 */
export type SessionPhase = 'sent' | 'open' | 'writing' | 'over'

/** What the post step needs to know, none of it secret. */
export interface SessionRecord {
  readonly phase: SessionPhase
  readonly logout: LogoutMode
  readonly homeserverUrl: string
  /** Empty for a token without a device, and where only the server knows it. */
  readonly deviceId: string
  readonly user: string
  readonly ending: Ending
}

/** Keeps the post step up to date, a write for each change. Nothing is saved before there is something to end. */
export class SessionLog {
  readonly #runner: Runner
  #record: Omit<SessionRecord, 'phase'> & { readonly phase: SessionPhase | undefined }

  constructor(runner: Runner, record: Omit<SessionRecord, 'phase' | 'ending'>) {
    this.#runner = runner
    this.#record = { ...record, phase: undefined, ending: LOGOUT }
  }

  get phase(): SessionPhase | undefined {
    return this.#record.phase
  }

  /** Saves the record where the change is one. */
  update(change: Partial<SessionRecord>): void {
    const before = JSON.stringify(this.#record)
    this.#record = { ...this.#record, ...change }
    const now = JSON.stringify(this.#record)
    if (this.#record.phase !== undefined && now !== before) this.#runner.saveState(SESSION, now)
  }

  /** The tokens that were received. They were masked a moment ago. */
  saveTokens(accessToken: string, refreshToken: string | undefined): void {
    this.#runner.saveState(TOKEN, accessToken)
    if (refreshToken !== undefined) this.#runner.saveState(REFRESH_TOKEN, refreshToken)
  }
}

/**
 * Says of each key that nothing is saved yet. Any later step can set `STATE_…` for all that follow it, through
 * `GITHUB_ENV`; what main saved wins over that, but only where main saved something (src/Runner.Worker/Handlers/Handler.cs).
 */
export function claimState(runner: Runner): void {
  for (const key of [SESSION, TOKEN, REFRESH_TOKEN, FILE]) runner.saveState(key, '')
}

/** What main saved; `undefined` where it sent nothing. */
export function savedSession(runner: Runner): SessionRecord | undefined {
  const text = runner.state(SESSION)
  if (text === '') return undefined
  const saved: unknown = JSON.parse(text)
  if (!isJsonObject(saved)) return undefined
  const member = (name: string) => stringMember(saved, name) ?? ''
  const phase = (['sent', 'open', 'writing', 'over'] as const).find((known) => known === saved['phase'])
  const logout = LOGOUT_MODES.find((known) => known === saved['logout'])
  const ending = parseEnding(saved['ending'])
  if (phase === undefined || logout === undefined || ending === undefined) return undefined
  const [homeserverUrl, deviceId, user] = [member('homeserverUrl'), member('deviceId'), member('user')]
  return { phase, logout, homeserverUrl, deviceId, user, ending }
}

/** Each empty where none was received. */
export function savedTokens(runner: Runner): { readonly accessToken: string; readonly refreshToken: string } {
  return { accessToken: runner.state(TOKEN), refreshToken: runner.state(REFRESH_TOKEN) }
}

/** Absolute path of a file that the post step removes. */
export function saveCredentialsFile(runner: Runner, path: string): void {
  runner.saveState(FILE, path)
}

export function savedCredentialsFile(runner: Runner): string {
  return runner.state(FILE)
}
