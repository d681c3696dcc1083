import { hasRs256Signature, parseJwt } from '../../jwt.js'
import type { UserSpec } from '../accounts.js'
import { type Answer, type Incoming, type JsonMembers, objectOf, type Refusal, refuse } from '../answers.js'
import type { SharedSecretOptions, TokenAuthenticatorOptions } from '../options.js'
import type { ServerParts } from '../parts.js'
import { sharedSecretToken } from '../shared-secret.js'
import { admit } from './login-subject.js'

/** Whom a module of Synapse lets in; a whole answer where Synapse trips over what the module says. */
type Module = (user: string, token: unknown, parts: ServerParts) => UserSpec | Answer | undefined

/** The login types that modules registered. */
export function moduleTypes(parts: ServerParts): string[] {
  return Object.keys(modulesOf(parts))
}

function modulesOf({ options }: ServerParts): Readonly<Record<string, Module>> {
  const { sharedSecret, tokenAuthenticator } = options
  return {
    ...(sharedSecret === undefined || sharedSecret.loginType === false
      ? {}
      : { 'com.devture.shared_secret_auth': sharedSecretModule(sharedSecret) }),
    ...(tokenAuthenticator === undefined
      ? {}
      : { 'com.famedly.login.token.oauth': tokenAuthenticatorModule(tokenAuthenticator) }),
  }
}

/**
 * synapse/handlers/auth.py, validate_login: every type that is not Synapse's own comes here, and needs an identifier even
 * where the module does not look at it.
 */
export function loginWithModule(body: JsonMembers, _request: Incoming, parts: ServerParts) {
  const { facts } = parts
  const type = String(body['type'])
  const identifier = objectOf(body['identifier'])
  if (typeof identifier['type'] !== 'string') {
    return refuse(facts.missingIdentifier)
  }
  const module = modulesOf(parts)[type]
  if (module === undefined) return refuse(facts.unknownType(type))
  if (!('token' in body)) {
    const error = `Missing parameters for login type ${type}: ['token']`
    return refuse({ status: 400, errcode: 'M_UNKNOWN', error })
  }
  // A telephone number by the specification lacks what Synapse looks for.
  if (identifier['type'] === 'm.id.phone' && !('number' in identifier)) return refuse(facts.missingKeys)
  if (!['m.id.user', 'm.id.thirdparty'].includes(identifier['type'])) return refuse(facts.unsupportedIdentifier)
  const name = identifier['type'] === 'm.id.user' ? String(identifier['user']) : ''
  const user = module(name, body['token'], parts)
  if (user === undefined) return refuse(facts.wrongPassword)
  return 'status' in user ? user : admit(user, facts)
}

function sharedSecretModule({ secret }: SharedSecretOptions): Module {
  return (user, token, { accounts }) => {
    const userId = user.startsWith('@') ? user : accounts.userId(user)
    return token === sharedSecretToken(userId, secret) ? accounts.findExactly(userId) : undefined
  }
}

const NO_ROW: Refusal = { status: 404, errcode: 'M_UNKNOWN', error: 'No row found (users)' }

/** synapse_token_authenticator/token_authenticator.py, check_oauth, without `username_type`: the claims say who it is. */
function tokenAuthenticatorModule({ keys, issuer, audience, accept, localpart }: TokenAuthenticatorOptions): Module {
  return (_user, token, { accounts, now }) => {
    const parsed = parseJwt(String(token))
    if (parsed === undefined || parsed.header['alg'] !== 'RS256') return undefined
    if (!keys().some((key) => hasRs256Signature(parsed, key))) return undefined
    const { claims } = parsed
    if (typeof claims['sub'] !== 'string') return undefined
    // jwcrypto lets a minute pass, and is not told to look at `nbf`.
    if (typeof claims['exp'] !== 'number' || claims['exp'] < now() / 1000 - 60) return undefined
    // The `equal` validator compares: a list of audiences is not the audience.
    if (claims['iss'] !== issuer || claims['aud'] !== audience || !accept(claims)) return undefined
    const name = localpart(claims)
    const known = accounts.findExactly(accounts.userId(name))
    // The module asks whether there is such a user without regard to case, and Synapse then looks for that very one.
    return known ?? (accounts.find({ user: name }) === undefined ? undefined : refuse(NO_ROW))
  }
}
