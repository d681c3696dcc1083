import { type ApiError, describeRefusal, isRefusedWith } from '../api/error.js'
import { joinServerTexts } from '../api/values.js'
import { Failure } from '../failures.js'
import { LOG_IN, type MatrixClient, WHOAMI } from '../matrix/client.js'
import { accountFailure, askLoginFlows, fetchVersions, hasOAuth, refusal } from '../matrix/refusals.js'
import type { LoginContext } from './kind.js'

/** Creates a `method-unavailable` failure with the login methods that the server offers, which are requested now. */
export async function notOffered(error: ApiError, client: MatrixClient, hint: string): Promise<Failure> {
  const flows = await askLoginFlows(client)
  const offered =
    flows === undefined || flows.length === 0
      ? 'The server does not say what it offers instead.'
      : `The server offers: ${joinServerTexts(flows)}.`
  return new Failure('method-unavailable', `${describeRefusal(error)} ${offered}`, hint, { cause: error })
}

/**
 * Explains a refused `POST /login`. Servers answer with different statuses: 403, 400, 404 and 401 for an unknown user;
 * 403 for a wrong password and also for a full device list. So this function requests the offered flows.
 * @param explainFor explains the refusal for this credential, if the server offers the flow
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
  const flows = await askLoginFlows(context.client)
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
  const offersOAuth = await hasOAuth(client)
  if (flows === undefined && !offersOAuth && (await fetchVersions(client)) === undefined) {
    const message = `${describeRefusal(error)} It does not answer /versions as a Matrix homeserver does.`
    return new Failure('not-a-homeserver', message, undefined, { cause: error })
  }
  const offered = flows === undefined || flows.length === 0 ? 'no login of this kind at all' : joinServerTexts(flows)
  const message = `${describeRefusal(error)} The server does not offer ${flow}; it offers: ${offered}.`
  return new Failure('method-unavailable', message, offersOAuth ? OAUTH_ONLY : undefined, { cause: error })
}

const OAUTH_ONLY =
  'It offers OAuth 2.0 (next-generation authentication) instead. If passwords should work, its administrator must ' +
  'route /_matrix/client/*/login to the authentication service (on Continuwuity: compatibility_mode). Otherwise store an ' +
  '`access-token`.'

/**
 * Advice for servers without e-mail addresses and phone numbers: Matrix Authentication Service, Dendrite, Tuwunel and
 * the Conduit family.
 */
const ADDRESS =
  'Many servers accept no e-mail address and no phone number here: set `user` to the user ID (@name:example.org).'

function isAddress({ user }: LoginContext): boolean {
  return user?.kind === 'email' || user?.kind === 'phone'
}

/** Refusals by a policy or a queue, which another password does not change. */
const NOT_ABOUT_THE_PASSWORD = /denied by the policy|blocked by|does not permit password login/i

/** Returns whether a refusal is about user and password, not about a policy, a queue or the format of the request. */
export function isAboutTheAccount({ problem }: ApiError): boolean {
  if (problem.kind !== 'refused') return false
  const { status, errcode } = problem
  const text = problem.text?.raw ?? ''
  if (NOT_ABOUT_THE_PASSWORD.test(text)) return false
  if (status === 403) return errcode === 'M_FORBIDDEN'
  // Continuwuity: unknown user. Conduit family and Dendrite: malformed user name, or one of another server.
  if (status === 404) return errcode === 'M_NOT_FOUND'
  return errcode === 'M_INVALID_USERNAME' || /does not belong to this (home)?server/i.test(text)
}
