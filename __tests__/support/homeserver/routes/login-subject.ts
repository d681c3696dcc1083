import type { UserSpec } from '../accounts.js'
import { type Answer, type Incoming, type JsonMembers, refuse } from '../answers.js'
import type { FlavourFacts } from '../flavours.js'
import type { ServerParts } from '../parts.js'

/** Who logs in. */
export interface LoginSubject {
  readonly user: UserSpec
  /** Somebody who was never registered, and is let in all the same. */
  readonly nobody?: boolean
}

/** Who a login is for, or the refusal. */
export type LoginType = (body: JsonMembers, request: Incoming, parts: ServerParts) => LoginSubject | Answer

/** What every login but that by password says to an account that may not log in; nothing to others. */
export function admit(user: UserSpec, facts: FlavourFacts): LoginSubject | Answer {
  if (user.deactivated === true) return refuse(facts.deactivatedOtherwise)
  return user.locked === true ? refuse(facts.locked) : { user }
}
