import { isJsonObject, parseJsonObject, stringMember } from '../api/values.js'
import type { SessionTeardown } from '../credentials/kind.js'
import type { StateStore } from '../runner/ports.js'
import { LOGOUT_MODES, type SessionRecord, STATE } from './record.js'

const PHASES = ['sent', 'open', 'storing', 'ended'] as const

/** Reads the record that main saved; `undefined` if main sent no request. */
export function savedSession(state: StateStore): SessionRecord | undefined {
  const saved = parseJsonObject(Buffer.from(state.state(STATE.session)))
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
