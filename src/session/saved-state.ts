import { isJsonObject, parseJsonObject, stringMember } from '../api/json.js'
import type { SessionTeardown } from '../credentials/kind.js'
import type { StateStore } from '../runner/ports.js'
import { LOGOUT_MODES, SESSION_PHASES, type SessionRecord, STATE_KEYS } from './record.js'

/** What main saved; `undefined` where it sent nothing. */
export function savedSession(state: StateStore): SessionRecord | undefined {
  const saved = parseJsonObject(Buffer.from(state.state(STATE_KEYS.session)))
  if (!isJsonObject(saved)) return undefined
  const member = (name: string) => stringMember(saved, name) ?? ''
  const phase = SESSION_PHASES.find((known) => known === saved['phase'])
  const logout = LOGOUT_MODES.find((known) => known === saved['logout'])
  const teardown = parseTeardown(saved['teardown'])
  if (phase === undefined || logout === undefined || teardown === undefined) return undefined
  const [homeserverUrl, deviceId] = [member('homeserverUrl'), member('deviceId')]
  return { phase, logout, homeserverUrl, deviceId, user: member('user'), teardown, proof: member('proof') }
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

/** Each empty where none was received. */
export function savedTokens(state: StateStore): { readonly accessToken: string; readonly refreshToken: string } {
  return { accessToken: state.state(STATE_KEYS.accessToken), refreshToken: state.state(STATE_KEYS.refreshToken) }
}

/** Absolute path of the file that main created; empty where it created none. */
export function savedCredentialsFile(state: StateStore): string {
  return state.state(STATE_KEYS.file)
}
