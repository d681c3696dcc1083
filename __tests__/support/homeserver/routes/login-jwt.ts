import { type Claims, hasHs256Signature, type ParsedJwt, parseJwt } from '../../jwt.js'
import { forbidden, type Incoming, type JsonMembers, refuse } from '../answers.js'
import type { JwtOptions } from '../options.js'
import type { ServerParts } from '../parts.js'
import { admit } from './login-subject.js'

export const JWT_TYPE = 'org.matrix.login.jwt'

/** Seconds of clock skew that are let pass. */
const LEEWAY = { authlib: 120, jsonwebtoken: 60 }

/** What is wrong with a token. */
type Problem =
  | 'form'
  | 'segments'
  | 'algorithm'
  | 'signature'
  | 'expired'
  | 'early'
  | 'issued-later'
  | `missing-${Claim}`
  | Claim
type Claim = 'iss' | 'aud'

/** `org.matrix.login.jwt`, with HS256: synapse/handlers/jwt.py, and Tuwunel's src/api/client/session/jwt.rs. */
export function loginWithJwt(body: JsonMembers, _request: Incoming, parts: ServerParts) {
  const { facts, options, accounts, now } = parts
  if (options.jwt === undefined || facts.jwt === undefined) return refuse(facts.unknownType(JWT_TYPE))
  const { token } = body
  if (typeof token !== 'string') return refuse(forbidden('Token field for JWT is missing'))
  accounts.remember(token)
  const parsed = parseJwt(token)
  const problem = parsed && findProblem(parsed, options.jwt, now() / 1000, LEEWAY[facts.jwt])
  if (parsed === undefined || problem !== undefined) {
    const form = token.split('.').length === 3 ? 'form' : 'segments'
    return refuse(forbidden(WORDS[facts.jwt](problem ?? form)))
  }
  const { sub } = parsed.claims
  if (typeof sub === 'number' && facts.jwt === 'authlib') return userOf(String(sub), parts)
  if (typeof sub !== 'string') return refuse(forbidden(NO_SUBJECT[facts.jwt]))
  return userOf(facts.jwt === 'authlib' ? sub : sub.toLowerCase(), parts)
}

function findProblem(parsed: ParsedJwt, options: JwtOptions, now: number, leeway: number): Problem | undefined {
  if (parsed.header['alg'] !== 'HS256') return 'algorithm'
  if (!hasHs256Signature(parsed, options.secret)) return 'signature'
  const { iss, aud, exp, nbf, iat } = parsed.claims
  if (options.issuer !== undefined && iss === undefined) return 'missing-iss'
  if (options.audiences !== undefined && aud === undefined) return 'missing-aud'
  if (options.issuer !== undefined && iss !== options.issuer) return 'iss'
  if (aud !== undefined && !audiencesOf(parsed.claims).some((name) => options.audiences?.includes(name))) return 'aud'
  if (typeof exp === 'number' && exp < now - leeway) return 'expired'
  if (typeof nbf === 'number' && nbf > now + leeway) return 'early'
  return typeof iat === 'number' && iat > now + leeway ? 'issued-later' : undefined
}

function audiencesOf({ aud }: Claims): string[] {
  return (Array.isArray(aud) ? aud : [aud]).map(String)
}

/** In the words of the library that the server takes. */
const WORDS: Readonly<Record<'authlib' | 'jsonwebtoken', (problem: Problem) => string>> = {
  authlib: (problem) => `JWT validation failed: ${AUTHLIB[problem]}`,
  jsonwebtoken: (problem) => `Invalid JWT token: ${JSONWEBTOKEN[problem]}`,
}

const NO_SUBJECT = { authlib: 'Invalid JWT', jsonwebtoken: 'Invalid JWT token: Missing required claim: sub' }

const AUTHLIB: Readonly<Record<Problem, string>> = {
  form: 'Invalid header padding: ',
  segments: 'Invalid input segments length: ',
  algorithm: 'unsupported_algorithm: ',
  signature: 'Signature verification failed',
  'missing-iss': "missing_claim: Missing 'iss' claim",
  'missing-aud': "missing_claim: Missing 'aud' claim",
  iss: "invalid_claim: Invalid claim 'iss'",
  aud: "invalid_claim: Invalid claim 'aud'",
  expired: 'expired_token: The token is expired',
  early: 'invalid_token: The token is not valid yet',
  'issued-later': 'invalid_token: The token is not valid as it was issued in the future',
}

const JSONWEBTOKEN: Readonly<Record<Problem, string>> = {
  form: 'InvalidToken',
  segments: 'InvalidToken',
  algorithm: 'InvalidAlgorithm',
  signature: 'InvalidSignature',
  'missing-iss': 'Missing required claim: iss',
  'missing-aud': 'Missing required claim: aud',
  iss: 'InvalidIssuer',
  aud: 'InvalidAudience',
  expired: 'ExpiredSignature',
  early: 'ImmatureSignature',
  'issued-later': 'InvalidToken',
}

/**
 * The subject is the localpart as it stands, and who is not registered is registered. What stands behind a colon is lost on
 * the way: the first repository that logs in with GitHub's default subject gets `@repo`, and no other one can.
 */
function userOf(subject: string, { accounts, facts }: ServerParts) {
  const known = accounts.find({ user: subject })
  if (known !== undefined) return admit(known, facts)
  const [localpart = ''] = subject.split(':')
  if (accounts.find({ user: localpart }) !== undefined) {
    return refuse({ status: 400, errcode: 'M_USER_IN_USE', error: 'User ID already taken.' })
  }
  if (/^\d+$/.test(localpart)) {
    const error = 'Numeric user IDs are reserved for guest users.'
    return refuse({ status: 400, errcode: 'M_INVALID_USERNAME', error })
  }
  if (!/^[a-z0-9._=\-/+]+$/.test(localpart)) {
    const error = "User ID can only contain characters a-z, 0-9, or '=_-./+'"
    return refuse({ status: 400, errcode: 'M_INVALID_USERNAME', error })
  }
  return { user: accounts.register(localpart) }
}
