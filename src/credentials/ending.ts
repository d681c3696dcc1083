import { AdminApi } from '../mas/admin-api.js'
import { revokePersonalSession } from '../mas/personal-sessions.js'
import { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import { isJsonObject, stringMember } from '../matrix/json.js'
import { isTokenAlive, type LogoutResult, logout } from '../matrix/logout.js'
import { revokeSession } from '../oauth/revocation.js'
import type { ClientCredentials } from '../oauth/token.js'
import type { Secret } from '../secret.js'

/**
 * How a session is ended: `/logout` of the Client-Server API, OAuth revocation, or the admin API of Matrix Authentication
 * Service. Plain data without secrets, because it is what the post step finds in the state.
 */
export type Ending =
  | { readonly kind: 'logout' }
  | { readonly kind: 'revocation'; readonly revocationEndpoint: string; readonly clientId: string }
  | {
      readonly kind: 'personal-session'
      readonly tokenEndpoint: string
      readonly issuer: string
      readonly sessionId: string
    }

export const LOGOUT: Ending = { kind: 'logout' }

/** What it takes to end a session besides its {@link Ending}. */
export interface EndingParts {
  readonly client: MatrixClient
  readonly accessToken: Secret
  readonly refreshToken?: Secret
  readonly admin?: ClientCredentials
  readonly mask: (secret: string) => void
}

/** @throws AnswerError, NoAnswerError, or Error where a part is missing: the session may be alive still */
export async function endSession(ending: Ending, parts: EndingParts): Promise<LogoutResult> {
  switch (ending.kind) {
    case 'logout':
      return logout(parts.client, parts.accessToken)
    case 'revocation':
      return revoke(ending.revocationEndpoint, ending.clientId, parts)
    case 'personal-session': {
      if (parts.admin === undefined) throw new MissingPartError('mas-client-id and mas-client-secret are not set here')
      const api = await AdminApi.open(ending, parts.admin, parts.client.ports, parts.mask)
      return revokePersonalSession(api, ending.sessionId)
    }
  }
}

/** What is needed to end a session is not at hand. The message completes "… could not be ended: …". */
export class MissingPartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MissingPartError'
  }
}

/** How often the access token is asked, and how long between, in milliseconds: the device goes some 0.1 s later. */
const MOST_QUESTIONS = 3
const PAUSE_MS = 1_000

/** Revocation says 200 also where it revoked nothing, so the access token is asked whether it lives. */
async function revoke(endpoint: string, clientId: string, parts: EndingParts): Promise<LogoutResult> {
  const { client, accessToken, refreshToken } = parts
  if (refreshToken === undefined) throw new MissingPartError('the server gave no refresh token to revoke it with')
  if (endpoint === '') throw new MissingPartError('the server names no endpoint that revokes it')
  await revokeSession(endpoint, clientId, refreshToken, client.ports)
  for (let question = 1; await isTokenAlive(client, accessToken); question += 1) {
    if (question === MOST_QUESTIONS || !(await client.ports.clock.sleep(PAUSE_MS))) throw stillAlive(endpoint)
  }
  return 'ended'
}

function stillAlive(endpoint: string): AnswerError {
  const what = 'the access token answers all the same (for two minutes it may, if the refresh token was current)'
  return new AnswerError({ kind: 'malformed', status: 200, what }, endpoint, 'revoke the session', false)
}

/** What was saved; `undefined` for anything else. */
export function parseEnding(value: unknown): Ending | undefined {
  if (!isJsonObject(value)) return undefined
  const member = (name: string) => stringMember(value, name) ?? ''
  switch (value['kind']) {
    case 'logout':
      return LOGOUT
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
