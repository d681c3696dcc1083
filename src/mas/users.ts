import { AnswerError } from '../matrix/answers.js'
import { type AdminApi, resource } from './admin-api.js'

/** An account, as Matrix Authentication Service keeps it. */
export interface MasUser {
  /** ULID. */
  readonly id: string
  readonly isLocked: boolean
  readonly isDeactivated: boolean
}

export const FIND_USER = 'find the user'

/** `GET /users/by-username/{localpart}`. Letter case does not matter there; a whole user ID is 404. */
export async function findUser(api: AdminApi, localpart: string): Promise<MasUser> {
  const path = `/users/by-username/${encodeURIComponent(localpart)}`
  const found = resource((await api.send({ operation: FIND_USER, method: 'GET', path }))['data'])
  if (found === undefined) {
    const what = 'it has no user in it'
    throw new AnswerError({ kind: 'malformed', status: 200, what }, api.address.issuer, FIND_USER, false)
  }
  const { id, attributes } = found
  const isSet = (name: string) => attributes[name] !== null && attributes[name] !== undefined
  return { id, isLocked: isSet('locked_at'), isDeactivated: isSet('deactivated_at') }
}
