import { type Answer, type Incoming, type JsonMembers, objectOf, ok, parseJson, refuse } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { pairMembers } from '../refresh-tokens.js'
import { loginAsAppservice } from './login-appservice.js'
import { JWT_TYPE, loginWithJwt } from './login-jwt.js'
import { loginWithModule, moduleTypes } from './login-modules.js'
import { loginWithPassword } from './login-password.js'
import { admit, type LoginSubject, type LoginType } from './login-subject.js'
import type { Route } from './route.js'

export const loginRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/login$/, handle: (_request, parts) => offered(parts) },
  { method: 'POST', path: /^\/login$/, handle: logIn },
]

/** No flows: the proxy does not route to the service that has them. */
const isServed = ({ facts }: ServerParts) => facts.flows.length > 0

function offered(parts: ServerParts): Answer | undefined {
  if (!isServed(parts)) return undefined
  const members: Readonly<Record<string, JsonMembers>> = {
    ...parts.facts.flowMembers,
    ...(parts.options.loginViaExistingSession === true ? { 'm.login.token': { get_login_token: true } } : {}),
  }
  return ok({ flows: flowsOf(parts).map((type) => ({ type, ...members[type] })) })
}

/** In the order of synapse/rest/client/login.py, on_GET; Tuwunel has JWT last. */
function flowsOf(parts: ServerParts): string[] {
  const { facts, options } = parts
  const builtIn = facts.flows.filter((flow) => options.passwordLogin !== false || flow !== 'm.login.password')
  const sso = facts.modules && options.singleSignOn === true ? ['m.login.sso'] : []
  const isTokenListed = facts.modules && (options.loginViaExistingSession === true || sso.length > 0)
  const token = isTokenListed ? ['m.login.token'] : []
  const jwt = facts.jwt !== undefined && options.jwt !== undefined ? [options.jwt.type ?? JWT_TYPE] : []
  const listed = facts.modules ? moduleTypes(parts) : []
  // Dendrite lists it where a service is configured.
  const listsService = facts.appservice?.logout === 'ends-token' && options.appservice !== undefined
  if (listsService) builtIn.push('m.login.application_service')
  const appservice = builtIn.indexOf('m.login.application_service')
  const at = appservice === -1 ? builtIn.length : appservice
  const flows = [...sso, ...token, ...builtIn.slice(0, at), ...listed, ...builtIn.slice(at)]
  return facts.modules ? [...jwt, ...flows] : [...flows, ...jwt]
}

function logIn(request: Incoming, parts: ServerParts): Answer | undefined {
  const { facts, limiter } = parts
  if (!isServed(parts)) return undefined
  const limited = limiter.check(facts.rateLimit)
  if (limited !== undefined) return limited
  if (facts.strictContentType && !/^application\/json\b/.test(request.contentType ?? 'application/json')) {
    const error = 'Invalid Content-Type header: expected application/json'
    return refuse({ status: 400, errcode: 'M_NOT_JSON', error })
  }
  const parsed = parseJson(request.body)
  if (parsed === undefined) return refuse(facts.notJson)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return refuse(facts.notAnObject)
  const body = objectOf(parsed)
  const { type } = body
  if (type !== undefined && typeof type !== 'string' && facts.modules) {
    return refuse({ status: 400, errcode: 'M_INVALID_PARAM', error: 'Bad parameter: type' })
  }
  if (typeof type !== 'string') return refuse(facts.missingKeys)
  const subject = loginType(type, parts)(body, request, parts)
  return 'status' in subject ? subject : openSession(subject, body, parts)
}

function loginType(type: string, { facts, options }: ServerParts): LoginType {
  const jwtType = options.jwt?.type ?? JWT_TYPE
  if (type === 'm.login.password') return loginWithPassword
  if (type === 'm.login.token' && facts.loginToken !== undefined) return loginWithToken
  if (type === 'm.login.application_service' && facts.appservice !== undefined) return loginAsAppservice
  if (type === jwtType && facts.jwt !== undefined && options.jwt !== undefined) return loginWithJwt
  return facts.modules ? loginWithModule : () => refuse(facts.unknownType(type))
}

/** synapse/handlers/auth.py, consume_login_token; MAS, crates/handlers/src/compat/login.rs, token_login. */
function loginWithToken(body: JsonMembers, _request: Incoming, { accounts, loginTokens, facts }: ServerParts) {
  if (body['token'] === undefined && facts.loginToken !== undefined) return refuse(facts.loginToken.missing)
  const consumed = loginTokens.consume(body['token'])
  if ('status' in consumed) return consumed
  return admit(accounts.findExactly(accounts.userId(consumed.localpart)) ?? consumed, facts)
}

function openSession({ user, nobody }: LoginSubject, body: JsonMembers, parts: ServerParts): Answer {
  const { facts, accounts, refreshTokens } = parts
  const { localpart } = user
  const name = body['initial_device_display_name']
  const displayName = typeof name === 'string' ? name : undefined
  if (displayName !== undefined && [...displayName].length > 100 && facts.nameTooLong !== undefined)
    return refuse(facts.nameTooLong)
  // An empty device ID makes a device with an empty ID, on Synapse and on Dendrite.
  const deviceId = typeof body['device_id'] === 'string' ? body['device_id'] : 'GENERATEDX'
  const tokens =
    body['refresh_token'] === true && facts.refresh !== undefined
      ? pairMembers(refreshTokens.open(localpart, deviceId, displayName))
      : { access_token: accounts.open({ localpart, deviceId, displayName, ...(nobody ? { kind: 'nobody' } : {}) }) }
  const homeServer = facts.namesHomeServer ? { home_server: accounts.serverName } : {}
  return ok({ user_id: accounts.userId(localpart), device_id: deviceId, ...homeServer, ...tokens })
}
