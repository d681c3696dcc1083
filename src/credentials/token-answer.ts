import { AnswerError } from '../matrix/answers.js'
import type { JsonObject } from '../matrix/json.js'
import { isIssuedToken, issuedTokens, lifetimeOf } from '../matrix/login.js'
import { Secret } from '../secret.js'
import type { Opened, OpeningContext } from './credential.js'
import type { Ending } from './ending.js'

/** What differs between the two APIs that answer with tokens alone, and what the answer is to. */
export interface TokenAnswerForm {
  readonly lifetimeMember: string
  readonly lifetimeUnitMs: number
  readonly operation: string
  readonly server: string
  readonly ending: Ending
}

/** Absent, or a token. */
function isUsable(refreshToken: unknown): boolean {
  if (refreshToken === undefined || refreshToken === null) return true
  return typeof refreshToken === 'string' && isIssuedToken(refreshToken)
}

/** `POST /refresh`. */
export const AT_HOMESERVER = { lifetimeMember: 'expires_in_ms', lifetimeUnitMs: 1 } as const
/** A token endpoint: RFC 6749 §5.1. */
export const BY_OAUTH = { lifetimeMember: 'expires_in', lifetimeUnitMs: 1000 } as const

/**
 * The tokens of an answer that says nothing of whose they are. They are masked and saved before they are looked at.
 * @param held the refresh token that there was before, which stays the one where the answer has none
 */
export function takeTokenAnswer(
  answer: JsonObject,
  form: TokenAnswerForm,
  { issued, now }: Pick<OpeningContext, 'issued' | 'now'>,
  held?: Secret,
): Opened {
  const { lifetimeMember, lifetimeUnitMs, operation, server, ending } = form
  const { accessToken, refreshToken } = issuedTokens(answer)
  issued(issuedTokens(answer), ending, held)
  const malformed = (what: string) => new AnswerError({ kind: 'malformed', status: 200, what }, server, operation, true)
  if (accessToken === undefined || !isIssuedToken(accessToken)) throw malformed('it has no usable access_token')
  // Stored in the place of the old one it would take the session away.
  if (!isUsable(answer['refresh_token'])) throw malformed('its refresh_token is none')
  const lifetime = lifetimeOf(answer[lifetimeMember], lifetimeUnitMs)
  return {
    accessToken: new Secret(accessToken),
    ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
    // What is odd about it must not lose the tokens: those that were there before are used up.
    ...(typeof lifetime === 'number' ? { expiresAt: now() + lifetime } : {}),
    ending,
  }
}
