import { Failure } from '../failures.js'
import type { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import { LOG_IN } from '../matrix/login.js'
import { cleanServerText } from '../matrix/server-text.js'
import { WHOAMI } from '../matrix/whoami.js'
import type { OpeningContext } from './credential.js'
import { accountFailure, describeRefusal } from './refusals.js'

/** Refusals of a policy or of a queue, which no other password would change. */
const NOT_ABOUT_THE_PASSWORD = /denied by the policy|blocked by|does not permit password login/i

/**
 * What a refused `POST /login` means. The servers answer so differently (403, 400, 404 and 401 for an unknown user, the
 * same 403 for a wrong password and a full device list) that what is offered is asked for, now that it failed.
 * @param judge what the refusal says of this credential, where the server does offer the flow
 */
export async function explainLoginRefusal(
  error: AnswerError,
  flow: string,
  context: OpeningContext,
  judge: (flows: readonly string[] | undefined) => Failure | undefined,
): Promise<Failure | undefined> {
  const { problem } = error
  if (problem.kind !== 'refused') return undefined
  const known = accountFailure(error)
  if (known !== undefined) return known
  if (error.operation === WHOAMI) return judge(undefined)
  if (error.operation !== LOG_IN) return undefined
  const flows = await context.client.loginFlows()
  if (flows !== undefined && !flows.includes(flow)) return methodUnavailable(error, flow, flows, context.client)
  if (problem.status === 404 && problem.errcode === 'M_UNRECOGNIZED') {
    return methodUnavailable(error, flow, flows, context.client)
  }
  return judge(flows) ?? (isAddress(context) ? addressRefused(error) : undefined)
}

async function methodUnavailable(
  error: AnswerError,
  flow: string,
  flows: readonly string[] | undefined,
  client: MatrixClient,
): Promise<Failure | undefined> {
  const hasOAuth = await client.hasOAuth()
  if (flows === undefined && !hasOAuth && (await client.versions()) === undefined) return notAHomeserver(error)
  const offered = flows === undefined || flows.length === 0 ? 'no login of this kind at all' : flows.join(', ')
  const message = `${describeRefusal(error)} The server does not offer ${flow}; it offers: ${cleanServerText(offered)}.`
  const oauth =
    'It offers OAuth 2.0 (next-generation authentication) instead. If passwords should work, its administrator must ' +
    'route /_matrix/client/*/login to the authentication service. Otherwise store an `access-token`.'
  return new Failure('method-unavailable', message, hasOAuth ? oauth : undefined, { cause: error })
}

function notAHomeserver(error: AnswerError): Failure {
  const message = `${describeRefusal(error)} It does not answer /versions as a Matrix homeserver does.`
  return new Failure('not-a-homeserver', message, undefined, { cause: error })
}

/** Matrix Authentication Service, Dendrite, Tuwunel and the Conduit family know no e-mail addresses and phone numbers. */
function addressRefused(error: AnswerError): Failure {
  const hint =
    'Many servers take no e-mail address and no phone number here: set user to the user ID (@name:example.org).'
  return new Failure('denied', describeRefusal(error), hint, { cause: error })
}

function isAddress({ user }: OpeningContext): boolean {
  return user?.kind === 'email' || user?.kind === 'phone'
}

/** Whether a refusal is about user and password, and not about a policy, a queue or the form of the request. */
export function isAboutTheAccount({ problem }: AnswerError): boolean {
  if (problem.kind !== 'refused') return false
  const { status, errcode, text = '' } = problem
  if (NOT_ABOUT_THE_PASSWORD.test(text)) return false
  if (status === 403) return errcode === 'M_FORBIDDEN'
  // Continuwuity: unknown user. Conduit family and Dendrite: malformed or foreign user name.
  if (status === 404) return errcode === 'M_NOT_FOUND'
  return errcode === 'M_INVALID_USERNAME' || /does not belong to this (home)?server/i.test(text)
}

/** User or password. */
export function wrongPassword(error: AnswerError, flows: readonly string[] = []): Failure {
  const passwordless = flows.includes('m.login.sso')
    ? ' An account that was made through single sign-on (Google, GitHub, …) has no password until one is set on its account page.'
    : ''
  const hint =
    'Does the account exist on this server, and does the secret hold its current password, without quotes and without ' +
    `anything before or behind it? A deactivated account is answered in the same way.${passwordless}`
  return new Failure('wrong-credentials', describeRefusal(error), hint, { cause: error })
}
