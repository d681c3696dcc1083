import { LOGOUT_MODES, type LogoutMode } from '../inputs/login.js'
import { isJsonObject, stringMember } from '../matrix/json.js'
import type { Runner } from '../runner/ports.js'

/** State keys. The token stands alone, so that it is written in one piece and nothing else is with it. */
const SESSION = 'session'
const TOKEN = 'access-token'
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
  readonly deviceId: string
  readonly user: string
}

export function saveSession(runner: Runner, record: SessionRecord): void {
  runner.saveState(SESSION, JSON.stringify(record))
}

export function saveToken(runner: Runner, token: string): void {
  runner.saveState(TOKEN, token)
}

/** What main saved; `undefined` where it sent nothing. */
export function savedSession(runner: Runner): SessionRecord | undefined {
  const text = runner.state(SESSION)
  if (text === '') return undefined
  const saved: unknown = JSON.parse(text)
  if (!isJsonObject(saved)) return undefined
  const member = (name: string) => stringMember(saved, name) ?? ''
  const phase = (['sent', 'open', 'writing', 'over'] as const).find((known) => known === saved.phase)
  const logout = LOGOUT_MODES.find((known) => known === saved.logout)
  if (phase === undefined || logout === undefined) return undefined
  return { phase, logout, homeserverUrl: member('homeserverUrl'), deviceId: member('deviceId'), user: member('user') }
}

/** Empty where no token was received. */
export function savedToken(runner: Runner): string {
  return runner.state(TOKEN)
}

/** Absolute path of a file that the post step removes. */
export function saveCredentialsFile(runner: Runner, path: string): void {
  runner.saveState(FILE, path)
}

export function savedCredentialsFile(runner: Runner): string {
  return runner.state(FILE)
}
