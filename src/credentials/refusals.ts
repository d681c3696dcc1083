import { type ApiError, describeRefusal, isRefusedWith } from '../api/error.js'
import { joinServerTexts } from '../api/values.js'
import { Failure } from '../failures.js'
import { WHOAMI } from '../matrix/account.js'
import type { MatrixClient } from '../matrix/client.js'
import { LOG_IN } from '../matrix/client.js'
import { accountFailure, refusal } from '../matrix/refusals.js'
import type { LoginContext } from './kind.js'

/** `method-unavailable`, with what the server offers instead, which is asked for now. */
export async function notOffered(error: ApiError, client: MatrixClient, hint: string): Promise<Failure> {
  const flows = await client.loginFlows()
  const offered =
    flows === undefined || flows.length === 0
      ? 'The server does not say what it offers instead.'
      : `The server offers: ${joinServerTexts(flows)}.`
  return new Failure('method-unavailable', `${describeRefusal(error)} ${offered}`, hint, { cause: error })
}

/**
 * What a refused `POST /login` means. The servers answer so differently (403, 400, 404 and 401 for an unknown user, the
 * same 403 for a wrong password and a full device list) that what is offered is asked for, now that it failed.
 * @param explainFor what the refusal says of this credential, where the server does offer the flow
 */
export async function explainLoginRefusal(
  error: ApiError,
  flow: string,
  context: LoginContext,
  explainFor: (flows: readonly string[] | undefined) => Failure | undefined,
): Promise<Failure | undefined> {
  const { problem } = error
  if (problem.kind !== 'refused') return undefined
  const known = accountFailure(error)
  if (known !== undefined) return known
  if (error.operation === WHOAMI) return explainFor(undefined)
  if (error.operation !== LOG_IN) return undefined
  const flows = await context.client.loginFlows()
  if (flows !== undefined && !flows.includes(flow)) return flowUnavailable(error, flow, flows, context.client)
  if (isRefusedWith(error, 404, 'M_UNRECOGNIZED')) return flowUnavailable(error, flow, flows, context.client)
  return explainFor(flows) ?? (isAddress(context) ? refusal(error, 'denied', ADDRESS) : undefined)
}

async function flowUnavailable(
  error: ApiError,
  flow: string,
  flows: readonly string[] | undefined,
  client: MatrixClient,
): Promise<Failure> {
  const hasOAuth = await client.hasOAuth()
  if (flows === undefined && !hasOAuth && (await client.versions()) === undefined) {
    const message = `${describeRefusal(error)} It does not answer /versions as a Matrix homeserver does.`
    return new Failure('not-a-homeserver', message, undefined, { cause: error })
  }
  const offered = flows === undefined || flows.length === 0 ? 'no login of this kind at all' : joinServerTexts(flows)
  const message = `${describeRefusal(error)} The server does not offer ${flow}; it offers: ${offered}.`
  return new Failure('method-unavailable', message, hasOAuth ? OAUTH_ONLY : undefined, { cause: error })
}

const OAUTH_ONLY =
  'It offers OAuth 2.0 (next-generation authentication) instead. If passwords should work, its administrator must ' +
  'route /_matrix/client/*/login to the authentication service (on Continuwuity: compatibility_mode). Otherwise store an ' +
  '`access-token`.'

/** Matrix Authentication Service, Dendrite, Tuwunel and the Conduit family know no e-mail addresses and phone numbers. */
const ADDRESS =
  'Many servers accept no e-mail address and no phone number here: set `user` to the user ID (@name:example.org).'

function isAddress({ user }: LoginContext): boolean {
  return user?.kind === 'email' || user?.kind === 'phone'
}

/** Refusals of a policy or of a queue, which no other password would change. */
const NOT_ABOUT_THE_PASSWORD = /denied by the policy|blocked by|does not permit password login/i

/** Whether a refusal is about user and password, and not about a policy, a queue or the form of the request. */
export function isAboutTheAccount({ problem }: ApiError): boolean {
  if (problem.kind !== 'refused') return false
  const { status, errcode } = problem
  const text = problem.text?.raw ?? ''
  if (NOT_ABOUT_THE_PASSWORD.test(text)) return false
  if (status === 403) return errcode === 'M_FORBIDDEN'
  // Continuwuity: unknown user. Conduit family and Dendrite: malformed or foreign user name.
  if (status === 404) return errcode === 'M_NOT_FOUND'
  return errcode === 'M_INVALID_USERNAME' || /does not belong to this (home)?server/i.test(text)
}
