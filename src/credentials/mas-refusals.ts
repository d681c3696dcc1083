import { Failure, type FailureWord } from '../failures.js'
import { GET_ADMIN_TOKEN } from '../mas/admin-api.js'
import { MAKE_SESSION } from '../mas/personal-sessions.js'
import { FIND_USER } from '../mas/users.js'
import type { AnswerError } from '../matrix/answers.js'
import { isUnrecognized, type MatrixClient } from '../matrix/client.js'
import { WHOAMI } from '../matrix/whoami.js'
import { FIND_OAUTH } from '../oauth/metadata.js'
import { isOAuthRefusal, isUnauthorized } from '../oauth/token.js'
import { accountFailure, describeRefusal, notOffered, refusedToken } from './refusals.js'

/** What a refusal of Matrix Authentication Service means, on the way to a personal access token. */
export async function explainMasRefusal(error: AnswerError, client: MatrixClient): Promise<Failure | undefined> {
  const { problem, operation } = error
  const known = accountFailure(error)
  if (known !== undefined) return known
  const fail = (word: FailureWord, hint: string) => new Failure(word, describeRefusal(error), hint, { cause: error })
  if (operation === FIND_OAUTH && isUnrecognized(error)) return notOffered(error, client, NO_MAS)
  if (operation === GET_ADMIN_TOKEN && isUnauthorized(error)) return fail('wrong-credentials', CLIENT)
  if (operation === GET_ADMIN_TOKEN && isOAuthRefusal(error, 'invalid_scope')) return fail('denied', SCOPE)
  if (operation === FIND_USER && problem.kind === 'not-matrix') return notOffered(error, client, NO_ADMIN_API)
  if (problem.kind !== 'refused') return undefined
  if (operation === FIND_USER && problem.status === 404) return fail('wrong-credentials', UNKNOWN_USER)
  if (operation === FIND_USER && problem.status === 401) return fail('denied', SCOPE)
  if (operation === MAKE_SESSION && problem.status === 410) {
    return new Failure('account-deactivated', describeRefusal(error), undefined, { cause: error })
  }
  return operation === WHOAMI ? refusedToken(error, 'mas-client-id', DEAD_ON_ARRIVAL) : undefined
}

const NO_MAS =
  'This homeserver has no Matrix Authentication Service. On Synapse without it, synapse-admin-token does the same.'

const CLIENT = 'Check mas-client-id and mas-client-secret against the clients in the configuration of the service.'

const SCOPE =
  'The client may not use the admin API: list its ID under policy.data.admin_clients in the configuration of the service.'

const NO_ADMIN_API =
  'The admin API is not to be reached there: add the resource adminapi to a listener of the service, and forward ' +
  '/api/admin to it.'

const UNKNOWN_USER = 'Does the account exist there? user is a name (bot) or a user ID (@bot:example.org).'

const DEAD_ON_ARRIVAL =
  'The token was made, but the homeserver does not take it: is the account locked, or the device ID odd?'
