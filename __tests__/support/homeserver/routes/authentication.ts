import type { Token } from '../accounts.js'
import { type Answer, bearerToken, type Incoming, type Refusal, refuse } from '../answers.js'
import type { FlavourFacts } from '../flavours.js'
import { devicesOf, grantsClientApi } from '../mas/scopes.js'
import type { ServerParts } from '../parts.js'

/** A session that a request was made in. */
export type Caller = Pick<Token, 'userId' | 'deviceId'>

/** Whose token a request carries; the token counts as used from then on. */
export function authenticate(request: Incoming, parts: ServerParts): Caller | Answer {
  const { facts, accounts, mas, introspections } = parts
  const token = bearerToken(request)
  if (token === undefined) return withoutToken(request, facts)
  const service = serviceOf(token, parts)
  if (service !== undefined) return service
  if (mas.oauth.clientToken(token) !== undefined) return refuse(NO_API)
  const seen = introspections?.find(token)
  if (seen !== undefined) return seen
  const known = accounts.known(token)
  if (known === undefined) return refuse(facts.unknownToken)
  const refused = refusalOf(known, parts)
  if (refused !== undefined) return refused
  known.used = true
  introspections?.add(token, known)
  return known
}

export function withoutToken({ authorization }: Incoming, facts: FlavourFacts): Answer {
  return refuse(authorization === undefined ? facts.missingToken : facts.malformedAuthorization)
}

function refusalOf(known: Token, { facts, accounts }: ServerParts): Answer | undefined {
  if (accounts.isExpired(known)) return refuse(facts.expiredToken)
  if (known.kind === 'nobody') {
    const unregistered = facts.appservice?.unregistered
    return unregistered !== undefined && 'token' in unregistered ? unregistered.token : refuse(facts.unknownToken)
  }
  if (accounts.isLocked(known.userId)) return refuse(facts.lockedToken)
  const problem = facts.oauth ? introspectionProblem(known) : undefined
  return problem === undefined ? undefined : refuse(problem)
}

/** synapse/api/auth/mas.py, get_user_by_access_token: what MAS grants is looked at by Synapse. */
function introspectionProblem({ scope, deviceId }: Token): Refusal | undefined {
  if (scope !== undefined && !grantsClientApi(scope)) return NO_API
  if (scope !== undefined && devicesOf(scope).length > 1) return internal('Multiple device IDs in scope')
  const length = deviceId?.length ?? 1
  return length < 1 || length > 255 ? internal('Invalid device ID in introspection result') : undefined
}

const NO_API: Refusal = {
  status: 401,
  errcode: 'M_UNKNOWN_TOKEN',
  error: "Token doesn't grant access to the Matrix C-S API",
  soft_logout: false,
}

const internal = (error: string): Refusal => ({ status: 500, errcode: 'M_FORBIDDEN', error })

/** The sender of an application service. */
function serviceOf(token: string, { options, accounts, endedServices, facts }: ServerParts): Caller | undefined {
  const { appservice } = options
  if (appservice === undefined || facts.appservice === undefined) return undefined
  if (token !== appservice.token || endedServices.has(token)) return undefined
  return { userId: accounts.userId(appservice.senderLocalpart), deviceId: facts.appservice.device }
}
