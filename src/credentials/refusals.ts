import { Failure, type FailureWord } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import { cleanServerText } from '../matrix/server-text.js'

/** "https://… refused to log in: 403 M_FORBIDDEN, “Invalid password”." */
export function describeRefusal(error: AnswerError): string {
  const { problem, server, operation } = error
  const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${cleanServerText(problem.errcode)}` : ''
  const text = 'text' in problem && problem.text !== undefined ? cleanServerText(problem.text) : ''
  return `${server} refused to ${operation}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`
}

/** Refusals that are about the account and mean the same for every credential. */
const ACCOUNT_ERRCODES: ReadonlyMap<string, FailureWord> = new Map([
  ['M_USER_DEACTIVATED', 'account-deactivated'],
  ['M_USER_LOCKED', 'account-locked'],
  ['M_USER_LIMIT_EXCEEDED', 'device-limit'],
])

/** What the server says of the account itself; `undefined` where it says nothing. */
export function accountFailure(error: AnswerError): Failure | undefined {
  const { problem } = error
  if (problem.kind !== 'refused') return undefined
  const word = ACCOUNT_ERRCODES.get(problem.errcode ?? '') ?? deviceLimit(problem.text)
  if (word === undefined) return undefined
  return new Failure(word, describeRefusal(error), undefined, { cause: error })
}

/** `whoami` refuses a token that the server has just given. */
export function refusedNewToken(error: AnswerError): Failure | undefined {
  const { problem } = error
  if (problem.kind !== 'refused' || (problem.status !== 401 && problem.status !== 403)) return undefined
  const hint =
    'The server gave this token a moment ago and does not take it: its log, or its administrator, can say why.'
  return accountFailure(error) ?? new Failure('token-invalid', describeRefusal(error), hint, { cause: error })
}

/** `method-unavailable`, with what the server offers instead, which is asked for now. */
export async function notOffered(error: AnswerError, client: MatrixClient, hint: string): Promise<Failure> {
  const flows = await client.loginFlows()
  const offered =
    flows === undefined || flows.length === 0
      ? 'The server does not say what it offers instead.'
      : `The server offers: ${cleanServerText(flows.join(', '))}.`
  return new Failure('method-unavailable', `${describeRefusal(error)} ${offered}`, hint, { cause: error })
}

/** 401 and 403 to a token: it is unknown, expired or refused. @param input where it came from */
export function refusedToken(error: AnswerError, input: string, hint: string): Failure | undefined {
  const { problem } = error
  if (problem.kind !== 'refused' || (problem.status !== 401 && problem.status !== 403)) return undefined
  const known = accountFailure(error)
  if (known !== undefined) return known
  return new Failure('token-invalid', `${describeRefusal(error)} It was given as ${input}.`, hint, { cause: error })
}

/** Matrix Authentication Service has no errcode for it (crates/handlers/src/compat/login.rs). */
function deviceLimit(text: string | undefined): FailureWord | undefined {
  return text !== undefined && /device limit/i.test(text) ? 'device-limit' : undefined
}
