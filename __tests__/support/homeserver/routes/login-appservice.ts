import { type Answer, bearerToken, type Incoming, type JsonMembers, objectOf, refuse } from '../answers.js'
import type { ServerParts } from '../parts.js'
import { admit, type LoginSubject } from './login-subject.js'

/** `m.login.application_service`: the token of the service stands in the Authorization header. */
export function loginAsAppservice(body: JsonMembers, request: Incoming, parts: ServerParts): LoginSubject | Answer {
  const { facts, accounts, options } = parts
  const { appservice } = options
  if (facts.appservice === undefined) return refuse(facts.unknownType(String(body['type'])))
  const token = bearerToken(request)
  if (token === undefined) return refuse(facts.appservice.noToken)
  if (appservice === undefined || token !== appservice.token) {
    return refuse(accounts.known(token) === undefined ? unknownToken(parts) : facts.appservice.unknownToken)
  }
  const { managed } = facts.appservice
  if (appservice.masManaged !== undefined && appservice.masManaged !== false && managed !== undefined) {
    return refuse(
      appservice.masManaged === 'stable' ? { ...managed, errcode: 'M_APPSERVICE_LOGIN_UNSUPPORTED' } : managed,
    )
  }
  if (body['identifier'] === undefined) return refuse(facts.appservice.noIdentifier)
  const identifier = objectOf(body['identifier'])
  if (identifier['type'] !== 'm.id.user') return refuse({ ...facts.unsupportedIdentifier, errcode: 'M_INVALID_PARAM' })
  const name = String(identifier['user'])
  const userId = name.startsWith('@') ? name : accounts.userId(name)
  const [localpart = '', serverName] = userId.slice(1).split(/:(.*)/s)
  const isSender = localpart === appservice.senderLocalpart
  if (serverName !== accounts.serverName) return refuse(facts.appservice.foreignUser)
  if (!isSender && !appservice.namespace.test(localpart)) return refuse(facts.appservice.outsideNamespace(name))
  const user = accounts.findExactly(userId)
  if (user !== undefined) return admit(user, facts)
  const { unregistered, sender } = facts.appservice
  if (isSender && sender !== 'unregistered') return { user: { localpart }, nobody: sender === 'nobody' }
  return 'login' in unregistered ? refuse(unregistered.login) : { user: { localpart }, nobody: true }
}

/** Synapse tells a token that is nobody's from one that is a user's. */
function unknownToken({ facts }: ServerParts) {
  return facts.modules ? facts.unknownToken : (facts.appservice?.unknownToken ?? facts.unknownToken)
}
