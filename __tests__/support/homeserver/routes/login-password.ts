import { type Incoming, type JsonMembers, objectOf, refuse } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { sharedSecretToken } from '../shared-secret.js'
import { admit } from './login-subject.js'

/** `m.login.password`. */
export function loginWithPassword(body: JsonMembers, _request: Incoming, parts: ServerParts) {
  const { facts, accounts, options } = parts
  if (options.passwordLogin === false) return refuse(facts.passwordOff)
  if (body['identifier'] === undefined) return refuse(facts.missingIdentifier)
  const identifier = objectOf(body['identifier'])
  const known = ['m.id.user', ...(facts.thirdPartyIdentifiers ? ['m.id.thirdparty'] : [])]
  if (!known.includes(String(identifier['type']))) return refuse(facts.unsupportedIdentifier)
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
