import { type Incoming, type JsonMembers, objectOf, refuse } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { sharedSecretToken } from '../shared-secret.js'
import { admit } from './login-subject.js'

/** `m.login.password`. */
export function loginWithPassword(body: JsonMembers, _request: Incoming, parts: ServerParts) {
  const { facts, accounts, options } = parts
  if (options.passwordLogin === false) return refuse(facts.passwordOff)
  const identifier = identifierOf(body)
  if (identifier === undefined) return refuse(facts.missingIdentifier)
  const known = ['m.id.user', ...(facts.thirdPartyIdentifiers ? ['m.id.thirdparty'] : [])]
  if (!known.includes(String(identifier['type']))) return refuse(facts.unsupportedIdentifier)
  const beforehand = refusedBeforehand(identifier, body, parts)
  if (beforehand !== undefined) return refuse(beforehand)
  const user = accounts.find(identifier)
  if (user === undefined) return refuse(facts.unknownUser)
  if (facts.lockedBeforePassword && user.locked === true) return refuse(facts.locked)
  const sharedSecret =
    facts.modules && options.sharedSecret?.asPassword === true ? options.sharedSecret.secret : undefined
  if (
    sharedSecret !== undefined &&
    body['password'] === sharedSecretToken(accounts.userId(user.localpart), sharedSecret)
  ) {
    return admit(user, facts)
  }
  if (user.deactivated === true) return refuse(facts.deactivated)
  if (user.password === undefined || user.password !== body['password']) return refuse(facts.wrongPassword)
  return user.locked === true ? refuse(facts.locked) : { user }
}

/** The old member `user` is as good as an identifier, on all of them. */
function identifierOf({ identifier, user }: JsonMembers): JsonMembers | undefined {
  if (identifier !== undefined) return objectOf(identifier)
  return typeof user === 'string' ? { type: 'm.id.user', user } : undefined
}

/** What is wrong whoever it may be. */
function refusedBeforehand(identifier: JsonMembers, body: JsonMembers, { facts, accounts }: ServerParts) {
  const { user } = identifier
  if (user === '' && facts.emptyName !== undefined) return facts.emptyName
  if (body['password'] === undefined && facts.missingPassword !== undefined) return facts.missingPassword
  if (body['password'] === '' && facts.emptyPassword !== undefined) return facts.emptyPassword
  const isForeign = typeof user === 'string' && user.startsWith('@') && !user.endsWith(`:${accounts.serverName}`)
  return isForeign ? facts.foreignServer : undefined
}
