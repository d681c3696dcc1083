import { type ApiError, describeRefusal, isRefusedWith } from '../api/error.js'
import type { ServerText } from '../api/values.js'
import { Failure, type FailureCode } from '../failures.js'
import { describeUser, isSameUser, type UserIdentifier } from './identifiers.js'

/** Creates the failure that explains a refusal. */
export function refusal(error: ApiError, code: FailureCode, hint?: string): Failure {
  return new Failure(code, describeRefusal(error), hint, { cause: error })
}

/** Checks the owner of a token. @throws Failure `wrong-user` if it is another user */
export function requireOwner(userId: ServerText, user: UserIdentifier | undefined): void {
  if (user === undefined || isSameUser(user, userId.raw)) return
  throw new Failure('wrong-user', `The access token belongs to ${userId}, not to ${describeUser(user)}.`)
}

const SERVER_LIMIT =
  'The server has reached a limit, such as its monthly active users, or its administrator blocks logins. The credential ' +
  'was not rejected: keep it, and ask the administrator of the server.'

const TERMS = 'Log in as this account with a client such as Element and accept the terms of the server.'

const SUSPENDED = 'The account is suspended. The credential was not rejected: ask the administrator of the server.'

/** Error codes with the same meaning for every credential, in which the credential is not the cause. */
const COMMON_ERRCODES: ReadonlyMap<string, { readonly code: FailureCode; readonly hint?: string }> = new Map([
  ['M_USER_DEACTIVATED', { code: 'account-deactivated' }],
  ['M_USER_LOCKED', { code: 'account-locked' }],
  ['M_USER_LIMIT_EXCEEDED', { code: 'device-limit' }],
  ['M_RESOURCE_LIMIT_EXCEEDED', { code: 'denied', hint: SERVER_LIMIT }],
  ['M_CONSENT_NOT_GIVEN', { code: 'denied', hint: TERMS }],
  ['M_USER_SUSPENDED', { code: 'denied', hint: SUSPENDED }],
])

/** Explains a refusal about the account or the server; `undefined` if the refusal is about the credential. */
export function accountFailure(error: ApiError): Failure | undefined {
  const { problem } = error
  if (problem.kind !== 'refused') return undefined
  const known = COMMON_ERRCODES.get(problem.errcode ?? '') ?? deviceLimit(problem.text)
  return known === undefined ? undefined : refusal(error, known.code, known.hint)
}

/**
 * Recognizes a full device list. Matrix Authentication Service has no errcode for it
 * (crates/handlers/src/compat/login.rs).
 */
function deviceLimit(text: ServerText | undefined): { readonly code: FailureCode; readonly hint?: string } | undefined {
  return text !== undefined && /device limit/i.test(text.raw) ? { code: 'device-limit' } : undefined
}

/** Explains why `whoami` refuses a token that was just issued. */
export function refusedNewToken(error: ApiError): Failure | undefined {
  if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403)) return undefined
  const hint = 'The server issued this token a moment ago and rejects it. Its log or its administrator can tell why.'
  return accountFailure(error) ?? refusal(error, 'token-invalid', hint)
}

/** Explains a 401 or 403 for a token: it is unknown, expired or refused. @param input the input that held the token */
export function refusedToken(error: ApiError, input: string, hint: string): Failure | undefined {
  if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403)) return undefined
  const known = accountFailure(error)
  if (known !== undefined) return known
  const message = `${describeRefusal(error)} It was given as \`${input}\`.`
  return new Failure('token-invalid', message, hint, { cause: error })
}
